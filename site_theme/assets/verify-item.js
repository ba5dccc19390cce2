/* On a page that was reached by a printed code (?v=…): says above the page whether the print still holds. */

import { candidates, data, day, earlier, element } from "./verify-code.js";

const written = new URLSearchParams(location.search).get("v");
const present = document.querySelector('meta[name="tongchuang:fingerprint"]')?.content;

if (written !== null && present) answer(written, present);

async function answer(text, now) {
  const base = document.documentElement.dataset.base;
  document.head.append(element("link", { rel: "stylesheet", href: `${base}assets/check.css` }));
  // There before it says anything, so that screen readers notice what it says.
  const box = element("section", { class: "check", role: "status", tabindex: "-1", "data-check": "wait", "aria-label": "打印件核对" });
  document.getElementById("main").prepend(box);
  const codes = candidates(text);
  try {
    if (codes.includes(now)) say(box, "same", "与现在的内容相同", `您手里的打印件没有过时。核对码 ${now}。`);
    else await sayOlder(box, codes, base);
  } catch (error) {
    say(box, "failed", "现在查不到旧版本的记录", "请稍后再试；现在请以本页内容为准。");
  }
}

async function sayOlder(box, codes, base) {
  const canonical = document.querySelector("link[rel=canonical]").href;
  const path = new URL(canonical).pathname.split("/").filter(Boolean).slice(-2).join("/");
  const found = codes.length ? await earlier(base, codes) : null;
  if (found?.moved === path) {
    say(box, "older", "这一项换过地址和编号", `您手里的是以前的「${found.gone}」（核对码 ${found.code}），请以本页为准，旧的不要再用。`);
    return;
  }
  if (!found || found.path !== path || !found.version) {
    const index = codes.length ? await data(base, "history/index") : { complete: true };
    const older = index.complete ? "" : "更早的版本查不到，";
    say(box, "unknown", "这个核对码我们不认识", `可能输错了，或者不是本站印发的。${older}请以本页内容为准。`);
    return;
  }
  const { changes, from, until } = found.version;
  const shown = from === until ? day(from) : `${day(from)}至${day(until)}`;
  say(box, "older", `这是旧的内容：以下 ${changes.length} 项已经变化`, `您手里的是${shown}的内容（核对码 ${found.code}），请以本页为准。`);
  box.append(table(changes));
}

function say(box, state, title, text) {
  box.classList.add(state === "failed" ? "unknown" : state);
  box.replaceChildren(element("h2", {}, title), element("p", {}, text));
  box.dataset.check = state;
}

function table(changes) {
  const heads = ["项目", "您手里的", "现在的", "从哪天起", "依据"];
  const hasBasis = changes.some((change) => change.basis);
  const shown = hasBasis ? heads : heads.slice(0, 4);
  const rows = changes.map((change) => row(change, shown));
  const head = element("tr", {}, ...shown.map((label) => element("th", { scope: "col" }, label)));
  return element("table", { class: "list" }, element("thead", {}, head), element("tbody", {}, ...rows));
}

function row(change, heads) {
  const cells = [change.before ?? "（没有）", change.after ?? "（没有了）", day(change.since), change.basis ?? ""];
  const classes = ["was", "now", "unbroken", ""];
  const rest = heads.slice(1).map((label, number) => element("td", { "data-label": label, class: classes[number] }, cells[number]));
  return element("tr", { "data-changed": change.fact }, element("th", { scope: "row" }, change.label), ...rest);
}
