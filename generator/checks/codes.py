"""Codes of guides and departments: their forms, their check characters, and that they say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.cn import uscc

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, body_name, called
from generator.codelists import ITEM_TYPES, LEVELS
from generator.kinds.department import Department
from generator.kinds.guide import Guide

# 12 characters are seen in deployed item bases; 31 and 33 follow from the parts of the codes, remembered only, so
# what rests on them warns (GB/T 39554.1-2020).
BASIC_LENGTH, IMPLEMENTATION_LENGTH, HANDLING_LENGTH, CREDIT_LENGTH = 12, 31, 33, 18
CODE_ALPHABET = re.compile(r"[0-9A-Z]*")
_CREDIT_FORM = re.compile(r"\d{8}[0-9A-HJ-NPQRTUWXY]{10}")


def local_codes_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides that share a local code, which printed sheets are told apart by (GB/T 39554.1-2020)."""
    holders: dict[str, Guide] = {}
    for guide in catalogue.all_of(Guide):
        holder = holders.setdefault(guide.codes.local, guide)
        if holder is not guide:
            yield Finding(
                item=guide,
                path=("codes", "local"),
                code="duplicate-local-code",
                message=f"编号「{guide.codes.local}」已用于{called(holder)}",
                hint="每个事项一个编号，打印件和窗口靠它区分；请改其中一个。",
            )


def basic_codes_have_twelve_characters(catalogue: Catalogue) -> Iterator[Finding]:
    """Find basic codes that are not 12 digits or capitals (基本编码, GB/T 39554.1-2020)."""
    for guide in catalogue.all_of(Guide):
        code = guide.codes.basic
        if code and not _has_form(code, BASIC_LENGTH):
            yield Finding(
                item=guide,
                path=("codes", "basic"),
                code="wrong-basic-code",
                message=f"基本编码「{code}」有 {len(code)} 位，应是 {BASIC_LENGTH} 位数字",
                hint="请按国家基本目录核对；还不知道就不写。",
            )


def longer_codes_have_their_length(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of implementation codes without 31 and handling codes without 33 characters (GB/T 39554.1-2020)."""
    for guide in catalogue.all_of(Guide):
        for key, label, code, length, parts in (
            (
                "implementation",
                "实施编码",
                guide.codes.implementation,
                IMPLEMENTATION_LENGTH,
                "18 位统一社会信用代码 + 1 位行使层级 + 12 位基本编码",
            ),
            ("handling", "业务办理项编码", guide.codes.handling, HANDLING_LENGTH, "31 位实施编码 + 2 位"),
        ):
            if code and not _has_form(code, length):
                yield Finding(
                    item=guide,
                    path=("codes", key),
                    code=f"wrong-{key}-code",
                    message=f"{label}「{code}」有 {len(code)} 位，应是 {length} 位数字或大写字母",
                    hint=f"{label} = {parts}；还不知道就不写。",
                    severity="warning",
                )


def implementation_codes_name_their_body(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where characters 1–18 of an implementation code are not the body's credit code (GB/T 39554.1-2020)."""
    for guide, code in _implementation_codes(catalogue):
        written = code[:CREDIT_LENGTH]
        department = catalogue.find("department", guide.department)
        own = department.credit_code if isinstance(department, Department) else None
        if own and written != own:
            body = body_name(catalogue, guide.department)
            message = f"实施编码前 18 位是「{written}」，{body}的统一社会信用代码是「{own}」"
            hint = "请核对实施编码，或部门文件里的 credit_code。"
        elif not own and not uscc.is_valid(written):
            message, hint = (
                f"实施编码前 18 位「{written}」不是正确的统一社会信用代码：{_credit_fault(written)}",
                "请核对实施编码。",
            )
        else:
            continue
        yield _code_warning(guide, "implementation-credit-code", message, hint)


def implementation_codes_name_their_level(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where character 19 of an implementation code is not the level of the power (GB/T 39554.1-2020)."""
    for guide, code in _implementation_codes(catalogue):
        expected, written = LEVELS[guide.body.level], code[CREDIT_LENGTH]
        if written != expected:
            message = f"实施编码第 19 位是「{written}」，行使层级「{guide.body.level}」应是「{expected}」"
            yield _code_warning(guide, "implementation-level", message, "请核对实施编码，或改 body.level。")


def implementation_codes_end_in_the_basic_code(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where characters 20–31 of an implementation code are not the basic code (GB/T 39554.1-2020)."""
    for guide, code in _implementation_codes(catalogue):
        written, expected = code[CREDIT_LENGTH + 1 :], guide.codes.basic
        if expected and written != expected:
            message = f"实施编码后 12 位是「{written}」，基本编码是「{expected}」"
            yield _code_warning(guide, "implementation-basic-code", message, "两处应相同，请核对。")


def basic_codes_name_their_type(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where characters 3–4 of the basic code are not the item's type (GB/T 39554.1-2020)."""
    for guide in catalogue.all_of(Guide):
        code = guide.codes.basic or (guide.codes.implementation or "")[CREDIT_LENGTH + 1 :]
        expected = ITEM_TYPES[guide.type]
        if _has_form(code, BASIC_LENGTH) and code[2:4] != expected:
            yield Finding(
                item=guide,
                path=("codes", "basic"),
                code="basic-code-type",
                message=f"基本编码第 3–4 位是「{code[2:4]}」，事项类型「{guide.type}」应是「{expected}」",
                hint="请核对基本编码，或改 type。",
                severity="warning",
            )


def handling_codes_start_with_the_implementation_code(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where a handling-item code does not start with the implementation code (GB/T 39554.1-2020)."""
    for guide in catalogue.all_of(Guide):
        handling, implementation = guide.codes.handling, guide.codes.implementation
        if handling and implementation and not handling.startswith(implementation):
            yield Finding(
                item=guide,
                path=("codes", "handling"),
                code="handling-code-start",
                message=f"业务办理项编码「{handling}」不是以实施编码「{implementation}」开头",
                hint="业务办理项编码 = 实施编码 + 2 位，请核对两个编码。",
                severity="warning",
            )


def credit_codes_are_right(catalogue: Catalogue) -> Iterator[Finding]:
    """Find credit codes of departments with a wrong form or check character (GB 32100-2015)."""
    for department in catalogue.all_of(Department):
        code = department.credit_code
        if code and not (code == uscc.compact(code) and uscc.is_valid(code)):
            yield Finding(
                item=department,
                path=("credit_code",),
                code="wrong-credit-code",
                message=f"统一社会信用代码「{code}」不对：{_credit_fault(code)}",
                hint="请对照登记证书核对每一位；字母用大写，没有 I、O、S、V、Z。",
            )


def _has_form(code: str, length: int) -> bool:
    return len(code) == length and CODE_ALPHABET.fullmatch(code) is not None


def _implementation_codes(catalogue: Catalogue) -> Iterator[tuple[Guide, str]]:
    for guide in catalogue.all_of(Guide):
        code = guide.codes.implementation
        if code and _has_form(code, IMPLEMENTATION_LENGTH):
            yield guide, code


def _credit_fault(code: str) -> str:
    if len(code) != CREDIT_LENGTH:
        return f"有 {len(code)} 位，应是 {CREDIT_LENGTH} 位"
    if not _CREDIT_FORM.fullmatch(code):
        return "前 8 位应是数字，后 10 位是数字或大写字母（不用 I、O、S、V、Z）"
    return f"校验位是「{code[-1]}」，按前 17 位算应是「{uscc.calc_check_digit(code)}」"


def _code_warning(guide: Guide, code: str, message: str, hint: str) -> Finding:
    path = ("codes", "implementation")
    return Finding(item=guide, path=path, code=code, message=message, hint=hint, severity="warning")
