/** The search box of the header: a combobox whose list shows the first results while one types. */

import { addressOf, find, openEngine } from "./search-engine.js";
import { answerOption, element, option, resultOption } from "./search-result.js";

const SHOWN = 8;
const TYPING_PAUSE = 80;

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
  box.input.addEventListener("focus", () => openEngine().catch(() => {}), { once: true });
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
    const { lookup } = await openEngine();
    const found = await find(query, {}, SHOWN);
    if (mine === box.turn) fill(box, lookup, found);
  } catch (failure) {
    // The form itself still leads to the search page, which says what is wrong.
    if (mine === box.turn) close(box);
    console.warn(failure);
  }
}

function fill(box, lookup, found) {
  const id = (at) => `${box.input.id}-option-${at}`;
  const options = found.hits.map((hit, at) => resultOption(lookup, hit, id(at)));
  if (found.answer) options.unshift(answerOption(found.answer, id("answer")));
  if (!options.length) options.push(option(id("none"), { href: addressOf("search/") }, "没有找到。看全部目录，或拨打 12345"));
  box.list.replaceChildren(...options);
  box.list.dataset.state = "done";
  box.status.textContent = saidOf(found);
  box.active = -1;
  box.input.removeAttribute("aria-activedescendant");
  setOpen(box, true);
}

function saidOf({ total, exact, answer, corrected }) {
  if (!total) return "没有找到。";
  const how = corrected ? `按「${corrected}」找到` : exact ? "找到" : "没有同时符合的，最接近的有";
  return `${how} ${total} 条${answer ? "，第一项是答案" : ""}，用上下键选择。`;
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
