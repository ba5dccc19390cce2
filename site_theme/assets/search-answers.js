/* Answers a question with a fact of what was found, and says what may lead because it can answer. A classic script that
   adds to one global. */

(() => {
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

  /** What can answer the question leads what only bears the name: 营业执照多久 asks for a guide, not for the paper. */
  const ANSWER_LEAD = 70;
  /** What one can do leads what is only about it. */
  const GUIDE_LEAD = 90;
  const EVENT_LEAD = 80;
  /** Who names a thing and no more wants it for the first time. */
  const FIRST_TIME = /首次|申领|申请|设立/;
  const FIRST_LEAD = 5;

  function leadOf({ entry, event }, asked) {
    if (windowFact(entry, asked)) return GUIDE_LEAD + 2 * ANSWER_LEAD;
    const rates = asked.intent === "fee" && (entry.f || []).some(([path]) => path.startsWith("rates."));
    const guide = !entry.k || event || rates ? GUIDE_LEAD + (FIRST_TIME.test(entry.n) ? FIRST_LEAD : 0) : 0;
    if (event && asked.event) return guide + EVENT_LEAD + ANSWER_LEAD;
    return guide + (asked.intent && answers(entry, asked.intent).length ? ANSWER_LEAD : 0);
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

  /** A question about nothing in particular is about the hall. */
  function placesFor(engine, { intent }) {
    const places = engine.entries.filter(({ entry }) => entry.p.startsWith("hall/") && factFor(entry, intent));
    return places.map((item) => ({ entry: item.entry, item, score: 1, cover: 1, why: {}, exact: true }));
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

  globalThis.tongchuangAnswers = { leadOf, placesFor, answerOf, factOf };
})();
