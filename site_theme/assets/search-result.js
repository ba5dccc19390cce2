/** What search results look like: entries → elements. Data only ever enters as text or attribute, never as markup. */

import { addressOf } from "./search-engine.js";

const WITHDRAWN = "已取消/已失效";
const FACTS_OF_A_ROW = 4;
const FACTS_OF_AN_OPTION = 2;
const OF_AN_OPTION = /^(fee\.amount|time\.promised|place\.where|phone|number|rates\..*)$/;
const LONGEST_FACT = 40;
/** What each district has of its own: where its page says something else, a result must not say the city's. */
export const OF_A_PLACE = /^(place|consult|time)\./;
/** What a list has no room for; answers show it. */
const ONLY_IN_ANSWERS = /^(bring|online|consult|visit|windows)\.|hours/;

/**
 * Make an element with attributes and children; texts become text nodes.
 * @param {string} tag
 * @param {Object<string, string>} attributes
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Make the row of the result list for a hit.
 * @param {object} lookup
 * @param {import("./search-engine.js").Hit} hit
 * @param {string} rank the element of its heading
 * @param {string} within the address of the district that was chosen, with a slash at its end
 * @returns {HTMLLIElement}
 */
export function resultRow(lookup, { entry, why = {}, cases = [], moreCases = 0 }, rank = "h2", within = "") {
  const link = element("a", { href: addressOf(`${within}${entry.p}/`), "data-result": entry.p }, nameOf(entry));
  const heading = element(rank, { class: "search-result__name" }, link);
  const row = element("li", { class: "search-result" }, heading, kindLine(lookup, entry, why));
  const facts = factsOf(lookup, entry).filter(({ path }) => !within || !OF_A_PLACE.test(path)).slice(0, FACTS_OF_A_ROW);
  const pairs = facts.map((fact) => element("div", {}, element("dt", {}, fact.label), element("dd", {}, mark(entry, fact))));
  if (pairs.length) row.append(element("dl", { class: "search-result__facts" }, ...pairs));
  if (cases.length) row.append(casesLine(entry, cases, moreCases, within));
  return row;
}

/** Link to the cases that the query speaks of, and where there are more, to the questions that tell them apart. */
function casesLine(entry, cases, more, within) {
  const links = cases.map(([id, label]) => {
    const href = addressOf(`${within}${entry.p}/cases/${id}/`);
    return element("a", { href, "data-case": id }, mark(entry, { path: `cases.${id}.label`, value: id, text: label }));
  });
  if (more) links.push(element("a", { href: addressOf(`${within}${entry.p}/cases/`) }, `还有 ${more} 种，逐步选`));
  const list = element("ul", {}, ...links.map((link) => element("li", {}, link)));
  return element("div", { class: "search-result__cases" }, element("span", {}, "您的情形："), list);
}

/**
 * Make the option of the drop-down list for a hit.
 * @param {object} lookup
 * @param {import("./search-engine.js").Hit} hit
 * @param {string} id
 * @returns {HTMLAnchorElement}
 */
export function resultOption(lookup, { entry, why = {} }, id) {
  const name = element("span", { class: "search-option__name" }, nameOf(entry));
  const line = kindLine(lookup, entry, why, "span");
  const facts = factsOf(lookup, entry).filter(({ path }) => OF_AN_OPTION.test(path));
  for (const fact of facts.slice(0, FACTS_OF_AN_OPTION)) line.append(" · ", mark(entry, fact));
  return option(id, { href: addressOf(`${entry.p}/`), "data-result": entry.p }, name, line);
}

/**
 * Make the option that gives the answer itself.
 * @param {object} answer
 * @param {string} id
 * @returns {HTMLAnchorElement}
 */
export function answerOption(answer, id) {
  const value = element("span", { class: "search-option__answer" }, mark(answer.entry, answer));
  const about = element("span", { class: "search-kind" }, nameOf(answer.entry), ` · ${labelOf(answer)}`);
  return option(id, { href: answerAddress(answer), "data-answer": answer.key }, value, about);
}

/**
 * Make an option of the drop-down list.
 * @param {string} id
 * @param {Object<string, string>} attributes
 * @param {...(Node|string)} children
 * @returns {HTMLAnchorElement}
 */
export function option(id, attributes, ...children) {
  const states = { role: "option", "aria-selected": "false", tabindex: "-1", class: "search-option" };
  return element("a", { id, ...states, ...attributes }, ...children);
}

/**
 * Make what stands above the list: the answer to the question, from the fact itself.
 * @param {object} answer
 * @returns {HTMLElement[]}
 */
export function answerLines(answer) {
  const value = element("strong", { class: "search-answer__value" }, mark(answer.entry, answer));
  const link = element("a", { href: answerAddress(answer) }, `见${labelOf(answer)}`);
  return [element("span", { class: "search-answer__name" }, nameOf(answer.entry)), value, link];
}

const answerAddress = (answer) => addressOf(`${answer.entry.p}/${answer.anchor && `#${answer.anchor}`}`);

const labelOf = ({ label }) => label || "详情";

const nameOf = (entry) => mark(entry, { path: "name", value: entry.n, text: entry.n });

function mark(entry, { path, value, text }) {
  return element("span", { "data-fact": `${entry.p}#${path}`, "data-value": value }, text);
}

/** Several rates are no answer to what it costs: they stand on the page with their conditions. */
function factsOf(lookup, entry) {
  const facts = (entry.f || []).map((fact) => globalThis.tongchuangSearch.factOf(lookup, entry, fact));
  const rates = facts.filter(({ path }) => /^rates\..*\.amount$/.test(path));
  const fits = ({ path, text }) =>
    !ONLY_IN_ANSWERS.test(path) && text.length <= LONGEST_FACT && (!path.startsWith("rates.") || rates.length === 1);
  return facts.filter(fits);
}

function kindLine(lookup, entry, { alias }, tag = "p") {
  const line = element(tag, { class: "search-kind" }, lookup.kinds[entry.k][1]);
  if (entry.w) line.append(" ", element("strong", { class: "search-withdrawn" }, WITHDRAWN));
  if (alias) line.append(" · ", element("span", { class: "search-alias" }, `对应「${alias}」`));
  return line;
}
