"""What holds for every kind, and that a kind is one name in three places: a new one appears everywhere by itself."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from project import ROOT, run, tiny_project, tree

from generator.catalogue import Catalogue, catalogue_of
from generator.item import Item, Part
from generator.json_schemas import json_schema
from generator.kinds import all_kinds
from generator.reading import read_items
from generator.schema import FieldSpec, fields_of, label_at, spec_at

HAN = re.compile("[一-鿿]")
KINDS = [pytest.param(model, id=name) for name, model in all_kinds().items()]
every_kind = pytest.mark.parametrize("model", KINDS)


@pytest.fixture(scope="module")
def demonstration() -> Catalogue:
    return catalogue_of(read_items(ROOT).items, date(2026, 11, 23))


def specs(part: type[Part], path: str = "") -> Iterator[tuple[str, FieldSpec]]:
    """Yield every field of a part with its path, those of inner parts included."""
    for spec in fields_of(part):
        yield f"{path}{spec.key}", spec
        if spec.part:
            yield from specs(spec.part, f"{path}{spec.key}.")


@every_kind
def test_every_field_has_a_chinese_label(model: type[Item]) -> None:
    bare = [path for path, spec in specs(model) if not HAN.search(spec.label) or spec.label.strip() != spec.label]
    assert not bare


@every_kind
def test_every_field_is_explained_in_one_chinese_line(model: type[Item]) -> None:
    odd = [path for path, spec in specs(model) if path != "id" and not re.fullmatch(r".*[一-鿿].*。", spec.explanation)]
    assert not odd


@every_kind
def test_fields_of_one_part_have_different_labels(model: type[Item]) -> None:
    for part in {model, *(spec.part for _, spec in specs(model) if spec.part)}:
        labels = [spec.label for spec in fields_of(part)]
        assert len(set(labels)) == len(labels), part.__name__


@every_kind
def test_keys_are_english_words(model: type[Item]) -> None:
    assert not [path for path, spec in specs(model) if not re.fullmatch("[a-z]+(_[a-z]+)*", spec.key)]


@every_kind
def test_references_lead_to_kinds_that_exist(model: type[Item]) -> None:
    assert {spec.refers for _, spec in specs(model)} <= {"", *all_kinds()}


@every_kind
def test_the_kind_describes_itself(model: type[Item]) -> None:
    kind = model.kind
    assert HAN.search(kind.label) and HAN.search(kind.about) and kind.about.endswith("。")
    assert re.fullmatch("[a-z]+(-[a-z]+)*", kind.plural)
    assert model.__module__ == f"generator.kinds.{kind.name}"


@every_kind
def test_the_kind_has_its_folders(model: type[Item]) -> None:
    assert (ROOT / "site_theme" / "kinds" / model.kind.name / "page.html").is_file()
    assert list((ROOT / "items" / model.kind.plural).rglob("*.yml"))


def test_names_folders_and_labels_of_kinds_are_unique() -> None:
    kinds = [model.kind for model in all_kinds().values()]
    for attribute in ("name", "plural", "label", "order"):
        assert len({getattr(kind, attribute) for kind in kinds}) == len(kinds), attribute
    assert {folder.name for folder in (ROOT / "site_theme/kinds").iterdir()} == {*all_kinds(), "_default", "district"}
    assert {folder.name for folder in (ROOT / "items").iterdir() if folder.is_dir()} == {
        *(kind.plural for kind in kinds),
        "districts",
    }


@every_kind
def test_brief_facts_and_filters_are_there(model: type[Item], demonstration: Catalogue) -> None:
    sheets = [demonstration.sheet(item) for item in demonstration.of_kind(model.kind.name)]
    assert not [path for path in model.kind.brief if not any(path in sheet.facts for sheet in sheets)]
    assert not [path for path in model.kind.filters or {} if spec_at(model, path.split(".")) is None]


@every_kind
def test_entry_keys_name_fields_of_their_part(model: type[Item]) -> None:
    for part in {spec.part for _, spec in specs(model) if spec.part}:
        assert {*part.entry_key, *part.headline_fields} <= {spec.attribute for spec in fields_of(part)}


@every_kind
def test_items_survive_a_round_trip(model: type[Item], demonstration: Catalogue) -> None:
    for item in demonstration.of_kind(model.kind.name):
        assert model.model_validate(item.model_dump(mode="json", by_alias=True)) == item, item.path


@every_kind
def test_labels_are_told_along_a_path(model: type[Item]) -> None:
    for path, spec in specs(model):
        *outer, last = path.split(".")
        assert label_at(model, path.split(".")).split("·")[-1] == spec.label
        assert label_at(model, [*outer, last, 1]).endswith(f"{spec.label}第2条")


@every_kind
def test_the_json_schema_is_whole(model: type[Item]) -> None:
    schema = json_schema(model)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (schema["title"], schema["description"]) == (model.kind.label, model.kind.about)
    assert set(schema["properties"]) == {spec.key for spec in fields_of(model)} - {"id"}
    assert "id" not in schema["required"] and "name" in schema["required"]
    for entry in (schema, *schema["$defs"].values()):
        assert entry["type"] == "object" and entry["additionalProperties"] is False
        assert set(entry.get("required", [])) <= set(entry["properties"])
        assert not [key for key, value in entry["properties"].items() if not HAN.search(value.get("title", ""))]
    assert not [name for name, entry in schema["$defs"].items() if "description" in entry]
    assert set(_references(schema)) == {f"#/$defs/{name}" for name in schema["$defs"]}
    json.dumps(schema)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _references(inner)


CONTEST = '''\
"""比赛: contests."""

from datetime import date
from typing import Annotated, ClassVar

from generator.fields import Count, Date, Id, Name, Refers, Text, field
from generator.item import Item, Kind, Part


class Prize(Part):
    """A prize."""

    entry_key: ClassVar[tuple[str, ...]] = ("rank",)

    rank: Count = field("名次")
    what: Name = field("奖品")


class Contest(Item):
    """A contest."""

    kind: ClassVar[Kind] = Kind(
        name="contest", plural="contests", label="比赛", about="区里办的比赛。", order=90, brief=("held", "place"),
        filters={"department": "主办部门"},
    )

    held: Date = field("比赛日期")
    place: Text = field("比赛地点")
    department: Annotated[Id, Refers("department")] = field("主办部门")
    prizes: tuple[Prize, ...] = field("奖项", default=())

    def dated(self) -> date:
        """Return the day of the contest."""
        return self.held
'''
SUMMER = """\
name: 夏季长跑
held: 2026-08-01
place: 滨河公园 1 号门
department: police
prizes:
  - {rank: 1, what: 纪念章}
"""


@pytest.fixture(scope="module")
def with_contests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of package and theme with a made-up kind in its three places, built."""
    folder = tmp_path_factory.mktemp("contests")
    tiny_project(folder, {"items/contests/summer.yml": SUMMER})
    (folder / "site_theme").unlink()
    for name in ("generator", "site_theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "generator/kinds/contest.py").write_text(CONTEST, encoding="utf-8")
    (folder / "site_theme/kinds/contest").mkdir()
    page = "<h1>{{ item.name }}</h1><p>{{ item.held }}</p>\n"
    (folder / "site_theme/kinds/contest/page.html").write_text(page, encoding="utf-8")
    done = run(folder, "build", root=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("：0 处不一致。\n")
    return folder


def test_a_new_kind_has_pages_in_navigation_and_site_map(with_contests: Path) -> None:
    pages = {
        path: data.decode() for path, data in tree(with_contests / "site").items() if path.endswith(("html", "xml"))
    }
    link = r'<nav class="nav.*?href="{}contests/"[^>]*>比赛</a>.*?</nav>'
    for path, base in (("index.html", ""), ("about/index.html", "../"), ("contests/summer/index.html", "../../")):
        assert re.search(link.format(re.escape(base)), pages[path], re.DOTALL), path
    assert 'href="contests/"' in pages["index.html"].partition("<main")[2]
    for path in ("contests/index.html", "contests/by/department-police/index.html"):
        assert 'data-fact="contests/summer#held" data-value="2026-08-01">2026年8月1日<' in pages[path]
    assert 'data-fact="contests/summer#prizes.1.what" data-value="纪念章"' in pages["contests/summer/index.html"]
    assert "https://www.small.example/contests/summer/" in pages["sitemap.xml"]
    assert 'href="../contests/"' in pages["sitemap/index.html"] and "比赛" in pages["search/index.html"]


def test_a_new_kind_is_in_data_feed_and_search(with_contests: Path) -> None:
    site = with_contests / "site"
    kinds = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))["kinds"]
    assert {"contest", "guide"} <= {entry["kind"] for entry in kinds}
    (listed,) = json.loads((site / "api/v1/contests.json").read_text(encoding="utf-8"))["items"]
    item = json.loads((site / "api/v1/contests/summer.json").read_text(encoding="utf-8"))
    assert item["facts"]["department"] == {"value": "police", "text": "小区公安局", "label": "主办部门"}
    assert listed["fingerprint"] == item["fingerprint"]
    assert "<updated>2026-08-01T00:00:00+08:00</updated>" in (site / "contests/feed.xml").read_text(encoding="utf-8")
    looked_up = json.loads((site / "search/lookup.json").read_text(encoding="utf-8"))
    found = [gzip.decompress(file.read_bytes()) for file in (site / "pagefind/fragment").iterdir()]
    (entry,) = [entry for entry in looked_up["entries"] if entry["p"] == "contests/summer"]
    number = looked_up["entries"].index(entry)
    assert sum(f'"/contests/summer/{number}/"'.encode() in text for text in found) == 1


def test_a_new_kind_has_schema_starting_file_and_checks(with_contests: Path) -> None:
    assert run(with_contests, "schema", "schemas", root=with_contests).returncode == 0
    schema = json.loads((with_contests / "schemas/contest.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["held"]["title"] == "比赛日期"
    done = run(with_contests, "new", "contest", "winter", root=with_contests)
    assert (done.returncode, done.stdout) == (0, "items/contests/winter.yml\n"), done.stderr
    checked = run(with_contests, "check", root=with_contests)
    assert checked.returncode == 0  # a draft that is not finished
    assert "items/contests/winter.yml（contests/winter，还缺 4 项）" in checked.stdout
    file = with_contests / "items/contests/winter.yml"
    file.write_text(re.sub("^status: 草稿.*\n", "", file.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")
    checked = run(with_contests, "check", root=with_contests)
    assert checked.returncode == 1
    assert "items/contests/winter.yml" in checked.stdout and "「比赛日期」" in checked.stdout
