/* A service worker's work: the network first, the last good answer where it fails, is slow or answers with an error.
   `keepOffline` is called by a small file in the folder that is to be looked after:
   keep     files that are kept from the first visit on, all of one version or none of it; relative to that file
   try      files that are taken along where they are published
   version  a name for the state of these files; a new one is fetched whole before the old one is given up */

const PATIENCE = 4000; // milliseconds that the network has before the last good answer is shown
const AT_ONCE = 8;
const PARTS = /(?:href|src)="([^"#?]+\.(?:css|js|svg|png|jpe?g|webp|woff2?))"/g;

function keepOffline({ keep, try: wanted, version }) {
  const folder = new URL("./", self.location).href;
  const prefix = `tongchuang ${folder} `;
  const whole = `${prefix}${version || "visited"}`;
  const visited = `${prefix}visited`;
  const mayKeep = new Set(keep.concat(wanted).map(addressOf));

  /** Name a file as it is kept: a folder is its index.html, whatever is asked of it. */
  function addressOf(path) {
    const url = new URL(path, folder);
    return (url.origin + url.pathname).replace(/\/$/, "/index.html");
  }

  /** Return an answer that may be given again to any request; one that was redirected may not. */
  function repeatable(answer) {
    return answer.redirected ? new Response(answer.body, { status: answer.status, headers: answer.headers }) : answer;
  }

  function isGood(answer) {
    return answer.status === 200 && answer.type !== "opaque" && new URL(answer.url).origin === self.location.origin;
  }

  async function fetchInto(cache, address, must) {
    const answer = await fetch(address, { cache: "no-cache" });
    if (!isGood(answer)) {
      if (must) throw new Error(`${address}: ${answer.status}`);
      return [];
    }
    const parts = address.endsWith(".html") ? partsOf(await answer.clone().text(), answer.url) : [];
    await cache.put(address, repeatable(answer));
    return parts;
  }

  /** Return the styles, scripts and pictures of our own that a page names. */
  function partsOf(html, base) {
    const found = [...html.matchAll(PARTS)].map(([, path]) => new URL(path, base));
    return found.filter((url) => url.origin === self.location.origin).map((url) => addressOf(url.href));
  }

  async function fetchAll(cache, addresses, must, done) {
    const parts = new Set();
    const queue = addresses.filter((address) => !done.has(address));
    async function take() {
      for (let address = queue.shift(); address; address = queue.shift()) {
        done.add(address);
        for (const part of await fetchInto(cache, address, must)) parts.add(part);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, take));
    return [...parts];
  }

  /** Fetch a version whole; if anything that must be there fails, the version before stays in use. */
  async function install() {
    const cache = await caches.open(whole);
    const done = new Set();
    try {
      const parts = await fetchAll(cache, keep.map(addressOf), true, done);
      const more = await fetchAll(cache, wanted.map(addressOf), false, done);
      await fetchAll(cache, parts.concat(more), false, done);
    } catch (error) {
      await caches.delete(whole);
      throw error;
    }
    await self.skipWaiting();
  }

  async function activate() {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(prefix) && name !== whole && name !== visited);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  }

  /** Return what is kept of an address: of the whole version if it has it, else as last visited. */
  async function kept(address) {
    for (const name of new Set([whole, visited])) {
      const found = await (await caches.open(name)).match(address);
      if (found) return found;
    }
    return undefined;
  }

  /** Ask the server itself: the browser's own memory may take an old answer for a fresh one. */
  async function fromNetwork(request, address) {
    const redirect = request.mode === "navigate" ? "manual" : "follow"; // the browser goes where a page has moved
    const answer = await fetch(request.url, { cache: "no-cache", redirect });
    if (isGood(answer) && !mayKeep.has(address)) {
      const copy = repeatable(answer.clone());
      await (await caches.open(visited)).put(address, copy);
    }
    return answer;
  }

  async function answerTo(event, request) {
    const address = addressOf(request.url);
    const network = fromNetwork(request, address);
    event.waitUntil(network.catch(() => {})); // what comes late is kept all the same
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    const first = await Promise.race([network, late]).catch(() => undefined);
    if (first && (first.type === "opaqueredirect" || isGood(first))) return first;
    const found = (await kept(address)) || (request.mode === "navigate" ? await kept(addressOf("index.html")) : undefined);
    return found || first || network;
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method === "GET" && request.url.startsWith(self.location.origin)) event.respondWith(answerTo(event, request));
  });
}
