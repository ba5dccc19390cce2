/* Filters the record of changes in place, by text, class, kind and department. What is chosen stands in the address,
   so that it can be sent on and the way back keeps it. Without script the page's links lead to pages of their own. */

const SHOWN_AT_ONCE = 100;
const SELECTS = { class: "class", department: "department" };

/** Return a text as it is compared: width and case do not matter. */
export function plain(text) {
  return text.normalize("NFKC").toLowerCase();
}

/** Return whether a change is what was asked for: each word is in its line, each choice is its own. */
export function isWanted(change, asked) {
  if (asked.kind && !change.item.startsWith(`${asked.kind}/`)) return false;
  if (Object.entries(SELECTS).some(([name, key]) => asked[name] && change[key] !== asked[name])) return false;
  const line = plain(change.line);
  return plain(asked.q).split(/\s+/).every((word) => line.includes(word));
}

/** Return changes by the value of a function, neighbours of the same value together. */
export function runs(changes, valueOf) {
  const found = [];
  for (const change of changes) {
    if (found.length && found.at(-1).value === valueOf(change)) found.at(-1).changes.push(change);
    else found.push({ value: valueOf(change), changes: [change] });
  }
  return found;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

const form = document.getElementById("change-search");
const views = document.getElementById("change-views");
if (form) start();

function start() {
  const all = document.getElementById("change-days");
  const found = document.getElementById("change-found");
  const count = document.getElementById("change-count");
  const reset = form.querySelector("[type=reset]");
  const names = [...form.elements].map((field) => field.name).filter(Boolean);
  let data;
  let waiting;

  /** Load the data once; a failure is told and may be tried again. */
  async function load() {
    data ??= fetch(form.dataset.source).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    });
    try {
      return await data;
    } catch (error) {
      data = undefined;
      return null;
    }
  }

  function asked() {
    return Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));
  }

  function keep(values) {
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  function say(wanted) {
    count.textContent = wanted.length ? count.dataset.found.replace("#", wanted.length) : count.dataset.none;
  }

  /** Show the whole record again. */
  function showAll() {
    all.hidden = false;
    found.hidden = reset.hidden = true;
    count.textContent = "";
  }

  async function update() {
    const values = asked();
    keep(values);
    if (!Object.values(values).some(Boolean)) return showAll();
    const known = await load();
    if (JSON.stringify(values) !== JSON.stringify(asked())) return; // the reader went on while it was loading
    reset.hidden = false;
    if (!known) {
      showAll();
      count.textContent = form.dataset.failed;
      views.hidden = reset.hidden = false;
      return;
    }
    const wanted = known.changes.filter((change) => isWanted(change, values));
    say(wanted);
    show(wanted, known, 0);
    all.hidden = true;
    found.hidden = false;
  }

  /** Show so many more changes, with a button for those that follow. */
  function show(wanted, known, from) {
    const part = wanted.slice(from, from + SHOWN_AT_ONCE);
    const days = runs(part, (change) => change.day).map(({ value, changes }) => dayOf(value, changes, known));
    if (from) found.lastElementChild.remove();
    else found.replaceChildren();
    found.append(...days);
    const rest = Math.min(SHOWN_AT_ONCE, wanted.length - from - part.length);
    if (rest > 0) found.append(moreButton(rest, () => show(wanted, known, from + part.length)));
    if (from) days[0].querySelector("h3").focus();
  }

  function moreButton(number, action) {
    const button = element("button", "", found.dataset.more.replace("#", number));
    button.type = "button";
    button.addEventListener("click", action);
    return button;
  }

  function dayOf(day, changes, known) {
    const [year, month, number] = day.split("-").map(Number);
    const head = element("h3", "", `${year}年${month}月${number}日`);
    head.tabIndex = -1;
    return element("section", "text change-day", head, ...runs(changes, (change) => change.item).flatMap(({ changes: own }) => itemOf(own, known)));
  }

  function itemOf(changes, known) {
    const { item, name, page } = changes[0];
    const link = element("a", "", name);
    link.href = `${form.dataset.base}${item}/`;
    const kind = element("span", "small unbroken", known.kinds[item.split("/")[0]] ?? "");
    const rows = runs(changes, (change) => change.class).map(({ value, changes: own }) => rowOf(value, own, known));
    return [element("h4", "change-item", page ? link : name, " ", kind), element("ul", "pairs", ...rows)];
  }

  function rowOf(name, changes, known) {
    const said = changes.map((change) => element("span", "pair-value", change.line.slice(`${change.name} · `.length)));
    return element("li", "", element("span", "pair-name", known.classes[name] ?? ""), ...said);
  }

  const given = new URLSearchParams(location.search);
  for (const name of names) form.elements[name].value = given.get(name) ?? "";
  views.hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    form.elements.q.focus();
    setTimeout(update); // the fields are empty only after the event
  });
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(update, event.target.name === "q" ? 200 : 0);
  });
  if (names.some((name) => given.get(name))) update();
}
