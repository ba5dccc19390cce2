"""What the search engine in the browser works on: all entries with the tables by which queries are understood.

One document for the site, `search/lookup.json`, and one for each touch-screen as a script, because pages from file://
cannot fetch. The scripts `site_theme/assets/search-*.js` read both. The keys are short, since every visitor loads them:

    p path · k number of the kind · n name · a other names · x exact keys · r readings of words · w withdrawn
    f facts [path, value, text] (value left out where it is the text) · v filter label → numbers of its values
    c cases [id, label]: the facts `cases.<id>.label`, whose value is the id, and the pages `cases/<id>/`

Beside the entries stand `thesaurus`, what people say and what it means, and `cases`, the same for options of
questions. In a city, `districts` has the name and the address of each, and the filter 地区 says who handles an item.

The label of a fact stands in `labels` under its path, with `*` for the row of a rate or window, or where it differs
from kind to kind under `<plural>#<path>`.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

import orjson

from generator.district import is_laid_over
from generator.facts import Fact, Sheet
from generator.normalise import exact_key, normalise, variants_of
from generator.outputs import Output
from generator.render.lookup_blocks import BLOCK, block_outputs, posting_outputs, sharded
from generator.render.lookup_entries import FILTERS, FREE, ONLINE, PLACE, Entry, entries_of, kind_names, label_key
from generator.render.pinyin import heteronyms, syllabary, word_readings
from generator.render.search import index_folders
from generator.render.site import Site
from generator.thesaurus import Thesaurus

VERSION = 1
LARGE = 600_000
"""Bytes of all entries above which nobody should load them all."""
FOLDER, KIOSK_SCRIPT = "search", "lookup.js"
Record = dict[str, Any]


def lookup_outputs(site: Site, limit: int = LARGE) -> Iterator[Output]:
    """Yield the data of the whole site, as they are and compressed for browsers that can unpack them.

    Where the entries weigh more than `limit` bytes they stand in blocks of their own, with postings to choose by.
    """
    sheets = searched(site)
    entries = entries_of(sheets, withdrawn_of(site, sheets), _places(site))
    data = lookup(site, entries)
    if site.catalogue.districts:
        data["kinds"] = kind_names(with_districts=True)
        data["districts"] = [(each.district.name, each.district.path) for each in site.catalogue.districts]
    records = data["entries"]
    if sum(len(orjson.dumps(each)) for each in records) > limit:
        shards = sharded(entries)
        yield from block_outputs(records, FOLDER)
        yield from posting_outputs(shards, FOLDER)
        del data["entries"]
        data |= {"count": len(records), "block": BLOCK, "shards": len(shards)}
    if (indexes := len(index_folders(len(records)))) > 1:
        data["indexes"] = indexes
    root = orjson.dumps(data)
    yield Output(f"{FOLDER}/lookup.json", root)
    yield Output(f"{FOLDER}/lookup.json.gz", gzip.compress(root, mtime=0))


def searched(site: Site) -> list[Sheet]:
    """Return what searches find: all items of the city, and the districts themselves.

    What a district has of an item leads from the city's entry: it says the same but for where, when and whom to call.
    """
    districts = (each.sheet(each.district) for each in site.catalogue.districts)
    return [*site.sheets(site.catalogue.items), *districts]


def _places(site: Site) -> dict[str, list[str]]:
    """Return the names of the districts that handle an item, by the path of the city's."""
    found: dict[str, list[str]] = {}
    for each in site.catalogue.districts:
        for item in each.items:
            if is_laid_over(type(item)):
                found.setdefault(f"{item.kind.plural}/{item.id}", []).append(each.district.name)
    return found


def kiosk_lookup(site: Site, address: str, sheets: Sequence[Sheet]) -> Output:
    """Return the data of a touch-screen as a script that assigns them to one global."""
    script = b"window.tongchuangLookup=" + orjson.dumps(lookup(site, site_entries(site, sheets))) + b";\n"
    return Output(f"{address}/{KIOSK_SCRIPT}", script, tuple(sheet.item.path for sheet in sheets))


def site_entries(site: Site, sheets: Sequence[Sheet]) -> list[Entry]:
    """Return the entries of some items in their order."""
    return entries_of(sheets, withdrawn_of(site, sheets))


def withdrawn_of(site: Site, sheets: Iterable[Sheet]) -> frozenset[str]:
    """Return the paths of the items that are no longer in force."""
    return frozenset(sheet.item.path for sheet in sheets if sheet.item.is_withdrawn(site.today))


def lookup(site: Site, entries: Sequence[Entry]) -> Record:
    """Return the data for some entries, ready for JSON."""
    words = site.catalogue.thesaurus
    said = [*chain.from_iterable(entry.names for entry in entries), *chain.from_iterable(words.pairs())]
    syllables = syllabary(said)
    values = values_of(entries)
    keys = (exact_key(key) for entry in entries for key in entry.keys)
    return {
        "version": VERSION,
        "traditional": variants_of([*map(normalise, said), *keys]),
        "readings": syllables,
        "thesaurus": words.pairs(),
        "cases": [[group.say, group.mean] for group in words.case_words],
        "bets": _bets(words, entries),
        "kinds": kind_names(),
        "labels": _labels(entries),
        "values": values,
        "entries": list(map(partial(record, values=values, several=heteronyms(syllables)), entries)),
    }


def _bets(words: Thesaurus, entries: Sequence[Entry]) -> list[tuple[str, int]]:
    numbers = {entry.path: number for number, entry in enumerate(entries)}
    bets = ((normalise(query), bet.item) for bet in words.best_bets for query in bet.queries)
    return [(query, numbers[path]) for query, path in bets if path in numbers]


def values_of(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Return the values of each filter that occur, in their order by text."""
    found: dict[str, set[str]] = {label: set() for label in (*FILTERS, PLACE, ONLINE[0], FREE[0])}
    for entry in entries:
        for label, value in entry.values:
            found[label].add(value)
    return {label: sorted(values) for label, values in found.items() if values}


def _labels(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the labels of all facts in the entries; the first kind decides what the bare path is called."""
    labels: dict[str, str] = {}
    for entry in entries:
        for fact in entry.facts:
            path = label_key(fact.path)
            if labels.setdefault(path, fact.label) != fact.label:
                labels[f"{entry.path.partition('/')[0]}#{path}"] = fact.label
    return labels


def record(entry: Entry, values: Mapping[str, list[str]], several: frozenset[str]) -> Record:
    """Return an entry as it stands in the data; `several` are the characters with more than one reading."""
    chosen: dict[str, list[int]] = {}
    for label, value in entry.values:
        chosen.setdefault(label, []).append(values[label].index(value))
    optional = {
        "a": entry.aliases,
        "x": entry.keys,
        "r": word_readings(entry.names, several),
        "w": int(entry.withdrawn),
        "f": [_fact(fact) for fact in entry.facts],
        "v": chosen,
        "c": [(fact.value, fact.text) for fact in entry.cases],
    }
    given = {key: value for key, value in optional.items() if value}
    return {"p": entry.path, "k": entry.kind, "n": entry.name, **given}


def _fact(fact: Fact) -> tuple[str, ...]:
    return (fact.path, fact.text) if fact.value == fact.text else (fact.path, fact.value, fact.text)
