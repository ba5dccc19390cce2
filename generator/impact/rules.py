"""Rules that compare with a commit what nobody can see in the work tree alone: published amounts, ids, days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.addresses import Ledger
from generator.build import Project
from generator.catalogue import Catalogue
from generator.fields import date_text
from generator.item import Item
from generator.item_files import ADDRESSES, ITEM_SUFFIX, ITEMS_FOLDER, shown_path
from generator.kinds.fee import Fee, Period, Rate
from generator.problems import Place, Problem, in_order
from generator.revision import Revision, base_of, revision_at
from generator.schema import label_at
from generator.source import Source, read_source

_LEDGER = f"{ITEMS_FOLDER}/{ADDRESSES}"
REWRITTEN = "fee-rewritten"
_ADD_A_PERIOD = (
    "原来的一段照旧，后面另加一段：写 from: 新标准的起始日期、新的金额和依据。"
    f"原来就录错了的，在 accepted 里写 code: {REWRITTEN} 和理由。"
)


def problems_against(base: Revision, now: Catalogue, root: Path) -> list[Problem]:
    """Return what an edit does to published values that it must not do, in order of places."""
    places = _Places(root)
    return in_order([*_fees(base, now, places), *_vanished(base, now), *_ledger(base.catalogue.addresses, now, places)])


def against(project: Project, catalogue: Catalogue, wanted: str) -> list[Problem]:
    """Compare a catalogue with a commit by its name; raise `NoRevision` where the commit is not here."""
    base = revision_at(project.root, base_of(project.root, wanted), catalogue)
    return problems_against(base, catalogue, project.root)


class _Places:
    """Finds the places of values in the work tree; a file is read when there is a problem in it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of_item(self, item: Item, *path: str | int) -> Place:
        """Return the place of a value of an item."""
        folder = self._root / ITEMS_FOLDER / item.kind.plural
        return self._in_file(next(folder.rglob(f"{item.id}{ITEM_SUFFIX}"), folder), path)

    def in_ledger(self, *path: str | int) -> Place:
        """Return the place of a value of the ledger."""
        return self._in_file(self._root / _LEDGER, path)

    def _in_file(self, file: Path, path: tuple[str | int, ...]) -> Place:
        source: Source | None = read_source(file, shown_path(file, self._root))[0] if file.is_file() else None
        return source.place(*path) if source else Place(path=shown_path(file, self._root))


class _Fault(NamedTuple):
    """What is wrong with a period of a rate, by its number as it is now."""

    code: str
    period: int
    message: str
    hint: str


def _fees(base: Revision, now: Catalogue, places: _Places) -> Iterator[Problem]:
    """Find amounts that were changed where they stood: a new amount is a new period, with its day and its document."""
    for fee in now.all_of(Fee):
        old = base.catalogue.by_path.get(fee.path)
        if not isinstance(old, Fee):
            continue
        for number, rate in enumerate(fee.rates):
            if before := old.rate(rate.id):
                for fault in _rate_faults(before, rate, now.today):
                    yield _problem(fault, fee, number, places)


def _problem(fault: _Fault, fee: Fee, number: int, places: _Places) -> Problem:
    """Return the problem at the amount; an error of writing that is put right may be accepted with a reason."""
    path: tuple[str | int, ...] = ("rates", number, "periods", fault.period)
    if fee.rates[number].periods[fault.period].amount is not None:
        path = (*path, "amount")
    reason = next((entry.reason for entry in fee.accepted if entry.code == fault.code == REWRITTEN), "")
    return Problem(
        place=places.of_item(fee, *path),
        code=fault.code,
        field=label_at(Fee, path),
        message=f"{fault.message}（已说明：{reason}）" if reason else fault.message,
        hint="" if reason else fault.hint,
        severity="warning" if reason else "error",
    )


def _rate_faults(before: Rate, after: Rate, today: date) -> Iterator[_Fault]:
    """Yield a fault for each old period in whose place something else is said now."""
    for old in before.periods:
        day = max(old.start or date.min, after.periods[0].start or date.min)
        new = after.on(day)
        if new is None or after.describe(new) == before.describe(old):
            continue
        said = f"「{after.condition}」的标准由 {before.describe(old)[1]} 改成了 {after.describe(new)[1]}"
        index = after.periods.index(new)
        if day <= today and (old.until is None or old.until >= day):
            began = f"{date_text(day)}起" if day > date.min else "早已"
            message = f"{said}，改的是{began}执行的一段，等于改写过去"
            yield _Fault(code="fee-rewritten", period=index, message=message, hint=_ADD_A_PERIOD)
        elif new.start == old.start and _documents(new) <= _documents(old):
            message = f"{said}，但起始日期和依据都没有变"
            hint = "收费标准要变，必有新的文件或新的日期：请改 basis，或改 from。"
            yield _Fault(code="fee-without-basis", period=index, message=message, hint=hint)


def _documents(period: Period) -> set[tuple[str | None, ...]]:
    return {(basis.policy, basis.number, basis.title, basis.revision) for basis in period.basis}


def _vanished(base: Revision, now: Catalogue) -> Iterator[Problem]:
    """Find items of the commit that are no longer there and of which the ledger does not say where they went."""
    # What stands or stood in the ledger has a problem there already.
    known = base.catalogue.addresses.by_address.keys() | now.addresses.by_address.keys()
    for path, item in base.catalogue.by_path.items():
        if path in now.by_path or path in known or (item.kind.name, item.id) in now.unread:
            continue
        line = f"{{address: {path}, since: {base.day}, redirect: 新地址, day: {now.today}}}"
        yield Problem(
            place=Place(path=_LEDGER),
            code="address-vanished",
            field="公布过的地址",
            message=f"{path}「{item.name}」已经公布，不能就这样没有了",
            hint=f"在 {_LEDGER} 里加一行：- {line}；撤下的把 redirect 换成 gone: 原因。",
        )


def _ledger(before: Ledger, now: Catalogue, places: _Places) -> Iterator[Problem]:
    """Find lines of the ledger that were taken out, or whose day was changed: lines are only added."""
    after = now.addresses.by_address
    numbers = {entry.address: number for number, entry in enumerate(now.addresses.published)}
    for entry in before.published:
        kept = after.get(entry.address)
        if kept is None:
            yield Problem(
                place=Place(path=_LEDGER),
                code="address-removed",
                field="公布过的地址",
                message=f"登记里少了 {entry.address}，公布过的地址只能加，不能删",
                hint=f"请把这一行放回去：- {{address: {entry.address}, since: {entry.since}}}",
            )
        elif kept.since != entry.since:
            yield Problem(
                place=places.in_ledger("published", numbers[entry.address], "since"),
                code="address-since",
                field="首次公布",
                message=f"{entry.address} 首次公布的日子由 {entry.since} 改成了 {kept.since}",
                hint=f"请改回 {entry.since}。",
            )
