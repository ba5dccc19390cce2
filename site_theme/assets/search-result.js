/** What search results look like: cards → elements. Data only ever enters as text or attribute, never as markup. */

import { addressOf } from "./search-engine.js";

const WITHDRAWN = "已取消/已失效";

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
 * Make the row of the result list for an item.
 * @param {import("./search-engine.js").Card} card
 * @returns {HTMLLIElement}
 */
export function resultRow(card) {
  const link = element("a", { href: addressOf(`${card.path}/`), "data-result": card.path }, card.name);
  const heading = element("h2", { class: "search-result__name" }, link);
  const row = element("li", { class: "search-result" }, heading, kindLine(card));
  if (card.facts.length) row.append(element("dl", { class: "search-result__facts" }, ...card.facts.map(factOf(card))));
  return row;
}

/**
 * Make the option of the drop-down list for an item.
 * @param {import("./search-engine.js").Card} card
 * @param {string} id
 * @returns {HTMLAnchorElement}
 */
export function resultOption(card, id) {
  const attributes = { id, href: addressOf(`${card.path}/`), "data-result": card.path };
  const name = element("span", { class: "search-option__name" }, card.name);
  const states = { role: "option", "aria-selected": "false", tabindex: "-1", class: "search-option" };
  return element("a", { ...attributes, ...states }, name, kindLine(card, "span"));
}

function kindLine(card, tag = "p") {
  const line = element(tag, { class: "search-kind" }, card.label);
  if (card.withdrawn) line.append(" ", element("strong", { class: "search-withdrawn" }, WITHDRAWN));
  return line;
}

const factOf = (card) => ([key, value, text, label]) =>
  element(
    "div",
    {},
    element("dt", {}, label),
    element("dd", {}, element("span", { "data-fact": `${card.path}#${key}`, "data-value": value }, text)),
  );
