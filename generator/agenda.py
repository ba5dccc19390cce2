"""What somebody has to do or to know soon: values about to change, reviews due, disclosures that are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import orjson

from generator.catalogue import Catalogue
from generator.checks import findings_of
from generator.due import Turn, coming_turns, last_valid_day
from generator.item import Item

# What a rule says of a date that has passed.
_LATE = ("disclosure-overdue", "review-overdue")
_REVIEW = "review_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is due as of a day; `due` is the next day on which the site has to be built again."""

    today: date
    due: date
    turns: tuple[Turn, ...]
    reviews: tuple[tuple[date, Item], ...]
    late: tuple[tuple[Item, str], ...]

    def as_text(self) -> str:
        """Return the agenda in plain lines."""
        lines = [f"下一次要重新生成：{self.due}", "", f"会自己变化的内容：{len(self.turns)} 处"]
        lines += [f"  {turn.day}  {turn.item.name} · {turn.label}：{_change(turn)}" for turn in self.turns]
        lines += ["", f"该复核的：{len(self.reviews)} 项"]
        lines += [f"  {day}  {item.name}（{item.path}）" for day, item in self.reviews]
        lines += ["", f"过期的：{len(self.late)} 项"]
        lines += [f"  {item.name}（{item.path}）：{message}" for item, message in self.late]
        return "\n".join(lines)

    def as_json(self) -> str:
        """Return the agenda as a JSON document; days are ISO dates."""
        turns = [
            {"day": turn.day, "path": turn.item.path, "name": turn.item.name, "label": turn.label,
             "before": turn.before, "after": turn.after}
            for turn in self.turns
        ]  # fmt: skip
        reviews = [{"day": day, "path": item.path, "name": item.name} for day, item in self.reviews]
        late = [{"path": item.path, "name": item.name, "message": message} for item, message in self.late]
        document = {"as_of": self.today, "due": self.due, "turns": turns, "reviews": reviews, "late": late}
        return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _change(turn: Turn) -> str:
    return f"{turn.before or '没有'} → {turn.after or '没有'}"


def agenda_of(catalogue: Catalogue, announce_days: int, days: int) -> Agenda:
    """Return what is due within so many days after the catalogue's."""
    until = catalogue.today + timedelta(days=days)
    dated = [(day, item) for item in catalogue.items if (day := getattr(item, _REVIEW, None)) and day <= until]
    found = (finding for finding in findings_of(catalogue) if finding.code in _LATE)
    return Agenda(
        today=catalogue.today,
        due=last_valid_day(catalogue, announce_days) + timedelta(days=1),
        turns=tuple(coming_turns(catalogue, until)),
        reviews=tuple(sorted(dated, key=lambda pair: (pair[0], pair[1].path))),
        late=tuple((finding.item, finding.message) for finding in found if isinstance(finding.item, Item)),
    )
