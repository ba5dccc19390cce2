"""A small valid project to test with: one department, hall, fee, policy, material and guide, in the real theme."""

from __future__ import annotations

import os
import posixpath
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from forked import forked
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue, catalogue_of
from generator.reading import read_items

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-23"

CONFIG = f"""\
site_name: 小区政务公开
site_url: https://www.small.example/
site_description: 小区办事指南
docs_dir: content
strict: true
theme:
  name: material
  custom_dir: site_theme
  language: zh
  font: false
plugins:
  - tongchuang: {{as_of: "{TODAY}"}}
validation:
  omitted_files: ignore
  links: {{absolute_links: ignore}}
extra:
  site:
    district: 小区
    host: 小区人民政府办公室
    phone: 0123-5550100
    code: "9901990001"
    main_hall: main
    popular: [card-renewal]
"""
ABOUT = """\
---
title: 关于本站
---

# 关于本站

先看[换领小证](/guides/card-renewal/)。
"""
DEPARTMENT = """\
name: 小区公安局
short_name: 公安局
nature: 法定机关
duties: [管理证件]
address: 政和路 6 号
phone: 0123-5550101
complaint_phone: 0123-5550199
hours:
  - {days: 工作日, spans: ["09:00-12:00", "13:00-17:00"]}
"""
HALL = """\
name: 小区政务服务中心
address: 政和路 18 号
phone: 0123-5550123
complaint_phone: 0123-5550198
hours:
  - {days: 工作日, spans: ["09:00-12:00", "13:00-17:00"]}
transit: 3 路公交到“政务服务中心”站
floors:
  - number: 1
    name: 一楼
    width: 30
    height: 20
    zones: [{id: cards, name: 证件区, x: 0, y: 0, width: 30, height: 20}]
windows:
  - {no: A01, name: 证件办理, floor: 1, zone: cards, x: 5, y: 5, kind: 部门窗口, departments: [police]}
  - {no: A02, name: 证件领取, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
"""
FEE = """\
name: 小证工本费
department: police
level: 中央
fund: 缴入中央国库
rates:
  - id: renewal
    condition: 期满换领
    unit: 证
    periods:
      - until: 2026-12-31
        amount: 20
        basis: [{policy: small-law, checked: 2026-10-12}]
      - from: 2027-01-01
        amount: 15
        basis: [{policy: small-law, checked: 2026-10-12}]
  - id: loss
    condition: 丢失补领
    unit: 证
    periods:
      - amount: 40
        basis: [{policy: small-law, checked: 2026-10-12}]
"""
POLICY = """\
name: 小证管理办法
number: 小政发〔2016〕5号
issuer: 小区人民政府
genre: 规范性文件
theme: 公安、安全、司法
written: 2016-01-04
published: 2016-01-08
effective: 2016-02-01
validity: 有效
summary: 规定小证的申领、换领和收费。
"""
MATERIAL = """\
name: 小证
aliases: [证]
category: 证件证书证明
issuer: 公安机关
"""
GUIDE = """\
name: 小证期满换领
aliases: [小证到期, 换小证]
summary: 小证有效期满时换领新证。
codes: {local: XQ-0101}
type: 行政确认
department: police
targets: [自然人]
person_topics: [证件办理]
events: [证件到期或丢失]
handling: {kind: 承诺件, forms: [窗口], scope: 全国}
conditions: [小证有效期已满]
time:
  statutory: {number: 60, unit: 自然日}
  promised: {number: 15}
hall: main
windows: [A01, A02]
visit:
  count: 1
  reasons: [本人到窗口采集相片]
online: {available: false}
fees:
  - {fee: small-card, rate: renewal, case: 期满换领}
payment: {online: true}
materials:
  - {material: small-card, form: 原件, source: 政府部门核发}
steps:
  - {name: 受理, actor: 证件窗口, days: {number: 0}, action: 核对旧证和“本人” & 采集相片}
  - {name: 发证, actor: 证件窗口, days: {number: 10}, action: 发给新证}
result:
  kind: 证照
  name: 小证
  material: small-card
  delivery: [窗口领取]
  sample: {title: 小证样本, path: files/samples/small-card.pdf}
basis:
  - {policy: small-law, article: 第五条, checked: 2026-10-12}
consult: {phone: 0123-5550101, window: 一楼 A01 窗口}
complain: {phone: 0123-5550199}
remedy:
  review: {name: 小区人民政府, address: 政和路 1 号}
  litigation: {name: 小区人民法院, address: 法正路 9 号}
owner: 公安局证件科
revised: 2026-10-12
review_by: 2027-10-12
"""
SAMPLE = """\
%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Resources <</Font <</F1 4 0 R>>>> /Contents 5 0 R>> endobj
4 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
5 0 obj <</Length 37>> stream
BT /F1 12 Tf 20 100 Td (sample) Tj ET
endstream endobj
trailer <</Root 1 0 R>>
%%EOF
"""
FILES: Mapping[str, str] = {
    "mkdocs.yml": CONFIG,
    "content/about.md": ABOUT,
    "content/files/samples/small-card.pdf": SAMPLE,
    "items/departments/police.yml": DEPARTMENT,
    "items/hall/main.yml": HALL,
    "items/fees/small-card.yml": FEE,
    "items/policies/small-law.yml": POLICY,
    "items/materials/small-card.yml": MATERIAL,
    "items/guides/card-renewal.yml": GUIDE,
}
PATHS = (
    "departments/police",
    "fees/small-card",
    "guides/card-renewal",
    "hall/main",
    "materials/small-card",
    "policies/small-law",
)
"""The items' paths."""


def tiny_project(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """Lay down the project in a folder, with files that override or add, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**FILES, **(files or {})}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "site_theme").symlink_to(ROOT / "site_theme", target_is_directory=True)
    return folder


def run(
    folder: Path, *arguments: str, module: str = "generator", root: Path = ROOT, anew: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command of the package in a folder, as a user would, and return what it said.

    The package is imported anew only where that is asked for, or where it is another module or copy.
    """
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "error"}
    if module == "generator" and root == ROOT and not anew:
        return forked(folder, arguments, environment)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def read(folder: Path, today: str = TODAY) -> Catalogue:
    """Return the catalogue of a folder's items, which must be well formed."""
    found = read_items(folder)
    assert not found.problems, found.problems
    return catalogue_of(found.items, date.fromisoformat(today), thesaurus=found.thesaurus)


def dead_links(site: Path) -> Iterator[str]:
    """Yield links that are not relative or lead to no file; only the canonical address is absolute."""
    files = set(tree(site))
    for path in sorted(files):
        if not path.endswith(".html") or path == "404.html" or path.startswith("pagefind/"):
            continue
        page = LexborHTMLParser((site / path).read_text(encoding="utf-8"))
        for node in page.css("a[href], link[href]:not([rel=canonical]), img[src], script[src], form[action]"):
            url = next(node.attributes[name] or "" for name in ("href", "src", "action") if name in node.attributes)
            parts = urlsplit(url)
            if parts.scheme in ("https", "tel", "mailto"):
                if parts.netloc.endswith("host.example"):
                    yield f"{path}: {url}"
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            inside = not url.startswith("/") and not target.startswith("..")
            found = not parts.path or target in files or posixpath.normpath(f"{target}/index.html") in files
            here = parts.path or not parts.fragment or page.css_first(f'[id="{unquote(parts.fragment)}"]')
            if not (inside and found and here):
                yield f"{path}: {url}"
