"""The editors' page: every command and every snippet on it is tried on a project with the files that it names."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest
from project import FILES, POLICY, run, tiny_project
from repository import commit, git
from selectolax.lexbor import LexborHTMLParser, LexborNode

RENAMED = {
    "small-card": "id-card",
    "card-renewal": "id-card-renewal",
    "police": "public-security",
    "small-law": "fagaijiage-2003-2322",
}
FROM_BLANK = "tongchuang new 办事指南 id-card-first"
NOT_RUN = re.compile("tongchuang serve( .*)?")
"""A preview runs until it is stopped; it has tests of its own."""


def renamed(text: str) -> str:
    pattern = "|".join(sorted(RENAMED, key=len, reverse=True))
    return re.sub(rf"(?<![a-z/-])({pattern})(?![a-z-])(?!\.pdf)", lambda match: RENAMED[match[1]], text)


DAMAGED = "id-card-damaged"


def files() -> dict[str, str]:
    """Return the small project with the names that the page uses, and what its recipes take away."""
    found = {}
    for path, text in FILES.items():
        stem = Path(path).stem
        moved = path.replace(stem, RENAMED[stem]) if path.startswith("items/") and stem in RENAMED else path
        found[moved] = renamed(text) if path.endswith(".yml") else text.replace("card-renewal", "id-card-renewal")
    guide = found["items/guides/id-card-renewal.yml"]
    found[f"items/guides/{DAMAGED}.yml"] = (
        guide.replace("小证期满换领", "居民身份证损坏换领")
        .replace("XQ-0101", "XQ-0102")
        .replace("aliases: [小证到期, 换小证]", "aliases: [证坏了]")
    )
    found["items/materials/old-form.yml"] = "name: 旧登记表\ncategory: 申请表格文书\nissuer: 公安机关\n"
    found["items/policies/new-fee-notice.yml"] = POLICY.replace("小证管理办法", "新的收费文件").replace("5号", "6号")
    addresses = sorted(path.removeprefix("items/").removesuffix(".yml") for path in found if path.startswith("items/"))
    lines = [f"  - {{address: {address}, since: 2026-11-22}}\n" for address in addresses]
    found["items/addresses.yml"] = "".join(["published:\n", *lines])
    return found


class Recipe(NamedTuple):
    """A section of the page: its id, and what it shows in the order of the page."""

    id: str
    shown: list[LexborNode]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tiny_project(tmp_path_factory.mktemp("editors") / "project", files())
    for path in FILES.keys() - files().keys():
        (root / path).unlink()
    git(root, "init", "-q")
    commit(root, "2026-11-20")
    done = run(root, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return root


def recipes(root: Path) -> list[Recipe]:
    page = LexborHTMLParser((root / "site/office/index.html").read_text(encoding="utf-8"))
    return [
        Recipe(section.attributes["id"] or "", section.css("[data-file], pre.commands"))
        for section in page.css("section.recipe")
    ]


def put(root: Path, shown: LexborNode) -> None:
    """Do to a file what a part of the page shows."""
    file = root / (shown.attributes["data-file"] or "")
    texts = [pre.text() for pre in shown.css("pre")]
    text = file.read_text(encoding="utf-8")
    if len(texts) == 2:
        assert text.count(f"{texts[0]}\n") == 1, f"{file.name}: {texts[0]}"
        text = text.replace(f"{texts[0]}\n", f"{texts[1]}\n")
    else:
        text += f"{texts[0]}\n"
    file.write_text(text, encoding="utf-8")
    if removed := shown.attributes.get("data-removed"):
        (root / removed).unlink()


def completed(root: Path) -> None:
    """Fill in the copy as the page says, and take away its draft line."""
    file = root / "items/guides/id-card-loss.yml"
    new = {"name": "居民身份证丢失补领", "revised": "2026-11-20", "review_by": "2027-10-12"}
    text = re.sub(
        r"^(name|revised|review_by):  # 原来是 .*$",
        lambda match: f"{match[1]}: {new[match[1]]}",
        file.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    text = text.replace("codes: {local: }", "codes: {local: XQ-0103}").replace("checked: }", "checked: 2026-11-20}")
    text = text.replace("aliases: []", "aliases: [证丢了]")
    file.write_text(re.sub("^status: .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    (root / "items/guides/id-card-first.yml").unlink()


def test_every_recipe_can_be_followed(built: Path) -> None:
    tried = []
    for recipe in recipes(built):
        for shown in recipe.shown:
            if shown.attributes.get("data-file"):
                put(built, shown)
                continue
            for line in shown.text().splitlines():
                program, *arguments = line.split(" ")
                assert program == "tongchuang", line
                if NOT_RUN.fullmatch(line):
                    continue
                if line == "tongchuang addresses --write":
                    completed(built)
                done = run(built, *arguments)
                assert done.returncode == 0, f"{recipe.id}: {line}\n{done.stdout}{done.stderr}"
                tried.append(line)
        # What a recipe leaves is content without mistakes, which is committed as an editor would.
        done = run(built, "check")
        assert done.returncode == 0, f"{recipe.id}: {done.stdout}"
        commit(built, "2026-11-23")
    assert [recipe.id for recipe in recipes(built)] == [
        "fee",
        "place",
        "new",
        "gone",
        "excel",
        "error",
        "preview",
        "after",
    ]
    assert len(tried) == 16
    assert FROM_BLANK in tried


def test_the_page_leads_to_the_mistakes_and_the_rules(built: Path) -> None:
    page = LexborHTMLParser((built / "site/office/index.html").read_text(encoding="utf-8"))
    links = [link.attributes["href"] for link in page.css("#error a")]
    assert links == ["../office/mistakes/", "../office/rules/"]


def test_the_style_of_the_office_is_loaded_there_alone(built: Path) -> None:
    having = {
        path.relative_to(built / "site").parts[0]
        for path in (built / "site").rglob("*.html")
        if "assets/office.css" in path.read_text(encoding="utf-8")
    }
    assert having == {"office"}
    pages = list(chain((built / "site/office").rglob("index.html")))
    assert all("assets/office.css" in page.read_text(encoding="utf-8") for page in pages)
