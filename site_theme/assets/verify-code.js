/* What a printed code says about a page: the same as now, older, or unknown. Only reads files of this site. */

export const LENGTH = 10;
/* The alphabet of base32 has no 0, 1, 8: whoever reads them off paper means a letter. */
const MEANT = { 0: ["O"], 1: ["I", "L"], 8: ["B"] };
const CODE = /^[A-Z2-7]{10}$/;

/** Return every code that a piece of writing can mean; none where it is no code. */
export function candidates(text) {
  const signs = text.normalize("NFKC").toUpperCase().replace(/[\s\u00b7.-]/g, "");
  if (signs.length !== LENGTH) return [];
  let found = [""];
  for (const sign of signs) found = (MEANT[sign] ?? [sign]).flatMap((meant) => found.map((start) => start + meant));
  return found.filter((code) => CODE.test(code));
}

/** Split what was typed, scanned or pasted into entries: {written, path}, the path only where an address names it. */
export function entries(text) {
  return text.split(/[\r\n]+/).flatMap((line) => {
    const addresses = line.match(/\S+[?&]v=[^\s&#]*/g);
    if (addresses) return addresses.map(ofAddress);
    const words = line.split(/[\s,，、;；]+/).filter(Boolean);
    const whole = words.join("");
    const many = words.length > 1 && words.every((word) => word.length === LENGTH);
    return (many ? words : whole ? [whole] : []).map((written) => ({ written, path: "" }));
  });
}

function ofAddress(address) {
  const [before, after] = address.split(/[?&]v=/);
  const folders = before.split(/[/?#]/).filter((part) => part && part !== "index.html").slice(-2);
  const path = folders.join("/");
  return { written: readable(after), path: /^[a-z]+\/[a-z0-9-]+$/.test(path) ? path : "" };
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return text;
  }
}

const loaded = new Map();

/** Return a JSON file of this site, fetched once; a failure is asked for again the next time. */
export function data(base, name) {
  const address = `${base}api/v1/${name}.json`;
  if (!loaded.has(address)) {
    const answer = fetch(address).then((found) => (found.ok ? found.json() : Promise.reject(new Error(name))));
    answer.catch(() => loaded.delete(address));
    loaded.set(address, answer);
  }
  return loaded.get(address);
}

/** Return the earlier version that one of the codes names: {path, code, version} or, for what is there no more,
    {path, code, gone, moved}; null where none does. */
export async function earlier(base, codes) {
  const index = await data(base, "history/index");
  const code = codes.find((one) => Object.hasOwn(index.versions, one));
  if (!code) return null;
  const path = index.versions[code];
  if (Object.hasOwn(index.gone, path)) return { path, code, gone: index.gone[path], moved: index.moved?.[path] };
  const record = await data(base, `history/${path}`);
  return { path, code, version: record.versions[code] };
}

/** Make an element with attributes and children; text is always set as text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Write an ISO date the Chinese way. */
export function day(iso) {
  const [year, month, number] = iso.split("-").map(Number);
  return `${year}年${month}月${number}日`;
}
