"""Near misses: what was surely meant is suggested, and nothing else."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.codelists import FEE_UNITS, HANDLING_KINDS, ITEM_TYPES, LEVELS, MATERIAL_FORMS, TARGETS, VALIDITIES
from generator.near_miss import guess, meant_key, near_miss

CONTACT = ("phone", "window", "online", "address", "email")


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("phnoe", CONTACT, "phone"),
        ("Phone", CONTACT, "phone"),
        ("ｐｈｏｎｅ", CONTACT, "phone"),
        ("adress", CONTACT, "address"),
        ("review-by", ("revised", "review_by"), "review_by"),
        ("card-fotos", ("card-renewal", "card-photo"), "card-photo"),
        ("polise", ("people", "police"), "police"),
        ("lots", ("lost", "damaged"), "lost"),
        ("A1", ("A01", "A02"), "A01"),
        ("A20", ("A01", "A02"), "A02"),
        ("行政许克", ITEM_TYPES, "行政许可"),
        ("行政确任", ITEM_TYPES, "行政确认"),
        ("许可", ITEM_TYPES, "行政许可"),
        ("县级", LEVELS, "县"),
        ("有郊", VALIDITIES, "有效"),
        ("有笑", VALIDITIES, "有效"),
        ("即办", HANDLING_KINDS, "即办件"),
        ("诚诺件", HANDLING_KINDS, "承诺件"),
        ("复印件1份", MATERIAL_FORMS, "复印件"),
        ("企业", TARGETS, "企业法人"),
        ("平方", FEE_UNITS, "平方米"),
        ("窗品", ("窗口", "网上", "快递"), "窗口"),
    ],
)
def test_what_was_surely_meant_is_found(written: str, known: tuple[str, ...], meant: str) -> None:
    assert near_miss(written, known) == meant


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("photo", CONTACT),
        ("fax", CONTACT),
        ("", CONTACT),
        ("—", CONTACT),
        ("civil-affairs", ("police", "market")),
        ("A09", ("A01", "A02")),
        ("A30", ("A01", "A02")),
        ("GB-2019", ("GB-2018",)),
        ("subtitel", ("title", "description")),
        ("邮寄", ("窗口", "网上", "快递")),
        ("个人", TARGETS),
        ("随便", ITEM_TYPES),
        ("户口本", ()),
    ],
)
def test_what_may_be_anything_is_not_guessed(written: str, known: tuple[str, ...]) -> None:
    assert near_miss(written, known) == ""


def test_a_guess_is_a_question() -> None:
    assert guess("polise", ["police"]) == "是不是 police？"
    assert guess("market", ["police"]) == ""


def test_a_key_is_found_by_its_label_too() -> None:
    labels = {"name": "事项名称", "aliases": "别名", "summary": "一句话说明"}
    assert [meant_key(written, labels) for written in ("别名", "事项名", "nmae", "编码")] == [
        "aliases", "name", "name", "",
    ]  # fmt: skip


@given(st.text(alphabet=string.ascii_lowercase, min_size=5, max_size=20), st.data())
def test_two_letters_in_the_wrong_order_are_a_slip(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    slipped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert near_miss(slipped, [word, "政策文件"]) == ("" if slipped == word else word)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=20))
def test_any_text_can_be_asked_about(written: str, known: list[str]) -> None:
    assert near_miss(written, known) in {"", *known}
