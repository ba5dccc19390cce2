"""Realistic guides in any number: the demonstration's sentences, materials, steps and windows in new combinations.

What must agree (department and window, fee and payment, time limit and the steps' times) is taken together from one
guide of the demonstration; what may vary is drawn from all of them. The seed is fixed: the same guides every time.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml

from generator.processes import in_parts

Values = dict[str, Any]

SEED = 20260701
_AT_ONCE = 5_000
# Kinds that guides refer to; disclosures and announcements would only add pages that no peer builds.
KINDS_BESIDE = ("departments", "fees", "hall", "materials", "policies")

# Taken together from one guide: these agree with each other, and `tongchuang check` says so.
_TOGETHER: tuple[str, ...] = ("summary", "type", "department", "body", "targets", "person_topics", "legal_topics")
_TOGETHER += ("events", "handling", "time", "hall", "windows", "visit", "online", "fees", "free_basis", "payment")
_TOGETHER += ("result", "consult", "complain", "owner", "revised", "review_by")
# What a bench edits: one fee that so many guides use, and one policy that so many rest on.
FEE, FEE_USERS = "bench-fee", 200
POLICY, POLICY_USERS = "bench-notice-0", 20
_FEE_FROM, RATE = "id-card", "replacement"
_NOTICE = """\
name: 测速用的通知（{number}）
number: 测发〔2026〕{number}号
issuer: 明川区人民政府办公室
genre: 规范性文件
theme: 综合政务
written: 2026-01-{day:02d}
published: 2026-01-{day:02d}
effective: 2026-02-01
validity: 有效
summary: 测速时被废止、由下一份代替的文件。
{more}"""
_PLACES = [a + b + what for what in ("街道", "镇") for a in "青白长石南北东西云竹" for b in "河山湖溪桥林原安"]
_PROSE = "---\ntitle: 关于本站\n---\n\n# 关于本站\n\n测速用的站点。\n"


@dataclass
class Vocabulary:
    """What the demonstration's guides say, to draw from."""

    guides: list[Values]
    conditions: list[str] = field(default_factory=list)
    materials: list[Values] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    basis: list[Values] = field(default_factory=list)
    questions: list[Values] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for guide in self.guides:
            self.conditions += guide["conditions"]
            self.materials += [_plain_use(use) for use in guide.get("materials", ())]
            self.actions += [step["action"] for step in guide["steps"]]
            self.basis += guide["basis"]
            self.questions += guide.get("faq", ())
            self.rights += guide.get("remedy", {}).get("rights", ())
            self.duties += guide.get("remedy", {}).get("duties", ())

    def charged(self) -> Values:
        """Return the guide that charges what the shared fee is made from."""
        return next(guide for guide in self.guides for use in guide.get("fees", ()) if _is_shared(use))


def _is_shared(use: Values) -> bool:
    return bool(use["fee"] == _FEE_FROM and use["rate"] == RATE)


def _plain_use(use: Values) -> Values:
    """Leave out what holds only in the guide that the use comes from."""
    return {key: value for key, value in use.items() if key not in ("case", "when", "blank_form")}


def _plain(value: Any) -> Any:
    """Leave conditions out of a list's entries: these guides ask no questions."""
    return [_plain_use(entry) for entry in value] if isinstance(value, list) and isinstance(value[0], dict) else value


def vocabulary(demonstration: Path) -> Vocabulary:
    """Read the demonstration's guides that are in force and charge or show what they say on any day."""
    files = sorted((demonstration / "items" / "guides").rglob("*.yml"))
    guides = [yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) for file in files]
    ordinary = [guide for guide in guides if not guide.keys() & {"status", "planned_start", "planned_end", "successor"}]
    return Vocabulary(ordinary)


def guides(words: Vocabulary, size: int) -> Iterator[tuple[str, Values]]:
    """Yield ids and values of so many guides; some, at equal distances, share the fee or the policy that is edited."""
    chance = random.Random(SEED)
    charged, based = (set(users_of(size, most)) for most in (FEE_USERS, POLICY_USERS))
    for number in range(size):
        if number in charged:
            values = _guide(words.charged(), number, f"第 {number} 办理点", chance, words)
            values["fees"] = [{"fee": FEE, "rate": RATE}]
        else:
            base, again = number % len(words.guides), number // len(words.guides)
            values = _guide(words.guides[base], number, _place(again), chance, words)
        if number in based:
            values["basis"] = [*values["basis"], {"policy": POLICY, "article": "第三条", "checked": "2026-10-12"}]
        yield identifier_of(number), values


def users_of(size: int, most: int) -> range:
    """Return the numbers of the guides that share something: so many, or a fifth where there are few."""
    wanted = min(most, max(size // 5, 1))
    return range(0, wanted * (size // wanted), size // wanted)


def identifier_of(number: int) -> str:
    """Return the id of the guide of a number."""
    return f"bench-{number:05d}"


def _guide(base: Values, number: int, place: str, chance: random.Random, words: Vocabulary) -> Values:
    return {
        "name": f"{base['name']}（{place}）",
        "aliases": [f"{place}{alias}" for alias in base.get("aliases", ())[:2]],
        "codes": {"local": f"BENCH-{number:05d}"},
        **{key: _plain(base[key]) for key in _TOGETHER if key in base},
        "conditions": _draw(chance, words.conditions, 2),
        "materials": _draw(chance, words.materials, chance.randint(2, 3), key=lambda use: use["material"]),
        "steps": [{**step, "action": chance.choice(words.actions)} for step in _plain(base["steps"])],
        "basis": _draw(chance, words.basis, 1),
        "remedy": {"rights": _draw(chance, words.rights, 1), "duties": _draw(chance, words.duties, 1)},
        "faq": _draw(chance, words.questions, chance.randint(1, 2), key=lambda entry: entry["question"]),
        "related": [identifier_of(max(number - step, 0)) for step in (1, 2) if number >= step],
    }


def notice(number: int, more: str = "") -> str:
    """Return the notice of a number, for a file `bench-notice-NUMBER.yml`, with lines of YAML after it."""
    return _NOTICE.format(number=number + 1, day=number % 28 + 1, more=more)


def _place(round_number: int) -> str:
    again, which = divmod(round_number, len(_PLACES))
    return f"{_PLACES[which]}{again + 1}片" if again else _PLACES[which]


def _draw(chance: random.Random, source: list[Any], size: int, key: Callable[[Any], Any] = str) -> list[Any]:
    """Draw so many entries, no two with the same key."""
    drawn = {key(entry): entry for entry in chance.sample(source, size)}
    return list(drawn.values())


@dataclass(frozen=True)
class Project:
    """A project as written: its folder, how many guides, their mean size in bytes, and a day on which all hold."""

    folder: Path
    count: int
    mean_bytes: int
    day: str


def write_project(demonstration: Path, folder: Path, size: int) -> Project:
    """Write a project of so many guides with what they refer to."""
    words = vocabulary(demonstration)
    for kind in KINDS_BESIDE:
        shutil.copytree(demonstration / "items" / kind, folder / "items" / kind)
    shutil.copytree(demonstration / "content" / "files", folder / "content" / "files")
    (folder / "content" / "about.md").write_text(_PROSE, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_settings(demonstration), encoding="utf-8")
    shutil.copytree(demonstration / "site_theme", folder / "site_theme")
    _write_shared(folder / "items")
    target = folder / "items" / "guides"
    target.mkdir()
    total = 0
    used: set[str] = set()
    made = iter(guides(words, size))
    while some := list(islice(made, _AT_ONCE)):  # a hundred thousand at once would take a gigabyte
        for values in (values for _, values in some):
            used |= {use["material"] for use in values["materials"]} | {values["result"].get("material", "")}
        total += sum(in_parts(partial(_write_guides, target), some, os.cpu_count() or 1))
    for file in (folder / "items" / "materials").rglob("*.yml"):
        if file.stem not in used:
            file.unlink()
    return Project(folder, size, total // size, str(max(guide["revised"] for guide in words.guides)))


def _write_guides(folder: Path, some: Sequence[tuple[str, Values]]) -> int:
    """Write guides; return how many bytes they are."""
    return sum((folder / f"{identifier}.yml").write_bytes(as_yaml(values)) for identifier, values in some)


def _write_shared(items: Path) -> None:
    """Write the fee, which is another's under a name of its own, and the policy of which a bench edits one."""
    source = next((items / "fees").rglob(f"{_FEE_FROM}.yml")).read_text(encoding="utf-8")
    fee = yaml.load(source, yaml.CSafeLoader)
    rates = [{**rate, "condition": f"测速的{rate['condition']}"} for rate in fee["rates"] if rate["id"] == RATE]
    shared = {"name": "测速用的工本费", **{key: fee[key] for key in ("department", "level", "fund")}, "rates": rates}
    (items / "fees" / f"{FEE}.yml").write_bytes(as_yaml(shared))
    (items / "policies" / f"{POLICY}.yml").write_text(notice(0), encoding="utf-8")


def _settings(demonstration: Path) -> str:
    """Return the demonstration's settings with other popular guides."""
    text = (demonstration / "mkdocs.yml").read_text(encoding="utf-8")
    # A small project leaves some windows idle, which is a warning and would end a strict build.
    text = text.replace("strict: true", "strict: false")
    numbers = count()
    return re.sub(r"(?m)^      - [a-z0-9-]+$", lambda _: f"      - {identifier_of(next(numbers))}", text)


def as_yaml(values: Values) -> bytes:
    """Write values as an editor would: keys in their order, a list of single words in one line."""
    text: str = yaml.dump(
        values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000
    )
    return text.encode()


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write a value that stands in two places out twice."""
        return True

    def short_list(self, entries: list[Any]) -> yaml.Node:
        """Represent a list; sentences and groups get a line each, because 「，」 inside brackets misleads."""
        words = all(isinstance(entry, str) and len(entry) < 20 and "，" not in entry for entry in entries)
        return self.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=words)


_Dumper.add_representer(list, _Dumper.short_list)
