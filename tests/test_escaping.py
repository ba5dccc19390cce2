"""Any text of an item comes out on the page and in the data exactly as it was written, and never as live markup."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import markdown
from bad_input import DEPARTMENT, FEE, GUIDE, HALL, MATERIAL, POLICY, edited
from hypothesis import example, given, settings
from hypothesis import strategies as st
from project import FILES, PATHS, ROOT, TODAY, run, tiny_project
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.catalogue import Catalogue, catalogue_of
from generator.facts import Sheet
from generator.fields import AS_TEXT
from generator.kinds import all_kinds
from generator.outputs import Output
from generator.render.items import item_outputs
from generator.render.lists import list_units
from generator.render.markdown import markdown_html
from generator.render.site import Site
from generator.schema import FieldSpec, values_where
from generator.settings import Settings
from generator.shell import SLOTS, Shell, mark
from generator.source import Source, parse_text
from generator.text_files import STRANGE
from generator.unsafe_markdown import markdown_problems
from generator.validation import validate
from generator.yaml_slips import MARKUP

# The fields that hold whatever an editor likes; those of a fixed form (phones, paths, numbers) refuse odd signs.
FREE = {
    GUIDE: (
        *("name", "summary", "aliases", "conditions", "case", "action", "actor", "article", "reasons", "title"),
        *("window", "address", "owner"),
    ),
    FEE: ("name", "condition", "note", "aliases"),
    POLICY: ("name", "issuer", "summary", "aliases", "keywords", "source"),
}
PIECES = st.sampled_from(
    [*"\"'&<>`$\\{}[]|#*_~=/:;,!?%@+- \n", "a < b", "<3", "&amp;", "&lt;b&gt;", "&#60;", "'>", '">', '" onclick="x',
     "${x}", "@@article@@", "@@", "→", "“引号”", "😀", "👩‍👧", "\u200f", "\u0301", "ﷺ", "𠮷", "é"]
)  # fmt: skip


def _is_plain(text: str) -> bool:
    return not MARKUP.search(text) and not STRANGE.search(text)


TEXTS = (
    st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4), max_size=10)
    .map("".join)
    .filter(_is_plain)
)


class AnyShell(dict[tuple[str, int], Shell]):
    """The smallest frame for every section and depth."""

    def __missing__(self, place: tuple[str, int]) -> Shell:
        head = f'<title>{mark("title")}</title><meta name=description content="{mark("description")}">'
        rest = "".join(mark(slot) for slot in SLOTS[3:])
        html = f'<!doctype html>{head}<link rel=canonical href="{mark("canonical")}"><main>{rest}</main>'
        return Shell(html, "../" * place[1])


def project_with(text: str) -> tuple[Catalogue, list[str]]:
    """Return the tiny project with a text in every free field, between numbers that tell the fields apart."""
    written: list[str] = []
    items = []
    models = {model.kind.plural: model for model in all_kinds().values()}
    for path in (DEPARTMENT, HALL, MATERIAL, FEE, POLICY, GUIDE):
        model = models[path.split("/")[1]]
        values, _ = parse_text(FILES[path], path)
        filled = _filled(values, FREE.get(path, ()), text, written)
        dumped = json.dumps(filled, ensure_ascii=False, indent=1)  # which is YAML with every text in quotes
        read, problems = parse_text(dumped, path)
        assert read is not None, problems
        item, problems = validate(model, Source(path=path, text=dumped, values=read), {"id": (Path(path).stem, "")})
        assert item is not None, problems
        items.append(item)
    return catalogue_of(items, date.fromisoformat(TODAY)), written


def _filled(value: Any, free: tuple[str, ...], text: str, written: list[str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _filled(entry, free, text, written, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [_filled(entry, free, text, written, key) for entry in value]
    if key not in free or not isinstance(value, str):
        return value
    written.append(f"甲{len(written)}{text}乙{len(written)}")
    return written[-1]


def site_of(catalogue: Catalogue) -> Site:
    """Return a site that renders a catalogue without the engine."""
    district = Settings(
        root=ROOT, name="小区", url="https://www.small.example/", district="小区", host="办公室",
        phone="0123-5550100", code="9901990001", main_hall="main",
    )  # fmt: skip
    return Site(
        catalogue=catalogue,
        settings=district,
        theme=ROOT / "site_theme",
        shells=AnyShell(),
        valid_until=catalogue.today,
    )


def facts_on(html: str) -> Iterator[LexborNode]:
    """Yield the marked elements of a page."""
    yield from LexborHTMLParser(html).css("[data-fact]")


def live(html: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Count the elements of a page with the names of their attributes; some tspans and units depend on the text."""
    tree = LexborHTMLParser(html)
    for drawing in tree.css("svg, .unit"):
        drawing.unwrap_tags(["tspan"]) if drawing.tag == "svg" else drawing.unwrap()
    return Counter((node.tag, tuple(sorted(node.attributes))) for node in tree.css("*"))


PLAIN = "换"


@settings(deadline=None, max_examples=40)
@given(TEXTS)
@example("a < b & c > d \"引\" '号'")
@example("&lt;script&gt;alert(1)&lt;/script&gt;")
@example('" onmouseover="alert(1)')
@example("@@article@@")
@example("{x} ${y} %s {0}")
def test_text_comes_out_as_written_and_stays_text(text: str) -> None:
    catalogue, written = project_with(text)
    site = site_of(catalogue)
    plain_site = site_of(project_with(PLAIN)[0])
    shown: set[str] = set()
    for output, plain in zip(item_outputs(site, catalogue.items), _outputs(plain_site), strict=True):
        if output.path.endswith(".json"):
            shown_there = {fact["text"] for fact in json.loads(output.data)["facts"].values()}
            assert shown_there >= {fact.text for fact in _sheet(catalogue, output).facts.values()}
            shown |= shown_there
        else:
            html = output.data.decode()
            for node in facts_on(html):
                fact = _fact(catalogue, node)
                assert (node.text(deep=True), node.attributes["data-value"]) == fact
            assert live(html) == live(plain.data.decode())
    assert shown >= set(written)
    for output in (page for unit in list_units(site) for page in unit.make(site)):
        assert all(_fact(catalogue, node)[0] == node.text(deep=True) for node in facts_on(output.data.decode()))


def _outputs(site: Site) -> list[Output]:
    if site.catalogue.by_path.keys() and not _PLAIN_OUTPUTS:
        _PLAIN_OUTPUTS.extend(item_outputs(site, site.catalogue.items))
    return _PLAIN_OUTPUTS


_PLAIN_OUTPUTS: list[Output] = []


def _sheet(catalogue: Catalogue, output: Output) -> Sheet:
    path = output.path.removeprefix("api/v1/").removesuffix(".json").removesuffix("/index.html")
    return catalogue.sheet(catalogue.by_path[path])


def _fact(catalogue: Catalogue, node: LexborNode) -> tuple[str, str]:
    path, _, inner = (node.attributes["data-fact"] or "").partition("#")
    fact = catalogue.sheet(catalogue.by_path[path]).facts[inner]
    return fact.text, fact.value


def test_every_free_field_was_filled() -> None:
    catalogue, written = project_with(PLAIN)
    of_fixed_form = {"phone", "number", "windows", "path", "local"}
    for path in PATHS:
        if f"items/{path}.yml" in FREE:
            texts = values_where(catalogue.by_path[path], _is_text)
            assert {spec.key for _, spec, value in texts if value not in written} <= of_fixed_form, path


def _is_text(spec: FieldSpec) -> bool:
    return spec.format is AS_TEXT and not spec.choices and not spec.refers and not spec.is_markdown and spec.shown


# The same, built by the engine and verified.


def test_odd_text_survives_a_whole_build(tmp_path: Path) -> None:
    odd = "a < b & \"c\" 'd' &amp; 😀 <3 ‏ \\ $x @@article@@ | ` * _"
    quoted = json.dumps(odd, ensure_ascii=False)
    files = {
        GUIDE: edited(GUIDE, "小证有效期满时换领新证。", quoted)[GUIDE].replace("ons: [", f"ons: [{quoted}, "),
        **edited(FEE, "condition: 期满换领", f"condition: {quoted}"),
        **edited(POLICY, "规定小证的申领、换领和收费。", quoted),
    }
    project = tiny_project(tmp_path, files)
    done = run(project, "build", "--no-search")
    assert (done.returncode, done.stdout[-13:]) == (0, " 条事实：0 处不一致。\n"), done.stderr
    for page, key in (
        ("guides/card-renewal", "guides/card-renewal#summary"),
        ("guides/card-renewal", "guides/card-renewal#conditions.1"),
        ("fees/small-card", "fees/small-card#rates.renewal.condition"),
        ("policies/small-law", "policies/small-law#summary"),
    ):
        html = (project / "site" / page / "index.html").read_text(encoding="utf-8")
        marks = [node for node in facts_on(html) if node.attributes["data-fact"] == key]
        assert {(node.text(deep=True), node.attributes["data-value"]) for node in marks} == {(odd, odd)}
        facts = json.loads((project / "site/api/v1" / f"{page}.json").read_text(encoding="utf-8"))["facts"]
        assert facts[key.partition("#")[2]]["text"] == odd


# Markdown: what the check lets pass, neither renderer turns into something that runs.

SCHEME = re.compile(r"(?i)^(?:javascript|vbscript|data):")
HARMLESS = {
    *("html", "head", "body", "p", "em", "strong", "a", "img", "br", "hr"),
    *("ul", "ol", "li", "code", "pre", "blockquote"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}


def runs(html: str) -> bool:
    """Tell whether a browser would run something that stands in this HTML."""
    for node in LexborHTMLParser(html).css("*"):
        if node.tag not in HARMLESS or any(name.startswith("on") for name in node.attributes):
            return True
        for name in ("href", "src"):
            # Browsers leave out tabs and line ends, and what is not printable at the start.
            address = re.sub(r"[\t\n\r]", "", node.attributes.get(name) or "").lstrip("".join(map(chr, range(33))))
            if SCHEME.match(address):
                return True
    return False


def _disguised(sign: str) -> st.SearchStrategy[str]:
    ways = [sign.upper(), f"&#{ord(sign)};", f"&#x{ord(sign):X};", f"&#{ord(sign):07}", f"&#1;{sign}"]
    ways += [f"{sign}\n", f"{sign}&Tab;", f"{sign}&NewLine;", *(["&colon;", "\\:"] if sign == ":" else [])]
    return st.sampled_from([sign] * len(ways) + ways)


SCRIPT_ADDRESSES = st.sampled_from(["javascript:alert", "vbscript:x", "data:text/html,x"]).flatmap(
    lambda address: st.tuples(*map(_disguised, address)).map("".join)
)
LINKS = st.sampled_from(
    ["[x]({})", "[x](<{}>)", "![x]({})", "[x]( {} 'y')", "[x][y]\n\n[y]: {}", "[x]: <{}>\n\n[x]", "<{}>"]
)


MARKDOWN_PIECES = st.sampled_from(["<script>", "<b>", "[x](", ")", "](", "<", ">", "```\n", "\n\n"])


@settings(deadline=None, max_examples=200)
@given(st.builds(lambda link, address: link.format(address), LINKS, SCRIPT_ADDRESSES))
@example("[x](javascript:alert)")
@example('[x](about.md){ onclick="alert" }')
@example('# x {: onmouseover="alert" }')
def test_what_would_run_is_told(text: str) -> None:
    assert not runs(markdown_html(text))
    if runs(markdown.markdown(text, extensions=["admonition", "attr_list", "def_list", "tables", "toc"])):
        assert list(markdown_problems(text, "content/a.md"))


@settings(deadline=None, max_examples=100)
@given(st.lists(PIECES | SCRIPT_ADDRESSES | MARKDOWN_PIECES).map("".join))
def test_markdown_of_items_never_runs(text: str) -> None:
    assert not runs(markdown_html(text))
