/* Search on the touch-screen: initials, full pinyin, a mixture of both, Chinese, item codes and window numbers.
   The guides come from index-data.js, a script made at build; results are built from text alone. */

(() => {
  const home = document.documentElement.dataset.home;
  const input = document.getElementById("q");
  const results = document.getElementById("results");
  const all = document.getElementById("all");
  const count = document.querySelector(".found-count");
  const SHOWN = 40;
  const NONE = 9;

  const entries = window.kioskIndex.map((entry) => ({
    ...entry,
    name: entry.facts.name.text,
    syllables: syllablesOf(entry.spelling),
    others: entry.aliases.map(([text, spelling]) => ({ text: text.toLowerCase(), syllables: syllablesOf(spelling) })),
  }));

  function syllablesOf(spelling) {
    return spelling.split(" ").map((readings) => readings.split("/"));
  }

  /** Tell whether keys spell what follows a place: each syllable by its first letters, at least one, in order. */
  function spells(keys, syllables, at) {
    if (!keys) return true;
    if (at >= syllables.length) return false;
    return syllables[at].some((reading) => {
      let length = 0;
      while (length < reading.length && reading[length] === keys[length]) length += 1;
      for (; length > 0; length -= 1) if (spells(keys.slice(length), syllables, at + 1)) return true;
      return false;
    });
  }

  /** Say how well a query fits a guide: 0 begins its name, 1 is in its name, 2 is another name of it. */
  function rank(query, entry) {
    const name = entry.name.toLowerCase();
    if (name.startsWith(query) || spells(query, entry.syllables, 0)) return 0;
    if (name.includes(query) || entry.syllables.some((_, at) => spells(query, entry.syllables, at))) return 1;
    const other = entry.others.some(({ text, syllables }) => text.includes(query) || syllables.some((_, at) => spells(query, syllables, at)));
    return other || entry.windows.some((no) => no.toLowerCase() === query) ? 2 : NONE;
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function row(entry) {
    const link = element("a");
    link.href = `${home}guides/${entry.id}/index.html`;
    for (const [className, path] of [["row-name", "name"], ["row-fee", "fee.amount"], ["row-where", "place.where"]]) {
      const fact = element("span", "", entry.facts[path].text);
      fact.dataset.fact = `${entry.path}#${path}`;
      fact.dataset.value = entry.facts[path].value;
      const cell = element("span", className);
      cell.append(fact);
      link.append(cell);
    }
    const item = element("li");
    item.dataset.result = entry.path;
    item.append(link);
    return item;
  }

  function search() {
    const query = input.value.normalize("NFKC").toLowerCase().replace(/[\s'’-]+/g, "");
    try { sessionStorage.setItem("query", input.value); } catch (error) { /* may be forbidden */ }
    all.hidden = query !== "";
    results.hidden = count.hidden = query === "";
    const ranked = query ? entries.map((entry) => [rank(query, entry), entry]).filter(([place]) => place < NONE) : [];
    ranked.sort(([a], [b]) => a - b); // stable: equals stay in the order of the guides
    results.replaceChildren(...ranked.slice(0, SHOWN).map(([, entry]) => row(entry)));
    const more = ranked.length > SHOWN ? `，先看前 ${SHOWN} 项，再点几个字母会更准` : "";
    count.textContent = ranked.length ? `找到 ${ranked.length} 项${more}` : "没有找到。删掉几个字母再试，或者到总服务台问。";
    results.dataset.state = "done";
    scrollTo(0, 0);
  }

  function press(key) {
    if (key === "clear") input.value = "";
    else if (key === "delete") input.value = input.value.slice(0, -1);
    else if (input.value.length < input.maxLength) input.value += key.toUpperCase();
    search();
  }

  document.querySelector(".finder").addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]");
    if (key) press(key.dataset.key);
  });
  input.addEventListener("input", search);
  addEventListener("kiosk-reset", () => { input.value = ""; search(); });
  addEventListener("pageshow", () => {
    try { input.value = sessionStorage.getItem("query") || ""; } catch (error) { input.value = ""; }
    search();
  });
  document.querySelector(".finder").hidden = false;
})();
