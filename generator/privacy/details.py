"""Details of persons: where they live, their own mailbox, their illness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.leaks import Span, masked_name
from generator.privacy.names import NAME

_HOME_WORDS = (
    "家庭住址|家庭地址|现住址|现住地址|住址|户籍地址|户籍所在地|户口所在地|经常居住地|居住地址|居住地|住宅地址|家住"
)
_NUMBER = "[0-9A-Za-z一二三四五六七八九十百]+"
# An address is told by a house or a flat: a village or an estate alone may be published.
_HOME = re.compile(
    rf"(?:{_HOME_WORDS})[ :：为是在|\t]{{0,4}}([^\s，。；|:：]{{2,30}}?"
    rf"(?: ?{_NUMBER} ?(?:号楼|号院|号|幢|栋|座|单元|室|组|弄|房))+)"
)
_UP_TO_ESTATE = re.compile(r"^.*?(?:小区|花园|苑|公寓|村|社区|街道|镇|乡|[路街巷])")
_INVENTED = re.compile("样例|示例|样本|虚构|[×某*]|例如|填写")
# Mailboxes of those whom anybody may have one of; an office has one of its own domain.
_FREE_MAIL = (
    "qq|vip[.]qq|foxmail|163|vip[.]163|126|139|189|wo|sina|vip[.]sina|sohu|yeah|tom|21cn|aliyun|gmail|outlook|hotmail|"
    "live|icloud|yahoo|msn"
)
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]+@(?:{_FREE_MAIL})\.(?:com\.cn|com|cn|net)(?![\w.-])")
_ILLNESSES = (
    "癌|肿瘤|白血病|尿毒症|艾滋病|肝炎|乙肝|结核|精神病|精神分裂|抑郁|糖尿病|高血压|冠心病|心脏病|脑梗|脑瘫|偏瘫|"
    "瘫痪|肾病|肾衰|癫痫|帕金森|梅毒|性病|怀孕|流产|不孕"
)
# A name stands at the start of a saying: after a sign, or after a word for a person.
_ILL = re.compile(
    rf"(?:^|[\s，。；、：:|（(]|患者|病人|村民|居民|学生|同志|对象|职工|申请人)({NAME})(?:，?[男女]，|[（(][^（）()]{{1,20}}[）)])?"
    rf"[，：: ]?(?:因|[身已确]?[诊患]|患有|确诊|罹患|得了|住院|治疗|系){{1,3}}[^\s，。；]{{0,8}}?(?:{_ILLNESSES})"
)


def addresses(text: str) -> Iterator[Span]:
    """Yield home addresses down to house or flat, each after a word that says that somebody lives there."""
    for match in _HOME.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        if not _INVENTED.search(line[-60:]):
            estate = _UP_TO_ESTATE.match(match[1])
            yield Span("home-address", *match.span(1), f"{estate[0] if estate else match[1][:6]}****")


def emails(text: str) -> Iterator[Span]:
    """Yield mailboxes at providers where people, not offices, have them."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            head, _, host = match[0].partition("@")
            yield Span("personal-email", *match.span(), f"{head[:2]}****@{host}")


def illnesses(text: str) -> Iterator[Span]:
    """Yield a person's name with an illness beside it."""
    for match in _ILL.finditer(text):
        name = match[1]
        yield Span(
            "health-detail",
            match.start(1),
            match.end(),
            masked_name(name) + match[0][match[0].index(name) + len(name) :],
        )
