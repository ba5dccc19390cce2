"""Wording: answers that say nothing, catch-all demands, wrong or superseded names. Patterns stand in tables.

Patterns are narrow on purpose: whole values, or turns of phrase that no natural sentence needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.checks.finding import Finding
from generator.checks.texts import ItemTexts, TextAt
from generator.kinds.policy import Policy
from generator.problems import Severity

QUOTATIONS = frozenset({"excerpt", "wording"})
"""Fields that quote a source; what stands there is not ours to mend."""
OPEN_SPEECH = frozenset({"question", "answer", "rights"})
"""Fields that talk about demands instead of making them."""

# Answers that count as missing (audit rule 15; 国办 2017 national check of 201 platforms).
_VAGUE = "相关|有关"
PLACEHOLDERS = (
    rf"(?:符合|具备|满足)(?:{_VAGUE}|规定|法定)?的?条件",
    rf"(?:按|按照|依照|依据|根据|符合)(?:国家|{_VAGUE}|现行|法律|法规|、)*(?:规定|法律法规|法律|法规|政策|要求)(?:办理|执行|提供|提交|收取|收费)?",
    rf"(?:{_VAGUE})(?:规定|政策|法律法规)|依法(?:依规)?(?:办理|提供|提交|收费)?",
    r"请?(?:详见|参见)[^，。；《》]{0,12}|见(?:附件|附表|下表|清单|官网|网站|公告|通知|办事指南|现场公告)",
    r"(?:时间|地点)?(?:另行通知|另行公布|另行公告|等候通知|等通知)|以(?:实际|现场|窗口|官网|网站|公告|通知)[^，。；]{0,6}为准",
    r"待定|待补充|待完善|待确认|待核实|暂无|暂缺|略|同上|无|没有|不详|未知|(?i:n/?a|todo|tbd|x{2,})|×+|/+|[-—]+|[?？]+",
    rf"(?:其他|其它|{_VAGUE})(?:{_VAGUE}|必要|所需|需要|应当|规定|要求|提交|提供|的)*(?:证明)?(?:材料|资料|文件|手续|证件|条件|情形|表格|证明)",
    rf"各?(?:{_VAGUE}|主管|政府)(?:部门|单位|机构|机关)",
)
# Demands without an end (江苏 不见面审批指南编写规范; 国办 check; 优化营商环境条例第三十五条).
_THINGS = "条件|材料|资料|文件|情形|证件|证明|手续"
_INSIDE = "[^，。；：]"
CATCH_ALLS = (
    rf"(?:法律|法规|规章|政策|规定){_INSIDE}{{0,15}}(?:规定|要求|需要|应当){_INSIDE}{{0,8}}(?:其他|其它){_INSIDE}{{0,6}}(?:{_THINGS})",
    rf"(?:部门|机关|单位|机构|窗口|工作人员)(?:认为|要求|规定|需要){_INSIDE}{{0,8}}(?:其他|其它){_INSIDE}{{0,6}}(?:{_THINGS})",
    rf"根据(?:{_VAGUE}){_INSIDE}{{0,12}}(?:提交|提供)的(?:其他)?材料",
)


class Wording(NamedTuple):
    """A wrong wording, the words without which it cannot occur, the right one, and who says so."""

    pattern: str
    words: tuple[str, ...]
    right: str
    source: str
    severity: Severity = "error"


_CHINA = "台湾|香港|澳门"
_NAMES = ("台湾", "香港", "澳门")
_TAIWAN = "关于正确使用涉台宣传用语的意见，2016年"
_XINHUA = "新华社新闻信息报道中的禁用词和慎用词"
WRONG_WORDINGS = (
    Wording(
        rf"(?:{_CHINA})[^，。；]{{0,10}}等(?:\d+个?|[一二三四五六七八九十多]+个|各)?国家(?![和与或及、（(/]|地区)"
        rf"|(?:前往|目的|所在)国家?\s*[:：为]\s*(?:{_CHINA})",
        _NAMES,
        "国家和地区；中国台湾、台湾地区",
        _TAIWAN,
    ),
    Wording(
        r"中华民国(?!时期|临时|[一二三四五六七八九十元\d]+年)|台湾政府|台湾总统",
        ("中华民国", "台湾"),
        "台湾当局、台湾地区领导人",
        _TAIWAN,
    ),
    Wording(
        r"中港(?:两地|关系|合作|边境|贸易)|中台(?:两地|两岸|关系)|两岸三地",
        ("中港", "中台", "两岸三地"),
        "内地与香港、大陆与台湾",
        _TAIWAN,
    ),
    Wording(rf"(?:港澳台?|{_CHINA})[^，。；]{{0,6}}来华", ("来华",), "来内地、来大陆", _TAIWAN),
    Wording(
        r"(?<![农乡])村长(?![期远大效久度年短处])|(?<!大学生)村官", ("村长", "村官"), "村委会主任、村干部", _XINHUA
    ),
    Wording(r"一带一路[”’」』\"]?战略", ("一带一路",), "“一带一路”倡议", _XINHUA),
    Wording(r"(?<![以之目])前苏联", ("前苏联",), "苏联", _XINHUA),
    Wording(r"[一-龥]{2,3}省省委书记", ("省省委",), "中共××省委书记", _XINHUA),
    # The right forms of these two are remembered, so they warn.
    Wording(r"解放前(?![路街进])|新中国成立前", ("解放前", "中国成立前"), "中华人民共和国成立前", _XINHUA, "warning"),
)
_REFORM = "2018 年机构改革"
SUPERSEDED_BODIES = (
    Wording(r"工商局|工商行政管理局", ("工商",), "市场监督管理局", _REFORM, "warning"),
    Wording(r"国土局|国土资源局", ("国土",), "自然资源局", _REFORM, "warning"),
    Wording(r"卫计[委局]|卫生和计划生育[局委]", ("卫计", "计划生育"), "卫生健康委员会或局", _REFORM, "warning"),
    Wording(r"[地国]税局|地方税务局|国家税务局", ("税局", "税务局"), "税务局", _REFORM, "warning"),
    Wording(r"食药监局|食品药品监督管理局", ("食药监", "食品药品监督"), "市场监督管理局", _REFORM, "warning"),
)
# 民法典第一千二百六十条 ends nine laws on 2021-01-01.
ENDED_LAWS = (
    "婚姻法", "继承法", "民法通则", "收养法", "担保法", "合同法", "物权法", "侵权责任法", "民法总则",
)  # fmt: skip
_LAW = f"(?:中华人民共和国)?(?:{'|'.join(ENDED_LAWS)})"
SUPERSEDED_LAWS = (
    Wording(
        rf"《{_LAW}》|^{_LAW}$|(?:依据|根据|按照|依照){_LAW}",
        ENDED_LAWS,
        "民法典及其条款",
        "民法典第一千二百六十条，2021年1月1日起施行",
        "warning",
    ),
)

_EDGES = " \t\n。．.，,、；;：:！!…"
_PLACEHOLDER = re.compile("|".join(PLACEHOLDERS))
_CATCH_ALL = re.compile("|".join(CATCH_ALLS))
_CATCH_ALL_WORDS = ("其他", "其它", "的材料")
_LONGEST_PLACEHOLDER = 40


def answers_say_something(texts: ItemTexts) -> Iterator[Finding]:
    """Find values such as 按规定, 待定, 相关材料, which count as missing (audit rule 15)."""
    for entry in _own(texts):
        if len(entry.text) <= _LONGEST_PLACEHOLDER and _PLACEHOLDER.fullmatch(entry.text.strip(_EDGES)):
            yield Finding(
                item=texts.item,
                path=entry.path,
                code="placeholder-text",
                message=f"「{entry.text}」等于没有写",
                hint="请写出具体内容，让人看了就知道怎么做；没有内容的就不写这个字段。",
            )


def demands_have_an_end(texts: ItemTexts) -> Iterator[Finding]:
    """Find catch-all conditions and materials, which guides must not have (江苏 不见面审批指南编写规范; 国办检查)."""
    if isinstance(texts.item, Policy) or not texts.mentions(_CATCH_ALL_WORDS):
        return
    for entry in _own(texts):
        if entry.spec.is_markdown or OPEN_SPEECH.intersection(entry.path):
            continue
        if match := _CATCH_ALL.search(entry.text):
            yield Finding(
                item=texts.item,
                path=entry.path,
                code="catch-all",
                message=f"「{match[0]}」是兜底的说法",
                hint="办事指南不能有兜底条款；请把条件和材料一项一项列出来，列不出的删掉。",
            )


def names_are_right(texts: ItemTexts) -> Iterator[Finding]:
    """Find wrong political, geographical and official terms (涉台用语意见; 新华社禁用词)."""
    yield from _wordings(texts, WRONG_WORDINGS, "wrong-wording", "是错误的说法")


def bodies_bear_their_present_name(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of bodies that no longer exist (机构改革, remembered); documents keep the names of their time."""
    if not isinstance(texts.item, Policy):
        yield from _wordings(texts, SUPERSEDED_BODIES, "superseded-body", "是已撤并机构的名称", besides="basis")


def laws_are_in_force(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of laws that 民法典 has replaced (民法典第一千二百六十条, remembered)."""
    if not isinstance(texts.item, Policy):
        yield from _wordings(texts, SUPERSEDED_LAWS, "superseded-law", "已经废止")


def _wordings(
    texts: ItemTexts, table: tuple[Wording, ...], code: str, fault: str, besides: str = ""
) -> Iterator[Finding]:
    for wording in table:
        if not texts.mentions(wording.words):
            continue
        pattern = re.compile(wording.pattern)
        for entry in _own(texts):
            for match in pattern.finditer(entry.text) if besides not in entry.path else ():
                yield Finding(
                    item=texts.item,
                    path=entry.path,
                    code=code,
                    message=f"{entry.line(match.start())}「{match[0]}」{fault}",
                    hint=f"应写：{wording.right}（{wording.source}）。",
                    severity=wording.severity,
                )


def _own(texts: ItemTexts) -> Iterator[TextAt]:
    """Yield what the site says in its own words: no aliases, which are how people talk, and no quotations."""
    for entry in texts.entries:
        if entry.shown and entry.path[0] != "aliases" and entry.spec.key not in QUOTATIONS:
            yield entry
