"""Large sites: entries in small blocks, and postings that tell which entries a query's tokens stand in.

The browser loads the postings of its tokens, adds up what the entries have of them, and scores the blocks of the best
with the same engine as everywhere. A token of an entry is, all in normalised form:

    身份    two neighbouring characters of a name, another name or a key; 身 one character of the name; a whole key
    ~shen   the reading of a character of a name or another name
    ^sf     the first letters of two neighbours there
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import Any

import orjson

from generator.normalise import exact_key, normalise
from generator.outputs import Output
from generator.render.lookup_entries import Entry
from generator.render.pinyin import read_words

BLOCK = 2
"""Entries a block: the best candidates may stand in as many blocks, and a query has to stay below 300 KB."""
SHARD_BYTES = 8_000
"""What a file of postings should weigh."""
_FNV_START, _FNV_PRIME, _WORD = 0x811C9DC5, 0x01000193, 0xFFFFFFFF

Postings = Mapping[str, list[int]]


def block_outputs(records: Sequence[Any], folder: str) -> Iterator[Output]:
    """Yield the entries, ready for JSON, in blocks."""
    for number, start in enumerate(range(0, len(records), BLOCK)):
        yield Output(f"{folder}/blocks/{number}.json", orjson.dumps(records[start : start + BLOCK]))


def posting_outputs(shards: Sequence[Postings], folder: str) -> Iterator[Output]:
    """Yield the postings of each shard."""
    for number, shard in enumerate(shards):
        coded = {token: [numbers[0], *(b - a for a, b in pairwise(numbers))] for token, numbers in shard.items()}
        yield Output(f"{folder}/postings/{number}.json", orjson.dumps(coded))


def sharded(entries: Sequence[Entry]) -> list[dict[str, list[int]]]:
    """Return the numbers of the entries that each token stands in, by shard."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for token in tokens_of(entry):
            found[token].append(number)
    weight = sum(len(token) + 6 + 3 * len(numbers) for token, numbers in found.items())
    count = 1
    while count * SHARD_BYTES < weight:
        count *= 2
    shards: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for token in sorted(found):
        shards[shard_of(token, count)][token] = found[token]
    return shards


def shard_of(token: str, shards: int) -> int:
    """Return the shard of a token: FNV-1a of 32 bits over its UTF-8 bytes, modulo the number of shards."""
    state = _FNV_START
    for byte in token.encode():
        state = (state ^ byte) * _FNV_PRIME & _WORD
    return state % shards


def tokens_of(entry: Entry) -> set[str]:
    """Return the tokens by which an entry is found."""
    tokens = set(normalise(entry.name))
    for name in entry.names:
        tokens |= _pairs(normalise(name)) | _read_tokens(name)
    for key in entry.keys:
        tokens |= {exact_key(key)} | _pairs(normalise(key))
    return tokens


@lru_cache(maxsize=50_000)
def _pairs(plain: str) -> frozenset[str]:
    return frozenset(first + second for first, second in pairwise(plain))


@lru_cache(maxsize=50_000)
def _read_tokens(name: str) -> frozenset[str]:
    """Return readings and pairs of first letters of a name."""
    tokens: set[str] = set()
    readings = [each for _, word in read_words(name) for each in word]
    tokens.update(f"~{reading}" for each in readings for reading in each)
    for before, after in pairwise(readings):
        tokens.update(f"^{first[0]}{second[0]}" for first, second in product(before, after))
    return frozenset(tokens)
