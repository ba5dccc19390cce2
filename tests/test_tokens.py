"""The tokenizer: its rule by examples, and that Python and the browser cut every text alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route

from generator.tokens import LONGEST_QUERY, index_tokens, query_tokens

ASSETS = Path(__file__).parent.parent / "site_theme" / "assets"

FIXED = [
    "",
    "居民身份证丢失补领",
    "国发〔2016〕55号",
    "二〇二六年１２月３１日 Ａ０７ 窗口",
    "办公时间：9:00—12:00（法定节假日除外）",
    "café naïve ﬁn Straße İstanbul K Å ①②㈠㎡ ⅣⅫ",
    "A07a7b12345 x9 9x",
    "人々の〇 㐀𠀀𪚥 𠮷野家",
    "豈更車 ⼀⼁ 﨎﨏",
    "😀<script>alert(1)</script>&amp;👨‍👩‍👧‍👦",
    "０１２３-６００１０２１",
    "e\u0301\u0323 ab\u030acd \u0301",
    "한국어 ひらがな が カタカナ ﾊﾝｶｸ",
    "身" * 500,
    "证a" * 300,
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证", ["身1", "份1", "证1", "身份", "份证"]),
        ("户", ["户1"]),
        ("A07", ["a07", "07", "7"]),
        ("12345", ["12345", "2345", "345", "45", "5"]),
        ("国发〔2016〕55号", ["国1", "发1", "国发", "2016", "016", "16", "6", "55", "5", "号1"]),
        ("Ｗｉ－Ｆｉ５", ["wi", "i", "fi5", "i5", "5"]),
        ("二〇年", ["二1", "〇1", "年1", "二〇", "〇年"]),
        ("café", ["cafe", "afe", "fe", "e"]),
        ("、。“”…😀", []),
    ],
)
def test_index_tokens_are_singles_pairs_and_words(text: str, expected: list[str]) -> None:
    assert index_tokens(text) == expected


def test_long_texts_give_less() -> None:
    assert index_tokens("身份证 补 A07 2016", thorough=False) == ["身份", "份证", "补1", "a07", "a", "07", "2016"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证", ["身份", "份证"]),
        ("户", ["户1"]),
        ("A07窗口", ["a07", "窗口"]),
        ("证、身份证", ["证1", "身份", "份证"]),
        ("办证办证", ["办证", "证办"]),
        ("国发〔2016〕55号", ["国发", "2016", "55", "号1"]),
        ("？！", []),
    ],
)
def test_query_tokens_are_what_narrows_the_query(text: str, expected: list[str]) -> None:
    assert query_tokens(text) == expected


def test_long_queries_are_capped() -> None:
    assert len(query_tokens("".join(map(chr, range(0x4E00, 0x4F00))))) == LONGEST_QUERY


@given(st.text())
def test_every_query_token_of_a_text_is_among_its_index_tokens(text: str) -> None:
    assert set(query_tokens(text)) <= set(index_tokens(text))


# What is unassigned in Python's Unicode tables may mean something in a newer browser's: nobody writes it yet.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cn"))


@given(st.text(CHARACTERS))
def test_tokens_hold_nothing_but_han_letters_and_digits(text: str) -> None:
    assert all(token.isalnum() for token in index_tokens(text))


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """Yield a page that has both functions of the script at hand."""
    page = chromium.new_page()
    page.route("**/*", _answer)
    page.goto("http://tokens.test/")
    yield page
    page.close()


def _answer(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    if name == "search-tokens.js":
        route.fulfill(path=ASSETS / name, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def in_browser(page: Page, texts: list[str]) -> list[list[list[str]]]:
    """Return for each text what the script makes of it: index tokens, those for long texts, query tokens."""
    script = """async (texts) => {
        const { indexTokens, queryTokens } = await import("/search-tokens.js");
        return texts.map((text) => [indexTokens(text), indexTokens(text, false), queryTokens(text)]);
    }"""
    found: list[list[list[str]]] = page.evaluate(script, texts)
    return found


def in_python(texts: list[str]) -> list[list[list[str]]]:
    """Return the same by the Python functions."""
    return [[index_tokens(text), index_tokens(text, thorough=False), query_tokens(text)] for text in texts]


OFTEN = st.sampled_from("身份证〇々豈車﨎Ａ７a7Zz.、 \u0301\u0323ß①㎡가がﬁİK😀𠀀")
TEXTS = st.lists(st.text(CHARACTERS | OFTEN, max_size=40), min_size=40, max_size=80)


@pytest.mark.browser
def test_browser_cuts_the_fixed_texts_alike(page: Page) -> None:
    assert in_browser(page, FIXED) == in_python(FIXED)


@pytest.mark.browser
def test_browser_cuts_single_characters_alike(page: Page) -> None:
    # Ideographs and Hangul are many and alike: every 61st will do.
    points = [*range(0x3400), *range(0x3400, 0xF900, 61), *range(0xF900, 0x20000), *range(0x20000, 0x30000, 61)]
    characters = [chr(point) for point in points if unicodedata.category(chr(point)) not in ("Cn", "Co", "Cs")]
    texts = [f"a{character}1 {character}" for character in characters]
    batches = [" ".join(texts[at : at + 200]) for at in range(0, len(texts), 200)]
    assert in_browser(page, batches) == in_python(batches)


@pytest.mark.browser
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(texts=TEXTS)
def test_browser_cuts_any_text_alike(page: Page, texts: list[str]) -> None:
    assert in_browser(page, texts) == in_python(texts)
