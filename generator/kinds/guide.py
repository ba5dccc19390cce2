"""办事指南: one handling item as the citizen meets it, with every element group of the national item schema."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar

from generator import codelists
from generator.case_parts import CaseQuestion
from generator.cases import CaseTree, Node, TooManyCases, case_tree
from generator.conditions import Answers
from generator.fields import FIXED, LOCAL, Count, Date, Id, LongName, Name, OneOf, Refers, Text, field
from generator.guide_cases import Applying, applying, bring, different_in
from generator.guide_fees import Charge, Cost, cost_among, cost_of, cost_over
from generator.guide_parts import (
    Body,
    CaseDifference,
    Codes,
    FeeUse,
    Handling,
    MaterialUse,
    Online,
    Payment,
    Question,
    Remedy,
    Result,
    Step,
    TimeLimits,
    Visit,
)
from generator.item import Item, Kind, Lookup, Shown
from generator.kinds.fee import Fee, Rate, rate_statements
from generator.kinds.hall import Hall
from generator.parts import Basis, Contact


class Guide(Item):
    """A service guide."""

    first_days: ClassVar[tuple[str, ...]] = ("planned_start",)
    last_days: ClassVar[tuple[str, ...]] = ("planned_end",)
    kind: ClassVar[Kind] = Kind(
        name="guide",
        plural="guides",
        label="办事指南",
        about="每件事要多少钱、多久、带什么、去哪个窗口。",
        order=10,
        brief=("fee.amount", "time.promised", "visit.count", "place.where", "department"),
        filters={
            "department": "部门",
            "targets": "服务对象",
            "type": "事项类型",
            "person_topics": "个人主题",
            "legal_topics": "法人主题",
        },
    )

    bookkeeping: ClassVar[frozenset[str]] = frozenset({"version", "revised", "revision_note", "review_by"})
    derived_bears: ClassVar[Mapping[str, str]] = {
        "fee": "fee",
        "time": "time",
        "visits": "process",
        "where": "place",
        "place": "place",
        "bring": "material",
        "cases": "process",
    }

    name: LongName = field("事项名称", "与大厅和清单完全一致的全称。")
    aliases: tuple[Name, ...] = field("别名", "人们平常怎么说，例如 身份证丢了。", default=())
    summary: Text | None = field("一句话说明", "谁在什么时候办这件事。", default=None)
    status: Annotated[str, OneOf(codelists.ITEM_STATUSES)] = field(
        "事项状态",
        "在用、暂停、取消；没写完的写 草稿，可以缺内容，只在预览里看得到。",
        default="在用",
        bears="condition",
    )
    version: Count = field("事项版本", "每次实质修改加 1。", default=1)
    codes: Codes = field("编码", "各种编码，只有本区事项编号必填。", local=FIXED)
    type: Annotated[str, OneOf(codelists.ITEM_TYPES)] = field("事项类型", "行政许可、行政确认等。")
    department: Annotated[Id, Refers("department")] = field("实施主体", "部门的编号。")
    body: Body = field("主体信息", "行使层级、权力来源等；不写即县级法定机关。", default=Body())
    targets: tuple[Annotated[str, OneOf(codelists.TARGETS)], ...] = field(
        "服务对象", "谁能申请，可写多个，例如 自然人、企业法人。", min_length=1, bears="condition"
    )
    person_topics: tuple[Annotated[str, OneOf(codelists.PERSON_TOPICS)], ...] = field(
        "面向自然人主题分类", "服务对象有自然人时必填，例如 户籍办理。", default=()
    )
    legal_topics: tuple[Annotated[str, OneOf(codelists.LEGAL_TOPICS)], ...] = field(
        "面向法人主题分类", "服务对象有法人或其他组织时必填，例如 设立变更。", default=()
    )
    events: tuple[Annotated[str, OneOf(codelists.LIFE_EVENTS)], ...] = field("生活事件", "什么时候会来办。", default=())
    planned_start: Date | None = field(
        "计划生效日期", "从这一天起办理；已经在办的不用写。", default=None, bears="condition"
    )
    planned_end: Date | None = field(
        "计划取消日期", "办到这一天为止（含）；不取消就不写。", default=None, bears="condition"
    )
    handling: Handling = field("办理", "办件类型、办理形式、通办范围等。")
    conditions: tuple[Text, ...] = field("受理条件", "每条一项，不写「其他条件」。", min_length=1, bears="condition")
    refusals: tuple[Text, ...] = field("不予受理情形", "每条一项，写明什么情况不受理。", default=(), bears="condition")
    time: TimeLimits = field("时限", "法定和承诺的办结时限。")
    hall: Annotated[Id, Refers("hall")] | None = field(
        "进驻大厅", "在哪个政务服务大厅办。", default=None, bears="place", local=LOCAL
    )
    windows: tuple[Name, ...] = field("办理窗口", "大厅里的窗口号。", default=(), bears="place", local=LOCAL)
    visit: Visit = field("现场办理", "要跑几次、为什么、去哪里。")
    online: Online = field("网上办理", "能不能网办、办到哪一步、网址。", bears="process")
    fees: tuple[FeeUse, ...] = field("收费", "不收费就不写。", default=(), bears="fee")
    free_basis: Text | None = field("不收费说明", "不收费的依据或说明。", default=None, bears="fee")
    payment: Payment | None = field("缴费", "收费时必填。", default=None, bears="fee")
    materials: tuple[MaterialUse, ...] = field(
        "申请材料", "每份材料一条；不用交材料就不写。", default=(), bears="material"
    )
    steps: tuple[Step, ...] = field(
        "办理流程", "每个环节一条；许可要写受理、审查、决定、办结、送达。", min_length=1, bears="process"
    )
    result: Result = field("审批结果", "办完拿到什么、怎么拿。")
    questions: tuple[CaseQuestion, ...] = field(
        "情形问题", "问清是哪种情形，材料、费用等才说得准；没有就不写。", default=(), bears="process"
    )
    differences: tuple[CaseDifference, ...] = field(
        "情形差别", "某种情形的时限、地点、次数不同时写，每种一条。", default=(), bears="process"
    )
    basis: tuple[Basis, ...] = field("设定依据", "办这件事依据的法律、法规、文件，每份一条。", min_length=1)
    consult: Contact = field("咨询方式", "有疑问找哪里，写电话、窗口、网址等。", bears="contact", local=LOCAL)
    complain: Contact = field("监督投诉方式", "投诉找哪里；电话不能与咨询电话相同。", bears="contact", local=LOCAL)
    remedy: Remedy = field("权利义务和救济", "申请人的权利、义务，不服决定时找谁。", default=Remedy())
    faq: tuple[Question, ...] = field("常见问题", "一问一答为一条；行政许可至少写一条。", default=())
    related: tuple[Annotated[Id, Refers("guide")], ...] = field(
        "相关事项", "常一起办的事项，写办事指南的编号。", default=()
    )
    successor: Annotated[Id, Refers("guide")] | None = field(
        "接替事项", "取消后改办哪一项。", default=None, bears="process"
    )
    owner: Name = field("维护科室", "谁对这份指南负责。", local=LOCAL)
    revised: Date = field("最近修订", "最近一次修改内容的日子。")
    revision_note: Text | None = field("修订说明", "最近改了什么。", default=None)
    review_by: Date = field("下次复核", "最迟在这一天重新核对。")

    def terms(self) -> Iterator[str]:
        """Yield the aliases and the local code."""
        yield from self.aliases
        yield self.codes.local

    def is_withdrawn(self, on: date) -> bool:
        """Tell whether the item is cancelled or not in force on a day."""
        ended = self.planned_end is not None and self.planned_end < on
        pending = self.planned_start is not None and on < self.planned_start
        return self.status == "取消" or ended or pending

    def seen_by(self, kind: str) -> object:
        """Return the guide for a bundle; halls, materials and other guides only list it: by name, places and papers."""
        if kind == "bundle":
            return self
        papers = (self.result.material, tuple(use.material for use in self.materials))
        return self.name, self.status, self.planned_start, self.planned_end, self.hall, self.every_window, papers

    def dated(self) -> date:
        """Return the day of the last revision."""
        return self.revised

    def derived(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield the fees as of today, the place in the hall, and the answers that stand on top of the page."""
        yield from self._fees_today(look)
        yield from self._place(look)
        yield from self._cases(look)
        yield "bring.brief", self._to_bring(look)

    @property
    def every_window(self) -> tuple[str, ...]:
        """The windows of the guide, then those at which only some cases are handled."""
        return tuple(dict.fromkeys((*self.windows, *(no for entry in self.differences for no in entry.windows))))

    def cases(self) -> CaseTree:
        """Return the tree of cases that the questions tell apart; raise `TooManyCases`."""
        if self._tree is None:
            raise TooManyCases
        return self._tree

    @cached_property
    def _tree(self) -> CaseTree | None:
        """The tree of cases, made once for facts, rules and pages."""
        try:
            return case_tree(self.questions, self._outcome)
        except TooManyCases:
            return None

    def applying(self, answers: Answers) -> Applying:
        """Return what applies under some answers."""
        return applying(self.materials, self.steps, self.fees, self.differences, answers)

    def _outcome(self, answers: Answers) -> Hashable:
        return self.applying(answers).numbers

    def rates(self, look: Lookup, uses: tuple[FeeUse, ...] | None = None) -> list[tuple[FeeUse, Rate]]:
        """Return the rates that the guide charges, all or those of some uses, dangling references left out."""
        found = []
        for use in self.fees if uses is None else uses:
            fee = look.find("fee", use.fee)
            rate = fee.rate(use.rate) if isinstance(fee, Fee) else None
            if rate:
                found.append((use, rate))
        return found

    def _fees_today(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        for use, rate in self.rates(look):
            path = f"fees.{use.fee}--{use.rate}"
            yield f"{path}.condition", Shown(rate.condition, rate.condition, "适用情形")
            yield from rate_statements(path, rate, look)
        cost = self._cost_over_cases(look)
        yield "fee.amount", Shown(cost.value, cost.text, "收费标准")

    def _cost_over_cases(self, look: Lookup) -> Cost:
        """Return what is paid over the cases; who pays nothing at all is told so in the case, as by a reduction."""
        tree = self._tree if self.questions else None
        ends = [node for node in tree.cases if not node.elsewhere] if tree else []
        charged = [found for node in ends if (found := self._charges(look, self.applying(node.answers).fees))]
        return cost_over(map(cost_of, charged)) if charged else cost_among(self._charges(look, self.fees))

    def _charges(self, look: Lookup, uses: tuple[FeeUse, ...]) -> list[Charge]:
        """Return what some uses charge today."""
        rates = ((use, rate, rate.on(look.today)) for use, rate in self.rates(look, uses))
        return [
            Charge(*rate.describe(period), period.amount, rate.unit, use.one_of, use.counted)
            for use, rate, period in rates
            if period
        ]

    def _to_bring(self, look: Lookup) -> Shown:
        """Return the materials that the applicant has to bring, in one line."""
        needed = dict.fromkeys(use.material for use in self.materials if not use.exempt)
        found = [material for each in needed if (material := look.find("material", each))]
        text = "、".join(material.name for material in found) or "不用带材料"
        return Shown(",".join(material.id for material in found), text, "带什么")

    def _place(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        yield "place.where", self._where(look, self.windows, self.visit.place)
        hall = look.find("hall", self.hall) if self.hall else None
        if not isinstance(hall, Hall):
            return
        yield "place.hall", Shown(hall.id, hall.name, "大厅名称", hall.path)
        yield "place.address", Shown(hall.address, hall.address, "办理地点")
        yield "place.transit", Shown(hall.transit, hall.transit, "交通指引")
        for number, hours in enumerate(hall.hours, 1):
            yield f"place.hours[].{number}.line", Shown(*hours.headline(), "办理时间")

    def _where(self, look: Lookup, windows: tuple[str, ...], place: str | None) -> Shown:
        """Return the windows of the hall with their floors, or the place outside it."""
        hall = look.find("hall", self.hall) if self.hall else None
        if not isinstance(hall, Hall) or not windows:
            where = place or ("网上办理" if self.online.available else "—")
            return Shown(where, where, "办理地点")
        seats = [window for no in windows if (window := hall.window(no))]
        floors = "、".join(str(floor) for floor in sorted({window.floor for window in seats}))
        numbers = [window.no for window in seats]
        return Shown(",".join(numbers), f"{floors} 楼 {'、'.join(numbers)}", "办理窗口")

    def _cases(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield for each case what it is called and what the answers on top of the page are in it."""
        with suppress(TooManyCases):  # a rule says so, with the place
            for node in self.cases().cases if self.questions else ():
                path = f"cases[].{node.id}"
                yield f"{path}.label", Shown(node.id, node.label, "情形")
                for name, shown in self._case(node, look):
                    yield f"{path}.{name}", shown

    def _case(self, node: Node, look: Lookup) -> Iterator[tuple[str, Shown]]:
        if option := node.elsewhere:
            other = look.find("guide", option.guide) if option.guide else None
            advice = option.advice or (f"请办「{other.name}」" if other else "—")
            yield "elsewhere", Shown(other.id if other else advice, advice, "另行办理", other.path if other else "")
            return
        found = self.applying(node.answers)
        cost = cost_of(self._charges(look, found.fees))
        different = different_in(found.differences)
        promised = different.promised or self.time.promised
        visits = str(self.visit.count if different.visits is None else different.visits)
        yield "fee", Shown(cost.value, cost.text, "收费标准")
        yield "time", Shown(*promised.headline(), "承诺办结时限")
        yield "visits", Shown(visits, visits, "到办事现场次数")
        place = different.place or self.visit.place
        yield "where", self._where(look, () if different.place else different.windows or self.windows, place)
        yield "bring", bring(found.materials)
        numbers = ",".join(str(number + 1) for number in found.numbers.steps)
        yield "do", Shown(numbers, f"{len(found.steps)} 步", "办理流程")
