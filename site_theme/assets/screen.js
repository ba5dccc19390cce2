/* Screens that nobody tends: pages long lists, says whether the hall is open and whether the content has run out, asks
   for a new version, and keeps the last good one whatever the network brings. A classic script, to work from file://.
   <html data-screen data-valid-until data-as-of data-poll data-worker>, [data-paged], [data-calendar], .screen-notice */
(function () {
  "use strict";

  var PAGE_SECONDS = 12;
  var POLL_SECONDS = 300;
  var CLOCK_SECONDS = 10;
  var ANSWER_SECONDS = 30;
  var FAILURES_SHOWN = 3;
  var NIGHT_FROM = "18:00";
  var NIGHT_UNTIL = "06:00";

  var root = document.documentElement;
  var shown = contentOf(document); // what the document was before this script touched it
  var paged = [];
  var turn = 0;
  var failures = 0;
  var asking = false;
  var polledOn = chinaNow().day;

  /** Return day and time in 东八区, whatever the machine's zone. */
  function chinaNow() {
    var text = new Date(Date.now() + 8 * 3600e3).toISOString();
    return { day: text.slice(0, 10), time: text.slice(11, 16) };
  }

  function contentOf(page) {
    var attributes = Array.prototype.filter.call(page.documentElement.attributes, function (entry) {
      return entry.name !== "class";
    });
    var said = attributes.map(function (entry) { return entry.name + "=" + entry.value; });
    return said.sort().join("\n") + page.head.innerHTML + page.body.innerHTML.trim();
  }

  /** Show all of a list, with the room that the number of its page will take. */
  function opened(list) {
    var counter = list.parentElement.querySelector(".page-count");
    var entries = Array.prototype.slice.call(list.children);
    if (counter) counter.textContent = "1/9";
    show(entries, entries);
    return { list: list, entries: entries, counter: counter, pages: [entries] };
  }

  /** Share the children of a list out to pages that fit its height; a list that fits stays as it is. */
  function share(opened) {
    if (!isFull(opened.list)) return;
    var filled = greedy(opened.list, opened.entries);
    opened.pages = evened(opened.list, opened.entries, filled.length) || filled;
    show(opened.entries, opened.entries);
  }

  /** Tell whether an entry reaches beyond the list. Not by scrollHeight, which counts the empty top of a font too. */
  function isFull(list) {
    var end = list.getBoundingClientRect().bottom + 1;
    return Array.prototype.some.call(list.children, function (entry) {
      return !entry.hidden && entry.getBoundingClientRect().bottom > end;
    });
  }

  function show(entries, chosen) {
    entries.forEach(function (entry) { entry.hidden = chosen.indexOf(entry) < 0; });
  }

  function greedy(list, entries) {
    var pages = [[]];
    entries.forEach(function (entry) {
      var last = pages[pages.length - 1];
      show(entries, last.concat(entry));
      if (last.length && isFull(list)) pages.push([entry]);
      else last.push(entry);
    });
    return pages;
  }

  /** Return as many pages with about the same number of entries, or nothing where they do not fit like that. */
  function evened(list, entries, count) {
    var pages = [];
    for (var at = 0; at < count; at += 1) {
      var page = entries.slice(Math.ceil((at * entries.length) / count), Math.ceil(((at + 1) * entries.length) / count));
      show(entries, page);
      if (isFull(list)) return null;
      pages.push(page);
    }
    return pages;
  }

  /** Lay all lists out; each is measured while the others are at their longest, so that no turn takes its room. */
  function lay() {
    paged = Array.prototype.map.call(document.querySelectorAll("[data-paged]"), opened);
    paged.forEach(share);
    turnTo(turn);
  }

  function turnTo(number) {
    turn = number;
    paged.forEach(function (entry) {
      var count = entry.pages.length;
      show(entry.entries, entry.pages[turn % count]);
      if (entry.counter) entry.counter.textContent = count > 1 ? (turn % count) + 1 + "/" + count : "";
    });
  }

  /** Write what depends on the clock; lay the lists out anew only where that changed their room. */
  function tell() {
    var now = chinaNow();
    var notice = document.querySelector(".screen-notice");
    var until = root.getAttribute("data-valid-until");
    var over = Boolean(until && now.day > until);
    var before = clockTexts();
    document.querySelectorAll("[data-calendar]").forEach(function (place) { sayOpen(place, now); });
    var turned = Boolean(notice) && notice.hidden === over;
    if (turned) notice.hidden = !over;
    if (turned || clockTexts() !== before) lay();
    if (now.day !== polledOn && now.time >= "00:01") {
      polledOn = now.day;
      ask();
    }
  }

  function clockTexts() {
    return Array.prototype.map.call(document.querySelectorAll("[data-calendar]"), function (place) {
      return place.textContent;
    }).join();
  }

  function within(spans, time) {
    return (spans || []).some(function (span) { return span.slice(0, 5) <= time && time < span.slice(6); });
  }

  function sayOpen(place, now) {
    var full = JSON.parse(place.getAttribute("data-calendar"))[now.day];
    var partly = JSON.parse(place.getAttribute("data-limited") || "{}")[now.day];
    var open = within(full, now.time);
    var word = open ? "现在办理" : within(partly, now.time) ? "部分窗口办理" : "现在休息";
    var state = place.querySelector("[data-state]") || place;
    put(state, full ? word : "");
    var spans = place.querySelector("[data-spans]");
    if (spans) putLines(spans, full && full.length ? full : partly || []);
    var dark = !open && Boolean(full) && (now.time >= NIGHT_FROM || now.time < NIGHT_UNTIL);
    root.classList.toggle("night", dark);
  }

  function put(place, text) {
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
  }

  function putLines(place, spans) {
    if (place.textContent === spans.join("").replace(/-/g, "–")) return;
    place.textContent = "";
    spans.forEach(function (span) {
      place.appendChild(document.createElement("span")).textContent = span.replace("-", "–");
    });
  }

  /** Ask for this address; an answer counts only when it is this very screen, whole. */
  function ask() {
    if (asking || !/^https?:$/.test(location.protocol)) return;
    asking = true;
    var stop = new AbortController();
    var late = setTimeout(function () { stop.abort(); }, ANSWER_SECONDS * 1000);
    fetch(location.href, { cache: "no-store", signal: stop.signal })
      .then(function (answer) {
        if (answer.status !== 200) throw new Error("status " + answer.status);
        return answer.text();
      })
      .then(accept)
      .then(function () { failures = 0; }, function () { failures += 1; })
      .then(function () {
        clearTimeout(late);
        asking = false;
        tellConnection();
      });
  }

  function accept(text) {
    if (!/<\/html>\s*$/i.test(text)) throw new Error("half a document");
    var page = new DOMParser().parseFromString(text, "text/html");
    if (!root.dataset.screen || page.documentElement.dataset.screen !== root.dataset.screen) {
      throw new Error("another page");
    }
    var content = contentOf(page);
    if (content === shown) return;
    swap(page);
    shown = content;
  }

  /** Put the new body in the place of the old one in a single step, so that nothing is ever blank. */
  function swap(page) {
    Array.prototype.forEach.call(page.documentElement.attributes, function (entry) {
      if (entry.name !== "class") root.setAttribute(entry.name, entry.value);
    });
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    turn = 0;
    lay();
    tell();
  }

  function tellConnection() {
    var mark = document.querySelector(".screen-offline");
    if (failures < FAILURES_SHOWN) return mark ? mark.remove() : undefined;
    if (mark) return undefined;
    mark = document.createElement("p");
    mark.className = "screen-offline";
    mark.setAttribute("role", "status");
    mark.textContent = "未连上网，显示的是 " + dayText(root.getAttribute("data-as-of")) + "的内容";
    document.body.appendChild(mark);
    return undefined;
  }

  function dayText(day) {
    var parts = (day || "").split("-").map(Number);
    return parts.length === 3 ? parts[0] + "年" + parts[1] + "月" + parts[2] + "日" : "上次连上时";
  }

  function startWorker() {
    var address = root.getAttribute("data-worker");
    if (!address || !/^https?:$/.test(location.protocol) || !navigator.serviceWorker) return;
    navigator.serviceWorker.register(address).catch(function () { /* the screen works without, while it is on */ });
  }

  root.classList.add("scripted");
  lay();
  tell();
  window.addEventListener("resize", lay);
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(lay);
  setInterval(function () { turnTo(turn + 1); }, PAGE_SECONDS * 1000);
  setInterval(tell, CLOCK_SECONDS * 1000);
  setInterval(ask, (Number(root.getAttribute("data-poll")) || POLL_SECONDS) * 1000);
  startWorker();
})();
