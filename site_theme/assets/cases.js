/* "我是哪种情形" on a guide's page: asks one question after the other, then shows of the page what applies. The answers
   are in the address after #, which no server gets to see; every word and mark comes from the page itself. */

import { element } from "./verify-code.js";

const FRAGMENT = "#case=";
const SEPARATOR = "--";
const LISTS = { materials: "#materials .materials > li", steps: "#steps .steps > li", fees: "#fees .fees tbody > tr" };
const ANSWERS = { "fee.amount": "fee", "time.promised": "time", "visit.count": "visits", "place.where": "where" };

const block = document.getElementById("case");
const { path, nodes, cases } = JSON.parse(document.getElementById("cases-data").textContent);
const base = document.documentElement.dataset.base;
const form = element("div", { class: "case-form" });
const said = element("div", { class: "case-said", role: "status" });
const more = element("p", { class: "case-more" });
const undo = [];

block.querySelector(".case-start").replaceWith(form, said, more);
addEventListener("hashchange", fromAddress);
show("");
fromAddress();

/** Show what the address names; a fragment that names no place in the tree leaves everything as it is. */
function fromAddress() {
  const { hash } = location;
  if (!hash) show("");
  else if (hash.startsWith(FRAGMENT) && isKnown(hash.slice(FRAGMENT.length))) show(hash.slice(FRAGMENT.length));
}

function isKnown(id) {
  return Object.hasOwn(nodes, id) || Object.hasOwn(cases, id);
}

/** Show a node: the questions on the way with their answers, the next question or the case. */
function show(id) {
  ask(id);
  while (undo.length) undo.pop()();
  said.replaceChildren();
  more.replaceChildren();
  delete block.dataset.shown;
  if (Object.hasOwn(cases, id)) end(id, cases[id]);
  if (id) more.append(button("重新选", restart));
}

/** Keep the questions that are asked already, because one of them may have the focus. */
function ask(id) {
  const options = id ? id.split(SEPARATOR) : [];
  const way = [...options, ""].map((_, number) => options.slice(0, number).join(SEPARATOR));
  const wanted = way.filter((node) => Object.hasOwn(nodes, node));
  wanted.forEach((node, number) => {
    if (form.children[number]?.dataset.node !== node) form.children[number]?.remove();
    if (!form.children[number] || form.children[number].dataset.node !== node) form.insertBefore(fieldset(node), form.children[number] ?? null);
    for (const radio of form.children[number].querySelectorAll("input")) radio.checked = radio.value === way[number + 1];
  });
  while (form.children.length > wanted.length) form.lastElementChild.remove();
}

function fieldset(node) {
  const { question, options } = nodes[node];
  const why = element("p", { class: "small", id: `why-${question}` }, mark(`questions.${question}.why`));
  const legend = element("legend", { class: "case-question" }, mark(`questions.${question}.text`));
  const choices = options.map((option) => choice(node, question, option));
  return element("fieldset", { "data-node": node, "aria-describedby": why.id }, legend, why, element("div", { class: "choices" }, ...choices));
}

function choice(node, question, option) {
  const value = node ? node + SEPARATOR + option : option;
  const radio = element("input", { type: "radio", name: `case-${node || "start"}`, value });
  radio.addEventListener("change", () => { location.hash = FRAGMENT + value; });
  const words = find(`questions.${question}.options.${option}.text`).closest("li");
  return element("label", {}, radio, element("span", {}, ...words.cloneNode(true).childNodes));
}

/** Show the end of a case: of the page only what applies, and on top what the case comes to. */
function end(id, found) {
  block.dataset.shown = id;
  const row = block.querySelector(`tr[data-case="${id}"]`);
  if (found.elsewhere) {
    said.append(element("p", {}, "这种情形另有去处：", ...row.querySelector("td").cloneNode(true).childNodes));
    return;
  }
  for (const [name, selector] of Object.entries(LISTS)) keepOnly([...document.querySelectorAll(selector)], found[name]);
  for (const [whole, own] of Object.entries(ANSWERS)) swap(`${path}#${whole}`, `cases.${id}.${own}`);
  for (const part of document.querySelectorAll("[data-usual]")) hide(part, found.own.includes(part.dataset.usual));
  for (const line of document.querySelectorAll("[data-fee]")) hide(line, !found.fees.includes(Number(line.dataset.fee)));
  hide(document.querySelector("#steps .flow"), found.steps.length < document.querySelectorAll(LISTS.steps).length);
  hide(document.querySelector("#fees .fees"), !found.fees.length);
  count("#materials", `带什么 ${found.materials.length} 件`);
  count("#steps", `怎么办 ${found.steps.length} 步`);
  sayCase(id, row);
}

function sayCase(id, row) {
  const bring = mark(`cases.${id}.bring`);
  const verb = bring.dataset.value ? "带 " : "";
  const line = element("p", {}, "已按您的情形显示：", element("b", {}, mark(`cases.${id}.label`)), `，${verb}`, bring, "。");
  said.append(line, ...[...row.querySelectorAll(".case-different")].map((note) => note.cloneNode(true)));
  const handout = `${base}handouts/${path.split("/")[1]}/${id}/`;
  more.append(element("a", { href: `${base}${path}/cases/${id}/` }, "单独看这种情形"), element("a", { href: handout }, "打印这种情形的告知单"));
}

function keepOnly(rows, numbers) {
  rows.forEach((row, number) => hide(row, !numbers.includes(number)));
}

function hide(part, isHidden) {
  if (!part || !isHidden) return;
  part.setAttribute("hidden", ""); // a drawing has no such property
  undo.push(() => part.removeAttribute("hidden"));
}

/** Put a case's statement wherever the page outside this block makes the guide's own. */
function swap(key, own) {
  for (const shown of document.querySelectorAll(`[data-fact="${key}"]`)) {
    const instead = mark(own);
    shown.replaceWith(instead);
    undo.push(() => instead.replaceWith(shown));
  }
}

function count(target, text) {
  const link = document.querySelector(`.jump a[href="${target}"]`);
  const before = link.textContent;
  link.textContent = text;
  undo.push(() => { link.textContent = before; });
}

function find(inner) {
  return block.querySelector(`.case-all [data-fact="${path}#${inner}"]`);
}

function mark(inner) {
  return find(inner).cloneNode(true);
}

function button(text, action) {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", action);
  return made;
}

function restart() {
  history.pushState(null, "", location.pathname + location.search);
  show("");
  form.querySelector("input").focus();
}
