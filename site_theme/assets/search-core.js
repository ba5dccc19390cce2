/* The search engine of site, touch-screen and packs: scores every entry of the lookup data in memory. A classic script
   that sets one global, because pages from file:// load no modules; it touches neither page nor network.
   The rule of `normalise` is that of generator/normalise.py: a test compares the two, change both or neither. */

(() => {
  const LONGEST_QUERY = 200;
  const LONGEST_TERM = 24;
  const MOST_PIECES = 40;
  const MOST_TRIES = 5;
  const HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\\u{20000}-\\u{3fffd}";
  const MARKS = /[\u0300-\u036f]+/g;
  const OTHER = new RegExp(`[^${HAN}a-z0-9]+`, "gu");
  const LATIN = /^[a-z0-9]+/;
  const WINDOW = /^([a-z]?[0-9]{1,3})号?(?:窗口?)?$/;

  /** What a hit is worth by the way it was found; what lies between is filled by how much of name and query agree. */
  const WORTH = { name: 1300, bet: 1200, key: 1100, alias: 955, start: 880, within: 850, keyPart: 845, all: 700, spelt: 560 };
  const ALIAS_STEP = 35;
  const WITHDRAWN_STEP = 12;
  const KIND_STEP = 3;
  const EVENT_LEAD = 80;
  /** What can answer the question leads what only bears the name: 营业执照多久 asks for a guide, not for the paper. */
  const ANSWER_LEAD = 70;
  /** What one can do leads what is only about it. */
  const GUIDE_LEAD = 90;
  /** A single character that agrees says less than a pair; what stands in departments and topics less than names. */
  const SINGLE = 0.25;
  const CONTEXT = 0.6;
  const SAYING = 0.95;
  const STOP = 0.05;
  const FULL = 0.93;
  const NEAR = 0.5;
  const FAR = 0.2;
  const FEW = 5;

  /** Return every way to say parts one after the other, words set apart by spaces. */
  function combined(...parts) {
    const said = parts.reduce((heads, part) => heads.flatMap((head) => part.split("|").map((word) => head + word)), [""]);
    return `${said.join(" ")} `;
  }

  /** Question words ask for a fact of the first result; they are no terms. */
  const INTENTS = {
    fee: "多少钱 要多少钱 花多少钱 收多少钱 交多少钱 多少费用 收费标准 收费吗 收费 费用 要钱吗 要钱 要不要钱 收钱吗 花钱吗 要花钱 免费吗 价格 什么价",
    time: "多久 要多久 办多久 多久能好 多久能拿到 多久拿证 几天 要几天 几天能好 几天办好 多少天 多长时间 多少时间 几个工作日 多少个工作日 办理时限 什么时候能拿到 什么时候能好",
    bring:
      "带啥 材料清单 申请材料 所需材料 所需资料 " +
      combined("|要|需要|都要|得|应该", "带|准备|提交|提供|交", "什么|哪些|些什么|啥", "|材料|资料|手续|证件|证明|东西|证") +
      combined("|要|需要|都要", "", "什么|哪些|啥", "材料|资料|手续|证件|证明|东西|证"),
    place:
      "在哪办 在哪里办 在哪儿办 在哪办理 在哪里办理 哪里办 哪里办理 哪儿办 哪里能办 哪能办 去哪办 去哪里办 去哪儿办 到哪办 到哪里办 去哪里 去哪儿 去哪 到哪 " +
      "在哪里 在哪儿 在哪 哪个窗口 几号窗口 哪个窗 什么地方 什么地址 地址 哪里 哪儿 怎么走",
    hours:
      "几点 几点上班 几点下班 几点开门 几点关门 上班时间 下班时间 工作时间 办公时间 办理时间 开放时间 开门时间 开门 开门吗 关门 下班 上班 上班吗 " +
      "周末上班吗 周六上班吗 周末开门吗 周六开门吗 中午休息吗 中午上班吗",
    phone: "电话 电话号码 电话多少 联系电话 咨询电话 办公电话 怎么联系 如何联系 联系方式 打什么电话 咨询热线",
    online:
      "能不能网上办 能不能在网上办 网上能办吗 网上能不能办 网上可以办吗 可以网上办吗 能网上办吗 能在网上办吗 可以在网上办吗 网上能办 网上办理 网上办 网办 " +
      "线上办理 线上办 线上能办吗 在线办理 手机上办 手机能办吗 手机上能办吗 手机办 网上怎么办",
    steps: "怎么办理 怎么办 如何办理 怎样办理 怎样办 办理流程 流程 咋办 咋弄 怎么弄 怎么申请 如何申请 办理步骤 步骤 怎么做",
  };
  /** Words that ask for everything an event needs: then what gathers the guides of an event leads. */
  const EVENT = /要办什么|要办哪些|办什么证|办哪些|要什么证|要哪些证|要啥证|什么手续|哪些手续|开店|一件事|全套/;
  const FILLERS =
    "我想要 我想 我要 想要 请问 你好 您好 怎么样 怎么 怎样 如何 咋样 需要 可以 能不能 可不可以 应该 一下 什么 哪些 有没有 是不是 是否 哪个 麻烦 帮我 给我 " +
    "我们 你们 要不要 想办理 想办 要办理 去办理 去办 怎么回事 咨询 关于";
  const STOPS = new Set("的了吗呢吧啊呀嘛么我你您他她它请要去给帮有是在需想到和与及或被把这那个会能办理啥咋");

  /** Facts that answer a question, best first, and where on the item's page they stand. */
  const ANSWERS = {
    fee: [/^(fee\.amount|rates\.[^.]+\.amount)$/, "fees"],
    time: [/^time\.promised$/, "time"],
    bring: [/^bring\.brief$/, "materials"],
    place: [/^(place\.where|address)$/, "place"],
    hours: [/^(place\.)?hours\.\d+(\.line)?$/, "place"],
    phone: [/^(consult\.)?phone$/, "contact"],
    online: [/^online\.available$/, "online"],
    steps: [/^time\.promised$/, null],
  };

  const QUESTION_WORDS = wordsByStart([
    ...Object.entries(INTENTS).flatMap(([intent, words]) => words.trim().split(" ").map((word) => [word, { intent }])),
    ...FILLERS.split(" ").map((word) => [word, {}]),
  ]);

  /** Sort words under their first characters, longest first. */
  function wordsByStart(pairs) {
    const sorted = new Map();
    for (const [word, about] of pairs) {
      if (!sorted.has(word[0])) sorted.set(word[0], []);
      sorted.get(word[0]).push([word, about]);
    }
    for (const words of sorted.values()) words.sort(([a], [b]) => b.length - a.length);
    return sorted;
  }

  /** Return the letters, digits and Han characters of a text in the one form in which they are compared. */
  function normalise(text, variants) {
    const plain = String(text).normalize("NFKD").replace(MARKS, "").toLowerCase().replace(OTHER, "");
    return plain.replace(/[^a-z0-9]/gu, (character) => variants.get(character) ?? character);
  }

  /** Return a code, document number or window number without what people leave out. */
  function keyOf(text) {
    const bare = text.replace(/第|年(?=[0-9])/g, "");
    return bare.match(WINDOW)?.[1] ?? bare.replace(/号(?:文件?|令)?$/, "");
  }

  /**
   * Prepare the lookup data for questions.
   * @param {object} lookup as `search/lookup.json` has it
   * @returns {{find: function(string, object=): object, read: function(string): object, normalise: function(string): string,
   *   matches: function(object, object): boolean, sounds: Map<string, string[]>,
   *   syllables: Set<string>, lookup: object}}
   */
  function open(lookup) {
    const pairs = Array.from(lookup.traditional || "");
    const variants = new Map(pairs.flatMap((character, at) => (at % 2 ? [] : [[character, pairs[at + 1]]])));
    const plain = (text) => normalise(text, variants);
    const sounds = soundsOf(lookup.readings || {});
    const entries = (lookup.entries || []).map((entry, at) => prepared(entry, at, lookup, plain, sounds));
    const engine = { lookup, plain, sounds, entries, ...frequencies(entries) };
    engine.sayings = sayingsOf(lookup.thesaurus || [], plain);
    engine.bets = new Map((lookup.bets || []).map(([query, at]) => [plain(query), at]));
    return {
      find: (query, options = {}) => find(engine, query, options),
      read: (query) => read(engine, query),
      normalise: plain,
      matches: (entry, filters = {}) => usedFilters(engine, filters).every(([label, values]) => has(engine, { entry }, label, values)),
      sounds,
      syllables: new Set(Object.keys(lookup.readings || {})),
      lookup,
    };
  }

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

  function sayingsOf(thesaurus, plain) {
    const official = new Map();
    for (const [saying, wording] of thesaurus) {
      const [said, meant] = [plain(saying), plain(wording)];
      if (said && meant) official.set(said, [...(official.get(said) || []), meant]);
    }
    return wordsByStart(Array.from(official, ([saying, alternatives]) => [saying, { alternatives }]));
  }

  function prepared(entry, at, lookup, plain, sounds) {
    const phrases = Object.entries(entry.r || {}).map(([word, spelling]) => [plain(word), spelling.split(" ")]);
    const forms = [entry.n, ...(entry.a || [])].map((shown) => {
      const text = plain(shown);
      return { shown, text, syllables: syllablesOf(text, phrases, sounds) };
    });
    const values = Object.entries(entry.v || {}).flatMap(([label, numbers]) => numbers.map((no) => lookup.values[label][no]));
    return {
      entry,
      at,
      forms,
      keys: (entry.x || []).map((key) => keyOf(plain(key))),
      all: forms.map(({ text }) => text).join("\n"),
      context: values.map(plain).join("\n"),
      event: (lookup.kinds?.[entry.k]?.[0] ?? "") === "bundles",
    };
  }

  function syllablesOf(text, phrases, sounds) {
    const syllables = Array.from(text, (character) => sounds.get(character) || [character]);
    for (const [word, spelling] of phrases) {
      for (let at = text.indexOf(word); word && at >= 0; at = text.indexOf(word, at + 1)) {
        spelling.forEach((syllable, step) => (syllables[at + step] = [...new Set([syllable, syllable.replace("v", "u")])]));
      }
    }
    return syllables;
  }

  /** Count in how many entries each character stands: what is rare says more. */
  function frequencies(entries) {
    const counts = new Map();
    for (const { all } of entries) for (const character of new Set(all)) counts.set(character, (counts.get(character) || 0) + 1);
    const weights = new Map(Array.from(counts, ([character, count]) => [character, Math.log(1 + entries.length / count)]));
    const forms = Array.from(new Map(entries.flatMap((item) => item.forms.map((form) => [form.text, form]))).values());
    return { weights, forms, heard: new Map(), unknown: Math.log(1 + entries.length) * 0.6, everything: entries.map(({ all }) => all).join("\n") };
  }

  function weightOf(engine, character) {
    return (STOPS.has(character) ? STOP : 1) * (engine.weights.get(character) ?? engine.unknown);
  }

  /**
   * Cut a query into terms, sayings with their official wordings, and question words.
   * @returns {{text: string, core: string, intents: string[], event: boolean, parts: object[]}}
   */
  function read(engine, query) {
    const words = String(query).slice(0, LONGEST_QUERY).split(/\s+/).map(engine.plain).filter(Boolean);
    const text = words.join("");
    const starts = startsOf(words);
    const parts = [];
    const intents = [];
    for (let at = 0; at < text.length; ) {
      const [word, about] = partAt(engine, text, at);
      const next = about.latin ? starts.find((start) => start > at) ?? Infinity : Infinity;
      const taken = word.slice(0, next - at);
      if (about.intent) intents.push(about.intent);
      if (about.alternatives || about.term) addPart(parts, taken, about);
      else parts.push({ text: "", closed: true });
      at += taken.length;
    }
    const kept = parts.filter((part) => part.text);
    const core = trimmed(kept.map((part) => part.text).join("")) || text;
    const terms = kept.length ? kept : [{ text, latin: LATIN.test(text), alternatives: [] }];
    for (const part of terms) weigh(engine, part);
    const questions = intents.filter((intent) => intent !== "steps");
    return {
      text,
      core,
      keys: [...new Set([keyOf(text), keyOf(core)])],
      parts: terms,
      intent: questions[0] ?? intents[0] ?? null,
      onlyQuestion: !kept.length && intents.length > 0,
      event: EVENT.test(text),
    };
  }

  /** Return where words of a query begin that are more than single letters: bu jiehunzheng is two. */
  function startsOf(words) {
    let at = 0;
    const starts = words.map((word) => ({ word, at: (at += word.length) - word.length }));
    return words.every((word) => word.length > 1) ? starts.map((start) => start.at) : [];
  }

  function partAt(engine, text, at) {
    const fits = ([word]) => text.startsWith(word, at);
    const saying = engine.sayings.get(text[at])?.find(fits);
    const question = QUESTION_WORDS.get(text[at])?.find(fits);
    if (saying && (!question || saying[0].length >= question[0].length)) return saying;
    if (question) return question;
    const latin = text.slice(at).match(LATIN);
    return latin ? [latin[0], { term: true, latin: true }] : [text[at], { term: true }];
  }

  function addPart(parts, word, { alternatives = [], latin = false }) {
    const last = parts.at(-1);
    const joins = last && !last.closed && !last.latin && !latin && !last.alternatives.length && !alternatives.length;
    if (joins && last.text.length < LONGEST_TERM) last.text += word;
    else parts.push({ text: word, latin, alternatives });
  }

  function weigh(engine, part) {
    part.weights = Array.from({ length: part.text.length }, (_, at) => weightOf(engine, part.text[at]));
    part.weight = part.latin ? engine.unknown * Math.max(1, part.text.length / 3) : part.weights.reduce((sum, weight) => sum + weight, 0);
    part.alternatives = part.alternatives.map((text) => ({
      text,
      weights: Array.from({ length: text.length }, (_, at) => weightOf(engine, text[at])),
    }));
  }

  function trimmed(text) {
    let [from, to] = [0, text.length];
    while (from < to && STOPS.has(text[from])) from += 1;
    while (to > from && STOPS.has(text[to - 1])) to -= 1;
    return to - from > 1 ? text.slice(from, to) : text;
  }

  /** Return the texts that may stand in a name: as typed, without question words; then in official wordings. */
  function wordings({ text, core, parts }) {
    const official = [0, 1, 2].map((at) =>
      parts.map((part) => (part.alternatives[Math.min(at, part.alternatives.length - 1)] ?? part).text).join(""),
    );
    const typed = [...new Set([text, core])];
    const meant = [...new Set(official.map(trimmed))].filter((wording) => wording && !typed.includes(wording));
    return [...typed.map((wording) => [wording, 0, wording === text]), ...meant.map((wording, at) => [wording, at + 1])];
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
  function bestSpelt(keys, { text, syllables }) {
    const found = text.indexOf(keys);
    if (found >= 0) return { at: found, length: keys.length };
    let best = { at: -1, length: 0 };
    for (let at = 0; at < syllables.length && best.length < keys.length; at += 1) {
      const length = spelt(keys, syllables, at);
      if (length > best.length) best = { at, length };
    }
    return best;
  }

  const loose = (letters) => letters.replace(/([zcs])h/g, "$1").replace(/ng/g, "n");

  /** Return the part of keys that a form spells, in pieces of two syllables or of three letters, in any order. */
  function spellCover(keys, form) {
    let [rest, got, turns] = [keys, 0, 0];
    while (rest && turns < 8) {
      const { length } = bestSpelt(rest, form);
      if (length < Math.min(3, keys.length) && length < rest.length) break;
      if (length < 2 && keys.length > 1) break;
      got += length;
      rest = rest.slice(length);
      turns += 1;
    }
    return (got / keys.length) * (1 - 0.04 * Math.max(0, turns - 1));
  }

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

  function coverPart(part, hay, forms) {
    if (part.latin) return Math.max(hay.includes(part.text) ? 1 : 0, ...forms.map((form) => spellCover(part.text, form)));
    const other = part.alternatives.map((alternative) => SAYING * cover(alternative, hay));
    return Math.max(cover(part, hay), ...other);
  }

  /** Return how much of all terms stands in an entry: in its names, less in its department and topics. */
  function coverage(item, parts) {
    let [got, total] = [0, 0];
    for (const part of parts) {
      const named = coverPart(part, item.all, item.forms);
      const placed = named < 1 && !part.latin && item.context ? CONTEXT * cover(part, item.context) : 0;
      got += part.weight * Math.max(named, placed);
      total += part.weight;
    }
    return total ? got / total : 0;
  }

  /** Score an entry by the best of its names whole, by keys, by spelling and by pieces. */
  function score(engine, item, asked, texts) {
    let best = { worth: 0, cover: 0, way: "", shown: "" };
    const better = (worth, covered, way, shown = "") => {
      if (worth > best.worth) best = { worth, cover: covered, way, shown };
    };
    if (engine.bets.get(asked.text) === item.at || engine.bets.get(asked.core) === item.at) better(WORTH.bet, 1, "bet");
    for (const key of item.keys) {
      for (const text of asked.keys) {
        if (key === text) better(WORTH.key, 1, "key");
        else if (text.length >= 3 && /[0-9]/.test(text) && key.includes(text)) better(WORTH.keyPart, 1, "key");
      }
    }
    item.forms.forEach((form, number) => scoreForm(form, number, texts, asked, better));
    if (best.cover < 1) {
      const covered = coverage(item, asked.parts);
      const fit = Math.min(1, asked.core.length / item.forms[0].text.length);
      const inName = covered > NEAR ? coverPartsOf(item.forms[0], asked.parts) : 0;
      better(WORTH.all * covered + 40 * inName + 30 * fit, covered, "parts");
    }
    return best;
  }

  function coverPartsOf(form, parts) {
    let [got, total] = [0, 0];
    for (const part of parts) {
      got += part.weight * coverPart(part, form.text, [form]);
      total += part.weight;
    }
    return total ? got / total : 0;
  }

  function scoreForm(form, number, texts, asked, better) {
    const step = number ? ALIAS_STEP : 0;
    const shown = number ? form.shown : "";
    const way = number ? "alias" : "name";
    texts.forEach(([text, turn, typed]) => {
      // The wording as typed counts most; what was put for it is at best like the beginning of a name.
      const less = step + turn * 4;
      const fit = (60 * text.length) / form.text.length;
      if (form.text === text && !turn) better(typed && !number ? WORTH.name : WORTH.alias, 1, way, shown);
      else if (form.text.startsWith(text)) better(WORTH.start - less + fit, 1, way, shown);
      else if (form.text.includes(text)) better(WORTH.within - less + fit, 1, way, shown);
    });
    if (!asked.latin || !form.text) return;
    const { at, length } = bestSpelt(asked.core, form);
    if (length < asked.core.length || length < 2) return;
    const fit = (40 * Math.min(asked.core.length, form.text.length)) / (form.text.length * 2);
    better((at === 0 ? WORTH.start : WORTH.within) - step - 20 + fit, 1, "pinyin", shown);
  }

  function rank(engine, asked) {
    const texts = wordings(asked);
    asked.latin = /^[a-z0-9]+$/.test(asked.core) && /[a-z]/.test(asked.core);
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

  function leadOf({ entry, event }, asked) {
    if (windowFact(entry, asked)) return GUIDE_LEAD + 2 * ANSWER_LEAD;
    const rates = asked.intent === "fee" && (entry.f || []).some(([path]) => path.startsWith("rates."));
    const guide = !entry.k || event || rates ? GUIDE_LEAD : 0;
    if (event && asked.event) return guide + EVENT_LEAD + ANSWER_LEAD;
    return guide + (asked.intent && answers(entry, asked.intent).length ? ANSWER_LEAD : 0);
  }

  const whyOf = ({ way, shown }) => ({ way, alias: shown });

  /** Keep what has all terms; if that is little, what comes near too: but of letters nearly all spell something. */
  function near(asked, hits) {
    const full = hits.filter((hit) => hit.exact);
    if (full.length >= FEW || (full.length && asked.latin)) return full;
    const least = full.length ? NEAR + 0.1 : 0.75 * Math.max(0, ...hits.map((hit) => hit.cover));
    const rest = hits.filter((hit) => !hit.exact && hit.cover >= least);
    return full.length ? [...full, ...rest] : rest;
  }

  /** Return the query with the one piece put right that lets it find more, or null. */
  function corrected(engine, asked) {
    const words = asked.parts.filter((part) => !part.latin).map((part) => part.text);
    const wrong = words.flatMap((word) => windowsOf(word).filter((piece) => !engine.everything.includes(piece)));
    const found = [...new Set(wrong)].slice(0, MOST_PIECES).flatMap((piece) => nearest(engine, piece) ?? []);
    found.sort((a, b) => a.cost / a.piece.length - b.cost / b.piece.length || b.times - a.times);
    return found.slice(0, MOST_TRIES).map(({ piece, text }) => ({ text: asked.core.replace(piece, text), piece, meant: text }));
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

  /** Return the forms that have all characters of a piece but one, or others that sound alike. */
  function formsSharing(engine, piece) {
    const shared = new Uint8Array(engine.forms.length);
    for (const character of piece) for (const number of formsWith(engine, character)) shared[number] += 1;
    return engine.forms.filter((_, number) => shared[number] >= piece.length - 1);
  }

  function formsWith(engine, character) {
    if (!engine.heard.has(character)) {
      const sounds = engine.sounds.get(character) || [];
      const alike = ({ text, syllables }) =>
        text.includes(character) || syllables.some((readings) => sounds.some((sound) => readings.includes(sound)));
      engine.heard.set(character, engine.forms.flatMap((form, number) => (alike(form) ? [number] : [])));
    }
    return engine.heard.get(character);
  }

  /** Tell whether a difference is a slip of the hand; in short words only sounds and neighbours are mixed up. */
  function isSlip(piece, text, cost) {
    if (text.length < 2 || cost > 1) return false;
    if (cost < 1 || piece.length > 3) return true;
    return piece.length === 3 && piece[0] === text[0] && (piece[2] === text.at(-1) || [...piece].every((one) => text.includes(one)));
  }

  /** Return the part of a text that is nearest to a piece: one character wrong, missing, too much or swapped costs 1. */
  function closest(engine, piece, text) {
    let before = null;
    let row = Array.from({ length: text.length + 1 }, (_, at) => ({ cost: 0, from: at }));
    for (let at = 0; at < piece.length; at += 1) {
      const next = [{ cost: at + 1, from: 0 }];
      for (let place = 0; place < text.length; place += 1) {
        const same = { cost: row[place].cost + difference(engine, piece[at], text[place]), from: row[place].from };
        const options = [same, grown(row[place + 1]), grown(next[place])];
        const swapped = before && piece[at] === text[place - 1] && piece[at - 1] === text[place];
        if (swapped) options.push(grown(before[place - 1]));
        next.push(options.reduce((least, option) => (option.cost < least.cost ? option : least)));
      }
      [before, row] = [row, next];
    }
    let end = 0;
    // Of equally near ones the one of the same length: 身证份 means 身份证, not 身份.
    const farness = (place) => row[place].cost + Math.abs(place - row[place].from - piece.length) / 100;
    row.forEach((_, place) => (end = farness(place) < farness(end) ? place : end));
    return { cost: row[end].cost, text: text.slice(row[end].from, end) };
  }

  const grown = ({ cost, from }) => ({ cost: cost + 1, from });

  function difference(engine, one, other) {
    if (one === other) return 0;
    const sounds = engine.sounds.get(one);
    return sounds && engine.sounds.get(other)?.some((sound) => sounds.includes(sound)) ? 0.4 : 1;
  }

  function looseEngine(engine) {
    engine.loose ??= {
      ...engine,
      entries: engine.entries.map((item) => ({
        ...item,
        forms: item.forms.map((form) => ({ ...form, syllables: form.syllables.map((all) => all.map(loose)) })),
      })),
    };
    return engine.loose;
  }

  /** Rank as typed; if not all of it is found, with one piece put right or as it may have been meant to sound. */
  function best(engine, asked) {
    const hits = rank(engine, asked);
    if (hits[0]?.exact) return { hits, asked, corrected: null };
    const before = hits[0]?.cover ?? 0;
    if (/^[a-z]+$/.test(asked.core)) {
      const meant = read(engine, loose(asked.core));
      const found = rank(looseEngine(engine), meant);
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

  /** A question about nothing in particular is about the hall. */
  function placesFor(engine, { intent }) {
    const places = engine.entries.filter(({ entry }) => entry.p.startsWith("hall/") && factFor(entry, intent));
    return places.map((item) => ({ entry: item.entry, item, score: 1, cover: 1, why: {}, exact: true }));
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

  /** Return the fact by which a hall names the window that was asked for. */
  function windowFact(entry, { keys }) {
    const windows = entry.p.startsWith("hall/") ? entry.f || [] : [];
    return windows.find(([path]) => path.startsWith("windows.") && keys.includes(path.split(".")[1].toLowerCase()));
  }

  const answers = (entry, intent) => (entry.f || []).filter(([path]) => ANSWERS[intent][0].test(path));

  function factFor(entry, intent) {
    const facts = answers(entry, intent);
    // Several rates are no answer: which one applies is for the page to say.
    return intent === "fee" && facts.length > 1 ? null : facts[0];
  }

  function answerOf(engine, hit, asked) {
    const { intent } = asked;
    const fact = hit && (windowFact(hit.entry, asked) || (ANSWERS[intent]?.[1] && factFor(hit.entry, intent)));
    if (!fact) return null;
    const shown = factOf(engine.lookup, hit.entry, fact);
    const anchor = ANSWERS[intent]?.[1] ?? "";
    return { entry: hit.entry, ...shown, key: `${hit.entry.p}#${shown.path}`, anchor };
  }

  /** Rows of rates, windows and hours share a label. */
  const ROW = /(^rates\.|^windows\.|hours\.)[^.]+/;

  /** Return path, canonical value, text and label of a fact as an entry holds it. */
  function factOf(lookup, entry, [path, value, text = value]) {
    const row = path.replace(ROW, "$1*");
    const labels = lookup.labels || {};
    return { path, value, text, label: labels[`${entry.p.split("/")[0]}#${row}`] ?? labels[row] ?? "" };
  }

  globalThis.tongchuangSearch = { open, factOf, normalise: (text, traditional = "") => open({ traditional }).normalise(text) };
})();
