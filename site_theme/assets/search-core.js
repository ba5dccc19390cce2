/* The search engine of site, touch-screen and packs: scores every entry of the lookup data in memory. The last of the
   classic scripts search-words, search-sounds, search-answers, search-match, search-core, which load in this order;
   classic, because pages from file:// load no modules. They touch neither page nor network. */

(() => {
  const { variantsOf, normalise, keyOf, sayingsOf, read } = globalThis.tongchuangWords;
  const { soundsOf, loose, loosely, corrected } = globalThis.tongchuangSounds;
  const { placesFor, answerOf, factOf } = globalThis.tongchuangAnswers;
  const { rank } = globalThis.tongchuangMatch;

  /**
   * Prepare the lookup data for questions.
   * @param {object} lookup as `search/lookup.json` has it
   * @returns {{find: function(string, object=): object, read: function(string): object, normalise: function(string): string,
   *   matches: function(object, object): boolean, sounds: Map<string, string[]>,
   *   syllables: Set<string>, lookup: object}}
   */
  function open(lookup) {
    const variants = variantsOf(lookup.traditional);
    const plain = (text) => normalise(text, variants);
    const sounds = soundsOf(lookup.readings || {});
    const values = Object.fromEntries(Object.entries(lookup.values || {}).map(([label, texts]) => [label, texts.map(plain)]));
    const entries = (lookup.entries || []).map((entry, at) => prepared(entry, at, lookup, plain, values));
    const engine = { lookup, plain, sounds, entries, names: {}, ...frequencies(entries) };
    engine.sayings = sayingsOf(lookup.thesaurus || [], plain);
    engine.bets = new Map((lookup.bets || []).map(([query, at]) => [plain(query), at]));
    return {
      find: (query, options = {}) => find(engine, query, options),
      read: (query) => read(engine, query),
      answer: (entry, query) => answerOf(engine, { entry }, read(engine, query)),
      normalise: plain,
      matches: (entry, filters = {}) => usedFilters(engine, filters).every(([label, values]) => has(engine, { entry }, label, values)),
      sounds,
      syllables: new Set(Object.keys(lookup.readings || {})),
      lookup,
    };
  }

  function prepared(entry, at, lookup, plain, values) {
    const forms = [entry.n, ...(entry.a || [])].map((shown) => ({ shown, text: plain(shown), readings: entry.r }));
    let keys = null;
    let context = null;
    return {
      entry,
      at,
      forms,
      all: forms.map(({ text }) => text).join("\n"),
      /** Asked for by few queries: made when first needed. */
      get keys() {
        return (keys ??= (entry.x || []).map((key) => keyOf(plain(key))));
      },
      get context() {
        return (context ??= contextOf(entry.v || {}, values));
      },
      event: (lookup.kinds?.[entry.k]?.[0] ?? "") === "bundles",
    };
  }

  function contextOf(chosen, values) {
    let context = "";
    for (const label in chosen) for (const number of chosen[label]) context += `${values[label][number]}\n`;
    return context;
  }

  /** Count in how many entries each character stands, by UTF-16 units: what is rare says more. */
  function frequencies(entries) {
    const counts = new Uint32Array(0x10000);
    const last = new Int32Array(0x10000).fill(-1);
    entries.forEach(({ all }, number) => {
      for (let at = 0; at < all.length; at += 1) {
        const unit = all.charCodeAt(at);
        if (last[unit] !== number) counts[unit] += 1;
        last[unit] = number;
      }
    });
    return { counts, unknown: Math.log(1 + entries.length) * 0.6 };
  }

  /** Rank as typed; if not all of it is found, with one piece put right or as it may have been meant to sound. */
  function best(engine, asked) {
    const hits = rank(engine, asked);
    if (hits[0]?.exact) return { hits, asked, corrected: null };
    const before = hits[0]?.cover ?? 0;
    if (/^[a-z]+$/.test(asked.core)) {
      const meant = read(engine, loose(asked.core));
      const found = rank(loosely(engine), meant);
      if (found.length && found[0].cover > before) return { hits: found, asked, corrected: null };
    }
    const tries = corrected(engine, asked).map(({ text, meant }) => {
      const again = read(engine, text);
      const found = rank(engine, again);
      const helps = found[0]?.exact || (meant.length > 2 && found[0]?.cover > Math.max(before + 0.2, 0.6));
      return { hits: found, asked: again, corrected: text, worth: helps ? found[0].score : 0 };
    });
    const helping = tries.filter(({ worth }) => worth).sort((a, b) => b.worth - a.worth);
    return helping[0] ?? { hits, asked, corrected: null };
  }

  function find(engine, query, { filters = {}, limit = Infinity } = {}) {
    const asked = read(engine, query);
    const everything = () => engine.entries.map((item) => ({ entry: item.entry, item, score: 0, cover: 1, why: {}, exact: true }));
    const used = usedFilters(engine, filters);
    const listed = !asked.text && !String(query).trim();
    const found = listed ? { hits: everything(), asked, corrected: null } : asked.text ? best(engine, asked) : { hits: [], asked };
    if (asked.onlyQuestion && !found.hits[0]?.exact) found.hits = placesFor(engine, asked);
    const kept = found.hits.filter((hit) => used.every(([label, values]) => has(engine, hit, label, values)));
    const hits = kept.slice(0, limit).map(({ item, cover: covered, ...hit }) => hit);
    return {
      hits,
      total: kept.length,
      counts: countsOf(engine, found.hits, used),
      exact: listed || Boolean(kept[0]?.exact),
      intent: asked.intent,
      onlyQuestion: asked.onlyQuestion,
      answer: answerOf(engine, hits[0], asked),
      corrected: found.corrected ?? null,
      core: found.asked.core,
    };
  }

  const KIND = "类别";

  /** Return the filters that the data knows, each with its values. */
  function usedFilters(engine, filters) {
    const known = ([label, values]) => values.length > 0 && (label === KIND || Object.hasOwn(engine.lookup.values || {}, label));
    return Object.entries(filters).filter(known);
  }

  function valuesOf(engine, entry, label) {
    if (label === KIND) return [engine.lookup.kinds[entry.k][1]];
    return (entry.v?.[label] || []).map((number) => engine.lookup.values[label][number]);
  }

  const has = (engine, { entry }, label, values) => valuesOf(engine, entry, label).some((value) => values.includes(value));

  /** Count what choosing a value would leave; a filter in use doesn't narrow its own values. */
  function countsOf(engine, hits, used) {
    const counts = {};
    for (const label of [KIND, ...Object.keys(engine.lookup.values || {})]) {
      const others = used.filter(([name]) => name !== label);
      const left = hits.filter((hit) => others.every(([name, values]) => has(engine, hit, name, values)));
      counts[label] = {};
      for (const { entry } of left) {
        for (const value of valuesOf(engine, entry, label)) counts[label][value] = (counts[label][value] || 0) + 1;
      }
    }
    return counts;
  }

  globalThis.tongchuangSearch = { open, factOf, normalise: (text, traditional = "") => normalise(text, variantsOf(traditional)) };
})();
