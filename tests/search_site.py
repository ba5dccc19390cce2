"""A small site with a real search index and the site's own scripts, served to a real browser."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Page

from generator.facts import Fact
from generator.index import build_index
from generator.index_documents import Documents
from generator.normalise import normalise, variants_of
from generator.render.lookup import record, values_of
from generator.render.lookup_blocks import BLOCK, block_outputs, posting_outputs, sharded
from generator.render.lookup_entries import Entry
from generator.render.pinyin import heteronyms, syllabary
from generator.render.search import SearchEntry, search_document

PROJECT = Path(__file__).parent.parent
THEME = PROJECT / "site_theme"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]

# Else the browser asks for one and reports that there is none.
NO_ICON = '<link rel="icon" href="data:,">'
SUBJECTS = [
    *("居民身份证", "普通护照", "居民户口簿", "食品经营许可证", "营业执照", "社会保障卡", "不动产权证书"),
    *("机动车驾驶证", "残疾人证", "医师执业证", "教师资格证", "老年人优待证", "出生医学证明", "结婚证"),
    *("民办学校办学许可证", "建筑工程施工许可证", "取水许可证", "道路运输证", "公共场所卫生许可证"),
    *("烟草专卖零售许可证", "往来港澳通行证", "特种设备使用登记证", "出版物经营许可证", "律师执业证"),
    "动物防疫条件合格证",
]
ACTIONS = ["丢失补领", "变更登记", "注销", "到期换领（含异地办理）"]
SINGLE_NAMES = [
    "国务院关于加快推进“互联网+政务服务”工作的指导意见（国发〔2016〕55号）",
    "中华人民共和国居民身份证法",
    "2026年城乡居民基本医疗保险缴费通知",
    "新生儿“出生一件事”",
    "A07综合窗口",
    "12345政务服务便民热线",
    "Wi-Fi与5G基站备案",
    "二〇二六年春节期间大厅开放时间",
    "城镇独生子女父母年老奖励、计划生育特别扶助",
    "<b>标题</b>&“引号”'测试'",
]
FACTS = [("fee.amount", "40", "40 元/证", "收费标准"), ("place.where", "A07", "2 楼 A07", "办理窗口")]
CASES = {
    "居民身份证丢失补领": [
        ("lost--wait", "丢了 · 不急用证"),
        ("lost--urgent", "丢了 · 急着用证"),
        ("damaged", "还在，但是坏了"),
    ],
    "不动产权证书变更登记": [
        *((f"mortgaged--{at}", f"还有抵押 · 第{at}种情况") for at in "一二三四五"),
        ("clear", "没有抵押"),
    ],
}


def names() -> list[str]:
    """Return the fixed names and those of the demonstration's items."""
    fixed = [subject + action for subject in SUBJECTS for action in ACTIONS] + SINGLE_NAMES
    written = []
    for file in sorted((PROJECT / "items").rglob("*.yml"))[:60]:
        # Items may be in the middle of an edit; whether they are right is for other tests.
        match = re.search(r"^name: *(\S.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        name = yaml.safe_load(match[1]) if match else None
        written += [name] if isinstance(name, str) else []
    return list(dict.fromkeys(fixed + written))


def texts() -> dict[str, SearchEntry]:
    """Return by path what the index knows under each name; texts mention other things, as real ones do."""
    every = names()
    return {_path(number, name): _texts(number, name, every) for number, name in enumerate(every)}


def _path(number: int, name: str) -> str:
    kind = "policies" if "法" in name or "意见" in name else "guides"
    return f"{kind}/item-{number}"


def _texts(number: int, name: str, every: list[str]) -> SearchEntry:
    return SearchEntry(
        name=name,
        terms=("身份证丢了怎么补", "补办身份证") if name == "居民身份证丢失补领" else (),
        texts=(f"申请材料：{every[number - 1]}所需的申请表。", "向窗口提交，十五个工作日办结。"),
    )


ENTRIES = texts()
PATHS = {entry.name: path for path, entry in ENTRIES.items()}


def documents() -> dict[str, str]:
    """Return the search document of each entry by its address."""
    numbered = enumerate(lookup_entries())
    return {f"{entry.path}/{at}": search_document(ENTRIES[entry.path], entry.name) for at, entry in numbered}


def lookup_entries() -> list[Entry]:
    """Return the entries as the search engine's data have them, in their order."""
    made = [_lookup_entry(number, path) for number, path in enumerate(ENTRIES)]
    return sorted(made, key=lambda entry: (entry.kind, entry.withdrawn, entry.path))


def _lookup_entry(number: int, path: str) -> Entry:
    said = ENTRIES[path]
    return Entry(
        path=path,
        kind=int(path.startswith("policies")),
        name=said.name,
        aliases=said.terms,
        keys=(),
        facts=tuple(Fact(f"{path}#{inner}", *fact) for inner, *fact in FACTS),
        values=(("部门", "公安局" if number % 2 else "民政局"), ("服务对象", "自然人")),
        withdrawn=said.name == "结婚证注销",
        cases=tuple(
            Fact(f"{path}#cases.{case}.label", case, label, "情形") for case, label in CASES.get(said.name, ())
        ),
    )


def lookup_data(made: list[Entry]) -> dict[str, Any]:
    """Return what the search engine works on, as the build makes it."""
    values = values_of(made)
    syllables = syllabary([name for entry in made for name in entry.names])
    several = heteronyms(syllables)
    return {
        "version": 1,
        "traditional": variants_of([normalise(name) for entry in made for name in entry.names]),
        "readings": syllables,
        "thesaurus": [("丢了", "丢失"), ("丢了", "补领")],
        "cases": [[["贷款", "按揭"], ["贷款", "还有抵押"]], [["急用", "加急"], ["急着用证"]]],
        "bets": [],
        "kinds": [("guides", "办事指南"), ("policies", "政策文件")],
        "labels": {"fee.amount": "收费标准", "place.where": "办理窗口"},
        "values": values,
        "entries": [record(entry, values, several) for entry in made],
    }


def as_documents(made: dict[str, str]) -> Documents:
    """Return documents in the form in which the index takes them."""
    return Documents({path: hashlib.sha256(text.encode()).digest() for path, text in made.items()}, made.__getitem__)


def write_site(base: Path) -> None:
    """Write the index, the scripts, the search page and an empty page for each entry."""
    made = build_index(as_documents(documents()), base, base, {}).parts
    (base / "search").mkdir()
    write_lookup(base, lookup_data(lookup_entries()) | ({"indexes": len(made)} if len(made) > 1 else {}))
    (base / "assets").mkdir()
    for asset in (THEME / "assets").glob("search*"):
        shutil.copy(asset, base / "assets")
    (base / "search" / "index.html").write_text(search_page_html(), encoding="utf-8")
    for path in ENTRIES:
        (base / path).mkdir(parents=True)
        (base / path / "index.html").write_text(f"<!doctype html><title>{path}</title>{NO_ICON}", encoding="utf-8")


def write_lookup(base: Path, data: dict[str, Any]) -> None:
    """Write the root of the search data, plain and compressed."""
    text = json.dumps(data, ensure_ascii=False).encode()
    (base / "search" / "lookup.json").write_bytes(text)
    (base / "search" / "lookup.json.gz").write_bytes(gzip.compress(text, mtime=0))


def write_large_site(base: Path, site: Path) -> None:
    """Write a copy of a site whose entries stand in blocks, as on a site too large to load them all."""
    shutil.copytree(site, base)
    made = lookup_entries()
    data = lookup_data(made)
    shards = sharded(made)
    for output in (*block_outputs(data.pop("entries"), "search"), *posting_outputs(shards, "search")):
        (base / output.path).parent.mkdir(exist_ok=True)
        (base / output.path).write_bytes(output.data)
    write_lookup(base, data | {"count": len(made), "block": BLOCK, "shards": len(shards)})


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Leave the test output alone."""


def search_page_html() -> str:
    """Return the search page in a bare shell with the header's form."""
    environment = Environment(loader=FileSystemLoader(THEME), autoescape=True, undefined=StrictUndefined)
    kinds = [("办事指南", "guides", 110, "每件事要多少钱。"), ("政策文件", "policies", 2, "依据。")]
    main = environment.get_template("pages/search.html").render(kinds=kinds, topics=[], departments=[], letters=[])
    return (
        '<!doctype html><html lang="zh-CN" data-base="../"><head><meta charset="utf-8"><title>搜索</title>'
        '<meta name="viewport" content="width=device-width">'
        f'{NO_ICON}<link rel="stylesheet" href="../assets/search.css"></head><body><header><form role="search" '
        'action="../search/"><input name="q" type="search" id="header-q" aria-label="搜索"></form></header>'
        f'<main>{main}</main><script type="module" src="../assets/search.js"></script></body></html>'
    )


class Visitor:
    """Someone on the search page."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site

    def open(self, address: str = "") -> None:
        """Open the search page and wait until its list is done."""
        self.page.goto(f"{self.site}search/{address}")
        self.wait()

    def wait(self) -> None:
        """Wait until the list is done."""
        self.page.wait_for_selector("#search-results[data-state=done]", state="attached")

    def results(self) -> list[str]:
        """Return the paths in the result list, in order."""
        script = "links => links.map(link => link.dataset.result)"
        found: list[str] = self.page.eval_on_selector_all("#search-results [data-result]", script)
        return found

    def find(self, queries: list[str]) -> dict[str, list[str]]:
        """Return the paths that the site's own engine finds for each query, in order."""
        answers: dict[str, list[str]] = self.page.evaluate(FIND, queries)
        return answers


FIND = """async (queries) => {
    const { find } = await import(new URL("../assets/search-engine.js", location.href).href);
    const answers = {};
    for (const query of queries) answers[query] = (await find(query)).hits.map(({ entry }) => entry.p);
    return answers;
}"""


def is_ours(url: str, site: str) -> bool:
    """Tell whether a request stays on the site."""
    return url.startswith((site, "data:", "blob:"))
