"""The audit rules of city item bases on what a guide tells the applicant: phones, hours, place, topics, result.

Rules 9–14 of the consistency rules for service items; rule 15 is in `wording`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem
from generator.checks.service import LICENCE, offered
from generator.checks.texts import ItemTexts
from generator.item import Item
from generator.kinds.department import Department
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall

DAY_WORDS = ("工作日", "每天", "全天", "24小时", "24 小时", "节假日", "周一至", "星期一至")
SEASONS = ("夏", "冬")
_NUMBERED = re.compile(
    r"([A-Z]?\d+|[一二三四五六七八九十百]+)\s*[-—至、，A-Z\d]*\s*(号|窗|楼|层|室|栋|幢|座|弄|单元|米)|[A-Z]\d{2,3}"
)
_PHONE_WORDS = ("电话", "热线", "拨打", "致电")
_PHONE_IN_TEXT = re.compile(
    rf"(?:{'|'.join(_PHONE_WORDS)})[^\d，。；（(]{{0,6}}(?P<area>[（(]?0\d{{2,3}}[)）]?[-— ]?)?(?<!\d)\d{{7,8}}(?!\d)"
)
_CERTIFICATE_ENDINGS = ("证", "证书", "执照")
_APPROVAL_ENDINGS = ("批复", "批文")


def phones_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Find bodies that take complaints on the phone they advise on (audit rule 9: 咨询电话≠投诉电话)."""
    for item in catalogue.items:
        if isinstance(item, Guide):
            path: PathInItem = ("complain", "phone")
            pair = (item.consult.phone, item.complain.phone)
        elif isinstance(item, Department | Hall):
            pair, path = (item.phone, item.complaint_phone), ("complaint_phone",)
        else:
            continue
        if pair[0] and pair[0] == pair[1]:
            yield Finding(
                item=item,
                path=path,
                code="phone-same",
                message=f"监督投诉电话 {pair[1]} 与咨询电话相同",
                hint="投诉电话应由另外的人接听；没有专用电话的写 12345。",
            )


def complaints_have_a_phone(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of guides without a phone for complaints (audit rule 9; 监督电话 is among the core elements)."""
    for guide in offered(catalogue):
        if not guide.complain.phone:
            yield Finding(
                item=guide,
                path=("complain",),
                code="complain-phone-missing",
                message="没有写监督投诉电话",
                hint="请补上 complain.phone，例如 12345 或带区号的电话。",
                severity="warning",
            )


def phones_have_area_codes(texts: ItemTexts) -> Iterator[Finding]:
    """Find phones inside sentences without area code (audit rule 9); phone fields refuse them by their type."""
    if not texts.mentions(_PHONE_WORDS):
        return
    for entry in texts.entries:
        for match in _PHONE_IN_TEXT.finditer(entry.text):
            if not match["area"]:
                yield Finding(
                    item=texts.item,
                    path=entry.path,
                    code="phone-area-code",
                    message=f"{entry.line(match.start())}「{match[0]}」没有区号",
                    hint="电话写成 区号-号码，例如 0123-5550101，外地和手机才能打通。",
                )


def hours_name_the_days(catalogue: Catalogue) -> Iterator[Finding]:
    """Find opening hours that do not say on which days they hold (audit rule 10)."""
    hint = "请写明「工作日」「每天」或「24 小时」，再写起止时间。"
    for item in catalogue.items:
        if isinstance(item, Guide) and (hours := item.visit.hours):
            if not any(word in hours for word in DAY_WORDS):
                message = f"「{hours}」没有写明是哪些日子"
                yield Finding(item=item, path=("visit", "hours"), code="hours-workday", message=message, hint=hint)
        elif isinstance(item, Hall | Department) and not any(row.days in ("工作日", "每天") for row in item.hours):
            message = "没有工作日的起止时间"
            yield Finding(item=item, path=("hours",), code="hours-workday", message=message, hint=hint)


def hours_name_both_seasons(catalogue: Catalogue) -> Iterator[Finding]:
    """Find opening hours that name one season only (audit rule 10: seasons split)."""
    for item in catalogue.items:
        path, written = _hours(item)
        named = [season for season in SEASONS if season in written]
        if len(named) == 1:
            (other,) = set(SEASONS) - set(named)
            yield Finding(
                item=item,
                path=path,
                code="hours-season",
                message=f"写了{named[0]}令时间，没有写{other}令时间",
                hint="冬夏令时间不同的，两季都写，各写明起止日期；全年一样的不写季节。",
            )


def places_are_precise(catalogue: Catalogue) -> Iterator[Finding]:
    """Find places without window or door number, and halls without window (audit rule 11)."""
    for item in catalogue.items:
        if isinstance(item, Guide):
            if item.hall and not item.windows and item.status == "在用":
                hint = "请在 windows 写窗口号，例如 [A07]。"
                yield Finding(
                    item=item, path=("hall",), code="place-precise", message="进驻大厅，没有写窗口号", hint=hint
                )
            path: PathInItem = ("visit", "place")
            place: str | None = item.visit.place
        elif isinstance(item, Hall | Department):
            path, place = ("address",), item.address
        else:
            continue
        if place and not _NUMBERED.search(place):
            yield Finding(
                item=item,
                path=path,
                code="place-precise",
                message=f"「{place}」没有写到窗口号或门牌号",
                hint="写到能直接找到的地方，例如 政和路 6 号 102 室。",
            )


def topics_fit_the_targets(catalogue: Catalogue) -> Iterator[Finding]:
    """Find guides whose topics do not belong to those they serve (audit rule 12: 自然人/法人)."""
    for guide in offered(catalogue):
        legal = [target for target in guide.targets if target != "自然人"]
        for key, label, serves, topics, whom in (
            ("person_topics", "面向自然人主题分类", "自然人" in guide.targets, guide.person_topics, "自然人"),
            ("legal_topics", "面向法人主题分类", bool(legal), guide.legal_topics, "法人和其他组织"),
        ):
            if serves == bool(topics):
                continue
            message = f"服务对象有{whom}，没有写{label}" if serves else f"服务对象没有{whom}，却写了{label}"
            hint = f"请补上 {key}。" if serves else f"请改 targets，或删掉 {key}。"
            path = ("targets",) if serves else (key,)
            yield Finding(item=guide, path=path, code="target-topics", message=message, hint=hint)


def licences_answer_a_question(catalogue: Catalogue) -> Iterator[Finding]:
    """Find licences without a frequent question (audit rule 13)."""
    for guide in offered(catalogue):
        if guide.type == LICENCE and not guide.faq:
            yield Finding(
                item=guide,
                path=("type",),
                code="licence-faq",
                message="行政许可事项没有常见问题",
                hint="请在 faq 至少写一问一答，写窗口真正常被问到的。",
            )


def results_fit_their_kind(catalogue: Catalogue) -> Iterator[Finding]:
    """Find results whose name and kind differ: …证 is 证照, 批复 is 批文 (audit rule 14)."""
    for guide in offered(catalogue):
        kind, name = guide.result.kind, guide.result.name or ""
        if name.endswith(_CERTIFICATE_ENDINGS):
            expected = "证照"
        elif name.endswith(_APPROVAL_ENDINGS):
            expected = "批文"
        else:
            expected = kind
        if kind == expected and (kind == "无") == (not name):
            continue
        if not name:
            message, hint = (
                f"审批结果类型是「{kind}」，没有写结果名称",
                "请补上 result.name；没有结果的把类型改为「无」。",
            )
        elif kind == expected:
            message, hint = f"审批结果类型是「无」，却写了结果「{name}」", "请改类型，或删掉名称。"
        else:
            message, hint = (
                f"结果「{name}」的类型写成了「{kind}」，应是「{expected}」",
                f"请改为 kind: {expected}，或核对名称。",
            )
        yield Finding(item=guide, path=("result", "kind"), code="result-kind", message=message, hint=hint)


def results_show_a_sample(catalogue: Catalogue) -> Iterator[Finding]:
    """Find results without a sample (audit rule 14: result present ⇒ sample present)."""
    for guide in offered(catalogue):
        if guide.result.kind != "无" and guide.result.sample is None:
            yield Finding(
                item=guide,
                path=("result",),
                code="result-sample",
                message=f"审批结果「{guide.result.name or guide.result.kind}」没有样本",
                hint="请在 result.sample 写样本的名称和文件路径，样本内容用虚构的。",
            )


def _hours(item: Item) -> tuple[PathInItem, str]:
    if isinstance(item, Guide):
        return ("visit", "hours"), item.visit.hours or ""
    if isinstance(item, Hall | Department):
        return ("hours",), "、".join(row.season or "" for row in item.hours)
    return (), ""
