/* What words sound like, and slips of the hand: pinyin and initials, one character wrong, missing, too much or swapped.
   A classic script that adds to one global. */

(() => {
  const MOST_PIECES = 40;
  const MOST_TRIES = 5;

  function soundsOf(readings) {
    const sounds = new Map();
    for (const [syllable, characters] of Object.entries(readings)) {
      for (const character of characters) {
        if (!sounds.has(character)) sounds.set(character, []);
        // Many type lu where the keyboard wants lv.
        sounds.get(character).push(...new Set([syllable, syllable.replace("v", "u")]));
      }
    }
    return sounds;
  }

  /** Return the readings of each character of a form; made when first asked for, since most queries need none. */
  function syllablesOf(engine, form) {
    form.syllables ??= syllabled(engine, form);
    if (!engine.loosely) return form.syllables;
    form.loose ??= form.syllables.map((readings) => readings.map(loose));
    return form.loose;
  }

  function syllabled(engine, { text, readings }) {
    const syllables = Array.from(text, (character) => engine.sounds.get(character) || [character]);
    for (const [shown, spelling] of Object.entries(readings || {})) {
      const word = engine.plain(shown);
      for (let at = text.indexOf(word); word && at >= 0; at = text.indexOf(word, at + 1)) {
        spelling.split(" ").forEach((one, step) => (syllables[at + step] = [...new Set([one, one.replace("v", "u")])]));
      }
    }
    return syllables;
  }

  /** Return how far keys spell what follows a place: each syllable by its first letters, at least one, in order. */
  function spelt(keys, syllables, at) {
    if (!keys || at >= syllables.length) return 0;
    let best = 0;
    for (const reading of syllables[at]) {
      let length = 0;
      while (length < reading.length && reading[length] === keys[length]) length += 1;
      for (; length > 0 && best < keys.length; length -= 1) {
        best = Math.max(best, length + spelt(keys.slice(length), syllables, at + 1));
      }
    }
    return best;
  }

  /** Return where and how far a form spells keys best: all of them if possible, as early as possible. */
  function bestSpelt(engine, keys, form) {
    const found = form.text.indexOf(keys);
    if (found >= 0) return { at: found, length: keys.length };
    const syllables = syllablesOf(engine, form);
    let best = { at: -1, length: 0 };
    for (let at = 0; at < syllables.length && best.length < keys.length; at += 1) {
      const length = spelt(keys, syllables, at);
      if (length > best.length) best = { at, length };
    }
    return best;
  }

  const loose = (letters) => letters.replace(/([zcs])h/g, "$1").replace(/ng/g, "n");

  /** Return the part of keys that a form spells, in pieces of two syllables or of three letters, in any order. */
  function spellCover(engine, keys, form) {
    let [rest, got, turns] = [keys, 0, 0];
    while (rest && turns < 8) {
      const { length } = bestSpelt(engine, rest, form);
      if (length < Math.min(3, keys.length) && length < rest.length) break;
      if (length < 2 && keys.length > 1) break;
      got += length;
      rest = rest.slice(length);
      turns += 1;
    }
    return (got / keys.length) * (1 - 0.1 * Math.max(0, turns - 1));
  }

  /** Return the query with the one piece put right that lets it find more, or null. */
  function corrected(engine, asked) {
    const names = namesOf(engine);
    const words = asked.parts.filter((part) => !part.latin).map((part) => part.text);
    const wrong = words.flatMap((word) => windowsOf(word).filter((piece) => !names.everything.includes(piece)));
    const found = [...new Set(wrong)].slice(0, MOST_PIECES).flatMap((piece) => nearest(engine, piece) ?? []);
    found.sort((a, b) => a.cost / a.piece.length - b.cost / b.piece.length || b.times - a.times);
    const tries = found.slice(0, MOST_TRIES).map(({ piece, text }) => ({ text: asked.core.replace(piece, text), meant: text }));
    // Several pieces often lead to one text: the shortest put right decides no less than the longest.
    return Array.from(new Map(tries.reverse().map((one) => [one.text, one])).values()).reverse();
  }

  /** Return all names once, and where each character stands; made when first asked for. */
  function namesOf(engine) {
    if (engine.names.forms) return engine.names;
    const forms = Array.from(new Map(engine.entries.flatMap((item) => item.forms.map((form) => [form.text, form]))).values());
    const places = new Map();
    forms.forEach(({ text }, number) => {
      for (const character of new Set(text)) {
        if (!places.has(character)) places.set(character, []);
        places.get(character).push(number);
      }
    });
    const everything = engine.entries.map(({ all }) => all).join("\n");
    return Object.assign(engine.names, { forms, places, everything, heard: new Map() });
  }

  function windowsOf(word) {
    const pieces = word.length <= 8 && word.length > 5 ? [word] : [];
    for (const size of [5, 4, 3, 2]) {
      for (let at = 0; at + size <= word.length; at += 1) pieces.push(word.slice(at, at + size));
    }
    return pieces;
  }

  function nearest(engine, piece) {
    const best = new Map();
    for (const form of formsSharing(engine, piece)) {
      const { cost, text } = closest(engine, piece, form.text);
      if (!isSlip(piece, text, cost)) continue;
      best.set(text, { piece, text, cost, times: (best.get(text)?.times ?? 0) + 1 });
    }
    return Array.from(best.values()).sort((a, b) => a.cost - b.cost || b.times - a.times)[0];
  }

  /** Return the forms that have all characters of a piece but one, or others that sound alike; of two, both. */
  function formsSharing(engine, piece) {
    const { forms } = namesOf(engine);
    const shared = new Uint8Array(forms.length);
    for (const character of piece) for (const number of formsWith(engine, character)) shared[number] += 1;
    const least = Math.max(2, piece.length - 1);
    return forms.filter((_, number) => shared[number] >= least);
  }

  function formsWith(engine, character) {
    const { heard, places } = namesOf(engine);
    if (!heard.has(character)) {
      const alike = [character, ...(engine.sounds.get(character) || []).flatMap((sound) => Array.from(engine.lookup.readings[sound] || ""))];
      heard.set(character, new Set(alike.flatMap((one) => places.get(one) || [])));
    }
    return heard.get(character);
  }

  /** Tell whether a difference is a slip of the hand; in short words only sounds and neighbours are mixed up. */
  function isSlip(piece, text, cost) {
    if (text.length < 2 || cost > 1) return false;
    if (cost < 1 || piece.length > 3) return true;
    return piece.length === 3 && piece[0] === text[0] && (piece[2] === text.at(-1) || [...piece].every((one) => text.includes(one)));
  }

  /** Return the part of a text that is nearest to a piece: one character wrong, missing, too much or swapped costs 1. */
  function closest(engine, piece, text) {
    const width = text.length + 1;
    let before = null;
    let row = { cost: new Float32Array(width), from: Uint8Array.from({ length: width }, (_, at) => at) };
    for (let at = 0; at < piece.length; at += 1) {
      const next = { cost: new Float32Array(width), from: new Uint8Array(width) };
      next.cost[0] = at + 1;
      for (let place = 0; place < text.length; place += 1) {
        take(next, place + 1, row.cost[place] + difference(engine, piece[at], text[place]), row.from[place], true);
        take(next, place + 1, row.cost[place + 1] + 1, row.from[place + 1]);
        take(next, place + 1, next.cost[place] + 1, next.from[place]);
        const swapped = before && piece[at] === text[place - 1] && piece[at - 1] === text[place];
        if (swapped) take(next, place + 1, before.cost[place - 1] + 1, before.from[place - 1]);
      }
      [before, row] = [row, next];
    }
    return nearestEnd(row, piece, text);
  }

  function take(row, place, cost, from, first = false) {
    if (!first && cost >= row.cost[place]) return;
    row.cost[place] = cost;
    row.from[place] = from;
  }

  /** Of equally near ones take the one of the same length: 身证份 means 身份证, not 身份. */
  function nearestEnd({ cost, from }, piece, text) {
    const farness = (place) => cost[place] + Math.abs(place - from[place] - piece.length) / 100;
    let end = 0;
    for (let place = 0; place <= text.length; place += 1) if (farness(place) < farness(end)) end = place;
    return { cost: cost[end], text: text.slice(from[end], end) };
  }

  function difference(engine, one, other) {
    if (one === other) return 0;
    const sounds = engine.sounds.get(one);
    return sounds && engine.sounds.get(other)?.some((sound) => sounds.includes(sound)) ? 0.4 : 1;
  }

  /** Return the engine that takes zh for z and ng for n. */
  const loosely = (engine) => ({ ...engine, loosely: true });

  globalThis.tongchuangSounds = { soundsOf, bestSpelt, spellCover, loose, loosely, corrected };
})();
