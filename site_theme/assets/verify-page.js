/* The desk for a stack of codes: what is typed, pasted or scanned becomes a row; what is out of date becomes a list to
   reprint. Everything stays in this page's memory. */

import { candidates, data, earlier, element, entries } from "./verify-code.js";

const desk = document.getElementById("check-desk");
const base = desk.dataset.base;
const [form, input, status, video] = ["form", "input", "status", "video"].map((name) => document.getElementById(`check-${name}`));
const [results, reprint] = ["results", "reprint"].map((name) => document.getElementById(`check-${name}`));
const seen = new Map();
let work = Promise.resolve();

desk.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  take(input.value);
  input.value = "";
  input.focus();
});
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
document.getElementById("check-clear").addEventListener("click", () => {
  seen.clear();
  input.value = "";
  show("已全部清除。");
  input.focus();
});
reprint.querySelector(".check-print").addEventListener("click", () => window.print());

/** Check everything in a text, one after the other, so that rows stand in the order of the stack. */
function take(text) {
  const found = entries(text);
  status.dataset.state = "busy";
  work = work.then(async () => {
    let failed = 0;
    for (const entry of found) {
      const key = candidates(entry.written)[0] ?? entry.written;
      try {
        seen.set(key, seen.get(key) ?? (await verdict(entry)));
      } catch (error) {
        failed += 1;
      }
    }
    const repeated = failed ? `有 ${failed} 个没能查到记录，请检查网络后再试。` : "";
    show(found.length ? `${counts()}${repeated}` : "没有读到核对码。");
  });
}

async function verdict({ written, path }) {
  const codes = candidates(written);
  const { fingerprints } = await data(base, "fingerprints");
  const same = Object.keys(fingerprints).find((one) => codes.includes(fingerprints[one].fingerprint));
  if (same) return { state: "same", path: same, code: fingerprints[same].fingerprint, ...named(fingerprints, same) };
  const found = codes.length ? await earlier(base, codes) : null;
  if (found?.moved) return { state: "moved", path: found.moved, code: found.code, ...named(fingerprints, found.moved) };
  if (found?.gone) return { state: "gone", path: found.path, code: found.code, name: found.gone };
  if (found) return { state: "older", ...found, changes: found.version.changes, ...named(fingerprints, found.path) };
  return { state: "unknown", code: written, path, ...named(fingerprints, path) };
}

function named(fingerprints, path) {
  return Object.hasOwn(fingerprints, path) ? { name: fingerprints[path].name, kind: fingerprints[path].kind } : {};
}

const WORDS = {
  same: ["相同", "不用重印"],
  older: ["", "要重印"],
  moved: ["这一项换过地址和编号", "要重印"],
  gone: ["这一项已经撤下", "请收回，不再使用"],
  unknown: ["不认识：可能输错了，或者不是本站印发的", "再输一次，还不对就重印"],
};

function counts() {
  const count = (state) => [...seen.values()].filter((row) => row.state === state).length;
  const parts = [[count("same"), "相同"], [count("older") + count("moved"), "要重印"], [count("gone"), "已撤下"], [count("unknown"), "不认识"]];
  return `共 ${seen.size} 张：${parts.filter(([number]) => number).map(([number, word]) => `${number} 张${word}`).join("，")}。`;
}

/** Draw rows and the list to reprint anew. */
function show(said) {
  const rows = [...seen.values()].reverse(); // the last one scanned on top
  results.hidden = !rows.length;
  results.querySelector("tbody").replaceChildren(...rows.map(tableRow));
  const old = new Map(rows.filter((row) => row.state === "older" || row.state === "moved").map((row) => [row.path, row]));
  reprint.hidden = !old.size;
  reprint.querySelector("ul").replaceChildren(...[...old.values()].reverse().map((row) => element("li", {}, link(row, printed(row.path)))));
  status.textContent = said;
  status.dataset.state = "done";
}

/** Guides are handed out on paper of their own; everything else is printed from its page. */
function printed(path) {
  return path.startsWith("guides/") ? `${base}handouts/${path.slice("guides/".length)}/` : `${base}${path}/`;
}

function tableRow(row) {
  const [result, todo] = WORDS[row.state];
  const head = element("th", { scope: "row" }, row.kind ? link(row, `${base}${row.path}/`) : row.name ?? "（不知道是哪一项）");
  if (row.kind) head.append(element("span", { class: "small block" }, row.kind));
  const cell = element("td", { "data-label": "结果" }, result || `已变 ${row.changes.length} 项`);
  if (row.changes) cell.append(element("span", { class: "small block" }, row.changes.map((change) => change.label).join("、")));
  return element(
    "tr", { "data-state": row.state }, head,
    element("td", { "data-label": "核对码" }, element("code", {}, row.code)), cell,
    element("td", { "data-label": "怎么办", class: row.state === "same" ? "" : "bad" }, todo),
  );
}

function link(row, address) {
  return element("a", { href: address }, row.name);
}

/* The camera, where the browser reads codes by itself. */
if ("BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) offerCamera();

async function offerCamera() {
  const button = document.getElementById("check-camera");
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let stream = null;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (stream) {
      for (const track of stream.getTracks()) track.stop();
      stream = null;
    } else {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
      if (!stream) show("摄像头没有打开；可以改用扫码枪或手工输入。");
    }
    video.hidden = !stream;
    video.srcObject = stream;
    button.textContent = stream ? "关掉摄像头" : "用摄像头扫";
    if (!stream) return;
    await video.play();
    look();
  });

  async function look() {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    const fresh = found.map((code) => code.rawValue).filter((text) => !seen.has(candidates(entries(text)[0]?.written ?? "")[0] ?? text));
    if (fresh.length) take(fresh.join("\n"));
    setTimeout(look, 400);
  }
}
