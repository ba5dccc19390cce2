"""办事服务: guides as the citizen reads them, materials, forms, figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import escape

import orjson

from generator.audit.columns import months_before
from generator.audit.elements import missing_core_elements
from generator.audit.indicator import CHECKLIST, SERVICES, Found, Indicator
from generator.audit.site import Audited
from generator.checks.materials import FILLED_IN_BY_APPLICANT, FORMS
from generator.checks.service import offered
from generator.kinds.guide import Guide
from generator.kinds.material import Material
from generator.kinds.policy import Policy
from generator.wording.tables import group

# As a whole the name of a material, or anywhere in it.
_VAGUE = group("placeholder-text").regex
_CATCH_ALL = group("catch-all").regex
_CLASSES = {
    "type": "事项类型",
    "department": "部门",
    "targets": "服务对象",
    "person-topics": "个人主题",
    "legal-topics": "法人主题",
}


def guides_are_classified(audited: Audited) -> Iterator[Found]:
    """Find a site whose guides can't be looked up by class."""
    for name, label in _CLASSES.items():
        prefix = f"{Guide.kind.plural}/by/{name}-"
        if not any(path.startswith(prefix) for path in audited.pages):
            yield Found(f"办事指南没有按{label}分类的列表", "请写全指南的分类字段。", f"{Guide.kind.plural}/")


def figures_are_current(audited: Audited) -> Iterator[Found]:
    """Find figures that are missing or older than three months: they are of the day that the site was made for."""
    if audited.at("data/") is None:
        yield Found("没有办事统计数据", "请重新生成站点。", "data/")
        return
    made = _made_for(audited)
    since = months_before(audited.today, 3)
    if made is None or made < since:
        yield Found(f"统计数据是 {made or '不知哪天'} 的，应在 {since} 以后", "请重新生成站点。", "data/")


def _made_for(audited: Audited) -> date | None:
    try:
        return date.fromisoformat(orjson.loads(audited.read("api/v1/index.json"))["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def guides_are_complete(audited: Audited) -> Iterator[Found]:
    """Find guides whose page lacks a core element."""
    for guide in offered(audited.catalogue):
        for label in missing_core_elements(audited, guide):
            yield Found(f"页面上没有「{label}」", "请补上这一项。", f"{guide.path}/", guide)


def materials_are_clear(audited: Audited) -> Iterator[Found]:
    """Find materials without original or copy, paper or electronic, number of copies, or with a vague name."""
    for guide in offered(audited.catalogue):
        page = audited.at(f"{guide.path}/")
        for number, use in enumerate(guide.materials):
            known = audited.catalogue.find(Material.kind.name, use.material)
            name = known.name if known else use.material
            facts = page.facts if page else {}
            wanted = {"form": "原件或复印件", "medium": "纸质或电子", "copies": "份数"}
            lacking = [label for key, label in wanted.items() if not facts.get(f"materials.{use.material}.{key}")]
            path = ("materials", number)
            if lacking:
                message = f"材料「{name}」没有写{'、'.join(lacking)}"
                yield Found(message, "请写明材料的形式、介质和份数。", f"{guide.path}/", guide, path)
            if _VAGUE.fullmatch(name) or _CATCH_ALL.search(name):
                yield Found(f"材料「{name}」含糊或兜底", "请写材料的确切名称。", f"{guide.path}/", guide, path)


def pages_agree(audited: Audited) -> Iterator[Found]:
    """Find guides whose page says something else than the source."""
    for guide in offered(audited.catalogue):
        page = audited.at(f"{guide.path}/")
        facts = audited.catalogue.sheet(guide).facts
        shown = page.facts if page else {}
        wrong = [path for path, fact in facts.items() if shown.get(path, "") not in (fact.value, escape(fact.value))]
        if wrong:
            labels = "、".join(dict.fromkeys(facts[path].label for path in wrong[:5]))
            message = f"页面与内容文件有 {len(wrong)} 处不同：{labels}"
            yield Found(message, "请重新生成站点，或运行 tongchuang verify 看每一处。", f"{guide.path}/", guide)


def forms_can_be_had(audited: Audited) -> Iterator[Found]:
    """Find forms to fill in that cannot be downloaded from the guide's page."""
    for guide in offered(audited.catalogue):
        page = audited.at(f"{guide.path}/")
        targets = {audited.target(page, url) for url, _ in page.links} if page else set()
        for number, use in enumerate(guide.materials):
            material = audited.catalogue.find(Material.kind.name, use.material)
            if not isinstance(material, Material) or use.exempt:
                continue
            if material.category != FORMS or material.issuer != FILLED_IN_BY_APPLICANT:
                continue
            blank = use.blank_form or (material.blank_form.path if material.blank_form else "")
            if blank not in targets:
                message = f"表格「{material.name}」不能从指南页下载"
                hint = "请在材料的 blank_form 写文件，放到 content/files/ 下。"
                yield Found(message, hint, f"{guide.path}/", guide, ("materials", number))


def bases_can_be_read(audited: Audited) -> Iterator[Found]:
    """Find policies cited as a basis that have neither text nor attachment nor a link to the original."""
    cited = {basis.policy for guide in offered(audited.catalogue) for basis in guide.basis if basis.policy}
    for identifier in sorted(cited):
        policy = audited.catalogue.find(Policy.kind.name, identifier)
        if isinstance(policy, Policy) and not (policy.link or policy.attachments or policy.body):
            message = "办事指南引用了这份文件，页面上没有正文、附件或原文链接"
            yield Found(message, "请写 link（原文网址）、附件或正文。", f"{policy.path}/", policy)


INDICATORS = (
    Indicator(
        id="guides-classified",
        group=SERVICES,
        name="事项集中分类公开",
        threshold="缺一种分类扣 0.5 分",
        source=CHECKLIST,
        certainty="S2",
        how="看有没有按事项类型、部门、服务对象和主题分类的列表",
        check=guides_are_classified,
        points=Decimal(2),
        each=Decimal("0.5"),
    ),
    Indicator(
        id="figures",
        group=SERVICES,
        name="办事统计数据",
        threshold="没有，或者三个月内没有更新，扣 2 分",
        source=CHECKLIST,
        certainty="S2",
        how="统计按生成站点那天的内容算出，看那天是哪天",
        check=figures_are_current,
        points=Decimal(2),
        each=Decimal(2),
    ),
    Indicator(
        id="guide-elements",
        group=SERVICES,
        name="办事指南要素完整",
        threshold="核心要素每缺一项扣 0.5 分",
        source=CHECKLIST,
        certainty="M+",
        how="逐项读指南页面，查十三项核心要素（表格下载另查）；不抽样，全部检查",
        check=guides_are_complete,
        points=Decimal(8),
        each=Decimal("0.5"),
    ),
    Indicator(
        id="materials-clear",
        group=SERVICES,
        name="材料清晰",
        threshold="每份材料扣 0.25 分",
        source=CHECKLIST,
        certainty="M+",
        how="逐份看形式、介质、份数，名称有没有含糊或兜底",
        check=materials_are_clear,
        points=Decimal(4),
        each=Decimal("0.25"),
    ),
    Indicator(
        id="content-accurate",
        group=SERVICES,
        name="内容准确：网页与内容来源一致",
        threshold="每项指南扣 0.5 分",
        source=CHECKLIST,
        certainty="M+",
        how="从网页读回每条事实，与内容文件比较",
        check=pages_agree,
        points=Decimal(5),
        each=Decimal("0.5"),
    ),
    Indicator(
        id="forms",
        group=SERVICES,
        name="表格样表",
        threshold="每份表格扣 0.25 分",
        source=CHECKLIST,
        certainty="M+",
        how="申请人要填的表格，看指南页有没有链接、文件在不在",
        check=forms_can_be_had,
        points=Decimal(3),
        each=Decimal("0.25"),
    ),
    Indicator(
        id="bases-readable",
        group=SERVICES,
        name="提到的政策文件有内容或链接",
        threshold="每份扣 0.1 分",
        source=CHECKLIST,
        certainty="M+",
        how="看指南的设定依据在文件页上有没有正文、附件或原文链接",
        check=bases_can_be_read,
        points=Decimal(1),
        each=Decimal("0.1"),
    ),
)
