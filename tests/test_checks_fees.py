"""The rules about fees: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import fees


def test_two_rates_of_a_fee_are_distinct(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, basis: [{policy: small-law}]}
  - {id: renewal, condition: 换领, unit: 证, periods: [{amount: 10, basis: [{policy: small-law}]}]}
"""
        }
    )
    assert wrong.found(fees.rates_are_distinct) == [
        "fees/small-card rates.1.id error duplicate-rate",
        "标准编号「renewal」写了两次",
        "同一收费项目下每个标准一个编号；标准变更写在同一编号的 periods 里。",
        "fees/small-card rates.1.condition error duplicate-condition",
        "适用情形「换领」写了两次",
        "同一情形只能有一个标准；请合并，或把情形写得分得清。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, basis: [{policy: small-law}]}
  - {id: loss, condition: 补领, unit: 证, periods: [{amount: 10, basis: [{policy: small-law}]}]}
"""
        }
    )
    assert right.found(fees.rates_are_distinct) == []


def test_a_fee_is_listed_once(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"fees/again": "name: 小证费"})
    assert wrong.found(fees.fees_are_listed_once) == [
        "fees/small-card rates warning same-fee",
        "收费标准与「小证费」（fees/again）完全相同",
        "是不是同一项收费写了两遍？是就合并；不是就在适用情形里写明区别。",
    ]
    right = make_catalogue(
        {
            "fees/again": """\
name: 小本费
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 5, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(fees.fees_are_listed_once) == []


def test_a_guide_charges_a_listed_rate(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "fees: [{fee: small-card, rate: renewel}]"})
    assert wrong.found(fees.guides_charge_listed_rates) == [
        "guides/card-renewal fees.0.rate error unknown-rate",
        "收费项目「小证工本费」（fees/small-card）里没有标准「renewel」",
        "是不是 renewal？可用的标准编号：renewal、loss。",
    ]
    right = make_catalogue()
    assert right.found(fees.guides_charge_listed_rates) == []


def test_a_guide_charges_a_rate_once(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {"guides/card-renewal": "fees: [{fee: small-card, rate: loss}, {fee: small-card, rate: loss}]"}
    )
    assert wrong.found(fees.guides_charge_listed_rates) == [
        "guides/card-renewal fees.1 error duplicate-fee-use",
        "收费「small-card」的标准「loss」写了两次",
        "同一标准只引用一次；情形不同的写在一条的 case 里。",
    ]
    right = make_catalogue(
        {"guides/card-renewal": "fees: [{fee: small-card, rate: loss}, {fee: small-card, rate: renewal}]"}
    )
    assert right.found(fees.guides_charge_listed_rates) == []


def test_a_guide_charges_fees_of_its_own_department(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "departments/traffic": """\
name: 小区交警大队
short_name: 交警大队
""",
            "fees/small-card": "department: traffic",
        }
    )
    assert wrong.found(fees.guides_charge_their_own_fees) == [
        "guides/card-renewal fees.0.fee warning fee-department",
        "「小证工本费」由交警大队收取，本事项的实施主体是公安局",
        "请核对收费项目；确实由别的部门收取的，在 accepted 里说明。",
    ]
    right = make_catalogue()
    assert right.found(fees.guides_charge_their_own_fees) == []


def test_a_guide_charges_a_rate_in_force(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, until: 2026-11-22, basis: [{policy: small-law}]}
"""
        }
    )
    assert wrong.found(fees.guides_charge_rates_in_force) == [
        "guides/card-renewal fees.0.rate warning rate-ended",
        "标准「换领」只到 2026-11-22 止，今天没有标准",
        "不再收取的从 fees 删掉；继续收的在收费标准里补上新的一段。",
    ]
    right = make_catalogue(
        {
            "fees/small-card": """\
rates:
  - id: renewal
    condition: 换领
    unit: 证
    periods:
      - {amount: 20, until: 2026-11-23, basis: [{policy: small-law}]}
"""
        }
    )
    assert right.found(fees.guides_charge_rates_in_force) == []


def test_a_central_fee_cites_a_number(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"policies/small-law": "# without number"})
    assert wrong.found(fees.central_fees_cite_a_number) == [
        "fees/small-card rates.0.periods.0.basis error central-fee-number",
        "中央管理的收费，依据没有文号",
        "请引用政策文件库里有文号的文件，或写 number，例如 发改价格〔2003〕2322号。",
        "fees/small-card rates.0.periods.1.basis error central-fee-number",
        "中央管理的收费，依据没有文号",
        "请引用政策文件库里有文号的文件，或写 number，例如 发改价格〔2003〕2322号。",
        "fees/small-card rates.1.periods.0.basis error central-fee-number",
        "中央管理的收费，依据没有文号",
        "请引用政策文件库里有文号的文件，或写 number，例如 发改价格〔2003〕2322号。",
    ]
    right = make_catalogue({"policies/small-law": "# without number", "fees/small-card": "level: 市县"})
    assert right.found(fees.central_fees_cite_a_number) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
fees:
  - fee: small-card
    rate: renewel
"""
        }
    )
    assert wrong.said("unknown-rate").splitlines() == [
        (
            "items/guides/card-renewal.yml:3:11: 错误: 「收费第1条·收费标准编号」收费项目「小证工本费」（fees"
            "/small-card）里没有标准「renewel」 [unknown-rate]"
        ),
        "    是不是 renewal？可用的标准编号：renewal、loss。",
        "共 1 个错误，0 个提醒。",
    ]
