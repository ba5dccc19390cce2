"""The search engine itself, without a page around it: what people type, and what has to come first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.normalise import exact_key, normalise, variants_of
from generator.render.pinyin import heteronyms, syllabary, word_readings

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parent.parent / "site_theme" / "assets"
PARTS = ("words", "sounds", "answers", "match", "core")
KINDS = [("guides", "办事指南"), ("policies", "政策文件"), ("hall", "服务大厅"), ("bundles", "一件事")]
LOSS_FACTS = [
    ("fee.amount", "40", "40 元/证"),
    ("time.promised", "15", "15 个工作日"),
    ("place.where", "A03", "1 楼 A03"),
    ("place.hours.1.line", "工作日 09:00–17:00"),
    ("consult.phone", "0123-5550101"),
    ("online.available", "false", "否"),
    ("bring.brief", "register,photo", "居民户口簿、照片"),
]
HALL_FACTS = [("phone", "0123-5550100"), ("hours.1", "工作日 09:00–17:00"), ("windows.A03.name", "身份证业务")]
ENTRIES: list[dict[str, Any]] = [
    {
        "p": "guides/loss",
        "k": 0,
        "n": "居民身份证丢失补领",
        "a": ["身份证丢了"],
        "x": ["GA-0102", "A03"],
        "f": LOSS_FACTS,
    },
    {"p": "guides/renewal", "k": 0, "n": "居民身份证期满换领", "a": ["身份证到期"], "x": ["GA-0103"]},
    {"p": "guides/passport", "k": 0, "n": "普通护照首次申领", "v": {"部门": [0], "收费": [0]}},
    {"p": "guides/food", "k": 0, "n": "食品经营许可（首次）", "a": ["开饭馆"], "v": {"部门": [1]}},
    {"p": "guides/bank", "k": 0, "n": "重庆银行网点备案", "v": {"部门": [1], "收费": [0]}},
    {"p": "guides/allowance", "k": 0, "n": "最低生活保障审核确认"},
    {"p": "guides/lawyer", "k": 0, "n": "律师执业许可"},
    {"p": "guides/marriage", "k": 0, "n": "结婚登记"},
    {
        "p": "guides/business",
        "k": 0,
        "n": "个体工商户设立登记",
        "a": ["办营业执照"],
        "f": [("time.promised", "1", "1 天")],
    },
    {"p": "guides/old-marriage", "k": 0, "n": "结婚登记预约", "w": 1},
    {"p": "policies/opinion", "k": 1, "n": "关于互联网+政务服务的指导意见", "x": ["国发〔2016〕55号"]},
    {"p": "policies/other-number", "k": 1, "n": "关于降费的通知", "x": ["某改价格〔2017〕1186号"]},
    {"p": "policies/decree", "k": 1, "n": "关于公开的条例", "x": ["某令第711号"]},
    {"p": "policies/licence", "k": 1, "n": "营业执照"},
    {"p": "policies/residence-card", "k": 1, "n": "居住证"},
    {"p": "guides/residence-card", "k": 0, "n": "居住证申领"},
    {"p": "policies/card-rules", "k": 1, "n": "行驶本管理办法"},
    {"p": "policies/card", "k": 1, "n": "机动车行驶本"},
    {"p": "hall/main", "k": 2, "n": "小区政务服务中心", "a": ["办事大厅"], "x": ["A03", "A04"], "f": HALL_FACTS},
    {"p": "bundles/restaurant", "k": 3, "n": "开办餐饮店", "a": ["开饭馆要办什么"]},
]
THESAURUS = [("过期了", "期满"), ("丢了", "丢失"), ("丢了", "补领"), ("低保", "最低生活保障")]
NAMES = [name for entry in ENTRIES for name in (entry["n"], *entry.get("a", ()))]


def lookup() -> dict[str, Any]:
    """Return the entries above with the tables that the build makes for them."""
    texts = [*NAMES, *(text for pair in THESAURUS for text in pair)]
    syllables = syllabary(texts)
    several = heteronyms(syllables)
    return {
        "version": 1,
        "traditional": variants_of(map(normalise, texts)),
        "readings": syllables,
        "thesaurus": THESAURUS,
        "bets": [["登记", 7]],
        "kinds": KINDS,
        "labels": {"fee.amount": "收费标准", "hours.*": "办公时间", "hall#phone": "咨询电话"},
        "values": {"部门": ["公安局", "市场监管局"], "收费": ["免费"]},
        "entries": [{**entry, "r": word_readings([entry["n"]], several)} for entry in ENTRIES],
    }


@pytest.fixture(scope="module")
def engine(chromium: Browser) -> Iterator[Page]:
    """Yield a page with the engine over the entries above and nothing else."""
    with chromium.new_context() as context:
        page = context.new_page()
        for part in PARTS:
            page.add_script_tag(path=ASSETS / f"search-{part}.js")
        page.evaluate("data => { globalThis.engine = tongchuangSearch.open(data); }", lookup())
        yield page


def asked(engine: Page, query: str, **filters: list[str]) -> dict[str, Any]:
    """Return what the engine says to a query."""
    ask = "([query, filters]) => JSON.parse(JSON.stringify(engine.find(query, { filters })))"
    found: dict[str, Any] = engine.evaluate(ask, [query, filters])
    return found


def paths(found: dict[str, Any]) -> list[str]:
    return [hit["entry"]["p"] for hit in found["hits"]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("居民身份证丢失补领", "guides/loss"),
        ("身份证丢了", "guides/loss"),
        ("身份证丢了怎么办", "guides/loss"),
        ("请问身份证丢了应该怎么补呢？", "guides/loss"),
        ("补领身份证", "guides/loss"),
        ("身份证过期了", "guides/renewal"),
        ("换领 身份证", "guides/renewal"),
        ("低保怎么申请", "guides/allowance"),
        ("護照", "guides/passport"),
        ("結婚登記", "guides/marriage"),
        ("ｓｆｚｄｉｕ", "guides/loss"),
        ("shenfenzhengdiu", "guides/loss"),
        ("shen fen zheng dao qi", "guides/renewal"),
        ("shengfengzhengdaoqi", "guides/renewal"),
        ("chongqingyinhang", "guides/bank"),
        ("cqyh", "guides/bank"),
        ("lvshi", "guides/lawyer"),
        ("lushi", "guides/lawyer"),
        ("身份zheng到期", "guides/renewal"),
        ("身分正丢失", "guides/loss"),
        ("普通护招首次", "guides/passport"),
        ("食品经营许司", "guides/food"),
        ("食经品营许可", "guides/food"),
        ("食品营许可", "guides/food"),
        ("食品品经营许可", "guides/food"),
        ("GA-0102", "guides/loss"),
        ("ga0103", "guides/renewal"),
        ("国发2016 55", "policies/opinion"),
        ("国发[2016]55号", "policies/opinion"),
        ("711号令", "policies/decree"),
        ("1186号文", "policies/other-number"),
        ("居住证", "guides/residence-card"),
        ("行驶本", "policies/card"),
        ("A03", "hall/main"),
        ("a03窗口在哪里", "hall/main"),
        ("Ａ０４号窗口", "hall/main"),
        ("营业执照", "policies/licence"),
        ("营业执照多久", "guides/business"),
        ("登记", "guides/marriage"),
        ("结婚", "guides/marriage"),
        ("开饭馆", "guides/food"),
        ("开饭馆要办什么证", "bundles/restaurant"),
    ],
)
def test_what_people_type_finds_what_they_mean_first(engine: Page, query: str, first: str) -> None:
    assert paths(asked(engine, query))[0] == first


@pytest.mark.parametrize(
    ("query", "key", "text"),
    [
        ("身份证丢了多少钱", "guides/loss#fee.amount", "40 元/证"),
        ("身份证丢了要多久", "guides/loss#time.promised", "15 个工作日"),
        ("补领身份证需要带什么材料", "guides/loss#bring.brief", "居民户口簿、照片"),
        ("丢了身份证都要准备哪些证件", "guides/loss#bring.brief", "居民户口簿、照片"),
        ("补领身份证要啥手续", "guides/loss#bring.brief", "居民户口簿、照片"),
        ("身份证丢了在哪办", "guides/loss#place.where", "1 楼 A03"),
        ("身份证丢失补领上班时间", "guides/loss#place.hours.1.line", "工作日 09:00–17:00"),
        ("身份证丢了打什么电话", "guides/loss#consult.phone", "0123-5550101"),
        ("身份证丢了能不能网上办", "guides/loss#online.available", "否"),
        ("几点上班", "hall/main#hours.1", "工作日 09:00–17:00"),
        ("A03窗口", "hall/main#windows.A03.name", "身份证业务"),
    ],
)
def test_questions_are_answered_with_the_fact(engine: Page, query: str, key: str, text: str) -> None:
    answer = asked(engine, query)["answer"]
    assert (answer["key"], answer["text"]) == (key, text)


@pytest.mark.parametrize("query", ["身份证丢了", "护照多少钱", "身份证丢了怎么办"])
def test_without_a_question_or_a_fact_there_is_no_answer(engine: Page, query: str) -> None:
    assert asked(engine, query)["answer"] is None


def test_a_label_may_differ_from_kind_to_kind(engine: Page) -> None:
    labels = [
        asked(engine, query)["answer"]["label"] for query in ("身份证丢了多少钱", "办事大厅电话", "办事大厅几点开门")
    ]
    assert labels == ["收费标准", "咨询电话", "办公时间"]


def test_a_slip_is_owned_up_to(engine: Page) -> None:
    assert asked(engine, "身分证丢失")["corrected"] == "身份证丢失"
    assert asked(engine, "身份证丢失")["corrected"] is None


def test_what_agrees_only_in_part_is_said(engine: Page) -> None:
    found = asked(engine, "护照首次飞碟申领")
    assert (paths(found)[0], found["exact"]) == ("guides/passport", False)
    assert asked(engine, "普通护照")["exact"]
    assert paths(asked(engine, "量子纠缠")) == []


def test_what_is_withdrawn_comes_after_what_is_in_force(engine: Page) -> None:
    assert paths(asked(engine, "结婚登"))[:2] == ["guides/marriage", "guides/old-marriage"]


def test_every_part_of_a_name_finds_it(engine: Page) -> None:
    missed = [
        (part, entry["p"])
        for entry in ENTRIES
        for size in (2, 3, 4)
        for at in range(len(entry["n"]) - size + 1)
        if normalise(part := entry["n"][at : at + size]) and entry["p"] not in paths(asked(engine, part))
    ]
    assert missed == []


def test_filters_narrow_and_count_what_another_choice_would_give(engine: Page) -> None:
    found = asked(engine, "", 部门=["市场监管局"])
    assert paths(found) == ["guides/food", "guides/bank"]
    assert found["counts"]["部门"] == {"公安局": 1, "市场监管局": 2}
    assert found["counts"]["收费"] == {"免费": 1}
    assert found["counts"]["类别"] == {"办事指南": 2}
    assert paths(asked(engine, "", 部门=["公安局", "市场监管局"], 收费=["免费"])) == ["guides/passport", "guides/bank"]
    assert paths(asked(engine, "银行", 没有的=["x"])) == ["guides/bank"]


NORMALISED = [
    *(
        "居民身份证丢失补领",
        "補辦身份証",
        "国发〔2016〕55号",
        "国发[2016]55號",
        "Ａ０３窗口",
        "İstanbul Straße Å K ﬁ ①Ⅳ",
    ),
    *("々〇㐀𠀀豈戸", "e\u0301\u0323", "！、。", "", "\u202e\u200b\x00", "한국어 かな ガ", "第12号"),
]


def test_python_and_the_browser_normalise_alike(engine: Page) -> None:
    found = engine.evaluate("texts => texts.map((text) => engine.normalise(text))", NORMALISED)
    table = dict(zip(*[iter(lookup()["traditional"])] * 2, strict=True))
    missing = {one for text in NORMALISED for one in text if one not in table and normalise(one) not in ("", one)}
    # The table holds the characters of the entries only; others stay as they are and find nothing anyway.
    expected = [normalise(text) for text in NORMALISED if not missing & set(text)]
    kept = [text for text, source in zip(found, NORMALISED, strict=True) if not missing & set(source)]
    assert kept == expected
    assert len(expected) > 4


@pytest.mark.parametrize("key", ["国发〔2016〕55号", "第804号", "A03窗口", "3号窗", "MC-GA-0102", "12号"])
def test_keys_are_found_as_they_are_written(engine: Page, key: str) -> None:
    find = """key => tongchuangSearch.open({ kinds: [["guides", "办事指南"]], values: {},
        entries: [{ p: "guides/a", k: 0, n: "某事", x: [key] }] }).find(key).hits.map((hit) => hit.why.way)"""
    assert engine.evaluate(find, key) == ["key"]
    assert engine.evaluate(find, exact_key(key)) == ["key"]


ODD = st.one_of(
    st.text(max_size=40),
    st.text("身份证丢了补领护照多少钱怎么办shenfzgA03-〔〕号（）", max_size=30),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=4), st.integers(1, 2500)),
    st.sampled_from(
        ["😀👨‍👩‍👧‍👦", "<script>alert(1)</script>", "__proto__", "constructor", "\\(.*[", "、。？！", "\ud800证\udc00"]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=ODD)
def test_any_text_gets_a_calm_answer(engine: Page, query: str) -> None:
    units = json.loads(json.dumps(list(query.encode("utf-16-le", "surrogatepass"))))
    total, shown, took = engine.evaluate(
        """bytes => {
            const units = new Uint16Array(new Uint8Array(bytes).buffer);
            const query = Array.from(units, (unit) => String.fromCharCode(unit)).join("");
            const start = performance.now();
            const found = engine.find(query);
            return [found.total, found.hits.length, performance.now() - start];
        }""",
        units,
    )
    assert total == shown <= len(ENTRIES)
    assert took < 1000
