"""The command line: arguments, printing, exit codes. Progress goes to standard error, results to standard output."""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator import mkdocs_build, problems
from generator.catalogue import Catalogue
from generator.cluster import options as cluster_options
from generator.cluster.fault import ClusterFault
from generator.exit_status import FINE, MISSING_PART, PROBLEMS_FOUND
from generator.json_schemas import schema_texts
from generator.mkdocs_build import BuildFailed
from generator.revision import NoRevision
from generator.scaffold import write_schemas
from generator.tables.journal import recovered
from generator.verify import Compared, verify_site

# Material prints an advertisement of its own about MkDocs 2 into every build's log otherwise.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

COMMANDS = {
    "serve": "preview.serve_command",
    "new": "new_command",
    "publish": "publish_command",
    "audit": "audit.audit_command",
    "export": "tables.export_command",
    "import": "tables.import_command",
    "changes": "changes_command",
    "impact": "impact.impact_command",
    "addresses": "addresses_command",
    "check": "check_command",
    "due": "due_command",
    "coverage": "coverage_command",
}
"""The verbs that have a module of their own."""
HALL = ("pack_command", "sync_command", "compare_command")
"""The modules with the verbs below `hall`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # an emoji in a message must not stop a console that has none
            stream.reconfigure(errors="backslashreplace")
    options = _parser(sys.argv[1:] if arguments is None else arguments).parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    if said := recovered(Path(getattr(options, "config", "")).parent):
        print(said, file=sys.stderr)
    try:
        return command(options)
    except BuildFailed as error:
        print(error, file=sys.stderr)
        return PROBLEMS_FOUND
    except (NoRevision, ClusterFault) as error:
        print(error, file=sys.stderr)
        return MISSING_PART
    except OSError as error:
        print(f"读写文件失败：{error.filename or ''} {error.strerror or error}", file=sys.stderr)
        return MISSING_PART
    except KeyboardInterrupt:
        print("已停止，原来的站点没有变。", file=sys.stderr)
        return PROBLEMS_FOUND


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tongchuang", description="同窗：网上和窗口，同一份内容。")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--config", default="mkdocs.yml", type=_config_file, help="配置文件，默认 mkdocs.yml")
    common.add_argument("--as-of", type=_iso_date, help="按哪一天生成，YYYY-MM-DD，默认今天（东八区）")

    build = verbs.add_parser("build", parents=[common], help="检查、生成、建检索、核对")
    build.add_argument("--site-dir", help="输出目录，默认 mkdocs.yml 里的 site_dir")
    build.add_argument("--jobs", type=_positive, help="并行进程数，默认 CPU 核数")
    build.add_argument("--no-search", action="store_true", help="不建检索")
    build.add_argument("--clean", action="store_true", help="从头生成，不沿用上一次生成的任何内容")
    cluster_options.add(build)
    build.set_defaults(command=_build)

    verify = verbs.add_parser("verify", parents=[common], help="从生成的文件读回每条事实，与来源比较")
    verify.add_argument("--site-dir", help="要核对的目录，默认 mkdocs.yml 里的 site_dir")
    verify.add_argument("--format", choices=["text", "json"], default="text")
    verify.set_defaults(command=_verify)

    for name in _wanted(arguments):
        if name == "hall":
            _add_hall(verbs, common)
        elif name in COMMANDS:
            importlib.import_module(f"generator.{COMMANDS[name]}").add(verbs, common)

    schema = verbs.add_parser("schema", help="写出各类内容的 JSON Schema")
    schema.add_argument("folder", nargs="?", metavar="DIR", help="写到哪里；不写则打印")
    schema.set_defaults(command=_schema)
    return parser


def _wanted(arguments: Sequence[str]) -> Sequence[str]:
    """Return the verb that is asked for, or all where that is none: some take long to load, and one is enough."""
    every = [*COMMANDS, "hall"]
    return arguments[:1] if arguments and arguments[0] in (*every, "build", "verify", "schema") else every


def _add_hall(verbs: Any, common: argparse.ArgumentParser) -> None:
    hall = verbs.add_parser("hall", help="大厅：离线包、同步、核对窗口实际显示的内容")
    hall_verbs = hall.add_subparsers(required=True, metavar="VERB")
    for module in HALL:
        importlib.import_module(f"generator.hall.{module}").add(hall_verbs, common)


def _iso_date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」不是日期，要写成 2026-07-01 这样") from None


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"「{text}」不是正整数")
    return int(text)


def _config_file(text: str) -> str:
    if not Path(text).is_file():
        raise argparse.ArgumentTypeError(f"没有配置文件 {text}；请在项目文件夹里运行，或用 --config 指明")
    return text


def _build(options: argparse.Namespace) -> int:
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    started = time.monotonic()
    built = mkdocs_build.build_site(
        options.config,
        cluster_options.chosen(options),
        as_of=options.as_of,
        jobs=options.jobs,
        search=False if options.no_search else None,
        site_folder=options.site_dir,
        clean=options.clean or None,
    )
    done = f"什么都没有变，站点照旧：{built.files} 个文件" if built.stood else f"已生成 {built.files} 个文件"
    print(f"{done}，用时 {time.monotonic() - started:.1f} 秒。", file=sys.stderr)
    print(f"内容到 {built.due - timedelta(days=1)} 为止正确，{built.due} 要重新生成。", file=sys.stderr)
    print(built.comparison.as_text())
    gc.freeze()  # nothing of the millions of objects is garbage: the interpreter need not search them at its end
    return FINE


def _verify(options: argparse.Namespace) -> int:
    project, catalogue, found = mkdocs_build.load_catalogue(options.config, options.as_of)
    if problems.has_errors(found):
        print(problems.as_text(found), file=sys.stderr)
        return PROBLEMS_FOUND
    folder = Path(options.site_dir) if options.site_dir else project.site_folder
    if not folder.is_dir():
        print(f"没有 {folder}，请先运行 tongchuang build。", file=sys.stderr)
        return MISSING_PART
    comparison = verify_site(catalogue, folder, project.jobs, _prints(catalogue, folder))
    print(comparison.as_json() if options.format == "json" else comparison.as_text())
    return PROBLEMS_FOUND if comparison.differences else FINE


def _prints(catalogue: Catalogue, folder: Path) -> list[Compared]:
    if not any((folder / "packs").rglob("*.pdf")):
        return []
    # Imported here, because the library that reads PDFs takes a while and most sites have none.
    return [importlib.import_module("generator.verify_prints").compare_prints(catalogue, folder)]


def _schema(options: argparse.Namespace) -> int:
    if options.folder:
        write_schemas(Path(options.folder))
    else:
        print("\n".join(schema_texts().values()))
    return FINE
