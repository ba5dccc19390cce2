/* What script adds to the touch-screen, whose pages work without it: the clock, whether the hall is open, paging,
   going back, printing a notice, coming back to the start when nobody is there, and no way out. A classic script,
   so that the folder opens from file:// too. */

(() => {
  const root = document.documentElement;
  const start = new URL(`${root.dataset.home}index.html`, location.href);
  const folder = start.href.replace(/index\.html$/, "");
  const here = location.href.replace(/[?#].*$/, "").replace(/\/$/, "/index.html");
  const isStart = here === start.href;
  const find = (selector) => document.querySelector(selector);

  /* Date and time in 东八区, whatever the machine's zone: 2026-11-23T08:30. */
  const chinaTime = () => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 16);

  /* ---- What time it is, whether the hall is open, whether the content is still right ---- */

  function sayOpen(place, day, time) {
    const spans = JSON.parse(place.dataset.calendar)[day];
    if (!spans) return;
    const open = spans.find((span) => span.slice(0, 5) <= time && time < span.slice(6));
    const later = spans.find((span) => time < span.slice(0, 5));
    if (open) place.textContent = `现在开门，${open.slice(6)} 关门`;
    else if (later) place.textContent = `现在关门，今天 ${later.slice(0, 5)} 开门`;
    else place.textContent = spans.length ? "今天已经关门" : "今天不开门";
    place.classList.toggle("closed", !open);
    place.hidden = false;
  }

  function tellTime() {
    const [day, time] = chinaTime().split("T");
    const clock = find(".head-clock");
    const [, month, date] = day.split("-").map(Number);
    clock.textContent = `${month}月${date}日 ${time}`;
    clock.hidden = false;
    const place = find("[data-calendar]");
    if (place) sayOpen(place, day, time);
    find(".expired").hidden = day <= root.dataset.validUntil;
  }

  /* ---- Paging: large buttons for those who do not swipe ---- */

  const bar = find(".bar");
  const up = find(".bar-up");
  const down = find(".bar-down");

  function showPaging() {
    const room = root.scrollHeight - innerHeight;
    up.hidden = down.hidden = room < 8;
    up.disabled = scrollY < 4;
    down.disabled = scrollY > room - 4;
  }

  function turn(direction) {
    const seen = innerHeight - find(".head").offsetHeight - bar.offsetHeight;
    scrollBy(0, direction * (seen - 60));
  }

  /* ---- Going back: the pages that this visitor came by ---- */

  const memory = {
    read: () => { try { return JSON.parse(sessionStorage.getItem("trail")) || []; } catch (error) { return []; } },
    write: (trail) => { try { sessionStorage.setItem("trail", JSON.stringify(trail.slice(-50))); } catch (error) { /* may be forbidden */ } },
    forget: () => { try { sessionStorage.clear(); } catch (error) { /* may be forbidden */ } },
  };

  function noteVisit() {
    const trail = memory.read();
    if (isStart) memory.write([here]);
    else if (trail[trail.length - 2] === here) memory.write(trail.slice(0, -1));
    else if (trail[trail.length - 1] !== here) memory.write([...trail, here]);
  }

  /* ---- Printing the notice of a guide ---- */

  /** Load a notice out of sight. From a server it comes through the worker, so that it prints without network too. */
  async function loadNotice(address) {
    find(".printing")?.remove();
    const frame = document.createElement("iframe");
    frame.className = "printing";
    frame.title = "一次性告知单";
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
    if (location.protocol === "file:") frame.src = address;
    else {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.status);
      frame.srcdoc = (await answer.text()).replace(/<head[^>]*>/i, `$&<base href="${address}">`);
    }
    document.body.append(frame);
    await loaded;
    return frame;
  }

  async function printNotice(link) {
    const label = link.textContent;
    try {
      const frame = await loadNotice(link.href);
      try {
        frame.contentWindow.focus();
        frame.contentWindow.print();
      } catch (error) {
        print(); // pages from file:// may not touch each other; our own print style shows the notice alone
      }
      link.textContent = "已送去打印";
    } catch (error) {
      link.textContent = "现在不能打印，请到总服务台";
    }
    setTimeout(() => { link.textContent = label; }, 5000);
  }

  /* ---- No way out ---- */

  function follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    const target = new URL(link.href);
    const inside = target.href.startsWith(folder);
    if (link.matches(".print")) {
      event.preventDefault();
      printNotice(link);
    } else if (!inside || event.button || event.ctrlKey || event.shiftKey || event.metaKey || event.altKey) {
      event.preventDefault();
    } else if (target.hash && target.href.replace(/#.*/, "") === here) {
      event.preventDefault(); // a jump within the page is no page to come back to
      document.getElementById(target.hash.slice(1))?.scrollIntoView();
    } else if (link.matches(".bar-back") && memory.read().length > 1) {
      event.preventDefault();
      history.back();
    }
  }

  for (const name of ["click", "auxclick"]) addEventListener(name, follow, true);
  for (const name of ["contextmenu", "dragstart", "drop", "dragover", "selectstart"]) {
    addEventListener(name, (event) => {
      if (!event.target.closest?.("input")) event.preventDefault();
    });
  }
  addEventListener("submit", (event) => event.preventDefault());

  /* ---- Back to the start when nobody is there ---- */

  const idle = Number(root.dataset.idle) || 60;
  const warning = Math.min(15, idle / 2);
  const notice = find(".idle");
  let touched = Date.now();

  function leave() {
    memory.forget();
    for (const input of document.querySelectorAll("input")) input.value = "";
    dispatchEvent(new Event("kiosk-reset"));
    notice.hidden = true;
    touched = Date.now();
    if (!isStart) location.replace(start.href);
    else {
      scrollTo(0, 0);
      // A start page that stands all day takes new content over, where a worker makes sure that it comes back.
      if (navigator.serviceWorker?.controller && performance.now() > 600e3) location.reload();
    }
  }

  function watch() {
    const left = idle - (Date.now() - touched) / 1000;
    if (left <= 0) leave();
    else if (!isStart) {
      notice.hidden = left > warning;
      find(".idle-seconds").textContent = Math.ceil(left);
    }
  }

  const stay = () => {
    touched = Date.now();
    notice.hidden = true;
  };
  for (const name of ["pointerdown", "keydown", "scroll", "wheel", "touchmove"]) addEventListener(name, stay, { passive: true });
  find(".idle-stay").addEventListener("click", stay);
  setInterval(watch, 250);

  /* ---- Going on without network ---- */

  if (location.protocol.startsWith("http") && "serviceWorker" in navigator) {
    navigator.serviceWorker.register(`${folder}worker.js`, { updateViaCache: "none" }).catch(() => {});
    navigator.serviceWorker.ready.then(() => { root.dataset.offline = "ready"; });
  }

  up.addEventListener("click", () => turn(-1));
  down.addEventListener("click", () => turn(1));
  addEventListener("scroll", showPaging, { passive: true });
  addEventListener("resize", showPaging);
  addEventListener("pageshow", (event) => {
    if (event.persisted) stay();
    noteVisit();
    showPaging();
    tellTime();
  });
  new ResizeObserver(showPaging).observe(document.body);
  setInterval(tellTime, 10e3);
})();
