// The preview's part of an open page: it hears from the server what is wrong and when to reload. Only the preview adds
// it to its answers; no file of the site has it.

const script = document.querySelector("script[data-stamp]");
const SCROLL = `preview-scroll ${location.pathname}`;
const CLOSED = "preview-closed";

const host = document.createElement("div");
const root = host.attachShadow({ mode: "open" });
root.innerHTML = `<link rel="stylesheet" href="/_preview/preview.css">
<p class="busy" role="status"></p>
<div class="bar" role="status"><button type="button" hidden></button></div>
<div class="panel" aria-labelledby="title" tabindex="-1" hidden>
<div class="head"><h2 id="title"></h2><button type="button">关闭（Esc）</button></div>
<p class="below"></p>
<div class="list"></div></div>`;
document.body.append(host);

const busy = root.querySelector(".busy");
const opener = root.querySelector(".bar button");
const panel = root.querySelector(".panel");
const title = root.querySelector("#title");
const below = root.querySelector(".below");
const list = root.querySelector(".list");
let shown = "";
let before = null;
const listsItself = document.body.classList.contains("preview-page"); // a page of the preview's own says what is wrong

function open() {
  if (panel.hidden) before = document.activeElement;
  panel.hidden = false;
  panel.focus({ preventScroll: true });
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  sessionStorage.setItem(CLOSED, shown);
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
}

/** Show what is wrong: errors over the page, warnings as a bar. What was closed stays closed until it changes. */
function show(news) {
  busy.textContent = news.building ? "正在生成…" : "";
  opener.hidden = !news.told || listsItself;
  opener.textContent = news.told;
  opener.dataset.wrong = news.wrong;
  if (news.html === shown) return;
  shown = news.html;
  list.innerHTML = news.html; // escaped by the server
  title.textContent = news.told;
  below.textContent = news.wrong ? "改好保存，这里会自己消失；下面仍是上一次正确的页面。" : "提醒不妨碍发布。";
  panel.setAttribute("role", news.wrong ? "alertdialog" : "dialog");
  if (news.wrong && !listsItself && sessionStorage.getItem(CLOSED) !== shown) open();
  else panel.hidden = true;
}

/** Reload when the page would look otherwise now. */
async function compare() {
  const answer = await fetch(`/_preview/stamp?path=${encodeURIComponent(location.pathname)}`);
  if (!answer.ok || (await answer.text()) === script.dataset.stamp) return;
  sessionStorage.setItem(SCROLL, String(scrollY));
  location.reload();
}

const kept = sessionStorage.getItem(SCROLL);
if (kept !== null) {
  sessionStorage.removeItem(SCROLL);
  scrollTo(0, Number(kept));
}
root.querySelector(".head button").addEventListener("click", close);
opener.addEventListener("click", () => (panel.hidden ? open() : close()));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

let source = null;

/** Hear from the server while the page is looked at: a browser keeps few connections to one server, tabs are many. */
function listen() {
  source?.close();
  source = null;
  if (document.hidden) return;
  source = new EventSource("/_preview/events");
  source.addEventListener("message", (event) => {
    show(JSON.parse(event.data));
    compare().catch(() => {});
  });
  source.addEventListener("error", () => {
    busy.textContent = "预览没有在运行";
  });
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", listen);
