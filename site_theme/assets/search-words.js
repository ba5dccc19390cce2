/* Reads what people type: the one form in which texts are compared, question words, sayings, terms. A classic script that
   adds to one global, because pages from file:// load no modules; it touches neither page nor network.
   The rule of `normalise` is that of generator/normalise.py: a test compares the two, change both or neither. */

(() => {
  const LONGEST_QUERY = 200;
  const LONGEST_TERM = 24;
  const HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\\u{20000}-\\u{3fffd}";
  const MARKS = /[\u0300-\u036f]+/g;
  const OTHER = new RegExp(`[^${HAN}a-z0-9]+`, "gu");
  /** What stands between characters of most names, and what needs no other form: nearly all texts are so. */
  const POINTS = /[（）、，。：；“”《》〔〕 ]/g;
  const PLAIN = /^[\u4e00-\u9fffa-z0-9]*$/;
  const LATIN = /^[a-z0-9]+/;
  const WINDOW = /^([a-z]?[0-9]{1,3})号?(?:窗口?)?$/;
  const STOP = 0.05;
  const KNOWN = 1.4;

  /** Question words ask for a fact of the first result; they are no terms. */
  const INTENTS = {
    fee: "多少钱 要多少钱 花多少钱 收多少钱 交多少钱 多少费用 收费标准 收费吗 收费 费用 要钱吗 要钱 要不要钱 收钱吗 花钱吗 要花钱 免费吗 价格 什么价",
    time: "多久 要多久 办多久 多久能好 多久能拿到 多久拿证 几天 要几天 几天能好 几天办好 多少天 多长时间 多少时间 几个工作日 多少个工作日 办理时限 什么时候能拿到 什么时候能好",
    bring: "带啥 材料清单 申请材料 所需材料 所需资料",
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
  const PAPERS = "(?:材料|资料|手续|证件|证明|东西|证)";
  /** 需要带什么证件, 都要哪些手续: too many ways to say it to list them. */
  const BRING = new RegExp(
    `(?:要|需要|都要|得|应该)?(?:带|准备|提交|提供|交)(?:什么|哪些|些什么|啥)${PAPERS}?|(?:要|需要|都要)?(?:什么|哪些|啥)${PAPERS}`,
    "y",
  );
  /** Words that ask for everything an event needs: then what gathers the guides of an event leads. */
  const EVENT = /要办什么|要办哪些|办什么证|办哪些|要什么证|要哪些证|要啥证|什么手续|哪些手续|开店|一件事|全套|一起办|联办/;
  const FILLERS =
    "我想要 我想 我要 想要 请问 你好 您好 怎么样 怎么 怎样 如何 咋样 需要 可以 能不能 可不可以 应该 一下 什么 哪些 有没有 是不是 是否 哪个 麻烦 帮我 给我 " +
    "我们 你们 要不要 想办理 想办 要办理 去办理 去办 怎么回事 咨询 关于";
  const STOPS = new Set("的了吗呢吧啊呀嘛么我你您他她它请要去给帮有是在需想到和与及或被把这那个会能办理啥咋");

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

  /**
   * Return the table of `traditional` characters as normalising needs it.
   * @param {string} traditional each character before the one that is put for it
   */
  function variantsOf(traditional) {
    const pairs = Array.from(traditional || "");
    const table = new Map(pairs.flatMap((character, at) => (at % 2 ? [] : [[character, pairs[at + 1]]])));
    // A thousand characters in a pattern take longer to prepare than all texts to look through one by one.
    const starts = new Uint8Array(0x10000);
    for (const character of table.keys()) starts[character.charCodeAt(0)] = 1;
    return { table, starts };
  }

  /** Return the letters, digits and Han characters of a text in the one form in which they are compared. */
  function normalise(text, { table, starts }) {
    let plain = String(text);
    if (!PLAIN.test(plain)) plain = plain.replace(POINTS, "");
    if (!PLAIN.test(plain)) plain = plain.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(OTHER, "");
    for (let at = 0; at < plain.length; at += 1) {
      if (starts[plain.charCodeAt(at)]) return Array.from(plain, (character) => table.get(character) ?? character).join("");
    }
    return plain;
  }

  /** Return a code, document number or window number without what people leave out. */
  function keyOf(text) {
    const bare = text.replace(/第|年(?=[0-9])/g, "");
    return bare.match(WINDOW)?.[1] ?? bare.replace(/号(?:文件?|令)?$/, "");
  }

  function sayingsOf(thesaurus, plain) {
    const official = new Map();
    for (const [saying, wording] of thesaurus) {
      const [said, meant] = [plain(saying), plain(wording)];
      if (said && meant) official.set(said, [...(official.get(said) || []), meant]);
    }
    return wordsByStart(Array.from(official, ([saying, alternatives]) => [saying, { alternatives }]));
  }

  function weightOf({ counts, entries, unknown }, character) {
    const count = counts[character.charCodeAt(0)];
    return (STOPS.has(character) ? STOP : 1) * (count ? Math.log(1 + entries.length / count) : unknown);
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
    const question = questionAt(text, at, QUESTION_WORDS.get(text[at])?.find(fits));
    if (saying && (!question || saying[0].length >= question[0].length)) return saying;
    if (question) return question;
    const latin = text.slice(at).match(LATIN);
    return latin ? [latin[0], { term: true, latin: true }] : [text[at], { term: true }];
  }

  /** Return the longer of a listed question word and one that asks what to bring. */
  function questionAt(text, at, listed) {
    BRING.lastIndex = at;
    const [bring = ""] = BRING.exec(text) || [];
    return bring.length > (listed?.[0].length ?? 0) ? [bring, { intent: "bring" }] : listed;
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
    // A saying that is known as a whole says more than characters by themselves.
    if (part.alternatives.length) part.weight *= KNOWN;
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

  globalThis.tongchuangWords = { STOPS, variantsOf, normalise, keyOf, sayingsOf, weightOf, read, wordings };
})();
