/**
 * The one rule that cuts text into words for search, as in `generator/tokens.py`, where it is specified.
 * A test compares the two over many texts: change both or neither.
 */

const LONGEST_QUERY = 40;
const HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\\u{20000}-\\u{3fffd}";
const MARKS = /[\u0300-\u036f]+/g;
const RUNS = new RegExp(`[${HAN}]+|[A-Za-z0-9]+`, "gu");
const PARTS = /[a-z]+|[0-9]+/g;
const ASCII = /^[a-z0-9]+$/;

/**
 * Return the tokens under which a text is found, in order and with repetitions.
 * @param {string} text
 * @param {boolean} thorough
 * @returns {string[]}
 */
export function indexTokens(text, thorough = true) {
  return runsOf(text).flatMap((run) => {
    if (ASCII.test(run)) return thorough ? endings(run) : parts(run);
    const characters = Array.from(run);
    return [...(thorough || characters.length === 1 ? characters.map(single) : []), ...pairs(characters)];
  });
}

/**
 * Return the tokens that all have to be in what is looked for.
 * @param {string} text
 * @returns {string[]}
 */
export function queryTokens(text) {
  const tokens = new Set();
  for (const run of runsOf(text)) {
    for (const token of ASCII.test(run) ? [run] : narrowest(Array.from(run))) tokens.add(token);
    if (tokens.size >= LONGEST_QUERY) break;
  }
  return [...tokens].slice(0, LONGEST_QUERY);
}

function runsOf(text) {
  const plain = text.normalize("NFKD").replace(MARKS, "");
  return Array.from(plain.matchAll(RUNS), (match) => match[0].toLowerCase());
}

const endings = (run) => Array.from(run, (_, at) => run.slice(at));

function parts(run) {
  const found = run.match(PARTS);
  return found.length > 1 ? [run, ...found] : [run];
}

const single = (character) => `${character}1`;

const pairs = (characters) => characters.slice(1).map((character, at) => characters[at] + character);

const narrowest = (characters) => (characters.length > 1 ? pairs(characters) : characters.map(single));
