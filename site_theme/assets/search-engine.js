/**
 * Questions → ranked items, over the index in `pagefind/`. Knows nothing of the page but where the site's root is.
 *
 * @typedef {{path: string, kind: string, label: string, name: string, terms: string[],
 *   facts: [string, string, string, string][], withdrawn: boolean, order: number}} Card what a result shows of an item
 * @typedef {Object<string, string[]>} Chosen filter label → values, any of which is enough
 * @typedef {{total: number, exact: boolean, chosen: Chosen, filters: Object<string, Object<string, number>>,
 *   cards: function(number, number): Promise<Card[]>}} Found
 */

import { plainText, queryTokens } from "./search-tokens.js";

/** The name under which `generator/render/search.py` has the index made. */
const INDEX_LANGUAGE = "und";
const CARD_SIGNS = "!#$%()*+,-./:;=?";
const SINGLE = /^[^a-z0-9]1$/u;
const LONGEST_QUERY = 200;
/** What has at least this part of the best score counts as near. */
const NEAR = 0.4;
/** What people say around the thing they mean; left out when the whole sentence stands nowhere. */
const FILLERS = new RegExp(
  "我想要?|我要|想要|请问|怎么办理?|怎么样?|怎样|如何|咋办?|在?哪[里儿些个]?|要?多少钱?|要?什么|需要|可以|能不能|" +
    "要[办带交]|去办|办个|手续|[吗呢吧啊的给我你]",
  "g",
);

const root = document.documentElement;
/** The site's root as an absolute address. */
const BASE = new URL(root.dataset.base || document.getElementById("search-page")?.dataset.base || "./", document.baseURI);

let opening = null;
const known = new Map();

/**
 * Return the address of a path below the site's root.
 * @param {string} path
 * @returns {string}
 */
export function addressOf(path) {
  return new URL(path, BASE).href;
}

/**
 * Load the index once; after a failure the next call tries again.
 * @returns {Promise<{pagefind: object, all: Object<string, Object<string, number>>}>}
 */
export function openIndex() {
  if (!opening) {
    opening = loadIndex();
    opening.catch(() => (opening = null));
  }
  return opening;
}

async function loadIndex() {
  const pagefind = await import(addressOf("pagefind/pagefind.js"));
  await pagefind.options({ ranking: { pageLength: 0.4, metaWeights: { title: 5, terms: 4 } } });
  // Under `zh` Pagefind would cut our tokens into words of its own. It takes the language from <html lang> and from
  // nowhere else, and reads it before `init` first waits: nobody ever sees or hears the other value.
  const spoken = root.getAttribute("lang");
  root.setAttribute("lang", INDEX_LANGUAGE);
  const initialised = pagefind.init();
  if (spoken === null) root.removeAttribute("lang");
  else root.setAttribute("lang", spoken);
  await initialised;
  // Only loaded filters are counted in answers, so all are loaded at once: they are small.
  return { pagefind, all: await pagefind.filters() };
}

/**
 * Find the items for a query and chosen filters; the first `reranked` are put in our own order.
 * @param {string} query
 * @param {Chosen} asked labels that the index doesn't have are left out, see `chosen` of the answer
 * @param {number} reranked
 * @returns {Promise<Found>}
 */
export async function find(query, asked = {}, reranked = 30) {
  const { pagefind, all } = await openIndex();
  const text = query.slice(0, LONGEST_QUERY);
  const chosen = Object.fromEntries(Object.entries(asked).filter(([label]) => label in all));
  const filters = Object.fromEntries(Object.entries(chosen).map(([label, values]) => [label, { any: values }]));
  const { results, exact, counts, meant = text } = await look({ pagefind, all, text, chosen, filters });
  const order = await ordered(results, plainText(meant), reranked);
  const cards = (from, to) => Promise.all(order.slice(from, to).map(cardOf));
  return { total: order.length, exact, chosen, filters: counts, cards };
}

async function look({ pagefind, all, text, chosen, filters }) {
  const tokens = queryTokens(text);
  if (!tokens.length && text.trim()) return { results: [], exact: true, counts: {} };
  if (!tokens.length && !Object.keys(chosen).length) return { results: [], exact: true, counts: all };
  const core = text.replace(FILLERS, " ");
  for (const meant of [text, core]) {
    const words = queryTokens(meant);
    if (tokens.length && !words.length) continue;
    const answer = await pagefind.search(words.join(" ") || null, { filters });
    if (!words.length || (answer.results.length && (await holds(answer.results[0], words)))) {
      return { results: answer.results, exact: true, counts: countsOf(answer, chosen), meant };
    }
  }
  // Pagefind drops words that it doesn't know, so what it found may be far off: weigh all that is near instead.
  const results = await nearest(pagefind, core.trim() ? queryTokens(core) : tokens, filters);
  return { results, exact: false, counts: {}, meant: core };
}

/** Count, for filters already in use, what choosing another value would give; for others what is left. */
function countsOf(answer, chosen) {
  const labels = Object.keys(answer.totalFilters).map((label) => [
    label,
    (chosen[label] || []).length ? answer.totalFilters[label] : answer.filters[label],
  ]);
  return Object.fromEntries(labels);
}

/** Tell whether an item has all tokens, each as a word or as the beginning of one. */
async function holds(result, tokens) {
  const words = (await result.data()).content.split(/[\s.]+/);
  return tokens.every((token) => words.some((word) => word.startsWith(token)));
}

/** Return the items whose scores for the single tokens sum up to nearly the most. */
async function nearest(pagefind, wanted, filters) {
  const telling = wanted.filter((token) => !SINGLE.test(token));
  const tokens = telling.length ? telling : wanted;
  const items = new Map();
  const answers = await Promise.all(tokens.map((token) => pagefind.search(token, { filters })));
  for (const [at, { results }] of answers.entries()) {
    if (!results.length || !(await holds(results[0], [tokens[at]]))) continue;
    for (const result of results) {
      const item = items.get(result.id) || { ...result, score: 0 };
      item.score += result.score;
      items.set(result.id, item);
    }
  }
  const best = Array.from(items.values()).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return best.filter((item) => item.score >= NEAR * best[0].score);
}

/** Put items whose name is or has the query first. The sort is stable: among the others the index's order stays. */
async function ordered(results, wanted, reranked) {
  const first = await Promise.all(
    results.slice(0, reranked).map(async (result) => ({ result, place: placeOf(await cardOf(result), wanted) })),
  );
  first.sort((a, b) => a.place - b.place);
  return [...first.map(({ result }) => result), ...results.slice(reranked)];
}

/** Rate how well a card's names fit; among equals what is in force leads, then the kind that people mean first. */
function placeOf(card, wanted) {
  const name = plainText(card.name);
  const terms = card.terms.map(plainText);
  const tests = [
    name === wanted,
    name.includes(wanted),
    terms.some((term) => term.includes(wanted)),
  ];
  const place = tests.indexOf(true);
  if (place < 0) return 1e6;
  return place * 1e5 + (card.withdrawn ? 1e4 : 0) + card.order;
}

/** Return a result's card, read once for as long as the page is open. @returns {Promise<Card>} */
async function cardOf(result) {
  if (!known.has(result.id)) {
    const { raw_url: url, meta } = await result.data();
    known.set(result.id, { ...JSON.parse(unspelt(meta.card)), path: url.replace(/^\/+|\/+$/g, "") });
  }
  return known.get(result.id);
}

/** Return the text that is spelt in signs, two to a byte. */
function unspelt(signs) {
  const bytes = new Uint8Array(signs.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = CARD_SIGNS.indexOf(signs[2 * at]) * 16 + CARD_SIGNS.indexOf(signs[2 * at + 1]);
  }
  return new TextDecoder().decode(bytes);
}
