/** The search page: query and filters from the address, results into the list, and back into the address. */

import { find, openIndex } from "./search-engine.js";
import { element, resultRow } from "./search-result.js";

const AT_ONCE = 10;
const TYPING_PAUSE = 200;
const SHOWN_QUERY = 40;
const LONGEST_QUERY = 200;

/**
 * Bring the search page to life.
 * @param {HTMLElement} page
 */
export function startSearchPage(page) {
  const view = {
    form: page.querySelector("form[role=search]"),
    input: page.querySelector("input[name=q]"),
    filters: page.querySelector("#search-filters"),
    status: page.querySelector("#search-status"),
    list: page.querySelector("#search-results"),
    more: page.querySelector("#search-more"),
    elsewhere: page.querySelector("#search-elsewhere"),
  };
  const state = readAddress();
  let turn = 0;
  let found = null;

  async function show() {
    turn += 1;
    const mine = turn;
    view.list.dataset.state = "loading";
    writeAddress(state);
    try {
      const answer = await find(state.query, state.chosen);
      const cards = await answer.cards(0, AT_ONCE);
      if (mine !== turn) return;
      found = answer;
      state.chosen = answer.chosen;
      view.list.replaceChildren(...cards.map(resultRow));
      drawFilters(view.filters, found.filters, state.chosen);
      view.status.textContent = statusOf(state, found);
    } catch (failure) {
      if (mine !== turn) return;
      found = null;
      view.list.replaceChildren();
      view.filters.hidden = true;
      view.status.textContent = "站内搜索暂时用不了。请从下面的目录里找，或拨打 12345。";
      console.warn(failure);
    }
    finish();
  }

  function finish() {
    const shown = view.list.children.length;
    view.more.hidden = !found || shown >= found.total;
    view.elsewhere.hidden = shown > 0;
    view.list.dataset.state = "done";
  }

  async function showMore() {
    const mine = turn;
    const before = view.list.children.length;
    view.list.dataset.state = "loading";
    const cards = await found.cards(before, before + AT_ONCE);
    if (mine !== turn) return;
    view.list.append(...cards.map(resultRow));
    finish();
    view.list.children[before]?.querySelector("a").focus();
  }

  function ask() {
    if (view.input.value.slice(0, LONGEST_QUERY) === state.query) return;
    state.query = view.input.value.slice(0, LONGEST_QUERY);
    show();
  }

  view.input.value = state.query;
  listen(view, ask, showMore);
  view.filters.addEventListener("change", () => {
    state.chosen = chosenIn(view.filters);
    show();
  });
  show();
}

function listen(view, ask, showMore) {
  let pause = 0;
  view.input.addEventListener("focus", () => openIndex().catch(() => {}), { once: true });
  view.input.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(ask, TYPING_PAUSE);
  });
  view.input.addEventListener("compositionend", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, TYPING_PAUSE);
  });
  view.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    ask();
  });
  view.more.addEventListener("click", () => showMore().catch(console.warn));
}

/** Read `?q=…&类别=…`: every parameter but `q` is a filter. */
function readAddress() {
  const parameters = new URLSearchParams(location.search);
  const query = (parameters.get("q") || "").slice(0, LONGEST_QUERY);
  const labels = new Set(Array.from(parameters.keys()).filter((label) => label !== "q"));
  return { query, chosen: Object.fromEntries(Array.from(labels, (label) => [label, parameters.getAll(label)])) };
}

function writeAddress({ query, chosen }) {
  const parameters = new URLSearchParams(query ? { q: query } : {});
  for (const [label, values] of Object.entries(chosen)) values.forEach((value) => parameters.append(label, value));
  const search = parameters.toString();
  history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
}

function statusOf({ query, chosen }, { total, exact }) {
  const asked = query.trim();
  if (!asked && !Object.keys(chosen).length) return "写下要办的事，比如「身份证」。";
  const characters = Array.from(asked);
  const shown = characters.length > SHOWN_QUERY ? `${characters.slice(0, SHOWN_QUERY).join("")}…` : asked;
  if (!total) return `没有找到${shown && `「${shown}」`}。换个说法试试，从下面的目录里找，或拨打 12345。`;
  if (!exact) return `没有完全相符的，下面 ${total} 条最接近「${shown}」。`;
  return `找到 ${total} 条。`;
}

/** Draw a group of boxes for each filter that has something to choose. */
function drawFilters(container, counts, chosen) {
  const focused = container.contains(document.activeElement) ? document.activeElement.id : "";
  const open = new Set(Array.from(container.querySelectorAll("details[open]"), (group) => group.dataset.label));
  const labels = Array.from(new Set([...Object.keys(chosen), ...Object.keys(counts)]));
  // 类别 leads, the others keep a fixed order, so that nothing jumps while one types.
  labels.sort((a, b) => (b === "类别") - (a === "类别") || a.localeCompare(b, "zh"));
  const groups = labels.map((label) => filterGroup(label, counts[label] || {}, chosen[label] || [], open.has(label)));
  container.replaceChildren(container.querySelector("summary"), ...groups.filter(Boolean));
  container.hidden = container.children.length < 2;
  if (Object.keys(chosen).length) container.open = true;
  if (focused) document.getElementById(focused)?.focus();
}

function filterGroup(label, counts, chosen, wasOpen) {
  const values = Array.from(new Set([...chosen, ...Object.keys(counts).filter((value) => counts[value])]));
  if (!chosen.length && values.length < 2) return null;
  values.sort((a, b) => (counts[b] || 0) - (counts[a] || 0) || a.localeCompare(b, "zh"));
  const boxes = values.map((value, at) => filterBox(label, value, counts[value], chosen.includes(value), at));
  const group = element("details", { "data-label": label }, element("summary", {}, label), ...boxes);
  group.open = wasOpen || chosen.length > 0 || label === "类别";
  return group;
}

function filterBox(label, value, count, checked, at) {
  const box = element("input", { type: "checkbox", id: `filter-${label}-${at}`, name: label, value });
  box.checked = checked;
  const words = element("label", { for: box.id }, value);
  if (count !== undefined) words.append(" ", element("span", { class: "search-count" }, String(count)));
  return element("div", { class: "search-filter" }, box, words);
}

function chosenIn(container) {
  const chosen = {};
  for (const box of container.querySelectorAll("input:checked")) (chosen[box.name] = chosen[box.name] || []).push(box.value);
  return chosen;
}
