"""The thesaurus: reading, what sayings mean in turn, and every rule about it, its messages in full."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from conftest import MakeCatalogue
from hypothesis import given
from hypothesis import strategies as st
from project import ROOT, tiny_project

from generator.checks import names, thesaurus
from generator.problems import as_text
from generator.reading import read_items
from generator.thesaurus import Synonym, Thesaurus

WORDS = st.sampled_from("甲乙丙丁戊")
ENDED = """\
name: 旧小证办理
codes: {local: XQ-0199}
aliases: [旧证]
status: 取消
"""


def test_a_thesaurus_is_read_with_its_lists(tmp_path: Path) -> None:
    text = "synonyms: [{say: [本本], mean: [小证]}]\nshared: [{alias: 换证, reason: 两处都办}]\n"
    read = read_items(tiny_project(tmp_path / "p", {"items/thesaurus.yml": text}))
    assert read.problems == ()
    assert read.thesaurus.pairs() == [("本本", "小证")]
    assert [(entry.alias, entry.reason) for entry in read.thesaurus.shared] == [("换证", "两处都办")]
    assert read_items(tiny_project(tmp_path / "none")).thesaurus == Thesaurus()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "synonyms:\n  - {say: [本本], means: [小证]}\n",
            """\
items/thesaurus.yml:2:17: 错误: 「同义词第1条」没有「means」这个字段 [unknown-key]
    是不是想写 mean（意思）？
共 1 个错误，0 个提醒。""",
        ),
        (
            "synonyms:\n  - {say: 本本, mean: [小证]}\n",
            """\
items/thesaurus.yml:2:11: 错误: 「同义词第1条·说法」写的是「本本」，应是列表 [wrong-type]
    每条一行，以「- 」开头，或写成 [甲, 乙]。
共 1 个错误，0 个提醒。""",
        ),
        (
            "同义词: []\n",
            """\
items/thesaurus.yml:1:1: 错误: 没有「同义词」这个字段 [unknown-key]
    「同义词」的字段名是 synonyms。
共 1 个错误，0 个提醒。""",
        ),
    ],
)
def test_a_thesaurus_that_is_not_well_formed(text: str, said: str, tmp_path: Path) -> None:
    read = read_items(tiny_project(tmp_path / "p", {"items/thesaurus.yml": text}))
    assert as_text(read.problems) == said
    assert read.thesaurus == Thesaurus()


def test_another_file_beside_the_folders_is_still_told(tmp_path: Path) -> None:
    read = read_items(tiny_project(tmp_path / "p", {"items/thesaurus.yaml": "synonyms: []\n"}))
    assert as_text(read.problems).splitlines()[0] == (
        "items/thesaurus.yaml:1:1: 错误: 文件没有放在任何一类的文件夹里，不会发布 [stray-file]"
    )


@given(st.lists(st.tuples(WORDS, WORDS), max_size=12))
def test_what_a_saying_means_is_all_that_can_be_reached(links: list[tuple[str, str]]) -> None:
    words = Thesaurus(synonyms=tuple(Synonym(say=(say,), mean=(mean,)) for say, mean in links))
    reached = {(say, mean) for say, mean in links}
    for _ in links:
        reached |= {(one, far) for one, near in reached for other, far in links if near == other}
    assert sorted(words.pairs()) == sorted((say, mean) for say, mean in reached if say != mean)


def test_the_longest_saying_comes_first() -> None:
    words = Thesaurus(synonyms=(Synonym(say=("房", "买房子", "买房"), mean=("登记",)),))
    assert [saying for saying, _ in words.pairs()] == ["买房子", "买房", "房"]


def test_a_saying_stands_once(make_catalogue: MakeCatalogue) -> None:
    words = "synonyms:\n  - {say: [丢了, 丢 了], mean: [丢失]}\n  - {say: [丢了], mean: [期满]}\n"
    assert make_catalogue({"thesaurus": words}).said("duplicate-saying") == (
        """\
items/thesaurus.yml:2:16: 提醒: 「同义词第1条·说法第2条」说法「丢 了」在第 1 组里写过 [duplicate-saying]
    一个说法只写一次；它有几个意思的，都写在同一组的 mean 里。
items/thesaurus.yml:3:12: 提醒: 「同义词第2条·说法第1条」说法「丢了」在第 1 组里写过 [duplicate-saying]
    一个说法只写一次；它有几个意思的，都写在同一组的 mean 里。
共 0 个错误，2 个提醒。"""
    )


def test_a_saying_does_not_mean_itself(make_catalogue: MakeCatalogue) -> None:
    words = "synonyms:\n  - {say: [本本, 期滿], mean: [期满]}\n"
    assert make_catalogue({"thesaurus": words}).said("saying-means-itself") == (
        """\
items/thesaurus.yml:2:16: 提醒: 「同义词第1条·说法第2条」说法「期滿」的意思还是它自己 [saying-means-itself]
    两边相同的不用写；请删掉这个说法，或写出正式的说法。
共 0 个错误，1 个提醒。"""
    )


def test_sayings_do_not_explain_each_other_in_a_circle(make_catalogue: MakeCatalogue) -> None:
    words = """\
synonyms:
  - {say: [甲证], mean: [乙证]}
  - {say: [乙证], mean: [期满, 丙证]}
  - {say: [丙证], mean: [甲 证]}
  - {say: [丁证], mean: [甲证]}
"""
    assert make_catalogue({"thesaurus": words}).said("thesaurus-loop") == (
        """\
items/thesaurus.yml:2:12: 错误: 「同义词第1条·说法第1条」互相解释，转了一圈：甲证 → 乙证 → 丙证 → 甲证 [thesaurus-loop]
    请留下从平常的说法到正式说法的方向，删掉往回的那一条。
共 1 个错误，0 个提醒。"""
    )


@given(st.lists(st.tuples(WORDS, WORDS), max_size=10))
def test_a_circle_is_told_exactly_where_one_can_come_back(links: list[tuple[str, str]]) -> None:
    means: dict[str, list[str]] = {}
    for say, mean in links:
        means.setdefault(say, []).append(mean)
    for word in "甲乙丙丁戊":
        reached: set[str] = set()
        pending = [word]
        while pending:
            fresh = set(means.get(pending.pop(), ())) - reached
            reached |= fresh
            pending += fresh
        circle = thesaurus._circle(word, means)
        assert bool(circle) == (word in reached)
        assert all(after in means[before] for before, after in pairwise(circle))
        assert not circle or circle[0] == circle[-1] == word


def test_a_wording_that_occurs_nowhere_is_told(make_catalogue: MakeCatalogue) -> None:
    words = """\
synonyms:
  - {say: [本本], mean: [小证, 大证]}
  - {say: [照相], mean: [采集相片]}
  - {say: [小本], mean: [本本]}
"""
    assert make_catalogue({"thesaurus": words}).said("dead-wording") == (
        """\
items/thesaurus.yml:2:28: 错误: 「同义词第1条·意思第2条」「大证」没有在任何内容里出现，搜这个说法什么也找不到 \
[dead-wording]
    请写内容里真正用的词；内容已经删掉的，这一条也删掉。
共 1 个错误，0 个提醒。"""
    )


def test_a_word_for_a_case_that_no_option_uses_is_told(make_catalogue: MakeCatalogue) -> None:
    guide = """\
questions:
  - id: age
    text: 办证的人多大？
    why: 未成年人要监护人。
    options: [{id: child, text: 未满十六周岁}, {id: adult, text: 成年}]
"""
    words = "case_words:\n  - {say: [小孩], mean: [未满十六周岁, 儿童]}\n"
    found = make_catalogue({"thesaurus": words, "guides/card-renewal": guide})
    assert found.said("dead-case-wording") == (
        """\
items/thesaurus.yml:2:32: 错误: 「情形用语第1条·意思第2条」「儿童」没有在任何情形问题的选项里出现 [dead-case-wording]
    请写选项里真正用的词；选项已经改掉的，这一条也改。
共 1 个错误，0 个提醒。"""
    )


def test_a_name_needs_no_explanation(make_catalogue: MakeCatalogue) -> None:
    words = "synonyms:\n  - {say: [小证（期满换领）], mean: [小证]}\n"
    assert make_catalogue({"thesaurus": words}).said("saying-is-a-name") == (
        """\
items/thesaurus.yml:2:12: 提醒: 「同义词第1条·说法第1条」说法「小证（期满换领）」\
就是「小证期满换领」（guides/card-renewal）的名称 [saying-is-a-name]
    名称不用解释；请删掉这个说法，或写出人们平常怎么说。
共 0 个错误，1 个提醒。"""
    )


def test_a_best_bet_exists_and_is_in_force(make_catalogue: MakeCatalogue) -> None:
    words = """\
best_bets:
  - {queries: [证], item: guides/card-renewals}
  - {queries: [旧证], item: guides/old-card}
  - {queries: [换证], item: guides/card-renewal}
"""
    world = make_catalogue({"thesaurus": words, "guides/old-card": ENDED})
    assert world.said("unknown-best-bet") == (
        """\
items/thesaurus.yml:2:26: 错误: 「首选结果第1条·排第一的内容」没有「guides/card-renewals」这条内容 [unknown-best-bet]
    是不是 guides/card-renewal？写成 类别文件夹/编号，例如 guides/id-card-renewal。
共 1 个错误，0 个提醒。"""
    )
    assert world.said("withdrawn-best-bet") == (
        """\
items/thesaurus.yml:3:27: 错误: 「首选结果第2条·排第一的内容」「旧小证办理」（guides/old-card）现在不在用，不能排第一 \
[withdrawn-best-bet]
    请改成现在办理的那一条，或删掉这条首选结果。
共 1 个错误，0 个提醒。"""
    )


def test_a_query_has_one_best_bet(make_catalogue: MakeCatalogue) -> None:
    words = """\
best_bets:
  - {queries: [小证, XZ], item: guides/card-renewal}
  - {queries: [ｘｚ], item: fees/small-card}
"""
    assert make_catalogue({"thesaurus": words}).said("duplicate-best-bet") == (
        """\
items/thesaurus.yml:3:16: 错误: 「首选结果第2条·搜索词第1条」搜索词「ｘｚ」在第 1 条首选结果里写过 [duplicate-best-bet]
    一个搜索词只能有一个第一；请留下一处。
共 1 个错误，0 个提醒。"""
    )


def test_words_are_more_than_signs(make_catalogue: MakeCatalogue) -> None:
    words = "synonyms:\n  - {say: [《？！》], mean: [小证]}\n"
    assert make_catalogue({"thesaurus": words}).said("no-words") == (
        """\
items/thesaurus.yml:2:12: 提醒: 「同义词第1条·说法第1条」「《？！》」里没有汉字、字母或数字，搜索时不算 [no-words]
    请写人们会输入的词，或删掉这一条。
共 0 个错误，1 个提醒。"""
    )


def test_an_alias_is_shared_with_a_reason_or_not_at_all(make_catalogue: MakeCatalogue) -> None:
    others = {"guides/card-loss": "name: 小证补领\ncodes: {local: XQ-0102}\naliases: [换 小证]\n"}
    assert make_catalogue(others).said("duplicate-alias") == (
        """\
items/guides/card-renewal.yml:2:17: 错误: 「别名第2条」别名「换小证」也是「小证补领」（guides/card-loss）的别名 \
[duplicate-alias]
    请留给最贴切的一条，或写得更具体；确实共用的，在 items/thesaurus.yml 的 shared 里写明理由。
共 1 个错误，0 个提醒。"""
    )
    shared = """\
shared:
  - {alias: 换小证, reason: 两处都办}
  - {alias: 小证到期, reason: 想当然}
  - {alias: 本本, reason: 无}
"""
    world = make_catalogue({**others, "thesaurus": shared})
    assert world.said("duplicate-alias") == "检查通过：没有发现问题。"
    assert world.said("dead-shared-alias") == (
        """\
items/thesaurus.yml:3:13: 提醒: 「共用别名第2条·共用的别名」别名「小证到期」只写在一条内容上，不用说明共用 \
[dead-shared-alias]
    请删掉这一条；写错了的，改成内容里的写法。
items/thesaurus.yml:4:13: 提醒: 「共用别名第3条·共用的别名」别名「本本」没有写在任何内容上，不用说明共用 \
[dead-shared-alias]
    请删掉这一条；写错了的，改成内容里的写法。
共 0 个错误，2 个提醒。"""
    )


def test_an_alias_may_stand_on_items_that_refer_to_each_other(make_catalogue: MakeCatalogue) -> None:
    related = "name: 小证补领\ncodes: {local: XQ-0102}\naliases: [换小证]\nrelated: [card-renewal]\n"
    assert make_catalogue({"guides/card-loss": related}).found(names.aliases_are_unique) == []


def test_an_alias_is_no_name_of_an_unrelated_item_of_another_kind(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"materials/other": "name: 另证\naliases: [小证工本費]\n"})
    assert world.found(names.aliases_are_no_names) == [
        "materials/other aliases.0 error alias-is-a-name",
        "别名「小证工本費」是「小证工本费」（fees/small-card）的名称",
        "请删掉这个别名；两条说的是同一件事的，合并成一条。",
    ]


def test_the_demonstration_has_many_sayings() -> None:
    assert len(list(read_items(ROOT).thesaurus.sayings())) >= 120
