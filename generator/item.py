"""What every content kind is made of: parts, items, and the description of a kind.

Kinds know nothing of files, other items or pages. What an item says beyond its own text (the amount of a fee it
refers to, the address of its hall) it derives through `Lookup`, which the catalogue implements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Protocol, Self, get_args

from pydantic import BaseModel, ConfigDict, PrivateAttr

from generator.codelists import STATES
from generator.fields import Id, Name, OneOf, field


class Shown(NamedTuple):
    """One statement before it has a key. A named tuple because thousands are made for every page."""

    value: str
    text: str
    label: str
    target: str = ""  # `<plural>/<id>` of the item that the statement refers to, else empty


class Part(BaseModel):
    """A group of fields inside an item."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    # The fields whose values name an entry in a list of such parts, so that keys of facts stay when rows move.
    entry_key: ClassVar[tuple[str, ...]] = ()
    # Fields that `headline` already says; they give no facts of their own.
    headline_fields: ClassVar[frozenset[str]] = frozenset()
    # The fields with the first day of a state, and those with its last: on these days what is published changes.
    first_days: ClassVar[tuple[str, ...]] = ()
    last_days: ClassVar[tuple[str, ...]] = ()
    # The fields that `state_text` of the part around them says.
    state_fields: ClassVar[frozenset[str]] = frozenset()

    def headline(self) -> tuple[str, str] | None:
        """Return the canonical value and the text of the part where it reads as one statement, else None."""
        return None

    def state_text(self, state: Any) -> str:
        """Return what a dated state within the part says; parts with such states override it."""
        raise NotImplementedError


class Acceptance(Part):
    """A warning that the editor has looked at and lets stand, with the reason."""

    code: Name = field("提醒代码", "检查结果方括号里的代码。")
    reason: Name = field("理由", "为什么可以这样。")


class Lookup(Protocol):
    """What an item may ask about the rest of the catalogue."""

    @property
    def today(self) -> date:
        """The day the site is rendered for."""

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target, in the catalogue's order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """The description of a content kind. `plural` is its folder, address and fact prefix; it never changes."""

    name: str
    plural: str
    label: str
    about: str
    order: int = 100
    """Its place among the kinds in navigation and search."""
    in_navigation: bool = True
    brief: tuple[str, ...] = ()
    """Paths of the facts that lists and search results show beside the name."""
    filters: Mapping[str, str] | None = None
    """Filters on lists and in search: path of a field → its label."""
    latest_first: bool = False
    """Whether its lists go by date, the latest first, instead of by id."""
    of_districts: bool = False
    """Whether the districts of a city have such items of their own, complete ones, each in its own folder."""


class Item(Part):
    """One published thing: one YAML file. `id` is the file's stem."""

    kind: ClassVar[Kind]
    # The classes (see `fact_classes`) of derived statements, by the last word of a path that is named here.
    derived_bears: ClassVar[Mapping[str, str]] = {}
    # Fields that only say that the item was changed, and when: no change by themselves.
    bookkeeping: ClassVar[frozenset[str]] = frozenset()
    _within: str = PrivateAttr("")
    id: Id = field("编号", "文件名去掉 .yml，公布后不再改。", shown=False)
    name: Name = field("名称", "公布用的全称。")
    status: Annotated[str, OneOf(STATES)] = field(
        "状态",
        "没写完的写 草稿：可以缺内容，只在预览里看得到；写完整后删掉这一行。",
        default="正式",
        shown=False,
    )
    accepted: tuple[Acceptance, ...] = field("已说明的提醒", "看过、可以保留的提醒和理由。", default=(), shown=False)

    def derived(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield statements that follow from other items or the date, each with its dotted path.

        A segment that ends in `[]` makes a list: `places[].A07.floor` is the floor of the row A07 of `places`.
        """
        yield from ()

    def is_withdrawn(self, on: date) -> bool:
        """Tell whether the item is no longer in force on a day; it keeps its address."""
        return False

    def terms(self) -> Iterator[str]:
        """Yield other names by which people look for the item."""
        yield from ()

    def prose(self) -> str:
        """Return the Markdown body, empty where there is none."""
        return ""

    def seen_by(self, kind: str) -> object:
        """Return what the facts of items of another kind may take from this one.

        The item itself where that may be anything, what it shows of others included; in a tuple where it is the item's
        own statements alone.
        """
        return self

    def dated(self) -> date | None:
        """Return the day of the item's present text, None where it has none; feeds put the latest first."""
        return None

    @property
    def path(self) -> str:
        """The item's address below the site root, without slashes at the ends."""
        return f"{_place(self)}{self.kind.plural}/{self.id}"

    @property
    def within(self) -> str:
        """The address, with a slash at the end, of the district that the item belongs to; empty for all others."""
        return _place(self)

    def placed(self, within: str) -> Self:
        """Return the item as one of a district, which shares all parts with it."""
        made = self.model_copy()
        made._within = within
        return made


_NOWHERE = {"_within": ""}


def _place(item: Item) -> str:
    """Return what `item._within` comes to after a long way: a build asks for it a million times."""
    place: str = (item.__pydantic_private__ or _NOWHERE)["_within"]
    return place


def turning_days(part: Part) -> Iterator[date]:
    """Yield the first day of each state of a part and of the parts within it."""
    for attribute, lag in (*((name, 0) for name in part.first_days), *((name, 1) for name in part.last_days)):
        if (day := getattr(part, attribute)) is not None:
            yield day + timedelta(days=lag)
    for attribute in _turning(type(part)):
        value = getattr(part, attribute)
        for entry in value if isinstance(value, tuple) else (value,):
            if entry is not None:
                yield from turning_days(entry)


@cache
def _turning(part: type[Part]) -> tuple[str, ...]:
    """Return the attributes in which something may turn by date: of the dozens of parts of an item, a few."""
    return tuple(
        name
        for name, info in part.model_fields.items()
        if any(inner.first_days or inner.last_days or _turning(inner) for inner in _parts_in(info.annotation))
    )


def _parts_in(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts_in(inner)
