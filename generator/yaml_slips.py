"""The usual slips of a Chinese keyboard in YAML: how each one looks, how it is called, and how it would be mended.

A slip is looked for at two spots: in a plain scalar that parsed (`slips_of_scalar`: only sure cases, since ordinary
text must pass), and in the lines around a syntax error (`slips_of_line`: also likely cases, since there the mending
is tried out before anything is said). Lines and columns count from 0 here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.problems import Place, Problem

COLONS = "：﹕∶"
DASHES = "－—–―−﹣‐‑•●·・"
ODD_SPACES = "\t\u00a0\u2000-\u200a\u202f\u205f\u3000"
CURLY = "“”„‟＂‘’‚‛＇"
INDENTATION_CODES = ("tab-indentation", "wide-space-indentation")
COLON_CODES = ("fullwidth-colon", "missing-space-after-colon")
MAX_LINE = 2000
"""Longer lines are no editor's work; looking at them closely would only cost time."""
MARKUP = re.compile(r"<[A-Za-z/!?][A-Za-z0-9-]{0,20}>?|\{[{%#]")
SUSPECT_FIRST = frozenset(
    f"{DASHES}{CURLY}＃［｛【\t\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
)
"""First characters of plain scalars that call for a closer look; a cheap test for the fast reader."""

_WIDE_BRACKETS = str.maketrans("［］｛｝【】", "[]{}[]")
_SPACE_NAMES = {"\t": "制表符（Tab）", "\u3000": "全角空格", "\u00a0": "不换行空格（U+00A0）"}
_SCHEMES = "(?!(?:mailto|tel|sms|geo|urn):)"  # addresses, not keys that lack a space
_SUSPECT_LINE = re.compile(
    rf"\n *(?:- +)*(?:[{ODD_SPACES}]|[a-z_][a-z0-9_-]*(?:[{COLONS}]|:[^ \n/])|-(?:[^ \t\n\d-]|\d+[^ \t\n\d.]))"
)
# Slips among the items of a flow: after the bracket that opens it, or the comma behind what is nested in it. What is
# quoted is text, whatever it holds; only quotes that end on their line are sure to be quotes of an item.
_FLOW_START = r"[][{}](?:(?<=[\[{])|[ \n]*[,#])"
_FLOW_HIT = rf"[，{COLONS}]|:[^ \n]"
_FLOW_QUOTED = r"""(?<=[\[{,:])[ \n]*(?:"[^"\n]*"|'[^'\n]*')(?=[ \n]*[,:\]}])"""
_FLOW_UNSURE = rf"""(?<=[\[{{,:])(?!{_FLOW_QUOTED})[ \n]*(?:["']|\?[ \n])|(?<=[ \n])\#"""
_FLOW_GLANCE = re.compile(rf"""{_FLOW_START}[^][{{}}]*(?:{_FLOW_HIT}|["'])""")
_SUSPECT_FLOW = re.compile(rf"{_FLOW_START}(?>{_FLOW_QUOTED}|[^][{{}}])*?(?:{_FLOW_HIT}|{_FLOW_UNSURE})")

# Sure cases, matched at the start of a plain scalar. A key of ours is lower-case ASCII: `WiFi：` opens a sentence.
_KEY_COLON = re.compile(rf"([a-z_][a-z0-9_-]*)([{COLONS}][ \u3000]*)")
_KEY_TIGHT = re.compile(rf"{_SCHEMES}([a-z_][a-z0-9_-]*)(:\u3000*)(?!//)(?=[^ \t\n:])")
_DASH_TIGHT = re.compile(r"()(-\u3000*)(?![ \t\n-])(?!\d+(?:\.\d+)?\s*(?:#|$))")
_DASH_WIDE = re.compile(rf"()([{DASHES}][ \u3000]*)(?![{DASHES}])")
_HASH = re.compile("()(＃)")
_SPACE = re.compile(rf"()([{ODD_SPACES}][ {ODD_SPACES}]*)")
_QUOTED = re.compile(r"[“”„‟＂][^“”„‟＂\"]*[“”„‟＂\"]|[‘’‚‛＇][^‘’‚‛＇']*[‘’‚‛＇']")
_BRACKETED = re.compile(r"［.*］|｛.*｝|\[.*[］】]|\{.*｝|【[^【】]*[,，][^【】]*】")
_NUMBER_HASH = re.compile(r"([\d.:-]+)[ \u3000]+(＃)")

# Likely cases, matched after the indentation of a line that is near a syntax error.
_ANY_KEY_COLON = re.compile(rf"([^\s:{COLONS}{{}}\[\],#&*!|>%@`]{{1,40}})\s*([{COLONS}][ \u3000]*)")
_ANY_KEY_TIGHT = re.compile(r"([\"']?[\w.-]{1,40}[\"']?)(:\u3000*)(?!//)(?=[^ \t\n:])")
_LAST_CURLY = re.compile(rf"(.*([\"']).*)([{CURLY}])\s*(?:,|#.*)?$")
_FIRST_CURLY = re.compile(rf"(?:[^:]*: +)?([{CURLY}])[^\"']*([\"'])\s*(?:#.*)?$")
_DASH_TAB = re.compile(r"()-(\t[ \t]*)")
_LATE_HASH = re.compile(r"(.*[\s\"'\]}])(＃)")
_LEAD = re.compile(rf"( *)([{ODD_SPACES}][ {ODD_SPACES}]*)?((?:- +)*)")
_MARKERS = re.compile(r" *(?:- +)*$")

_TEXTS = {
    "fullwidth-colon": (
        "「{written}」后面是全角冒号；应为半角冒号加一个空格。",
        '请在英文输入状态下改成「{written}: 」；若这里是正文，请用半角引号 " 把整段文字括起来。',
    ),
    "missing-space-after-colon": (
        "「{written}:」后面缺少半角空格，读不出这是一个字段。",
        '请在冒号后加一个半角空格，写成「{written}: …」；若这里是正文，请用半角引号 " 把整段文字括起来。',
    ),
    "missing-space-after-dash": (
        "列表符号「-」后面缺少半角空格。",
        '请写成「- 」（减号加一个半角空格）再接内容；若这里是正文，请用半角引号 " 把整段文字括起来。',
    ),
    "wrong-list-marker": (
        "列表符号写成了「{written}」；应为半角减号加一个空格。",
        '请在英文输入状态下改成「- 」；若这里是正文，请用半角引号 " 把整段文字括起来。',
    ),
    "fullwidth-hash": (
        "注释写成了全角井号「＃」；应为半角「#」，前面有空格。",
        '请在英文输入状态下改成「#」；若这里是正文，请用半角引号 " 把整段文字括起来。',
    ),
    "curly-quotes": (
        "引号写成了中文引号或全角引号：{written}，它会成为内容的一部分。",
        '请在英文输入状态下改成半角引号 "；不需要引号时直接删去。文字中间的中文引号不受影响。',
    ),
    "fullwidth-bracket": (
        "括号写成了全角括号：{written}；应为半角 [ ] 或 { }。",
        '请在英文输入状态下改成半角括号；若这里是正文，请用半角引号 " 把整段文字括起来。',
    ),
    "fullwidth-comma": (
        "括号里的各项用全角逗号「，」隔开：{written}，会被当成一项；应为半角逗号加空格。",
        '请在英文输入状态下改成「, 」；若逗号是文字的一部分，请用半角引号 " 把这一项括起来。',
    ),
    "tab-indentation": (
        "这里用了{written}；应为半角空格。",
        "请改成半角空格，每深一层加 2 个空格。在 VS Code 中点右下角的“制表符长度”，选“将缩进转换为空格”。",
    ),
    "wide-space-indentation": (
        "行首用了{written}；应为半角空格。",
        "请删去后在英文输入状态下输入半角空格，每深一层加 2 个空格；若要保留文字开头的空格，请用 | 另起一行书写。",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """One slip: columns `column` to `end` of a line should read `mended` (None if the text parses as it is)."""

    line: int
    column: int
    end: int
    code: str
    written: str
    mended: str | None = None

    def problem(self, relative: str) -> Problem:
        """Say what is wrong and how to mend it."""
        message, hint = (text.replace("{written}", self.written) for text in _TEXTS[self.code])
        place = Place(path=relative, line=self.line + 1, column=self.column + 1)
        return Problem(place=place, code=self.code, message=message, hint=hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """Where a plain scalar stands: its first line, its position, and what is around it."""

    text: str
    line: int
    column: int
    is_key: bool
    in_flow: bool


class Draft:
    """The lines of a text in which slips are mended one after the other to see what the parser says then."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.slips: list[Slip] = []
        self._grown: dict[int, list[tuple[int, int]]] = {}

    def text(self) -> str:
        """Return the text as mended so far."""
        return "\n".join(self.lines)

    def with_mended(self, slips: Iterable[Slip]) -> str:
        """Return the text as it would be with these slips mended too."""
        lines = list(self.lines)
        for slip in _from_the_right(slips):
            lines[slip.line] = lines[slip.line][: slip.column] + (slip.mended or "") + lines[slip.line][slip.end :]
        return "\n".join(lines)

    def mend(self, slips: Iterable[Slip]) -> None:
        """Mend the slips and remember them with their columns in the original text."""
        ordered = _from_the_right(slips)
        self.lines = self.with_mended(ordered).split("\n")
        for slip in ordered:
            column = self.original_column(slip.line, slip.column)
            self.slips.append(
                Slip(line=slip.line, column=column, end=slip.end, code=slip.code, written=slip.written, mended="")
            )
        for slip in ordered:
            self._grown.setdefault(slip.line, []).append((slip.column, growth([slip])))

    def original_column(self, line: int, column: int) -> int:
        """Return the column that a column of a mended line has in the original text."""
        for start, grown in reversed(self._grown.get(line, [])):
            if column > start:
                column = max(start, column - grown)
        return column


def growth(slips: Iterable[Slip]) -> int:
    """Return by how many characters mending makes the text longer."""
    return sum(len(slip.mended or "") - (slip.end - slip.column) for slip in slips)


def may_hold_slips(text: str) -> bool:
    """Tell whether a text that parses deserves the closer, slower look. May say yes in vain, never no."""
    if ("<" in text or "{" in text) and MARKUP.search(text):
        return True
    # Escapes may write what the search of the text itself does not see.
    if "\\" in text or "＃" in text:
        return True
    if ("[" in text or "{" in text) and _FLOW_GLANCE.search(text) and _SUSPECT_FLOW.search(text):
        return True
    return _SUSPECT_LINE.search("\n" + text) is not None


def slips_of_scalar(spot: Spot) -> Iterator[Slip]:
    """Yield the slip, at most one, in a plain scalar that parsed."""
    rest = spot.text[spot.column : spot.column + 200]  # all rules are about beginnings
    before = spot.text[: min(spot.column, 200)]
    opens_line = not spot.in_flow and _MARKERS.fullmatch(before) is not None
    rules: list[tuple[str, re.Pattern[str], str, bool]] = [
        ("", _SPACE, "", opens_line),
        ("fullwidth-hash", _HASH, "#", opens_line),
        ("wrong-list-marker", _DASH_WIDE, "- ", opens_line and not before.strip()),
        ("missing-space-after-dash", _DASH_TIGHT, "- ", opens_line and not before.strip()),
        ("fullwidth-colon", _KEY_COLON, ": ", opens_line or spot.is_key),
        ("missing-space-after-colon", _KEY_TIGHT, ": ", opens_line or spot.is_key),
        ("fullwidth-hash", _NUMBER_HASH, "#", not spot.in_flow),
    ]
    for code, pattern, mended, applies in rules:
        found = pattern.match(rest) if applies else None
        if found:
            yield _slip(code, found, spot.line, spot.column, mended)
            return


def slips_of_value(spot: Spot, value: str) -> Iterator[Slip]:
    """Yield the slips in the whole of a plain scalar: quotes and brackets around it, commas within a flow."""
    start, end = spot.column, spot.column + len(value)
    if _QUOTED.fullmatch(value):
        yield Slip(line=spot.line, column=start, end=end, code="curly-quotes", written=value)
    elif _BRACKETED.fullmatch(value):
        yield Slip(line=spot.line, column=start, end=end, code="fullwidth-bracket", written=value)
    elif spot.in_flow and "，" in value:
        column = start + value.index("，")
        yield Slip(line=spot.line, column=column, end=end, code="fullwidth-comma", written=value)


def slips_of_line(line: str, number: int) -> Iterator[Slip]:
    """Yield the likely slips of a line that is near a syntax error, each to be tried out by mending it."""
    if len(line) > MAX_LINE:
        return
    lead = _LEAD.match(line)
    assert lead is not None  # every part of the pattern may be empty
    if lead[2]:
        yield _slip("", lead, number, 0, "")
    column = lead.end()
    rest = line[column:]
    for code, pattern, mended in (
        ("", _SPACE, ""),
        ("", _DASH_TAB, ""),
        ("fullwidth-hash", _HASH, "#"),
        ("wrong-list-marker", _DASH_WIDE, "- "),
        ("missing-space-after-dash", _DASH_TIGHT, "- "),
        ("fullwidth-colon", _ANY_KEY_COLON, ": "),
        ("missing-space-after-colon", _ANY_KEY_TIGHT, ": "),
        ("fullwidth-hash", _LATE_HASH, "#"),
    ):
        if found := pattern.match(rest):
            yield _slip(code, found, number, column, mended)
    yield from _quote_slips(line, number)
    yield from _bracket_slips(line, number)


def grouped(slips: Iterable[Slip], relative: str) -> list[Problem]:
    """Say each slip once; wrong indentation, which seldom comes alone, once per kind with all its lines."""
    problems = []
    indented: dict[tuple[str, str], list[Slip]] = {}
    for slip in sorted(set(slips), key=lambda slip: (slip.line, slip.column)):
        if slip.code in INDENTATION_CODES:
            indented.setdefault((slip.code, slip.written), []).append(slip)
        else:
            problems.append(slip.problem(relative))
    for same in indented.values():
        problem = same[0].problem(relative)
        problems.append(problem if len(same) == 1 else _with_lines(problem, [slip.line + 1 for slip in same]))
    return problems


def _with_lines(problem: Problem, lines: list[int]) -> Problem:
    listed = "、".join(map(str, lines[:8])) + ("……" if len(lines) > 8 else "")
    message = f"{problem.message}共 {len(lines)} 行：第 {listed} 行。"
    return Problem(place=problem.place, code=problem.code, message=message, hint=problem.hint)


def _from_the_right(slips: Iterable[Slip]) -> list[Slip]:
    return sorted(slips, key=lambda slip: (slip.line, slip.column), reverse=True)


def _slip(code: str, found: re.Match[str], line: int, offset: int, mended: str) -> Slip:
    start, end = offset + found.start(2), offset + found.end(2)
    written = found[1] or found[2].strip(" \u3000")
    if not code:
        space = found[2].strip(" ")[0]
        code = "tab-indentation" if space == "\t" else "wide-space-indentation"
        written = _SPACE_NAMES.get(space, f"特殊空格（U+{ord(space):04X}）")
        mended = found[2].replace("\t", "  ").replace("\u3000", "  ")
        mended = " " * len(mended)
    return Slip(line=line, column=start, end=end, code=code, written=written, mended=mended)


def _quote_slips(line: str, number: int) -> Iterator[Slip]:
    if found := _LAST_CURLY.match(line):
        written = line[line.index(found[2]) : found.end(3)]
        yield Slip(
            line=number, column=found.start(3), end=found.end(3), code="curly-quotes", written=written, mended=found[2]
        )
    if found := _FIRST_CURLY.match(line):
        written = line[found.start(1) : found.end(2)]
        yield Slip(
            line=number, column=found.start(1), end=found.end(1), code="curly-quotes", written=written, mended=found[2]
        )


def _bracket_slips(line: str, number: int) -> Iterator[Slip]:
    for characters, code in (("［］｛｝【】", "fullwidth-bracket"), ("，", "fullwidth-comma")):
        columns = [column for column, character in enumerate(line) if character in characters]
        if columns and (code == "fullwidth-bracket" or "[" in line or "{" in line):
            start, end = columns[0], columns[-1] + 1
            mended = line[start:end].translate(_WIDE_BRACKETS).replace("，", ", ")
            written = line[start:end] if code == "fullwidth-bracket" else line.strip()
            yield Slip(line=number, column=start, end=end, code=code, written=written, mended=mended)
