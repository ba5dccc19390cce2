/** The search page: query and filters from the address, results into the list, and back into the address. */

import { find, mentions, openEngine } from "./search-engine.js";
import { OF_A_PLACE, answerLines, element, resultRow } from "./search-result.js";

const AT_ONCE = 10;
const TYPING_PAUSE = 120;
const KIND = "类别";
const PLACE = "地区";
const SHOWN_QUERY = 40;
const SHORT_ANSWER = 18;
const LONGEST_QUERY = 200;

/**
 * Bring the search page to life.
 * @param {HTMLElement} page
 */
export function startSearchPage(page) {
  const part = (name) => page.querySelector(`#search-${name}`);
  const names = ["filters", "status", "answer", "results", "more", "mentions", "elsewhere"];
  const view = Object.fromEntries(names.map((name) => [name, part(name)]));
  view.form = page.querySelector("form[role=search]");
  view.input = page.querySelector("input[name=q]");
  const search = { view, state: readAddress(), turn: 0, found: null, lookup: null };
  view.input.value = search.state.query;
  listen(view, () => ask(search), () => showMore(search));
  view.filters.addEventListener("change", () => {
    search.state.chosen = chosenIn(view.filters);
    show(search);
  });
  show(search);
}

async function show(search) {
  const { view, state } = search;
  search.turn += 1;
  const mine = search.turn;
  view.results.dataset.state = "loading";
  writeAddress(state);
  if (isIdle(state)) return draw(search, null);
  try {
    const { lookup } = await openEngine();
    state.chosen = knownOf(state.chosen, lookup);
    if (isIdle(state)) return draw(search, null);
    const found = await find(state.query, state.chosen);
    if (mine !== search.turn) return;
    search.lookup = lookup;
    // What has nothing in names may still stand in a text: only then is it known that there is nothing.
    if (found.total) draw(search, found);
    const more = await mentions(found.core, new Set(found.hits.map(({ entry }) => entry.p)), state.chosen);
    if (mine !== search.turn) return;
    if (!found.total) draw(search, found, more.length);
    drawMentions(search, more);
  } catch (failure) {
    if (mine !== search.turn) return;
    draw(search, null);
    view.status.textContent = "站内搜索暂时用不了。请从下面的目录里找，或拨打 12345。";
    console.warn(failure);
  }
}

/** Return the address of the district that the results are narrowed to, with a slash at its end; else nothing. */
function districtOf({ chosen }, lookup) {
  const names = chosen[PLACE] || [];
  const path = names.length === 1 && (lookup.districts || []).find(([name]) => name === names[0])?.[1];
  return path ? `${path}/` : "";
}

/** Leave out what stands in the address for others, such as where a visitor came from. */
function knownOf(chosen, { values }) {
  const known = ([label]) => label === KIND || Object.hasOwn(values, label);
  return Object.fromEntries(Object.entries(chosen).filter(known));
}

const isIdle = ({ query, chosen }) => !query.trim() && !Object.keys(chosen).length;

function draw(search, found, mentioned = 0) {
  const { view, state } = search;
  search.found = found;
  search.within = found ? districtOf(state, search.lookup) : "";
  view.results.replaceChildren(...(found?.hits ?? []).slice(0, AT_ONCE).map((hit) => rowOf(search, hit)));
  view.mentions.hidden = true;
  drawAnswer(view.answer, search.within && OF_A_PLACE.test(found.answer?.path) ? null : found?.answer);
  drawFilters(view.filters, found?.counts ?? {}, found ? state.chosen : {}, found?.total ?? 0);
  view.status.textContent = statusOf(state, found, mentioned);
  finish(search);
}

const rowOf = ({ lookup, within }, hit, rank = "h2") => resultRow(lookup, hit, rank, within);

function drawAnswer(place, answer) {
  place.hidden = !answer;
  place.classList.toggle("search-answer--long", Array.from(answer?.text ?? "").length > SHORT_ANSWER);
  place.replaceChildren(...(answer ? answerLines(answer) : []));
  if (answer) place.dataset.answer = answer.key;
  else delete place.dataset.answer;
}

function drawMentions(search, entries) {
  const { view } = search;
  view.mentions.hidden = !entries.length;
  view.mentions.querySelector("ol").replaceChildren(...entries.map((entry) => rowOf(search, { entry }, "h3")));
  if (entries.length) view.elsewhere.hidden = true;
}

function finish({ view, found }) {
  const shown = view.results.children.length;
  view.more.hidden = !found || shown >= found.total;
  // A guess at what was meant may be wrong: the ways around it stay open.
  view.elsewhere.hidden = shown > 0 && found.exact && !found.corrected;
  view.results.dataset.state = "done";
}

function showMore(search) {
  const { view, found } = search;
  const before = view.results.children.length;
  view.results.append(...found.hits.slice(before, before + AT_ONCE).map((hit) => rowOf(search, hit)));
  finish(search);
  view.results.children[before]?.querySelector("a").focus();
}

function ask(search) {
  const query = search.view.input.value.slice(0, LONGEST_QUERY);
  if (query === search.state.query) return;
  search.state.query = query;
  show(search);
}

function listen(view, ask, showMore) {
  let pause = 0;
  view.input.addEventListener("focus", () => openEngine().catch(() => {}), { once: true });
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
  view.more.addEventListener("click", showMore);
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

function statusOf(state, found, mentioned) {
  if (!found) return "写下要办的事，比如「身份证丢了」，也可以写拼音、首字母、窗口号或文号。";
  const { total, exact, corrected, onlyQuestion } = found;
  const shown = shortened(state.query.trim());
  if (onlyQuestion && !total) return "再写上要办的事，比如「护照多少钱」「结婚登记带什么」。";
  if (!total && mentioned) return `名称里没有${shown && `「${shown}」`}，下面这些的正文里提到了。`;
  if (!total) return `没有找到${shown && `「${shown}」`}。换个说法试试，从下面的目录里找，或拨打 12345。`;
  const what = corrected ? `按「${shortened(corrected)}」找，` : "";
  return exact ? `${what}找到 ${total} 条。` : `${what}没有同时符合的，下面 ${total} 条是最接近的。`;
}

function shortened(text) {
  const characters = Array.from(text);
  return characters.length > SHOWN_QUERY ? `${characters.slice(0, SHOWN_QUERY).join("")}…` : text;
}

/** Draw a group of boxes for each filter that has something to choose. */
function drawFilters(container, counts, chosen, total) {
  const focused = container.contains(document.activeElement) ? document.activeElement.id : "";
  const open = new Set(Array.from(container.querySelectorAll("details[open]"), (group) => group.dataset.label));
  const groups = Object.entries(counts).map(([label, values]) => {
    const group = { label, values, total, chosen: chosen[label] || [] };
    return filterGroup(group, open.has(label));
  });
  container.replaceChildren(container.querySelector("summary"), ...groups.filter(Boolean));
  container.hidden = container.children.length < 2;
  if (Object.keys(chosen).length) container.open = true;
  if (focused) document.getElementById(focused)?.focus();
}

/** Make a group of boxes where choosing makes a difference, or has been made. */
function filterGroup({ label, values: counts, total, chosen }, wasOpen) {
  const values = Array.from(new Set([...chosen, ...Object.keys(counts).filter((value) => counts[value])]));
  if (!chosen.length && !values.some((value) => counts[value] < total)) return null;
  values.sort((a, b) => (counts[b] || 0) - (counts[a] || 0) || a.localeCompare(b, "zh"));
  const boxes = values.map((value, at) => filterBox(label, value, counts[value] ?? 0, chosen.includes(value), at));
  const group = element("details", { "data-label": label }, element("summary", {}, label), ...boxes);
  group.open = wasOpen || chosen.length > 0 || label === KIND;
  return group;
}

function filterBox(label, value, count, checked, at) {
  const box = element("input", { type: "checkbox", id: `filter-${label}-${at}`, name: label, value });
  box.checked = checked;
  const words = element("label", { for: box.id }, value);
  words.append(" ", element("span", { class: "search-count" }, String(count)));
  return element("div", { class: "search-filter" }, box, words);
}

function chosenIn(container) {
  const chosen = {};
  for (const box of container.querySelectorAll("input:checked")) (chosen[box.name] = chosen[box.name] || []).push(box.value);
  return chosen;
}
