"""Problems laid out for a terminal and for GitHub: whole outputs, carets under the right cells, escaped properties."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import FILES, tiny_project

from generator import cli
from generator.problems import Place, Problem
from generator.problems_excerpt import Sources, cells, excerpt
from generator.problems_github import as_github
from generator.problems_text import Terminal, as_excerpts

GUIDE = FILES["items/guides/card-renewal.yml"]
FEE = FILES["items/fees/small-card.yml"]
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command line in a project of the given files."""

    def call(files: dict[str, str], *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(tiny_project(tmp_path / "project", files))
        return cli.main(arguments), *capsys.readouterr()

    return call


def problem(
    path: str = "a.yml",
    line: int = 1,
    column: int = 1,
    code: str = "wrong-phone",
    message: str = "不对",
    hint: str = "",
) -> Problem:
    """Return a problem of which a test says only what matters."""
    return Problem(place=Place(path=path, line=line, column=column), code=code, message=message, hint=hint)


def laid_out(folder: Path, text: str, *problems: Problem, terminal: Terminal | None = None) -> list[str]:
    """Return the lines for problems in a file `a.yml` of this text."""
    (folder / "a.yml").write_text(text, encoding="utf-8")
    return as_excerpts(problems, Sources(folder), lambda _: "", terminal or Terminal()).split("\n")


def test_a_problem_is_shown_where_it_stands_with_an_example(command: Command) -> None:
    files = {
        "items/guides/card-renewal.yml": GUIDE.replace("phone: 0123-5550101", 'phone: "5550101"'),
        "items/fees/small-card.yml": FEE.replace("amount: 40", "amount: 四十元"),
    }
    assert command(files, "check") == (
        1,
        """\
items/fees/small-card.yml（1 个错误）

items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「四十元」不是金额 [wrong-amount]
 20 │       - amount: 四十元
    │                 ^^^^^^
    │ 只写半角数字，不带单位和千分号，例如 20 或 0.5。
    │ 例：amount: 20

items/guides/card-renewal.yml（1 个错误）

items/guides/card-renewal.yml:37:18: 错误: 「咨询方式·电话」「5550101」不是完整的公开电话 [wrong-phone]
 37 │ consult: {phone: "5550101", window: 一楼 A01 窗口}
    │                  ^^^^^^^
    │ 固定电话写 区号-号码，例如 0123-5550101；短号如 12345 可直接写。不要公布个人手机号。
    │ 例：phone: 0123-5550101

共 2 个错误，0 个提醒。
看一条规则的说明：tongchuang check --explain wrong-amount
""",
        "",
    )


@pytest.mark.parametrize(
    ("old", "new", "example"),
    [
        ("type: 行政确认", "type: 行政确任", "例：type: 行政确认"),
        ("type: 行政确认", "type: 什么", "例：type: 行政许可"),
        ("revised: 2026-10-12", "revised: 2026年10月12日", "例：revised: 2026-10-12"),
        ("owner: 公安局证件科", "owner：公安局证件科", "例：summary: 小证有效期满时换领新证。"),
        ("number: 60", "number: 六十", "例：number: 2"),
    ],
)
def test_an_example_is_the_fields_own_or_the_rules(command: Command, old: str, new: str, example: str) -> None:
    assert old in GUIDE
    _, out, _ = command({"items/guides/card-renewal.yml": GUIDE.replace(old, new, 1)}, "check")
    assert out.split("│ ")[-1].split("\n")[0] == example


def test_a_missing_fields_hint_says_enough(command: Command) -> None:
    _, out, _ = command({"items/guides/card-renewal.yml": GUIDE.replace("owner: 公安局证件科\n", "")}, "check")
    assert out.split("│ ")[-1].split("\n")[0] == "请补上 owner: …。谁对这份指南负责。"


def test_a_brief_list_has_two_lines_a_problem(command: Command) -> None:
    files = {"items/fees/small-card.yml": FEE.replace("amount: 40", "amount: 四十元")}
    assert (
        command(files, "check", "--brief")[1]
        == """\
items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「四十元」不是金额 [wrong-amount]
    只写半角数字，不带单位和千分号，例如 20 或 0.5。
共 1 个错误，0 个提醒。
"""
    )


def test_a_caret_stands_under_its_character(tmp_path: Path) -> None:
    text = "名称: x\n\tname: 小证 y\nname: 小e\u0301证z\n"
    shown = laid_out(
        tmp_path, text, problem(column=5), problem(line=2, column=11), problem(line=3, column=11), problem(line=9)
    )
    assert shown[2:] == [
        "a.yml:1:5: 错误: 不对 [wrong-phone]",
        " 1 │ 名称: x",
        "   │       ^",
        "",
        "a.yml:2:11: 错误: 不对 [wrong-phone]",
        " 2 │     name: 小证 y",
        "   │                ^",
        "",
        "a.yml:3:11: 错误: 不对 [wrong-phone]",
        " 3 │ name: 小e\u0301证z",
        "   │            ^",
        "",
        "a.yml:9:1: 错误: 不对 [wrong-phone]",
        "",
        "共 4 个错误，0 个提醒。",
        "看一条规则的说明：tongchuang check --explain wrong-phone",
    ]


def test_the_line_above_is_shown_where_it_is_the_cause(tmp_path: Path) -> None:
    found = problem(line=2, column=4, code="bad-indentation")
    assert laid_out(tmp_path, "  - 证\n   - 照\n", found)[3:6] == [" 1 │   - 证", " 2 │    - 照", "   │    ^"]


def test_nothing_that_a_terminal_obeys_is_shown(tmp_path: Path) -> None:
    assert laid_out(tmp_path, "a: \x1b[31m\u202e红\n", problem(column=4))[3] == " 1 │ a: \ufffd[31m\ufffd红"


@given(
    st.text(alphabet=st.characters(exclude_characters="\n", codec="utf-8"), max_size=300),
    st.integers(1, 320),
    st.integers(1, 40),
    st.integers(20, 120),
)
def test_a_long_line_is_cut_around_its_caret(line: str, column: int, length: int, width: int) -> None:
    shown = excerpt(line, column, length, width)
    assert cells(shown.text) <= width
    assert shown.before <= width
    assert all(sign.isprintable() or sign == "\u3000" for sign in shown.text)
    if column <= len(line) and line[column - 1].isalnum() and cells(line[column - 1]):
        position = 0
        for sign in shown.text:
            if position >= shown.before and cells(sign):
                assert sign == line[column - 1]
                break
            position += cells(sign)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"\xb9\xab\xb0\xb2", None])
def test_a_file_that_cannot_be_read_is_not_quoted(tmp_path: Path, text: bytes | None) -> None:
    if text is not None:
        (tmp_path / "a.yml").write_bytes(text)
    shown = as_excerpts([problem(hint="请改")], Sources(tmp_path), lambda _: "", Terminal()).split("\n")
    assert shown[2:5] == ["a.yml:1:1: 错误: 不对 [wrong-phone]", "   │ 请改", ""]


def test_what_is_most_common_is_said_of_many(tmp_path: Path) -> None:
    many = [problem(line=n) for n in range(1, 9)] + [problem(line=n, code="byte-order-mark") for n in (9, 10)]
    assert (
        laid_out(tmp_path, "", *many)[-3]
        == "最常见的：不是完整的公开电话（wrong-phone）8 处；文件开头有 BOM（byte-order-mark）2 处。"
    )
    assert not any(line.startswith("最常见的") for line in laid_out(tmp_path, "", *many[:9]))


def test_colours_are_for_those_who_want_them(monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    def shown() -> str:
        screen = Screen()
        with monkeypatch.context() as patch:
            patch.setattr("sys.stdout", screen)
            assert cli.main(["check"]) == 1
        return screen.getvalue()

    wrong = {"items/fees/small-card.yml": FEE.replace("amount: 40", "amount: 四十元")}
    plain = command(wrong, "check")[1]
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    coloured = shown()
    assert "\x1b[31;1m错误\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert shown() == plain
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert shown() == plain


def test_ten_thousand_problems_are_laid_out_at_once(tmp_path: Path) -> None:
    text = "name: 小证管理办法小证管理办法\n" * 100
    for number in range(100):
        (tmp_path / f"{number}.yml").write_text(text, encoding="utf-8")
    many = [problem(f"{file}.yml", line, 7) for file in range(100) for line in range(1, 101)]
    started = time.perf_counter()
    shown = as_excerpts(many, Sources(tmp_path), lambda _: "", Terminal())
    assert time.perf_counter() - started < 5
    assert shown.count("\n     │") + shown.count("\n    │") + shown.count("\n   │") == 10_000


def test_github_gets_escaped_properties_and_data(tmp_path: Path) -> None:
    (tmp_path / "a,b：c.yml").write_text("fee: 100%, 或 5:00\n", encoding="utf-8")
    found = problem("a,b：c.yml", 1, 6, "wrong-amount", "「100%, 或 5:00」不是金额", "写 0.5：\n例如 50%")
    assert as_github([found], Sources(tmp_path)) == (
        "::error file=a%2Cb：c.yml,line=1,endLine=1,col=6,endColumn=18,title=不是金额（wrong-amount）"
        "::「100%25, 或 5:00」不是金额%0A写 0.5：%0A例如 50%25"
    )


def test_github_gets_problems_of_codes_that_the_book_lacks(tmp_path: Path) -> None:
    assert as_github([problem(code="no-such:code")], Sources(tmp_path)) == (
        "::error file=a.yml,line=1,endLine=1,col=1,endColumn=2,title=no-such%3Acode::不对"
    )


def test_a_rule_is_explained(command: Command) -> None:
    assert command({}, "check", "--explain", "promise-exceeds-statute") == (
        0,
        """\
承诺时限长于法定时限 [promise-exceeds-statute] 错误

查什么：承诺办结时限超过法定办结时限。
为什么：优化营商环境条例第三十六条；审计规则第 2 条。（已见原文或权威出处）
不改会怎样：不合法律、法规和国家规定。

不对：
    time: {statutory: {number: 20}, promised: {number: 30}}

对：
    time: {statutory: {number: 20}, promised: {number: 15}}
""",
        "",
    )


@pytest.mark.parametrize(("code", "near"), [("fullwith-colon", "是不是 fullwidth-colon？"), ("whatever", ""), ("", "")])
def test_an_unknown_rule_is_said_with_the_near_miss(command: Command, code: str, near: str) -> None:
    said = f"没有「{code}」这个代码。{near}代码写在检查结果的方括号里。\n"
    assert command({}, "check", "--explain", code) == (2, "", said)
