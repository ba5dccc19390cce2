/* What script adds to pages that work without it: large type, dark ground, printing, ticks that are remembered,
   sorting of lists, whether the hall is open now. Nothing leaves the browser. */

const root = document.documentElement;

function store(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch (error) { /* storage may be forbidden; the choice then lasts for this page */ }
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch (error) {
    return null;
  }
}

/** Make a button that switches an attribute of the root between two values. */
function toggle(id, attribute, on, off, isOn) {
  const button = document.getElementById(id);
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", String(isOn()));
  button.addEventListener("click", () => {
    const value = isOn() ? off : on;
    if (value) root.dataset[attribute] = value;
    else delete root.dataset[attribute];
    store(attribute, value);
    button.setAttribute("aria-pressed", String(isOn()));
  });
}

toggle("large-type", "type", "large", "", () => root.dataset.type === "large");
toggle("dark-ground", "ground", "dark", "light", () =>
  root.dataset.ground ? root.dataset.ground === "dark" : matchMedia("(prefers-color-scheme: dark)").matches,
);

/* On a phone the columns are one line to move sideways: the present one is brought into sight. */
const columns = document.querySelector(".nav ul");
const present = columns?.querySelector("[aria-current]");
if (present && present.offsetLeft + present.offsetWidth > columns.clientWidth) columns.scrollLeft = present.offsetLeft - (columns.clientWidth - present.offsetWidth) / 2;

for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* Ticks of the checklist stay for this visit, by page and place in the list. */
document.querySelectorAll(".materials input[type=checkbox]").forEach((box, number) => {
  const name = `tick:${location.pathname}:${number}`;
  box.checked = stored(name) === "1";
  box.addEventListener("change", () => store(name, box.checked ? "1" : ""));
});

/** Compare cells as numbers where both are, else as Chinese text. */
function compare(first, second) {
  const [a, b] = [first, second].map((cell) => {
    const fact = cell.querySelector("[data-value]");
    return fact ? fact.dataset.value : cell.textContent.trim();
  });
  if (a !== "" && b !== "" && !isNaN(a) && !isNaN(b)) return Number(a) - Number(b);
  return a.localeCompare(b, "zh-Hans");
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
      table.tBodies[0].append(...(descending ? rows.reverse() : rows));
    });
  });
}

/** Say whether the hall is open now, from the calendar in the page; in 东八区 wherever the reader is. */
function sayOpen(place) {
  const now = new Date(Date.now() + 8 * 3600e3).toISOString();
  const spans = JSON.parse(place.dataset.calendar)[now.slice(0, 10)];
  if (!spans) return;
  const time = now.slice(11, 16);
  const open = spans.find((span) => span.slice(0, 5) <= time && time < span.slice(6));
  const later = spans.find((span) => time < span.slice(0, 5));
  if (open) place.textContent = `现在开门，${open.slice(6)} 关门`;
  else if (later) place.textContent = `现在关门，今天 ${later.slice(0, 5)} 开门`;
  else place.textContent = spans.length ? "今天已经关门" : "今天不开门";
  place.hidden = false;
}

document.querySelectorAll("[data-calendar]").forEach(sayOpen);
