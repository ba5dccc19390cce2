"""What is due about the law: documents that begin or end, bases that were overtaken or not checked for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.agenda.entry import Due, PathInItem
from generator.catalogue import Catalogue
from generator.checks.bases import bases_of
from generator.checks.policies import ENDED, is_over
from generator.item import Item
from generator.kinds.policy import Policy
from generator.parts import Basis

CHECK_MONTHS = 12
"""After so many months a basis is to be compared with the text in force again."""


def documents_begin_and_end(catalogue: Catalogue) -> Iterator[Due]:
    """Yield the days on which documents take effect or end."""
    kinds = sorted({item.kind.name for item in catalogue.items} - {Policy.kind.name})
    for policy in catalogue.all_of(Policy):
        citing = len({item.path for kind in kinds for item in catalogue.referring(kind, policy)})
        touched = f"，{citing} 项内容引用它" if citing else ""
        for key, word, action in (
            ("effective", "这一天开始施行", "请核对引用它的内容，到时把有效性改为「有效」。"),
            ("ended", "这一天废止或失效", "请把引用它的内容改引现行文件，到时改有效性。"),
        ):
            day = getattr(policy, key)
            if day and day >= catalogue.today:
                yield Due(
                    kind="policy-change",
                    day=day,
                    item=policy,
                    path=(key,),
                    message=(f"{word}{touched}",),
                    action=action,
                    severity="notice",
                    detail=key,
                )


def bases_are_superseded(catalogue: Catalogue) -> Iterator[Due]:
    """Yield bases whose document was revised, amended or repealed after they were last checked, or will be."""
    for item in catalogue.items:
        found: dict[str, Due] = {}
        for path, basis in _bases_today(catalogue, item):
            policy = catalogue.find("policy", basis.policy) if basis.policy else None
            if isinstance(policy, Policy) and (overtaken := _first_change(catalogue, policy, basis)):
                day, what = overtaken
                entry = Due(
                    kind="basis-superseded",
                    day=day,
                    item=item,
                    path=path,
                    message=("依据「", catalogue.sheet(policy).facts["name"], f"」{what}", _checked(basis)),
                    action="请与现行文件核对：条款、材料、时限、收费有没有变，再改引用和核对日期。",
                    detail=policy.id,
                )
                known = found.setdefault(policy.id, entry)
                found[policy.id] = min(known, entry, key=lambda each: each.day)
        yield from found.values()


def bases_are_unchecked(catalogue: Catalogue) -> Iterator[Due]:
    """Yield for each item the day by which its bases have to be compared with the text in force again."""
    for item in catalogue.items:
        dated = [(basis.checked, path) for path, basis in _bases_today(catalogue, item) if basis.checked]
        if not dated:
            continue
        oldest, path = min(dated, key=lambda pair: pair[0])
        count = sum(checked == oldest for checked, _ in dated)
        yield Due(
            kind="basis-unchecked",
            day=_months_after(oldest, CHECK_MONTHS),
            item=item,
            path=(*path, "checked"),
            message=(f"{count} 条依据 {oldest} 以后没有再核对",),
            action=f"依据每 {CHECK_MONTHS} 个月与现行文本核对一次；核对后改 checked。",
        )


def _bases_today(catalogue: Catalogue, item: Item) -> Iterator[tuple[PathInItem, Basis]]:
    """Yield the bases of what an item says today or from a later day on; what is over may keep its old basis."""
    if not item.is_withdrawn(catalogue.today):
        for path, basis in bases_of(item):
            if not is_over(item, path, catalogue.today):
                yield path, basis


def _first_change(catalogue: Catalogue, policy: Policy, basis: Basis) -> tuple[date, str] | None:
    """Return the first change of a document that nobody has looked at since; an end has to be mended all the same."""
    ends = [(day, what) for day, what in _ends(catalogue, policy) if day]
    changes = [(day, what) for day, what in _changes(catalogue, policy) if day and _is_news(policy, basis, day)]
    return min([*ends, *changes], default=None)


def _is_news(policy: Policy, basis: Basis, day: date) -> bool:
    if basis.checked is None:  # nobody says which text is meant: only a document marked as changed is a sure sign
        return policy.validity == "修改" and not basis.revision
    return day > basis.checked


def _ends(catalogue: Catalogue, policy: Policy) -> Iterator[tuple[date | None, str]]:
    if policy.validity in ENDED or policy.ended:
        word = policy.validity if policy.validity in ENDED else "废止"
        yield policy.ended or policy.dated(), f"{policy.ended or ''} {word}".strip()
    for other in _documents(catalogue, policy):
        if policy.id in other.repeals:
            yield other.effective or other.dated(), f"被「{other.name}」废止"


def _changes(catalogue: Catalogue, policy: Policy) -> Iterator[tuple[date | None, str]]:
    if policy.revised:
        yield policy.revised, f" {policy.revised} 修订"
    elif policy.validity == "修改":
        yield policy.dated(), "已经修改"
    for other in _documents(catalogue, policy):
        if policy.id in other.amends:
            yield other.effective or other.dated(), f"被「{other.name}」修改"


def _documents(catalogue: Catalogue, policy: Policy) -> list[Policy]:
    return [other for other in catalogue.referring("policy", policy) if isinstance(other, Policy)]


def _checked(basis: Basis) -> str:
    return f"，核对日期是 {basis.checked}" if basis.checked else "，没有写核对日期"


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(day.year + years, month + 1, number)
        except ValueError:  # the month is shorter
            continue
    raise AssertionError
