"""The parts of a case: questions that tell cases apart, and their options."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.conditions import Condition
from generator.fields import Id, LongName, Name, Refers, Text, field
from generator.item import Part


class CaseOption(Part):
    """An answer that one can choose."""

    entry_key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id = field("选项编号", "条件里用它，例如 lost；公布后不再改。", shown=False, example="lost")
    text: Name = field("选项", "例如 丢了。")
    note: Text | None = field("选项说明", "怎样才算这一种，看字面就懂的不用写。", default=None)
    guide: Annotated[Id, Refers("guide")] | None = field(
        "改办事项", "选了这一项要办另一件事时，写那件事的编号。", default=None
    )
    advice: Text | None = field("另行办理", "选了这一项不在这里办时，写到哪里办、找谁。", default=None)

    @property
    def leads_away(self) -> bool:
        """Whether who chooses this is served elsewhere, so that nothing more is asked."""
        return self.guide is not None or self.advice is not None


class CaseQuestion(Part):
    """A question with one answer, asked to find out which case it is."""

    entry_key: ClassVar[tuple[str, ...]] = ("id",)

    id: Id = field("问题编号", "条件里用它，例如 reason；公布后不再改。", shown=False, example="reason")
    text: LongName = field("问题", "一句话问一件事，例如「为什么要补办？」。")
    why: Text = field("为什么问", "回答不同，什么会不一样。")
    options: tuple[CaseOption, ...] = field("选项", "至少两个，互不重叠。", min_length=2)
    when: Condition | None = field(
        "什么情况下问", "前面的问题怎样回答时才问，例如 reason = lost；不写就总是问。", default=None, shown=False
    )

    def option(self, identifier: str) -> CaseOption | None:
        """Return an option by its id."""
        return next((option for option in self.options if option.id == identifier), None)
