/* The cases of a guide that a query speaks of: what stands in no name may tell whose case it is. Works on what
   search-core.js finds, on the site and on the touch-screen; a classic script that sets one global. */

(() => {
  const SHOWN = 3;
  /** Hits further down are looked at by nobody, and a large guide has fifty cases. */
  const LOOKED_AT = 40;
  /** What a case adds to a hit that lacks terms, where name and case together say them all. */
  const LEAD = 300;
  const NOT = /(?:不|没|没有|未|无|非|不是)$/;
  /** Stands in many labels and tells none apart. */
  const WEAK = /[不没未]$|^(?:申请|办理|登记|证书|证件|材料|手续|没有|已经|双方|一方|自己|可以|需要|不是|有效|或者|其他|情况|窗口|家里|困难|孩子|的人|了或|的是)$/;

  const FILLING = /[的了吗呢吧啊我要办是有和在都]/g;

  const prepared = new WeakMap();

  /** Return name and cases of an entry in the form in which they are compared. */
  function plainOf(engine, entry) {
    if (!prepared.has(entry)) {
      const [name, ...others] = [entry.n, ...(entry.a || [])].map(engine.normalise);
      const segments = (label) => label.split(" · ").map(engine.normalise).join("\n");
      prepared.set(entry, { name, names: [name, ...others].join("\n"), cases: (entry.c || []).map(([id, label]) => ({ id, label, text: segments(label) })) });
    }
    return prepared.get(entry);
  }

  /** Tell whether a label says a piece, and doesn't deny it. */
  function says(text, piece) {
    for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
      if (!NOT.test(text.slice(Math.max(0, at - 2), at))) return true;
    }
    return false;
  }

  /** Cut a text into its longest pieces, of two characters at least, that are held somewhere. */
  function piecesOf(text, holds) {
    const pieces = [];
    for (let at = 0; at < text.length; ) {
      let length = 2;
      if (at + length > text.length || !holds(text.slice(at, at + length))) {
        at += 1;
        continue;
      }
      while (at + length < text.length && holds(text.slice(at, at + length + 1))) length += 1;
      pieces.push(text.slice(at, at + length));
      at += length;
    }
    return pieces;
  }

  /** Return what of a query a name leaves open: plain texts, and wordings any of which is meant. */
  function openIn(engine, name, { parts }) {
    const isKnown = ({ text, alternatives }) => [text, ...alternatives.map((other) => other.text)].some((wording) => name.includes(wording));
    const known = parts.filter((part) => !part.latin && isKnown(part)).map((part) => part.text);
    const left = parts.filter((part) => !part.latin && !isKnown(part));
    const texts = left.map((part) => part.text);
    const isSaid = (word) => !name.includes(word) && texts.some((text) => text.includes(word));
    const sayings = (engine.lookup.cases || []).flatMap(([said, meant]) => said.filter(isSaid).map((word) => [word, [word, ...meant]]));
    const thesaurus = left.map(({ text, alternatives }) => [text, alternatives.map((other) => other.text)]);
    return { texts, known, latin: parts.some((part) => part.latin), wordings: [...sayings, ...thesaurus] };
  }

  /** Return the words of what is open that a label says. */
  function wordsIn(label, name, { texts, wordings }) {
    const typed = texts.flatMap((text) => piecesOf(text, (piece) => says(label, piece)));
    // 许可证 says no more than 许可 in the name.
    const isNew = (piece) => !name.includes(piece.length > 2 ? piece.slice(0, -1) : piece);
    const fresh = typed.filter((piece) => isNew(piece) && !WEAK.test(piece));
    const meant = wordings.filter(([word, meanings]) =>
      !fresh.some((piece) => piece.includes(word)) && meanings.some((meaning) => says(label, meaning)));
    return [...fresh, ...meant.map(([word]) => word)];
  }

  /** Tell whether names and words of a label together say all that is asked. */
  function saysAll(names, words, { texts, latin }) {
    const without = (rest, piece) => rest.replaceAll(piece, "");
    const left = texts.map((text) => {
      const rest = words.reduce(without, text);
      return piecesOf(rest, (piece) => names.includes(piece)).reduce(without, rest);
    });
    return !latin && left.every((rest) => !rest.replace(FILLING, ""));
  }

  /**
   * Return the cases of an entry that a query speaks of, none where it speaks of all alike.
   * @param {object} engine as `tongchuangSearch.open` returns it
   * @param {object} entry
   * @param {object} asked what `engine.read` made of the query
   * @returns {{cases: Array<[string, string]>, full: boolean, named: boolean}} id and label of each; whether name and case
   *   together say all that is asked, and whether the names say any of it
   */
  function casesOf(engine, entry, asked) {
    const { name, names, cases } = plainOf(engine, entry);
    const open = openIn(engine, name, asked);
    const said = open.texts.length ? cases.map(({ text }) => wordsIn(text, name, open)) : [];
    const worths = said.map((words, at) => {
      const fresh = words.join("").length;
      // What the name says in other words may still tell its cases apart: 丢了, not 损毁, of 补领.
      return fresh && fresh + open.known.filter((word) => says(cases[at].text, word)).length / 100;
    });
    const worth = Math.max(0, ...worths);
    const best = worth ? cases.filter((_, at) => worths[at] === worth) : [];
    if (!best.length || (best.length === cases.length && cases.length > 1)) return { cases: [], full: false, named: false };
    const named = open.known.length > 0 || open.texts.some((text) => piecesOf(text, (piece) => names.includes(piece)).length);
    return { cases: best.map(({ id, label }) => [id, label]), full: saysAll(names, said[worths.indexOf(worth)], open), named };
  }

  /**
   * Find as the engine does; hits get `cases`, up to three, and `moreCases`, how many more there are. Of hits that lack
   * a term, those with a case for it lead; the order of all others stays.
   * @param {object} engine
   * @param {string} query
   * @param {object} options
   * @returns {object}
   */
  function find(engine, query, { limit = Infinity, ...options } = {}) {
    const found = engine.find(query, options);
    if (!found.hits.length || !String(query).trim()) return { ...found, hits: found.hits.slice(0, limit) };
    const asked = engine.read(query);
    const hits = found.hits.map((hit, at) => (at < LOOKED_AT ? withCases(engine, hit, asked) : hit));
    if (!found.exact) hits.sort((one, other) => other.score - one.score);
    const answer = hits[0].entry === found.hits[0].entry ? found.answer : engine.answer(hits[0].entry, query);
    return { ...found, answer, exact: hits[0].exact, hits: hits.slice(0, limit) };
  }

  function withCases(engine, hit, asked) {
    const { cases, full, named } = casesOf(engine, hit.entry, asked);
    if (!cases.length || !(named || hit.exact)) return hit;
    const shown = { cases: cases.slice(0, SHOWN), moreCases: Math.max(0, cases.length - SHOWN) };
    return { ...hit, ...shown, exact: hit.exact || full, score: hit.score + (full && !hit.exact ? LEAD : 0) };
  }

  globalThis.tongchuangCases = { find, casesOf };
})();
