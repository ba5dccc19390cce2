"""The rules about codes of guides and departments: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import codes


def test_two_guides_do_not_share_a_local_code(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-loss": "name: 小证补领"})
    assert wrong.found(codes.local_codes_are_unique) == [
        "guides/card-renewal codes.local error duplicate-local-code",
        "编号「XQ-0101」已用于「小证补领」（guides/card-loss）",
        "每个事项一个编号，打印件和窗口靠它区分；请改其中一个。",
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
    assert right.found(codes.local_codes_are_unique) == []


def test_a_basic_code_has_twelve_characters(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "codes: {local: XQ-0101, basic: '31015035600'}"})
    assert wrong.found(codes.basic_codes_have_twelve_characters) == [
        "guides/card-renewal codes.basic error wrong-basic-code",
        "基本编码「31015035600」有 11 位，应是 12 位数字",
        "请按国家基本目录核对；还不知道就不写。",
    ]
    right = make_catalogue({"guides/card-renewal": "codes: {local: XQ-0101, basic: '310150356000'}"})
    assert right.found(codes.basic_codes_have_twelve_characters) == []


def test_longer_codes_have_their_length(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
codes: {local: XQ-0101, implementation: 1199010160201301XR499070435600, handling: 1199010160201301XR49907043560000}
"""
        }
    )
    assert wrong.found(codes.longer_codes_have_their_length) == [
        "guides/card-renewal codes.implementation warning wrong-implementation-code",
        "实施编码「1199010160201301XR499070435600」有 30 位，应是 31 位数字或大写字母",
        "实施编码 = 18 位统一社会信用代码 + 1 位行使层级 + 12 位基本编码；还不知道就不写。",
        "guides/card-renewal codes.handling warning wrong-handling-code",
        "业务办理项编码「1199010160201301XR49907043560000」有 32 位，应是 33 位数字或大写字母",
        "业务办理项编码 = 31 位实施编码 + 2 位；还不知道就不写。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000, handling: 1199010160201301XR499070435600001}
"""
        }
    )
    assert right.found(codes.longer_codes_have_their_length) == []


def test_an_implementation_code_starts_with_the_credit_code_of_the_department(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "departments/police": "credit_code: 1199010160201301XR",
            "guides/card-renewal": "codes: {local: XQ-0101, implementation: 91110000600037341L4990704356000}",
        }
    )
    assert wrong.found(codes.implementation_codes_name_their_body) == [
        "guides/card-renewal codes.implementation warning implementation-credit-code",
        "实施编码前 18 位是「91110000600037341L」，公安局的统一社会信用代码是「1199010160201301XR」",
        "请核对实施编码，或部门文件里的 credit_code。",
    ]
    right = make_catalogue(
        {
            "departments/police": "credit_code: 1199010160201301XR",
            "guides/card-renewal": "codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000}",
        }
    )
    assert right.found(codes.implementation_codes_name_their_body) == []


def test_an_implementation_code_starts_with_a_valid_credit_code(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {"guides/card-renewal": "codes: {local: XQ-0101, implementation: 1199010160201301XQ4990704356000}"}
    )
    assert wrong.found(codes.implementation_codes_name_their_body) == [
        "guides/card-renewal codes.implementation warning implementation-credit-code",
        "实施编码前 18 位「1199010160201301XQ」不是正确的统一社会信用代码：校验位是「Q」，按前 17 位算应是「R」",
        "请核对实施编码。",
    ]
    right = make_catalogue(
        {"guides/card-renewal": "codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000}"}
    )
    assert right.found(codes.implementation_codes_name_their_body) == []


def test_character_19_of_an_implementation_code_is_the_level(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {"guides/card-renewal": "codes: {local: XQ-0101, implementation: 1199010160201301XR3990704356000}"}
    )
    assert wrong.found(codes.implementation_codes_name_their_level) == [
        "guides/card-renewal codes.implementation warning implementation-level",
        "实施编码第 19 位是「3」，行使层级「县」应是「4」",
        "请核对实施编码，或改 body.level。",
    ]
    right = make_catalogue(
        {"guides/card-renewal": "codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000}"}
    )
    assert right.found(codes.implementation_codes_name_their_level) == []


def test_an_implementation_code_ends_in_the_basic_code(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000, basic: '990704356001'}
"""
        }
    )
    assert wrong.found(codes.implementation_codes_end_in_the_basic_code) == [
        "guides/card-renewal codes.implementation warning implementation-basic-code",
        "实施编码后 12 位是「990704356000」，基本编码是「990704356001」",
        "两处应相同，请核对。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000, basic: '990704356000'}
"""
        }
    )
    assert right.found(codes.implementation_codes_end_in_the_basic_code) == []


def test_a_basic_code_names_the_type_of_the_item(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "codes: {local: XQ-0101, basic: '990104356000'}"})
    assert wrong.found(codes.basic_codes_name_their_type) == [
        "guides/card-renewal codes.basic warning basic-code-type",
        "基本编码第 3–4 位是「01」，事项类型「行政确认」应是「07」",
        "请核对基本编码，或改 type。",
    ]
    right = make_catalogue({"guides/card-renewal": "codes: {local: XQ-0101, basic: '990704356000'}"})
    assert right.found(codes.basic_codes_name_their_type) == []


def test_a_handling_code_starts_with_the_implementation_code(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000, handling: 1199010160201301XR499070435600101}
"""
        }
    )
    assert wrong.found(codes.handling_codes_start_with_the_implementation_code) == [
        "guides/card-renewal codes.handling warning handling-code-start",
        "业务办理项编码「1199010160201301XR499070435600101」不是以实施编码「1199010160201301XR4990704356000」开头",
        "业务办理项编码 = 实施编码 + 2 位，请核对两个编码。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
codes: {local: XQ-0101, implementation: 1199010160201301XR4990704356000, handling: 1199010160201301XR499070435600001}
"""
        }
    )
    assert right.found(codes.handling_codes_start_with_the_implementation_code) == []


def test_the_check_character_of_a_credit_code_is_computed(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"departments/police": "credit_code: 1199010160201301XQ"})
    assert wrong.found(codes.credit_codes_are_right) == [
        "departments/police credit_code error wrong-credit-code",
        "统一社会信用代码「1199010160201301XQ」不对：校验位是「Q」，按前 17 位算应是「R」",
        "请对照登记证书核对每一位；字母用大写，没有 I、O、S、V、Z。",
    ]
    right = make_catalogue({"departments/police": "credit_code: 1199010160201301XR"})
    assert right.found(codes.credit_codes_are_right) == []


def test_a_credit_code_has_eighteen_characters(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"departments/police": "credit_code: 1199010160201301X"})
    assert wrong.found(codes.credit_codes_are_right) == [
        "departments/police credit_code error wrong-credit-code",
        "统一社会信用代码「1199010160201301X」不对：有 17 位，应是 18 位",
        "请对照登记证书核对每一位；字母用大写，没有 I、O、S、V、Z。",
    ]
    right = make_catalogue()
    assert right.found(codes.credit_codes_are_right) == []


def test_a_credit_code_uses_no_letter_i(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"departments/police": "credit_code: 1199010160201301IR"})
    assert wrong.found(codes.credit_codes_are_right) == [
        "departments/police credit_code error wrong-credit-code",
        "统一社会信用代码「1199010160201301IR」不对：前 8 位应是数字，后 10 位是数字或大写字母（不用 I、O、S、V、Z）",
        "请对照登记证书核对每一位；字母用大写，没有 I、O、S、V、Z。",
    ]
    right = make_catalogue()
    assert right.found(codes.credit_codes_are_right) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
codes:
  local: XQ-0101
  basic: '123'
"""
        }
    )
    assert wrong.said("wrong-basic-code").splitlines() == [
        (
            "items/guides/card-renewal.yml:3:10: 错误: 「编码·基本编码」基本编码「123」有 3 位，应是 12 位数字"
            " [wrong-basic-code]"
        ),
        "    请按国家基本目录核对；还不知道就不写。",
        "共 1 个错误，0 个提醒。",
    ]
