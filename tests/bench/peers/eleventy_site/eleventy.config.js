/* The guides and what they refer to are global data, read by js-yaml; the pages are made by pagination over them. */

import { JSON_SCHEMA, load } from "js-yaml";

/** What a guide charges today: for each use the rate, its period of today and how it reads. */
function rates(uses, fees, today) {
  return (uses ?? []).map((use) => {
    const rate = fees[use.fee].rates.find(({ id }) => id === use.rate);
    const now = rate.periods.findLast(({ from }) => (from ?? "0000") <= today);
    return { use, rate, now, text: now.described ?? `${now.amount} 元/${rate.unit}` };
  });
}

/** A day such as 2026-11-22 in Chinese. */
function chineseDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** A time limit in words. */
function daysText({ number, unit }) {
  if (number === 0) return "当场办结";
  return unit === "自然日" ? `${number} 日（自然日）` : `${number} 个工作日`;
}

export default function (config) {
  config.addDataExtension("yml", (text) => load(text, { schema: JSON_SCHEMA }));
  config.addPassthroughCopy({ static: "/" });
  config.addFilter("rates", rates);
  config.addFilter("chineseDay", chineseDay);
  config.addFilter("daysText", daysText);
  config.addFilter("yesNo", (value) => (value ? "是" : "否"));
  return { dir: { input: "src", data: "../data" } };
}
