"""What the lines of an LED screen really say of each fact, whatever the data beside them claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def facts_shown(message: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, str], str]]:
    """Yield each fact of a message of led.json with the text that the lines show for it, all of them if in doubt.

    `words` are what stands before, between and after the facts; blanks do not count, because lines are divided at them.
    Raises `KeyError`, `TypeError` or `AttributeError` for what is no message.
    """
    said = _plain("".join(message["lines"]))
    facts: Sequence[Mapping[str, str]] = message["facts"]
    texts = [_plain(fact["text"]) for fact in facts]
    shown = _shown(said, texts, [_plain(word) for word in message["words"]])
    for fact, text, found in zip(facts, texts, shown, strict=True):
        yield fact, fact["text"] if found == text else found


def _shown(said: str, texts: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    if len(words) != len(texts) + 1 or any(_run_together(words, texts)):
        return [said] * len(texts)
    if said == words[0] + "".join(text + word for text, word in zip(texts, words[1:], strict=True)):
        return texts
    pattern = "(.*)".join(re.escape(word) for word in words)
    match = re.fullmatch(pattern, said)
    return match.groups() if match else [said] * len(texts)


def _run_together(words: Sequence[str], texts: Sequence[str]) -> Iterator[bool]:
    """Yield for both sides of each fact whether a digit of ours stands at a digit of the fact: 1 and 20 read as 120."""
    for before, text, after in zip(words, texts, words[1:], strict=False):
        yield bool(re.search("[0-9.]$", before) and re.match("[0-9.]", text))
        yield bool(re.search("[0-9.]$", text) and re.match("[0-9.]", after))


def _plain(text: str) -> str:
    return "".join(text.split())
