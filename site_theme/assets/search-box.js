/** The search box of the header: a combobox whose list shows the first results while one types. */

import { addressOf, find, openIndex } from "./search-engine.js";
import { element, resultOption } from "./search-result.js";

const SHOWN = 8;
const RERANKED = 16;
const TYPING_PAUSE = 150;

/**
 * Give a search form its drop-down list.
 * @param {HTMLFormElement} form
 */
export function startSearchBox(form) {
  const input = form.querySelector("input[name=q]");
  const list = element("div", { id: `${input.id}-list`, role: "listbox", "aria-label": "搜索结果", class: "search-drop" });
  const status = element("p", { role: "status", class: "search-drop__status" });
  list.hidden = true;
  input.after(list, status);
  dress(input, list);
  const box = { input, list, status, active: -1, turn: 0, pause: 0 };
  listen(form, box);
}

function dress(input, list) {
  const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  input.setAttribute("aria-controls", list.id);
}

function listen(form, box) {
  const later = () => {
    clearTimeout(box.pause);
    box.pause = setTimeout(() => answer(box), TYPING_PAUSE);
  };
  box.input.addEventListener("focus", () => openIndex().catch(() => {}), { once: true });
  box.input.addEventListener("input", (event) => !event.isComposing && later());
  box.input.addEventListener("compositionend", later);
  box.input.addEventListener("keydown", (event) => !event.isComposing && onKey(box, event));
  form.addEventListener("submit", () => close(box));
  form.addEventListener("focusout", (event) => !form.contains(event.relatedTarget) && close(box));
  // A press on an option must not take the focus away before the click arrives.
  box.list.addEventListener("mousedown", (event) => event.preventDefault());
}

/** Look up what stands in the box and show it, unless something newer has been typed meanwhile. */
async function answer(box) {
  box.turn += 1;
  const mine = box.turn;
  const query = box.input.value;
  if (!query.trim()) return close(box);
  box.list.dataset.state = "loading";
  try {
    const found = await find(query, {}, RERANKED);
    const cards = await found.cards(0, SHOWN);
    if (mine === box.turn) fill(box, cards, found);
  } catch (failure) {
    // The form itself still leads to the search page, which says what is wrong.
    if (mine === box.turn) close(box);
    console.warn(failure);
  }
}

function fill(box, cards, found) {
  const options = cards.map((card, at) => resultOption(card, `${box.input.id}-option-${at}`));
  box.list.replaceChildren(...options);
  if (!cards.length) box.list.append(nothing());
  box.list.dataset.state = "done";
  box.status.textContent = cards.length ? `${found.total} 条结果，用上下键选择。` : "没有找到。";
  box.active = -1;
  box.input.removeAttribute("aria-activedescendant");
  setOpen(box, true);
}

function nothing() {
  const link = { href: addressOf("search/"), role: "option", "aria-selected": "false", tabindex: "-1" };
  return element("a", { ...link, id: "search-nothing", class: "search-option" }, "没有找到。看全部目录，或拨打 12345");
}

function onKey(box, event) {
  const open = !box.list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open) move(box, event.key === "ArrowDown" ? 1 : -1);
    else answer(box);
  } else if (event.key === "Escape" && open) {
    event.preventDefault();
    close(box);
  } else if (event.key === "Enter" && open && box.active >= 0) {
    event.preventDefault();
    box.list.children[box.active].click();
  }
}

/** Move the mark by one; beyond either end it returns to the box itself. */
function move(box, step) {
  const places = box.list.children.length + 1;
  box.list.children[box.active]?.setAttribute("aria-selected", "false");
  box.active = ((box.active + 1 + step + places) % places) - 1;
  const option = box.list.children[box.active];
  if (!option) return box.input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box.input.setAttribute("aria-activedescendant", option.id);
}

function close(box) {
  clearTimeout(box.pause);
  box.turn += 1; // Whatever is still under way comes too late.
  box.active = -1;
  box.input.removeAttribute("aria-activedescendant");
  box.status.textContent = "";
  setOpen(box, false);
}

function setOpen(box, open) {
  box.list.hidden = !open;
  box.input.setAttribute("aria-expanded", String(open));
}
