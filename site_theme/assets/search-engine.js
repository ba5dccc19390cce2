/**
 * Questions → ranked items: hands the lookup data of the site to the engine in `search-core.js`, and asks Pagefind
 * afterwards what stands in the full text. Knows nothing of the page but where the site's root is.
 *
 * @typedef {Object<string, string[]>} Chosen filter label → values, any of which is enough
 * @typedef {{entry: object, why: {way?: string, alias?: string}, exact: boolean, score: number,
 *   cases?: Array<[string, string]>, moreCases?: number}} Hit
 * @typedef {{hits: Hit[], total: number, counts: Object<string, Object<string, number>>, exact: boolean, intent: ?string,
 *   onlyQuestion: boolean, answer: ?object, corrected: ?string, core: string}} Found
 */

import "./search-words.js";
import "./search-sounds.js";
import "./search-answers.js";
import "./search-match.js";
import "./search-core.js";
import "./search-cases.js";
import { openShards } from "./search-shards.js";
import { queryTokens } from "./search-tokens.js";

/** The name under which `generator/render/search.py` has the index made. */
const INDEX_LANGUAGE = "und";
const RANKING = { pageLength: 0.4, metaWeights: { title: 5, terms: 4 } };
const MENTIONS = 10;
const MOST_PAGES = 100;
const SHORTEST_MENTION = 2;

const root = document.documentElement;
/** The site's root as an absolute address. */
const BASE = new URL(root.dataset.base || document.getElementById("search-page")?.dataset.base || "./", document.baseURI);

let opening = null;
let indexing = null;

/**
 * Return the address of a path below the site's root.
 * @param {string} path
 * @returns {string}
 */
export function addressOf(path) {
  return new URL(path, BASE).href;
}

/**
 * Load the lookup data once; after a failure the next call tries again.
 * @returns {Promise<{find: function(string, object=): Found|Promise<Found>, lookup: object, matches: function(object, Chosen): boolean,
 *   entryAt: function(number): object|Promise<object>}>}
 */
export function openEngine() {
  if (!opening) {
    opening = loadEngine();
    opening.catch(() => (opening = null));
  }
  return opening;
}

async function loadEngine() {
  const lookup = await loadLookup();
  if (!lookup.entries) return openShards(lookup, (path) => json(addressOf(path)));
  const engine = globalThis.tongchuangSearch.open(lookup);
  const search = (query, options) => globalThis.tongchuangCases.find(engine, query, options);
  return { ...engine, find: search, entryAt: (number) => lookup.entries[number] };
}

/** Take the compressed data, a fifth of the bytes wherever the server doesn't compress; else the plain one. */
async function loadLookup() {
  if (globalThis.DecompressionStream) {
    try {
      return await new Response(await unpacked(await fetched(addressOf("search/lookup.json.gz")))).json();
    } catch (failure) {
      console.info(failure);
    }
  }
  return json(addressOf("search/lookup.json"));
}

async function unpacked(response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Some servers declare the file as compressed, and the browser has unpacked it already.
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return packed ? new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")) : bytes;
}

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

const json = async (address) => (await fetched(address)).json();

/**
 * Find the items for a query and chosen filters.
 * @param {string} query
 * @param {Chosen} filters
 * @param {number} limit
 * @returns {Promise<Found>}
 */
export async function find(query, filters = {}, limit = Infinity) {
  return (await openEngine()).find(query, { filters, limit });
}

/**
 * Return the entries in whose full text the terms stand, without those listed already; empty where there is no index.
 * @param {string} terms
 * @param {Set<string>} listed paths
 * @param {Chosen} filters
 * @returns {Promise<object[]>}
 */
export async function mentions(terms, listed, filters = {}) {
  const tokens = queryTokens(terms);
  if (Array.from(terms).length < SHORTEST_MENTION || !tokens.length) return [];
  try {
    const engine = await openEngine();
    const { results } = await (await openIndex()).search(tokens.join(" "));
    const found = [];
    // What is listed already comes first here too; each page is a request, so no more are read than needed.
    for (let at = 0; found.length < MENTIONS && at < Math.min(results.length, MOST_PAGES); at += MENTIONS) {
      const pages = await Promise.all(results.slice(at, at + MENTIONS).map((result) => result.data()));
      // Pagefind leaves out words that it doesn't know: what lacks one of ours doesn't count.
      const places = pages.filter((page) => holds(page, tokens)).map(({ raw_url: url }) => placeOf(url));
      const entries = await Promise.all(places.filter(({ path }) => !listed.has(path)).map((place) => entryAt(engine, place)));
      found.push(...entries.filter((entry) => entry && engine.matches(entry, filters)));
    }
    return found.slice(0, MENTIONS);
  } catch (failure) {
    console.info(failure);
    return [];
  }
}

/** Read item and number of its entry from the address of its document. */
function placeOf(url) {
  const [, path, number] = url.match(/^\/*(.*)\/(\d+)\/*$/) ?? [];
  return { path, number: Number(number) };
}

/** Return the entry of an item; nothing where index and data are of different days. */
async function entryAt(engine, { path, number }) {
  const entry = await engine.entryAt(number);
  return entry?.p === path ? entry : null;
}

function holds({ content }, tokens) {
  const words = content.split(/[\s.]+/);
  return tokens.every((token) => words.some((word) => word.startsWith(token)));
}

function openIndex() {
  if (!indexing) {
    indexing = loadIndex();
    indexing.catch(() => (indexing = null));
  }
  return indexing;
}

async function loadIndex() {
  // A large site has several indexes; the first has the program, the others are merged into it.
  const { indexes = 1 } = (await openEngine()).lookup;
  const folders = Array.from({ length: indexes }, (_, number) => addressOf(indexes > 1 ? `pagefind/${number}/` : "pagefind/"));
  const pagefind = await import(`${folders[0]}pagefind.js`);
  await pagefind.options({ ranking: RANKING });
  // Under `zh` Pagefind would cut our tokens into words of its own. It takes the language from <html lang> and from
  // nowhere else, and reads it before `init` first waits: nobody ever sees or hears the other value.
  const spoken = root.getAttribute("lang");
  root.setAttribute("lang", INDEX_LANGUAGE);
  const initialised = pagefind.init();
  if (spoken === null) root.removeAttribute("lang");
  else root.setAttribute("lang", spoken);
  await initialised;
  await Promise.all(folders.slice(1).map((folder) => pagefind.mergeIndex(folder, { language: INDEX_LANGUAGE, ranking: RANKING })));
  return pagefind;
}
