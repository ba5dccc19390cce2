"""一件事: the guides of an event, and what they come to together; every total is computed, none is written."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Annotated, ClassVar, NamedTuple

from generator import codelists
from generator.bundle_facts import ranges, statements
from generator.bundle_parts import BundleStep
from generator.bundle_plan import Errand, Plan, plan_of
from generator.bundle_sums import Need, fee_of, fees_either, working_days
from generator.case_parts import CaseQuestion
from generator.cases import ROOT, SEPARATOR, CaseTree, Node, TooManyCases, case_tree
from generator.conditions import Answers, holds
from generator.fields import Date, Id, LongName, Name, OneOf, Refers, Text, date_text, field
from generator.guide_cases import different_in
from generator.guide_fees import OPEN_FEE
from generator.guide_parts import MaterialUse, Question
from generator.item import Item, Kind, Lookup, Shown, turning_days
from generator.itinerary import Before, Spot, kept, ring
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.kinds.material import Material
from generator.parts import Basis, Contact, Duration

_RETURNED = "证件证书证明"
_UNDECIDED = "看情形"


class Bundle(Item):
    """The guides of an event."""

    kind: ClassVar[Kind] = Kind(
        name="bundle",
        plural="bundles",
        label="一件事",
        about="遇到一件事，要办哪几样、先后顺序、一共多少钱、多久、带什么、走哪几个窗口。",
        order=15,
        brief=("total.guides", "total.fee", "total.days", "department"),
        filters={"targets": "服务对象", "events": "生活事件"},
    )

    bookkeeping: ClassVar[frozenset[str]] = frozenset({"revised", "review_by"})
    derived_bears: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("fee", "next_fee", "next_from"), "fee"),
        **dict.fromkeys(("days", "chain", "converted", "time"), "time"),
        **dict.fromkeys(("materials", "union"), "material"),
        **dict.fromkeys(("where", "route"), "place"),
        **dict.fromkeys(("guides", "plan", "cases"), "process"),
    }

    name: LongName = field("名称", "遇到的事，例如 新生儿出生。")
    aliases: tuple[Name, ...] = field("别名", "人们平常怎么说，例如 开饭馆。", default=())
    summary: Text = field("一句话说明", "谁在什么时候要办。")
    department: Annotated[Id, Refers("department")] = field("牵头部门", "部门的编号。")
    targets: tuple[Annotated[str, OneOf(codelists.TARGETS)], ...] = field(
        "服务对象", "谁会遇到，可写多个，例如 自然人、企业法人。", min_length=1, bears="condition"
    )
    person_topics: tuple[Annotated[str, OneOf(codelists.PERSON_TOPICS)], ...] = field(
        "面向自然人主题分类", "例如 户籍办理。", default=()
    )
    legal_topics: tuple[Annotated[str, OneOf(codelists.LEGAL_TOPICS)], ...] = field(
        "面向法人主题分类", "例如 设立变更。", default=()
    )
    events: tuple[Annotated[str, OneOf(codelists.LIFE_EVENTS)], ...] = field("生活事件", "属于哪个事件。", default=())
    questions: tuple[CaseQuestion, ...] = field(
        "情形问题", "问清要办哪几样；都要办的不用写。", default=(), bears="process"
    )
    guides: tuple[BundleStep, ...] = field(
        "要办的事", "每份办事指南一条，按平常办的先后写。", min_length=1, bears="process"
    )
    basis: tuple[Basis, ...] = field("依据", "合在一起办所依据的文件，每份一条；没有就不写。", default=())
    consult: Contact = field("咨询方式", "有疑问找哪里，写电话、窗口、网址等。", bears="contact")
    complain: Contact = field("监督投诉方式", "投诉找哪里；电话不能与咨询电话相同。", bears="contact")
    faq: tuple[Question, ...] = field("常见问题", "一问一答为一条。", default=())
    owner: Name = field("维护科室", "谁对这一条负责。")
    revised: Date = field("最近修订", "最近一次修改内容的日子。")
    review_by: Date = field("下次复核", "最迟在这一天重新核对。")

    def terms(self) -> Iterator[str]:
        """Yield the aliases."""
        yield from self.aliases

    def dated(self) -> date:
        """Return the day of the last revision."""
        return self.revised

    @property
    def before(self) -> Before:
        """What comes before each guide, by ids; names that are not in the bundle are left out."""
        known = {step.guide for step in self.guides}
        return {step.guide: tuple(name for name in step.after if name in known) for step in self.guides}

    def cases(self) -> CaseTree:
        """Return the tree of cases that the questions tell apart; raise `TooManyCases`."""
        return case_tree(self.questions, self._outcome)

    def applying(self, answers: Answers) -> tuple[BundleStep, ...]:
        """Return the steps to be taken under some answers."""
        return tuple(step for step in self.guides if holds(step.when, answers))

    def _outcome(self, answers: Answers) -> Hashable:
        return tuple(step.guide for step in self.applying(answers))

    def errands(self, look: Lookup) -> Mapping[str, Errand]:
        """Return what each guide in force asks and gives, by its id."""
        guides = ((step, look.find("guide", step.guide)) for step in self.guides)
        found = ((step, guide) for step, guide in guides if isinstance(guide, Guide))
        return {step.guide: _errand(step, guide, look) for step, guide in found if not guide.is_withdrawn(look.today)}

    def plan(self, answers: Answers, errands: Mapping[str, Errand]) -> Plan:
        """Return the plan under some answers."""
        wanted = [step.guide for step in self.applying(answers) if step.guide in errands]
        return plan_of(kept(self.before, wanted), errands)

    def derived(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield totals, order, materials and the way through the hall, for each case where there are any."""
        if ring(self.before):
            return  # a rule says so, with the place
        with suppress(TooManyCases):  # here too
            ends, errands = self.cases().cases, self.errands(look)
            if ends[0].id == ROOT:
                plan = self.plan(ends[0].answers, errands)
                yield from statements("total.", "", plan, partial(_material, look))
            else:
                yield from self._cases(ends, errands, look)
            yield from self._next_fee(look)

    def _cases(self, ends: Sequence[Node], errands: Mapping[str, Errand], look: Lookup) -> Iterator[tuple[str, Shown]]:
        plans = []
        for node in ends:
            path = f"cases[].{node.id}."
            yield f"{path}label", Shown(node.id, node.label, "情形")
            if option := node.elsewhere:
                other = look.find("guide", option.guide) if option.guide else None
                advice = option.advice or (f"请办「{other.name}」" if other else "—")
                target = other.path if other else ""
                yield f"{path}elsewhere", Shown(other.id if other else advice, advice, "另行办理", target)
                continue
            plans.append(self.plan(node.answers, errands))
            yield from statements(path, path, plans[-1], partial(_material, look))
        yield from ranges(plans)

    def _fees(self, look: Lookup) -> tuple[tuple[str, str], ...]:
        """Return value and text of the total fee, over all cases."""
        errands = self.errands(look)
        ends = (node for node in self.cases().cases if not node.elsewhere)
        said = ranges([self.plan(node.answers, errands) for node in ends])
        return tuple((shown.value, shown.text) for name, shown in said if name == "total.fee")

    def _next_fee(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield the first day on which the total fee becomes another, and what it is then."""
        days = {day for item in self._charging(look) for day in turning_days(item) if day > look.today}
        today = self._fees(look) if days else ()
        for day in sorted(days):
            if (then := self._fees(_On(look, day))) != today:
                for value, text in then:
                    yield "total.next_fee", Shown(value, text, "变更后的费用合计")
                    yield "total.next_from", Shown(day.isoformat(), date_text(day), "变更日期")
                return

    def _charging(self, look: Lookup) -> Iterator[Item]:
        for step in self.guides:
            if isinstance(guide := look.find("guide", step.guide), Guide):
                fees = (look.find("fee", use.fee) for use in guide.fees)
                yield from (guide, *(fee for fee in fees if fee))


class _On(NamedTuple):
    """The same catalogue on another day."""

    look: Lookup
    today: date

    def find(self, kind: str, identifier: str) -> Item | None:
        return self.look.find(kind, identifier)

    def referring(self, kind: str, target: Item) -> list[Item]:
        return self.look.referring(kind, target)


class _End(NamedTuple):
    """What one case of a guide comes to."""

    fee: Shown
    promised: Duration
    where: Shown
    windows: tuple[str, ...]
    visits: int
    materials: frozenset[int]
    """The places, from 0, of what is wanted in the guide's list."""


def _errand(step: BundleStep, guide: Guide, look: Lookup) -> Errand:
    """Return what a guide asks and gives, over all of its cases that the step leaves open."""
    said = dict(guide.derived(look))
    ends = [_end(guide, node, said) for node in open_cases(guide, step.case)]
    ends = ends or [_end(guide, Node(ROOT, (), {}, None), said)]
    longest = max((end.promised for end in ends), key=lambda entry: working_days(entry.number, entry.unit))
    fee = _either([end.fee for end in ends], guide.id)
    alike = len({(end.where, end.windows) for end in ends}) == 1
    visits = max(end.visits for end in ends)
    return Errand(
        shown=Shown(guide.id, guide.name, "办事指南", guide.path),
        days=working_days(longest.number, longest.unit),
        converted=longest.unit != "工作日" and longest.number > 0,
        time=Shown(*longest.headline(), "承诺办结时限"),
        fee=fee_of(guide.id, fee.value, fee.text),
        charged=fee,
        where=ends[0].where if alike else said["place.where"],
        spot=_spot(guide, ends[0].windows if alike else guide.windows, look) if visits else None,
        visits=visits,
        needs=tuple(_needs(guide, ends, look)),
        makes=guide.result.material or "",
    )


def open_cases(guide: Guide, within: str | None) -> list[Node]:
    """Return the cases of a guide below a node that are dealt with by it; none where nobody can count them."""
    try:
        ends = guide.cases().cases
    except TooManyCases:  # the guide's own problem
        return []
    inside = (node for node in ends if not within or f"{node.id}{SEPARATOR}".startswith(f"{within}{SEPARATOR}"))
    return [node for node in inside if not node.elsewhere]


def _end(guide: Guide, node: Node, said: Mapping[str, Shown]) -> _End:
    path = f"cases[].{node.id}." if node.id else ""
    found = guide.applying(node.answers)
    different = different_in(found.differences)
    return _End(
        said[f"{path}fee" if path else "fee.amount"],
        different.promised or guide.time.promised,
        said[f"{path}where" if path else "place.where"],
        () if different.place else different.windows or guide.windows,
        guide.visit.count if different.visits is None else different.visits,
        frozenset(found.numbers.materials),
    )


def _either(fees: Sequence[Shown], guide: str) -> Shown:
    """Return the fee of a guide over its cases; where one is no amount, there is no range."""
    if len({(fee.value, fee.text) for fee in fees}) == 1:
        return fees[0]
    total = fees_either(fee_of(guide, fee.value, fee.text) for fee in fees)
    return Shown("", OPEN_FEE, fees[0].label) if total.others else Shown(total.value, total.text, fees[0].label)


def _spot(guide: Guide, windows: Sequence[str], look: Lookup) -> Spot | None:
    """Return where in a hall the guide is handled: the floor is that of its first window."""
    hall = look.find("hall", guide.hall) if guide.hall else None
    seats = [window for no in windows if (window := hall.window(no))] if isinstance(hall, Hall) else []
    return Spot(hall.id, seats[0].floor, tuple(window.no for window in seats)) if hall and seats else None


def _needs(guide: Guide, ends: Sequence[_End], look: Lookup) -> Iterator[Need]:
    for number, use in enumerate(guide.materials):
        wanting = sum(number in end.materials for end in ends)
        if wanting:
            always = wanting == len(ends) and (use.when or not use.case)
            yield _need(use, guide, look, "" if always else use.case or _UNDECIDED)


def _need(use: MaterialUse, guide: Guide, look: Lookup, case: str) -> Need:
    material = look.find("material", use.material)
    return Need(
        use.material,
        guide.id,
        use.copies if "原件" in use.form else 0,
        use.copies if "复印件" in use.form else 0,
        exempt=use.exempt,
        case=case,
        returned=isinstance(material, Material) and material.category == _RETURNED,
    )


def _material(look: Lookup, identifier: str) -> Shown:
    item = look.find("material", identifier)
    return Shown(identifier, item.name if item else identifier, "材料", item.path if item else "")
