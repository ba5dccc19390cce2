"""What the text of a cell says: ticks and boxes, numbered lists, words that lines broke, yes and no, amounts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from generator.render.pinyin import read_words
from generator.tables.office_grid import SPACES, squeezed

TICKED, BOXES = "■√✓✔☑●▣◼⬛", "□☐○◻▢☒⬜"
_TICK_LETTERS = frozenset({"t", "T", "R", "P", "Y", "V", "v", "是", "√√"})
_NUMBERED = re.compile(
    r"(?<![0-9.第一二三四五六七八九十])[(（]?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[、）)]|[.．](?![0-9]))\s*"
)
_CHINESE_GAP = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_CIRCLED = re.compile("[①-⑳]")
_NO_BEGINNING, _NO_END = "的之和或者及等予与、，；。）", "的之和或及与、（"
_WRAPPED_WIDTH = 12
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


def is_tick(text: str) -> bool:
    """Tell whether a cell is nothing but a tick, also one that lost its font and is a letter."""
    sign = squeezed(text)
    return bool(sign) and (not sign.strip(TICKED) or sign in _TICK_LETTERS)


def is_box(text: str) -> bool:
    """Tell whether a cell is nothing but an empty box; 口 is often typed for one."""
    sign = squeezed(text)
    return bool(sign) and not sign.strip(BOXES + "口")


@dataclass(frozen=True, slots=True)
class Choices:
    """The names of a cell with boxes: chosen ones, others, and the note that stands among them."""

    chosen: tuple[str, ...]
    others: tuple[str, ...]
    note: str


def choices_in(text: str, names: tuple[str, ...]) -> Choices:
    """Return the choices of a cell; without any box every name that it lists is chosen. 口 is a box before a name."""
    note = ""
    if found := re.search(r"[（(]?(?:备?注|说明)\s*[:：].*", text, re.DOTALL):
        text, note = text[: found.start()], squeezed(found[0].strip("（()）"))
    joined = squeezed(text) if re.search(f"[{TICKED}{BOXES}]", text) else text
    for name in names:
        joined = re.sub(f"(?<!窗)口(?={re.escape(name[:3])})", "□", joined)
    joined = re.sub(r"(?<![\u4e00-\u9fff])口(?=[\u4e00-\u9fff])", "□", joined)
    if not re.search(f"[{TICKED}{BOXES}]", joined):
        return Choices(tuple(_listed(text)), (), note)
    parts = re.findall(f"([{TICKED}{BOXES}]?)([^{TICKED}{BOXES}]+)", squeezed(joined))
    named = [(sign, name.strip("、，；;。,")) for sign, name in parts]
    chosen = tuple(name for sign, name in named if name and sign not in tuple(BOXES))
    return Choices(chosen, tuple(name for sign, name in named if name and sign in tuple(BOXES)), note)


def _listed(text: str) -> list[str]:
    return [name for part in re.split(r"[、，；;,\n]|\s{1,}", text) if (name := squeezed(part))]


def entries_of(text: str) -> list[str]:
    """Return the entries of a cell: numbered ones, lines, or parts between semicolons; broken words are rejoined."""
    if len(_CIRCLED.findall(text)) > 1:
        return _clean(_CIRCLED.split(text))
    if len(marks := _in_sequence(text)) > 1:
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return _clean([text[: marks[0].start()], *(text[m.end() : end] for m, end in zip(marks, ends, strict=True))])
    lines = [line for line in text.split("\n") if squeezed(line)]
    if len(lines) > 1 and is_wrapped(lines):
        lines = [squeezed("".join(lines))]
    return _clean(part for line in lines for part in re.split("[；;]", line))


def _in_sequence(text: str) -> list[re.Match[str]]:
    """Return the marks 1、 2、 3、 of a cell as far as they count up from one, which stands at a beginning."""
    found: list[re.Match[str]] = []
    for mark in _NUMBERED.finditer(text):
        is_first = not found and not text[: mark.start()].rstrip(" ").rpartition("\n")[2].rpartition("：")[2]
        if number_of(mark[1]) == len(found) + 1 and (found or is_first):
            found.append(mark)
    return found


def _clean(parts: object) -> list[str]:
    assert hasattr(parts, "__iter__")
    return [entry for part in parts if (entry := _in_one_line(part).strip("；;。、，, "))]


def _in_one_line(text: str) -> str:
    """Return a text without the white space between Chinese characters; words and numbers keep theirs."""
    return _CHINESE_GAP.sub("", SPACES.sub(" ", text)).strip()


def is_wrapped(lines: list[str]) -> bool:
    """Tell whether lines are one text that a narrow column broke, not entries of their own."""
    widths = [len(squeezed(line)) for line in lines]
    width = max(widths)
    if any(line.rstrip()[-1] in "；;。" for line in lines[:-1]) or width > _WRAPPED_WIDTH:
        return False
    if any(line[0] in _NO_BEGINNING for line in lines[1:]) or any(line[-1] in _NO_END for line in lines[:-1]):
        return True
    if min(widths[:-1]) < width - 1 or widths[-1] > width:
        return False
    return _breaks_a_word(lines) or (len(lines) > 2 and width > 4 and widths[-1] < width)


def _breaks_a_word(lines: list[str]) -> bool:
    ends, at = set(), 0
    for word, _ in read_words("".join(map(squeezed, lines))):
        at += len(word)
        ends.add(at)
    breaks, at = [], 0
    for line in lines[:-1]:
        at += len(squeezed(line))
        breaks.append(at)
    return any(place not in ends for place in breaks)


def number_of(text: str) -> int:
    """Return a number below a thousand in digits or in Chinese, -1 for anything else."""
    text = unicodedata.normalize("NFKC", text)
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            return -1
    return total + digit if text else -1


_NUMBER = "[0-9]+|[一二三四五六七八九十百两]+"
_DAYS = re.compile(rf"(?<![月0-9一二三四五六七八九十])({_NUMBER})个?(工作日|自然日|日|天)")


def days_in(text: str) -> tuple[int, str] | None:
    """Return the number of days and the unit, None where no or several numbers of days are said."""
    found = {
        (number_of(number), "工作日" if unit == "工作日" else "自然日")
        for number, unit in _DAYS.findall(unicodedata.normalize("NFKC", squeezed(text)))
    }
    return found.pop() if len(found) == 1 else None


def says_calendar_days(text: str) -> bool:
    """Tell whether a limit is in 日 or 天 without saying of which sort."""
    units = {unit for _, unit in _DAYS.findall(squeezed(text))}
    return bool(units & {"日", "天"})


def amount_of(text: str) -> Decimal | None:
    """Return an amount in figures, with or without separators of thousands, None for anything else."""
    plain = unicodedata.normalize("NFKC", squeezed(text)).removeprefix("¥").replace(",", "")
    found = re.fullmatch(r"(?:0|[1-9][0-9]*)(?:\.[0-9]{1,4})?", plain)
    return Decimal(plain) if found else None
