"""Lines for LED screens: divided at sensible places, the same in both files, in characters that a controller has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import FILES, run, tiny_project

from generator.led_text import is_beyond_all, is_known, lines_of, too_wide, width

LED = """\
led:
  columns: 12
  messages: [办事不收取公示以外的任何费用]
"""
WHOLE = (
    *("20 元/证", "15 个工作日", "15～240 元/件", "0123-6000123", "09:00–12:00", "小政发〔2016〕5号"),
    *("2027年1月1日起", "WiFi", "1200", "12345", "A07", "0.5%"),
)
WORDS = ("办事", "不收费", "窗口", "（夏令）", "，", "。", "《", "》", "、", " ", "“", "”")


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        (("小证期满换领", "：", "20 元/证"), ["小证期满换领：20 元/证"]),
        (("监督投诉电话：", "0123-6000199"), ["监督投诉电话：", "0123-6000199"]),
        (("办事不收取公示以外的任何费用",), ["办事不收取公示", "以外的任何费用"]),
        (("周一至周五，法定节假日除外",), ["周一至周五，", "法定节假日除外"]),
        (("公告：", "《小区服务公约（稿）》征求意见"), ["公告：《小区服务公约", "（稿）》征求意见"]),
        (("依据小政发〔2016〕5号收费",), ["依据小政发〔2016〕5号", "收费"]),
        (("午休",), ["午休"]),
    ],
)
def test_a_text_is_divided_where_a_person_would(parts: tuple[str, ...], lines: list[str]) -> None:
    assert lines_of(parts, 12) == lines


@given(parts=st.lists(st.sampled_from(WHOLE + WORDS), min_size=1, max_size=30), columns=st.integers(10, 40))
def test_lines_say_the_whole_text_within_their_length(parts: list[str], columns: int) -> None:
    text = "".join(parts)
    lines = lines_of((text,), columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    wide = [line for line in lines if width(line) > 2 * columns]
    assert all(line in {piece.strip() for piece in too_wide(text, columns)} for line in wide)


@given(
    before=st.text("办事窗口收费标准", max_size=30),
    whole=st.sampled_from(WHOLE),
    after=st.text("办事窗口收费标准，", max_size=30),
    columns=st.integers(10, 20),
)
def test_no_line_ends_within_a_number_a_phone_a_time_or_a_word(
    before: str, whole: str, after: str, columns: int
) -> None:
    assert any(whole in line for line in lines_of((f"{before}，{whole}。{after}",), columns))


@given(text=st.text("办事，。、（《》）窗口", min_size=1, max_size=60), columns=st.integers(8, 20))
def test_no_line_starts_with_a_closing_sign(text: str, columns: int) -> None:
    assert [line for line in lines_of((text,), columns)[1:] if line[0] in "，。、》）"] == []


def test_a_text_of_two_thousand_characters_is_divided() -> None:
    assert [len(line) for line in lines_of(("字" * 2000,), 20)] == [20] * 100


def test_width_counts_signs_of_ascii_as_half() -> None:
    assert (width("A07 窗口"), width("09:00–12:00")) == (8, 12)


def test_characters_that_a_controller_has() -> None:
    shown = [(char, is_known(char), is_beyond_all(char)) for char in "办–～〔😀\ue000㐀²"]
    assert shown == [
        ("办", True, False),
        ("–", True, False),
        ("～", True, False),
        ("〔", True, False),
        ("😀", False, True),
        ("\ue000", False, True),
        ("㐀", False, False),
        ("²", False, False),
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the small project with an LED screen."""
    files = {"items/hall/main.yml": FILES["items/hall/main.yml"] + LED}
    project = tiny_project(tmp_path_factory.mktemp("led") / "project", files)
    done = run(project, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return project / "site"


def test_both_files_say_the_same_within_the_length(built: Path) -> None:
    said = json.loads((built / "hall/main/led.json").read_text(encoding="utf-8"))
    text = (built / "hall/main/led.txt").read_text(encoding="utf-8")
    assert text == "".join(f"{line}\n" for message in said["messages"] for line in message["lines"])
    assert text.splitlines() == [
        "开放时间：",
        "工作日（周一至周五，",
        "法定节假日除外）",
        "09:00–12:00，",
        "13:00–17:00",
        "小证期满换领：20 元/证",
        "2027年1月1日起，",
        "小证期满换领（期满换领）",
        "收费改为 15 元/证",
        "办事不收取公示",
        "以外的任何费用",
        "咨询电话：0123-5550123",
        "监督投诉电话：",
        "0123-5550198",
    ]
    assert text.encode("gb18030").decode("gb18030") == text


def test_the_file_names_its_days_and_its_facts(built: Path) -> None:
    said = json.loads((built / "hall/main/led.json").read_text(encoding="utf-8"))
    assert {key: said[key] for key in said if key != "messages"} == {
        "hall": "hall/main",
        "name": "小区政务服务中心",
        "as_of": "2026-11-23",
        "valid_until": "2026-12-31",
        "columns": 12,
    }
    assert said["messages"][1] == {
        "lines": ["小证期满换领：20 元/证"],
        "facts": [
            {"fact": "guides/card-renewal#name", "value": "小证期满换领", "text": "小证期满换领"},
            {"fact": "guides/card-renewal#fee.amount", "value": "20", "text": "20 元/证"},
        ],
        "words": ["", "：", ""],
    }


def test_a_hall_without_a_screen_has_no_files(tmp_path: Path) -> None:
    project = tiny_project(tmp_path / "project")
    assert run(project, "build", "--no-search").returncode == 0
    assert [path.name for path in (project / "site/hall/main").glob("led.*")] == []
