"""How names are typed: syllables, with the readings that words decide."""

from __future__ import annotations

import pytest

from generator.render.pinyin import heteronyms, initial, read_words, spelling, syllabary, word_readings


def read(text: str) -> str:
    """Return the readings of all characters of a text, several of one set apart by slashes."""
    return " ".join("/".join(each) for _, readings in read_words(text) for each in readings)


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("重庆", "chong qing"),
        ("银行", "yin hang"),
        ("行驶证", "xing shi zheng"),
        ("朝阳", "chao/zhao yang"),
        ("还款", "huan kuan"),
        ("公积金还房贷", "gong ji jin huan fang dai"),
        ("参保登记", "can bao deng ji"),
        ("会计", "kuai ji"),
        ("人民调解", "ren min tiao jie"),
        ("校长", "xiao zhang"),
        ("长期", "chang qi"),
        ("旅馆", "lv guan"),
        ("绿本", "lv ben"),
        ("重新办理", "chong xin ban li"),
        ("员工", "yuan gong"),
        ("丢了", "diu le"),
        ("補辦身份證", "bu ban shen fen zheng"),
        ("A03 窗口", "chuang kou"),
        ("", ""),
    ],
)
def test_the_readings_of_words_that_occur(name: str, readings: str) -> None:
    assert read(name) == readings


def test_characters_that_stand_in_no_dictionary_have_no_reading() -> None:
    assert read("证\U0003fff0件") == "zheng  jian"


def test_a_syllabary_has_every_reading_of_the_words_that_occur() -> None:
    syllables = syllabary(["银行", "行驶证"])
    assert syllables == {"hang": "行", "shi": "驶", "xing": "行", "yin": "银", "zheng": "证"}
    assert heteronyms(syllables) == {"行"}


def test_words_tell_how_characters_with_several_readings_are_read() -> None:
    assert word_readings(["银行开户", "开户证"], frozenset("行")) == {"银行": "yin hang"}


def test_letters_that_names_are_filed_under() -> None:
    assert [initial(name) for name in ("重庆银行", "5G基站", "ＫＴＶ", "！")] == ["C", "0", "K", "#"]
    assert spelling("旅馆A") == "lv/lu guan a"
