/**
 * Search on a large site: the entries stay in blocks on the server; a query's tokens say which blocks may hold what is
 * meant, and the engine scores the entries of the most promising ones by the same rules as on a small site.
 */

import "./search-words.js";
import "./search-sounds.js";
import "./search-answers.js";
import "./search-match.js";
import "./search-core.js";
import "./search-cases.js";

/** Each may be a request of its own; at 10,000 guides 40 found nothing better first. */
const CANDIDATES = 24;
const MOST_TOKENS = 24;

/**
 * Return an engine that fetches what it needs.
 * @param {object} lookup the root of the lookup data, without entries
 * @param {function(string): Promise<object>} load path below the site's root → JSON
 * @returns {{find: function(string, object=): Promise<object>, lookup: object, matches: function(object, object): boolean,
 *   entryAt: function(number): Promise<object>}}
 */
export function openShards(lookup, load) {
  const reader = globalThis.tongchuangSearch.open({ ...lookup, entries: [] });
  const kept = new Map();
  const once = (path) => {
    if (!kept.has(path)) kept.set(path, load(path).catch((failure) => (kept.delete(path), Promise.reject(failure))));
    return kept.get(path);
  };
  const find = async (query, options) => {
    const tokens = tokensOf(reader, query);
    let postings = await Promise.all(tokens.map((token) => posting(lookup, once, token)));
    if (postings.some((numbers) => !numbers.length)) {
      // Something is not written so anywhere: perhaps it sounds so.
      const heard = heardTokens(reader, query).filter((token) => !tokens.includes(token));
      postings = [...postings, ...(await Promise.all(heard.map((token) => posting(lookup, once, token))))];
    }
    const numbers = best(candidates(lookup, postings));
    const entries = await entriesOf(lookup, once, numbers);
    const engine = globalThis.tongchuangSearch.open({ ...lookup, entries, bets: betsAmong(lookup, numbers) });
    return globalThis.tongchuangCases.find(engine, query, options);
  };
  return { find, lookup, matches: reader.matches, entryAt: (number) => entryOf(lookup, once, number) };
}

/**
 * Return the tokens under which the entries for a query stand: pairs, single characters, keys, syllables and initials.
 * @param {object} reader an engine, for its rules
 * @param {string} query
 * @returns {string[]}
 */
export function tokensOf(reader, query) {
  const asked = reader.read(query);
  const tokens = new Set(asked.keys);
  for (const part of asked.parts) {
    const texts = [part.text, ...part.alternatives.map((alternative) => alternative.text)];
    for (const text of texts) for (const token of part.latin ? spelt(reader, text) : written(text)) tokens.add(token);
  }
  return [...tokens].filter(Boolean).slice(0, MOST_TOKENS);
}

function written(text) {
  const characters = Array.from(text);
  return characters.length === 1 ? characters : characters.slice(1).map((character, at) => characters[at] + character);
}

/** Cut letters into syllables, longest first; what is no syllable is read as initials. */
function spelt(reader, letters) {
  const syllables = [];
  for (let at = 0; at < letters.length; ) {
    const found = [6, 5, 4, 3, 2].map((size) => letters.slice(at, at + size)).find((piece) => reader.syllables.has(piece));
    if (found) syllables.push(`~${found}`);
    at += found?.length || 1;
  }
  const initials = letters.length <= 8 ? written(letters).map((pair) => `^${pair}`) : [];
  return [...syllables, ...initials, ...written(letters)];
}

/** Return the readings of the characters of a query. */
function heardTokens(reader, query) {
  const characters = reader.read(query).parts.flatMap((part) => (part.latin ? [] : Array.from(part.text)));
  const readings = characters.flatMap((character) => reader.sounds.get(character) ?? []);
  return [...new Set(readings.filter((syllable) => reader.syllables.has(syllable)))].slice(0, MOST_TOKENS).map((syllable) => `~${syllable}`);
}

/** Add up what postings say about entries: rare tokens count more. */
function candidates(lookup, postings) {
  const weights = new Map();
  for (const numbers of postings) {
    const weight = Math.log(1 + lookup.count / (numbers.length || 1));
    for (const number of numbers) weights.set(number, (weights.get(number) || 0) + weight);
  }
  return weights;
}

async function posting(lookup, once, token) {
  const shard = await once(`search/postings/${hash(token) % lookup.shards}.json`);
  let number = 0;
  return (Object.hasOwn(shard, token) ? shard[token] : []).map((step) => (number += step));
}

/** FNV-1a, 32 bits, over the bytes of UTF-8. */
function hash(token) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(token)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/** Return the numbers of the entries with the most weight, in the order of the site. */
function best(weights) {
  const ranked = Array.from(weights).sort(([a, x], [b, y]) => y - x || a - b);
  return ranked.slice(0, CANDIDATES).map(([number]) => number).sort((a, b) => a - b);
}

function entriesOf(lookup, once, numbers) {
  return Promise.all(numbers.map((number) => entryOf(lookup, once, number)));
}

async function entryOf(lookup, once, number) {
  const block = Math.floor(number / lookup.block);
  return (await once(`search/blocks/${block}.json`))[number - block * lookup.block];
}

/** Best bets name entries by their numbers on the whole site. */
function betsAmong(lookup, numbers) {
  return (lookup.bets || []).map(([query, number]) => [query, numbers.indexOf(number)]).filter(([, at]) => at >= 0);
}
