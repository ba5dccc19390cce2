"""The rules about names: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import names


def test_two_items_of_a_kind_do_not_share_a_name(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-loss": "codes: {local: XQ-0102}", "fees/other": "aliases: [小证费]"})
    assert wrong.found(names.names_are_unique) == [
        "guides/card-renewal name error duplicate-name",
        "名称「小证期满换领」与 guides/card-loss 相同",
        "两份写的是同一件事就合并，不是就改名，让人分得清。",
        "fees/small-card name error duplicate-name",
        "名称「小证工本费」与 fees/other 相同",
        "两份写的是同一件事就合并，不是就改名，让人分得清。",
    ]
    right = make_catalogue(
        {
            "guides/card-loss": """\
name: 小证补领
codes: {local: XQ-0102}
aliases: [补小证]
"""
        }
    )
    assert right.found(names.names_are_unique) == []


def test_an_alias_is_not_the_name_of_another_item(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-loss": """\
name: 小证补领
aliases: [小证期满换领]
"""
        }
    )
    assert wrong.found(names.aliases_are_no_names) == [
        "guides/card-loss aliases.0 error alias-is-a-name",
        "别名「小证期满换领」是「小证期满换领」（guides/card-renewal）的名称",
        "请删掉这个别名；两条说的是同一件事的，合并成一条。",
    ]
    right = make_catalogue({"guides/card-renewal": "aliases: [小证期满换领]"})
    assert right.found(names.aliases_are_no_names) == []


def test_an_alias_leads_to_one_item(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-loss": "name: 小证补领"})
    assert wrong.found(names.aliases_are_unique) == [
        "guides/card-renewal aliases.0 error duplicate-alias",
        "别名「小证到期」也是「小证补领」（guides/card-loss）的别名",
        "请留给最贴切的一条，或写得更具体；确实共用的，在 items/thesaurus.yml 的 shared 里写明理由。",
        "guides/card-renewal aliases.1 error duplicate-alias",
        "别名「换小证」也是「小证补领」（guides/card-loss）的别名",
        "请留给最贴切的一条，或写得更具体；确实共用的，在 items/thesaurus.yml 的 shared 里写明理由。",
    ]
    right = make_catalogue(
        {
            "guides/card-loss": """\
name: 小证补领
codes: {local: XQ-0102}
aliases: [补小证]
"""
        }
    )
    assert right.found(names.aliases_are_unique) == []


def test_announcements_and_policies_may_repeat_a_name(make_catalogue: MakeCatalogue) -> None:
    right = make_catalogue(
        {"announcements/saturday": "", "announcements/again": "", "policies/other": "number: 小政发〔2017〕5号"}
    )
    assert right.found(names.names_are_unique) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-loss": """\
codes: {local: XQ-0102}
name: 小证补领
aliases: [小证期满换领]
"""
        }
    )
    assert wrong.said("alias-is-a-name").splitlines() == [
        (
            "items/guides/card-loss.yml:3:11: 错误: 「别名第1条」别名「小证期满换领」是「小证期满换领」（guid"
            "es/card-renewal）的名称 [alias-is-a-name]"
        ),
        "    请删掉这个别名；两条说的是同一件事的，合并成一条。",
        "共 1 个错误，0 个提醒。",
    ]
