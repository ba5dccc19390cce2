/* Search on the touch-screen: keys for letters and digits, and whatever a keyboard brings. What is found, and in which
   order, is for search-core.js to say, as on the site; its data comes from lookup.js, a script made at build. Results
   are built from text alone. */

(() => {
  const home = document.documentElement.dataset.home;
  const input = document.getElementById("q");
  const results = document.getElementById("results");
  const all = document.getElementById("all");
  const count = document.querySelector(".found-count");
  const answer = document.querySelector(".found-answer");
  const SHOWN = 40;
  const CELLS = [["row-fee", "fee.amount"], ["row-where", "place.where"]];

  const { open, factOf } = globalThis.tongchuangSearch;
  const lookup = window.tongchuangLookup;
  const engine = open(lookup);

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function mark(entry, { path, value, text }) {
    const fact = element("span", "", text);
    fact.dataset.fact = `${entry.p}#${path}`;
    fact.dataset.value = value;
    return fact;
  }

  const nameOf = (entry) => mark(entry, { path: "name", value: entry.n, text: entry.n });

  /** Link to the cases that the query speaks of, and where there are more, to the questions that tell them apart. */
  function casesLine(entry, cases, more) {
    const line = element("p", "row-cases", "您的情形：");
    for (const [id, label] of cases) {
      const link = element("a", "", mark(entry, { path: `cases.${id}.label`, value: id, text: label }));
      link.href = `${home}${entry.p}/cases/${id}/index.html`;
      link.dataset.case = id;
      line.append(link, " ");
    }
    if (more) {
      const link = element("a", "", `还有 ${more} 种，逐步选`);
      link.href = `${home}${entry.p}/cases/index.html`;
      line.append(link);
    }
    return line;
  }

  function row({ entry, cases = [], moreCases = 0 }) {
    const link = element("a", "", element("span", "row-name", nameOf(entry)));
    link.href = `${home}${entry.p}/index.html`;
    const facts = (entry.f || []).map((fact) => factOf(lookup, entry, fact));
    for (const [className, path] of CELLS) {
      const fact = facts.find((one) => one.path === path);
      if (fact) link.append(element("span", className, mark(entry, fact)));
    }
    const item = element("li", "", link);
    item.dataset.result = entry.p;
    if (cases.length) item.append(casesLine(entry, cases, moreCases));
    return item;
  }

  function showAnswer(found) {
    answer.hidden = !found;
    answer.replaceChildren();
    delete answer.dataset.answer;
    if (!found) return;
    answer.dataset.answer = found.key;
    const label = found.label ? ` ${found.label}：` : "：";
    answer.append(nameOf(found.entry), label, element("strong", "", mark(found.entry, found)));
  }

  function saidOf({ total, exact, corrected }) {
    if (!total) return "没有找到。删掉几个字母再试，或者到总服务台问。";
    const more = total > SHOWN ? `，先看前 ${SHOWN} 项，再点几个字母会更准` : "";
    if (!exact) return `没有同时符合的，下面 ${total} 项最接近${more}`;
    return `${corrected ? `按「${corrected}」` : ""}找到 ${total} 项${more}`;
  }

  function search() {
    const query = input.value.trim();
    try { sessionStorage.setItem("query", input.value); } catch (error) { /* may be forbidden */ }
    all.hidden = query !== "";
    results.hidden = count.hidden = query === "";
    const found = query ? globalThis.tongchuangCases.find(engine, query) : null;
    results.replaceChildren(...(found?.hits ?? []).slice(0, SHOWN).map(row));
    showAnswer(found?.answer);
    count.textContent = found ? saidOf(found) : "";
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
