"""What the YAML parser says, in Chinese: its English messages → problems with a cause and a hint.

The parser's own words are quoted only where no rule knows them, after a Chinese sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.problems import Place, Problem
from generator.yaml_slips import MARKUP

MARKUP_HINT = "内容里只写文字，网页的样子由模板决定；请删去标记。"
_QUOTE_HINT = '请补上半角引号 "，开头和结尾要用同一种引号；文字里面的引号请用中文引号“”。'
_INDENT_HINT = "同一层的字段左边要对齐，每深一层加 2 个半角空格。"
_TEXT_HINT = '若这是文字，请用半角引号 " 把整段文字括起来。'
_BLOCK_HINT = "请在 | 或 > 后面换行，文字从下一行写起，比字段名多缩进 2 个半角空格。"
_TAG_HINT = f"这里不能用 YAML 的标签（!…）。{_TEXT_HINT}"
_ESCAPE_HINT = "双引号里的反斜杠 \\ 有特殊含义；要写反斜杠本身，请写两个 \\\\，或改用半角单引号 '。"
_ANCHOR_HINT = f"YAML 的锚点（&…）和引用（*…）在这里不能用。{_TEXT_HINT}"


@dataclass(frozen=True, kw_only=True, slots=True)
class SyntaxFault:
    """What the parser found: where it gave up, and where the thing it was reading began. Positions from 0."""

    words: str
    at: tuple[int, int]
    began: tuple[int, int] | None

    def position(self) -> tuple[int, int]:
        """Return the place nearest to the cause: a scalar's beginning, but not that of a whole collection."""
        if self.began is not None and ("scanning" in self.words or "quoted" in self.words):
            return self.began
        return self.at


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    words: str
    code: str
    message: str
    hint: str
    at_beginning: bool = False


_RULES = (
    _Rule(
        words="simple key: could not find expected ':'",
        code="missing-colon",
        message="这一行缺少冒号：「{line}」，读不出是哪个字段。",
        hint="请写成「字段名: 内容」（半角冒号加一个空格）；若是接着上一行的文字，请比上一行多缩进 2 个半角空格。",
        at_beginning=True,
    ),
    _Rule(
        words="mapping values are not allowed",
        code="unexpected-colon",
        message="这里不该有冒号：「{line}」。可能是文字里有半角冒号加空格，或者缩进与上一行不一致。",
        hint=f"{_TEXT_HINT}若这是字段名，{_INDENT_HINT}",
    ),
    _Rule(
        words="block sequence entries are not allowed",
        code="bad-indentation",
        message="列表不能写在字段名的同一行：「{line}」。",
        hint=f"请在冒号后换行，每项一行，以「- 」开头。{_TEXT_HINT}",
    ),
    _Rule(
        words="mapping keys are not allowed",
        code="reserved-character",
        message="内容不能以「? 」开头：「{line}」。",
        hint=_TEXT_HINT,
    ),
    _Rule(
        words="found character that cannot start any token",
        code="reserved-character",
        message="内容不能以「{character}」开头，它在 YAML 里有特殊含义。",
        hint=_TEXT_HINT,
    ),
    _Rule(
        words="quoted scalar: found unexpected",
        code="unclosed-quote",
        message="引号没有结束：「{line}」，一直到文件末尾都没有找到另一半。",
        hint=_QUOTE_HINT,
        at_beginning=True,
    ),
    _Rule(
        words="found unknown escape character",
        code="unknown-escape",
        message="双引号里有不认识的转义写法：「{line}」。",
        hint=_ESCAPE_HINT,
    ),
    _Rule(
        words="parsing a quoted scalar",
        code="unknown-escape",
        message="双引号里的字符编号（\\x、\\u 等）写得不对：「{line}」。",
        hint=_ESCAPE_HINT,
    ),
    _Rule(
        words="violates indentation",
        code="tab-indentation",
        message="这里用了制表符（Tab）；应为半角空格。",
        hint="请改成半角空格，每深一层加 2 个空格。",
    ),
    _Rule(
        words="tab character where an indentation space",
        code="tab-indentation",
        message="这里用了制表符（Tab）；应为半角空格。",
        hint="请改成半角空格，每深一层加 2 个空格。",
    ),
    _Rule(
        words="scanning a block scalar",
        code="block-text-header",
        message="「|」或「>」的同一行不能写别的内容：「{line}」。",
        hint=_BLOCK_HINT,
        at_beginning=True,
    ),
    _Rule(
        words="scanning an alias",
        code="anchor",
        message="内容不能以「*」开头，它在 YAML 里表示引用：「{line}」。",
        hint=_ANCHOR_HINT,
        at_beginning=True,
    ),
    _Rule(
        words="scanning an anchor",
        code="anchor",
        message="内容不能以「&」开头，它在 YAML 里表示锚点：「{line}」。",
        hint=_ANCHOR_HINT,
        at_beginning=True,
    ),
    _Rule(
        words="undefined tag handle",
        code="tag",
        message="内容不能以「!」开头，它在 YAML 里表示标签：「{line}」。",
        hint=_TAG_HINT,
    ),
    _Rule(
        words="ing a tag:",
        code="tag",
        message="内容不能以「!」开头，它在 YAML 里表示标签：「{line}」。",
        hint=_TAG_HINT,
        at_beginning=True,
    ),
    _Rule(
        words="directive",
        code="reserved-character",
        message="一行不能以「%」开头，它在 YAML 里有特殊含义：「{line}」。",
        hint=_TEXT_HINT,
        at_beginning=True,
    ),
    _Rule(
        words="incompatible YAML document",
        code="reserved-character",
        message="一行不能以「%」开头，它在 YAML 里有特殊含义：「{line}」。",
        hint="请删去这一行，不需要写明 YAML 的版本。",
    ),
    _Rule(
        words="did not find expected ',' or ']'",
        code="unclosed-bracket",
        message="左方括号「[」没有与它成对的「]」，或者各项之间缺少半角逗号：「{line}」。",
        hint=f"请补上半角的「]」和逗号，或者改成每项一行、以「- 」开头。{_TEXT_HINT}",
        at_beginning=True,
    ),
    _Rule(
        words="did not find expected ',' or '}'",
        code="unclosed-bracket",
        message="左花括号「{」没有与它成对的「}」，或者各项之间缺少半角逗号：「{line}」。",
        hint=f"请补上半角的「}}」和逗号，或者改成每个字段一行。{_TEXT_HINT}",
        at_beginning=True,
    ),
    _Rule(
        words="did not find expected node content",
        code="reserved-character",
        message="内容不能以「{character}」开头，它在 YAML 里有特殊含义。",
        hint=_TEXT_HINT,
    ),
    _Rule(
        words="did not find expected '-' indicator",
        code="bad-indentation",
        message="这里应当是列表的下一项，以「- 」开头，写的却是：「{line}」。",
        hint=f"若它属于上一项，请与上一项的字段对齐；若列表已经结束，请退回到列表外面的那一层。{_INDENT_HINT}",
    ),
    _Rule(
        words="did not find expected key",
        code="bad-indentation",
        message="这一行与上面的字段没有对齐，或者不是「字段名: 内容」的写法：「{line}」。",
        hint=_INDENT_HINT,
    ),
    _Rule(
        words="did not find expected <document start>",
        code="several-documents",
        message="文件结束标记「...」之后还有内容：「{line}」。",
        hint="一个文件只写一份内容；请删去单独一行的「...」。",
    ),
)

_UNKNOWN = _Rule(
    words="",
    code="yaml-syntax",
    message="这里的写法不合 YAML 的规定：「{line}」（解析器的说明：{words}）。",
    hint=f"请检查这一行和上一行的缩进、冒号和引号。{_TEXT_HINT}",
)


def fault_problem(
    fault: SyntaxFault, lines: list[str], quoted: tuple[tuple[int, int], tuple[int, int]] | None, relative: str
) -> Problem:
    """Say in Chinese what the parser found; `quoted` is the span of the last quoted scalar before it, if any."""
    special = _template_mark(fault, lines, relative) or _quote_fault(fault, lines, quoted, relative)
    if special:
        return special
    rule = next((rule for rule in _RULES if rule.words in fault.words), _UNKNOWN)
    position = fault.began if rule.at_beginning and fault.began else fault.at
    return _problem(rule, position, lines, relative, fault.words)


def _template_mark(fault: SyntaxFault, lines: list[str], relative: str) -> Problem | None:
    for number in {fault.at[0]: 0, (fault.began or fault.at)[0]: 0}:
        found = MARKUP.search(_line(lines, number))
        if found and found.group().startswith("{") and "#" not in _line(lines, number)[: found.start()]:
            return markup_problem(found.group(), Place(path=relative, line=number + 1, column=found.start() + 1))
    return None


def markup_problem(written: str, place: Place) -> Problem:
    """Say that text holds an HTML tag or a template mark."""
    message = f"{markup_message(written)}。"
    return Problem(place=place, code="markup-in-text", message=message, hint=MARKUP_HINT)


def markup_message(written: str) -> str:
    """Say which tag or mark it is, without full stop."""
    kind = " HTML 标记" if written.startswith("<") else "模板标记"
    return f"文字里有{kind}「{written}」"


def _quote_fault(
    fault: SyntaxFault, lines: list[str], quoted: tuple[tuple[int, int], tuple[int, int]] | None, relative: str
) -> Problem | None:
    # Text right behind a closing quote: either the quote closed too early, or it is the opening of the next one
    # and the quote before it, lines above, never closed.
    if quoted is None or "did not find expected" not in fault.words or quoted[1][0] != fault.at[0]:
        return None
    if quoted[0][0] != quoted[1][0]:
        message = f"引号没有结束：「{{line}}」，到第 {quoted[1][0] + 1} 行才遇到另一半。"
        rule = _Rule(words="", code="unclosed-quote", message=message, hint=_QUOTE_HINT)
        return _problem(rule, quoted[0], lines, relative)
    if re.match(r"[\s,\]}]*$", _line(lines, fault.at[0])[quoted[1][1] : fault.at[1] + 1]):
        return None
    message = "引号结束以后还有文字：「{line}」。"
    hint = '请把整段文字放在一对半角引号 " 里；文字里面的引号请用中文引号“”。'
    return _problem(_Rule(words="", code="text-after-quote", message=message, hint=hint), fault.at, lines, relative)


def _problem(rule: _Rule, at: tuple[int, int], lines: list[str], relative: str, words: str = "") -> Problem:
    line = _line(lines, at[0])
    message = rule.message.replace("{character}", line[at[1] : at[1] + 1]).replace("{words}", words)
    message = message.replace("{line}", shortened(line))
    place = Place(path=relative, line=at[0] + 1, column=at[1] + 1)
    return Problem(place=place, code=rule.code, message=message, hint=rule.hint)


def shortened(text: str, limit: int = 40) -> str:
    """Return the text on one line, cut where it would make a message unreadable."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""
