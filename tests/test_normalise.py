"""The one form in which names, queries and keys are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.normalise import exact_key, normalise, simplified, variants, variants_of


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("身份证 丢了", "身份证丢了"),
        ("補辦身份證", "补办身份证"),
        ("补办身分証", "补办身分证"),
        ("戸籍・営業", "户籍营业"),
        ("开ＫＴＶ消防", "开ktv消防"),
        ("①《条例》（试行）", "1条例试行"),
        ("café", "cafe"),
        ("❤️👍，。", ""),
        ("", ""),
        ("芸香、缶", "芸香缶"),  # words of their own in Chinese, not only Japanese forms
    ],
)
def test_the_form_in_which_texts_are_compared(written: str, plain: str) -> None:
    assert normalise(written) == plain


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("国发〔2016〕55号", "国发201655"),
        ("国发[2016]55号", "国发201655"),
        ("国发2016 55", "国发201655"),
        ("第711号", "711"),
        ("MC-GA-0102", "mcga0102"),
        ("A03窗口", "a03"),
        ("a03号窗口", "a03"),
        ("Ａ０３号窗", "a03"),
        ("12号", "12"),
        ("A03号楼", "a03号楼"),
    ],
)
def test_the_form_in_which_exact_keys_are_compared(written: str, key: str) -> None:
    assert exact_key(written) == key


@given(st.text())
def test_a_normalised_text_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.text())
def test_texts_side_by_side_are_normalised_each_for_itself(first: str, second: str) -> None:
    assert normalise(first + second) == normalise(first) + normalise(second)


def test_no_variant_leads_to_another() -> None:
    assert {plain for plain in variants().values() if plain in variants()} == set()


def test_only_variants_of_what_occurs_are_handed_to_the_browser() -> None:
    assert variants_of(["证", "丢了"]) == "丟丢証证證证"


def test_a_simplified_text_keeps_its_signs() -> None:
    assert simplified("補辦《身份證》，ＯＫ") == "补办《身份证》，ＯＫ"
