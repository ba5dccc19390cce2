/* Scores every entry by how much of a query its names have, and in which way. A classic script that adds to one global. */

(() => {
  const { STOPS, wordings } = globalThis.tongchuangWords;
  const { bestSpelt, spellCover } = globalThis.tongchuangSounds;
  const { leadOf } = globalThis.tongchuangAnswers;

  /** What a hit is worth by the way it was found; what lies between is filled by how much of name and query agree. */
  const WORTH = { name: 1300, bet: 1200, key: 1100, alias: 955, ending: 960, start: 880, within: 850, keyPart: 845, all: 700 };
  const ALIAS_STEP = 35;
  const WITHDRAWN_STEP = 12;
  const KIND_STEP = 3;
  /** What one does to get a thing: the guide to it is what its bare name asks for. */
  const GETTING = /^(申领|申请|办理|核发|领取)$/;
  /** A single character that agrees says less than a pair; what stands in departments and topics less than names. */
  const SINGLE = 0.25;
  const CONTEXT = 0.6;
  const SAYING = 0.95;
  const FULL = 0.93;
  const NEAR = 0.5;
  const FAR = 0.2;
  const FEW = 5;

  /** Return the weighted part of a text, from 0 to 1, that stands in another, in its longest pieces in any order. */
  function cover({ text, weights }, hay) {
    let [got, total] = [0, 0];
    for (let at = 0; at < text.length; ) {
      let length = hay.includes(text[at]) ? 1 : 0;
      while (length && at + length < text.length && hay.includes(text.slice(at, at + length + 1))) length += 1;
      const value = length > 1 || text.length === 1 ? 1 : SINGLE;
      for (let step = 0; step < Math.max(1, length); step += 1) {
        total += weights[at + step];
        got += length ? weights[at + step] * (STOPS.has(text[at + step]) ? 1 : value) : 0;
      }
      at += Math.max(1, length);
    }
    return total ? got / total : 0;
  }

  function coverPart(engine, part, hay, forms) {
    if (part.latin) return Math.max(hay.includes(part.text) ? 1 : 0, ...forms.map((form) => spellCover(engine, part.text, form)));
    const other = part.alternatives.map((alternative) => SAYING * cover(alternative, hay));
    return Math.max(cover(part, hay), ...other);
  }

  /** Return how much of all terms stands in an entry: in its names, less in its department and topics. */
  function coverage(engine, item, parts) {
    let [got, total] = [0, 0];
    for (const part of parts) {
      const named = coverPart(engine, part, item.all, item.forms);
      const placed = named < 1 && !part.latin && item.context ? CONTEXT * cover(part, item.context) : 0;
      got += part.weight * Math.max(named, placed);
      total += part.weight;
    }
    return total ? got / total : 0;
  }

  /** Return the weighted part of a text whose characters stand in another, wherever: no cover is more. */
  function atMost({ text, weights }, hay) {
    let [got, total] = [0, 0];
    for (let at = 0; at < text.length; at += 1) {
      total += weights[at];
      if (hay.includes(text[at])) got += weights[at];
    }
    return total ? got / total : 0;
  }

  function mostOf(part, item) {
    let most = atMost(part, item.all);
    for (const alternative of part.alternatives) most = Math.max(most, SAYING * atMost(alternative, item.all));
    return most < 1 && item.context ? Math.max(most, CONTEXT * atMost(part, item.context)) : most;
  }

  /** Tell whether an entry can have enough of the terms at all: most have not, and this is soon seen. */
  function isPossible(item, parts) {
    let [got, total] = [0, 0];
    for (const part of parts) {
      if (part.latin) return true;
      got += part.weight * mostOf(part, item);
      total += part.weight;
    }
    return got >= FAR * total;
  }

  /** Score an entry by the best of its names whole, by keys, by spelling and by pieces. */
  function score(engine, item, asked, texts) {
    let best = { worth: 0, cover: 0, way: "", shown: "" };
    const better = (worth, covered, way, shown = "") => {
      if (worth > best.worth) best = { worth, cover: covered, way, shown };
    };
    if (engine.bets.get(asked.text) === item.at || engine.bets.get(asked.core) === item.at) better(WORTH.bet, 1, "bet");
    for (const key of asked.hasKey ? item.keys : []) {
      for (const text of asked.keys) {
        if (key === text) better(WORTH.key, 1, "key");
        else if (text.length >= 3 && /[0-9]/.test(text) && holdsNumber(key, text)) better(WORTH.keyPart, 1, "key");
      }
    }
    if (!best.worth && !isPossible(item, asked.parts)) return best;
    const held = texts.filter(([text]) => item.all.includes(text));
    if (held.length || asked.latin) item.forms.forEach((form, number) => scoreForm(engine, form, number, held, asked, better));
    if (best.cover < 1) {
      const covered = coverage(engine, item, asked.parts);
      const fit = Math.min(1, asked.core.length / item.forms[0].text.length);
      const inName = covered > FAR ? coverPartsOf(engine, item.forms[0], asked.parts) : 0;
      better(WORTH.all * covered + 40 * inName + 30 * fit, covered, "parts");
    }
    return best;
  }

  /** Tell whether a part of a key begins and ends where numbers do: 711 is in 国令711, not in 20171186. */
  function holdsNumber(key, text) {
    for (let at = key.indexOf(text); at >= 0; at = key.indexOf(text, at + 1)) {
      const [before, after] = [key.slice(0, at), key.slice(at + text.length)];
      const begins = !/^[0-9]/.test(text) || !/[0-9]$/.test(before) || /(^|[^0-9])(19|20)[0-9]{2}$/.test(before);
      if (begins && !(/[0-9]$/.test(text) && /^[0-9]/.test(after))) return true;
    }
    return false;
  }

  function coverPartsOf(engine, form, parts) {
    let [got, total] = [0, 0];
    for (const part of parts) {
      got += part.weight * coverPart(engine, part, form.text, [form]);
      total += part.weight;
    }
    return total ? got / total : 0;
  }

  function scoreForm(engine, form, number, texts, asked, better) {
    const step = number ? ALIAS_STEP : 0;
    const shown = number ? form.shown : "";
    const way = number ? "alias" : "name";
    texts.forEach(([text, turn, typed]) => {
      // The wording as typed counts most; what was put for it is at best like the beginning of a name.
      const less = step + turn * 4;
      const fit = (60 * text.length) / form.text.length;
      if (form.text === text && !turn) better(typed && !number ? WORTH.name : WORTH.alias, 1, way, shown);
      else if (!number && !turn && GETTING.test(form.text.slice(text.length)) && form.text.startsWith(text)) better(WORTH.name, 1, way);
      // The head of a Chinese name stands last: 行驶证 is 机动车行驶证.
      else if (!number && form.text.endsWith(text) && fit >= 30) better(WORTH.ending - less + fit / 2, 1, way);
      else if (form.text.startsWith(text)) better(WORTH.start - less + fit, 1, way, shown);
      else if (form.text.includes(text)) better(WORTH.within - less + fit, 1, way, shown);
    });
    if (!asked.latin || !form.text) return;
    const { at, length } = bestSpelt(engine, asked.core, form);
    if (length < asked.core.length || length < 2) return;
    const fit = (40 * Math.min(asked.core.length, form.text.length)) / (form.text.length * 2);
    better((at === 0 ? WORTH.start : WORTH.within) - step - 20 + fit, 1, "pinyin", shown);
  }

  function rank(engine, asked) {
    const texts = wordings(asked);
    asked.latin = /^[a-z0-9]+$/.test(asked.core) && /[a-z]/.test(asked.core);
    asked.hasKey = /[0-9]/.test(asked.text); // there is no key without a digit, see lookup_entries.py
    const hits = [];
    for (const item of engine.entries) {
      const found = score(engine, item, asked, texts);
      if (found.cover < FAR) continue;
      const { w: withdrawn = 0, k: kind = 0 } = item.entry;
      const worth = found.worth + leadOf(item, asked) - withdrawn * WITHDRAWN_STEP - kind * KIND_STEP;
      hits.push({ entry: item.entry, item, score: worth, cover: found.cover, why: whyOf(found), exact: found.cover >= FULL });
    }
    return near(asked, hits.sort((a, b) => b.score - a.score || a.item.at - b.item.at));
  }

  const whyOf = ({ way, shown }) => ({ way, alias: shown });

  /** Keep what has all terms; if that is little, what comes near too: but of letters nearly all spell something. */
  function near(asked, hits) {
    const full = hits.filter((hit) => hit.exact);
    if (full.length >= FEW || (full.length && asked.latin)) return full;
    const least = full.length ? NEAR + 0.1 : 0.6 * Math.max(0, ...hits.map((hit) => hit.cover));
    const rest = hits.filter((hit) => !hit.exact && hit.cover >= least);
    return full.length ? [...full, ...rest] : rest;
  }

  globalThis.tongchuangMatch = { rank };
})();
