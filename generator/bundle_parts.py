"""The parts of a bundle: its steps, each a guide with what comes before it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.conditions import Condition
from generator.fields import Id, Name, Refers, Text, field
from generator.item import Part


class BundleStep(Part):
    """A guide of a bundle."""

    entry_key: ClassVar[tuple[str, ...]] = ("guide",)

    guide: Annotated[Id, Refers("guide")] = field("办事指南", "要办的一件事，写办事指南的编号。")
    after: tuple[Id, ...] = field("先办", "本条里哪几件办好了才能办这一件，写它们的编号。", default=(), shown=False)
    when: Condition | None = field(
        "何时要办", "本条的问题怎样回答时要办，例如 home = yes；不写就都要办。", default=None, shown=False
    )
    case: Name | None = field(
        "办的情形",
        "那份指南分情形、在这里只会是其中几种时，写前几个选项的编号，例如 lost 或 lost--adult。",
        default=None,
        shown=False,
    )
    note: Text | None = field("办理提示", "为什么要办、什么时候去、要注意什么。", default=None)
