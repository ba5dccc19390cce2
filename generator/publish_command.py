"""`tongchuang publish`: put a verified site into a web server's folder as a release, or go back to an earlier one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from generator import problems, releases
from generator.catalogue import Catalogue
from generator.exit_status import FINE, PROBLEMS_FOUND, WRONG_USAGE
from generator.git import log_of
from generator.item_files import ITEMS_FOLDER
from generator.mkdocs_build import load_catalogue
from generator.releases import NotPublished
from generator.render.data import API
from generator.verify import Comparison, site_files, verify_site
from generator.verify_prints import compare_prints
from generator.write import MARKER

KEPT = 5


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb of this module; `common` has the options of every verb."""
    publish = verbs.add_parser("publish", parents=[common], help="核对后发布到网站服务器的文件夹，可以退回")
    publish.add_argument("folder", metavar="DIR", type=Path, help="发布到哪里；网站服务器的根目录设为 DIR/current")
    publish.add_argument("--site-dir", help="生成的站点，默认 mkdocs.yml 里的 site_dir")
    publish.add_argument("--keep", metavar="N", type=int, default=KEPT, help=f"留几个版本，默认 {KEPT}")
    publish.add_argument("--rollback", metavar="RELEASE", nargs="?", const="", help="退回上一个版本，或指明的版本")
    publish.add_argument("--list", action="store_true", help="列出现有的版本")
    publish.set_defaults(command=_publish)


def _publish(options: argparse.Namespace) -> int:
    if options.keep < 1:
        return _said("--keep 至少写 1。", WRONG_USAGE)
    if options.list:
        return _list(options.folder)
    try:
        with releases.only_publisher(options.folder):
            if options.rollback is not None:
                return _rollback(options.folder, options.rollback)
            return _release(options)
    except NotPublished as error:
        return _said(str(error), PROBLEMS_FOUND)


def _list(target: Path) -> int:
    for known in releases.releases_of(target):
        mark = "*" if known.name == releases.current_of(target) else " "
        print(f"{mark} {known.name}  {_days(releases.record_of(target, known.name))}")
    return FINE


def _rollback(target: Path, wanted: str) -> int:
    name = wanted or releases.release_before(target)
    known = [release.name for release in releases.releases_of(target)]
    if name not in known:
        return _said(f"没有版本 {name}，有：{'、'.join(known)}。", WRONG_USAGE)
    was = releases.current_of(target)
    releases.change_over(target, name)
    record = releases.record_of(target, name)
    print(f"已从 {was} 退回 {name}，{_days(record)}。")
    if str(record.get("valid_until")) < date.today().isoformat():
        print("这个版本有的内容已经过期，请尽快改好、重新发布。", file=sys.stderr)
    return FINE


def _release(options: argparse.Namespace) -> int:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if problems.has_errors(found):
        return _said(problems.as_text(found), PROBLEMS_FOUND)
    site = Path(options.site_dir) if options.site_dir else project.site_folder
    index = _index(site, project.search, catalogue.today)
    draft = releases.copied(site, options.folder)
    # What is published is what is verified: the copy, not what it was copied from.
    comparison = _comparison(catalogue, draft, project.jobs)
    if comparison.differences:
        print(comparison.as_text())
        raise NotPublished("站点与来源不一致，没有发布。请重新运行 tongchuang build。")
    record = _record(index, comparison, draft, project.root)
    was = releases.current_of(options.folder)
    made = releases.release(draft, options.folder, catalogue.today, record)
    gone = releases.keep_latest(options.folder, options.keep)
    print(f"已发布 {made.name}，{_days(record)}，{record['files']} 个文件，{record['facts']} 条事实。")
    print(f"之前是 {was}；要退回：tongchuang publish {options.folder} --rollback" if was else "这是第一个版本。")
    if gone:
        print(f"删去了旧版本 {'、'.join(gone)}。")
    return FINE


def _index(site: Path, with_search: bool, today: date) -> Mapping[str, Any]:
    """Return what a site says of itself; raise `NotPublished` where it is not fit to be published today."""
    again = "请重新运行 tongchuang build。"
    if not (site / MARKER).is_file():
        raise NotPublished(f"没有生成好的站点 {site}。{again}")
    if with_search and not (site / "pagefind").is_dir():
        raise NotPublished(f"{site} 没有建检索，没有发布。请运行 tongchuang build，不加 --no-search。")
    try:
        index: Mapping[str, Any] = orjson.loads((site / API / "index.json").read_bytes())
        valid_until = date.fromisoformat(index["valid_until"])
    except (OSError, ValueError, KeyError, TypeError):
        raise NotPublished(f"{site} 里的数据文件损坏，没有发布。{again}") from None
    if valid_until < today:
        raise NotPublished(f"{site} 的内容只保证到 {valid_until}，没有发布。{again}")
    return index


def _comparison(catalogue: Catalogue, site: Path, jobs: int) -> Comparison:
    has_prints = any((site / "packs").rglob("*.pdf"))
    return verify_site(catalogue, site, jobs, [compare_prints(catalogue, site)] if has_prints else [])


def _record(index: Mapping[str, Any], comparison: Comparison, site: Path, root: Path) -> dict[str, object]:
    commits = log_of(root, ITEMS_FOLDER).commits
    return {
        "as_of": index["as_of"],
        "valid_until": index["valid_until"],
        "commit": commits[-1].id if commits else "",
        "files": len(site_files(site)),
        "facts": comparison.facts,
    }


def _days(record: Mapping[str, object]) -> str:
    return f"内容日期 {record.get('as_of')}，保证到 {record.get('valid_until')}"


def _said(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
