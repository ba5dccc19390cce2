"""`tongchuang hall pack` and `tongchuang hall key`: folders for the machines of a hall, and the key to sign them."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator import problems
from generator.exit_status import FINE, MISSING_PART, PROBLEMS_FOUND, WRONG_USAGE
from generator.hall.manifest import Edition
from generator.hall.pack import FaultyPages, NotPacked, Packed, edition_of, write_packs
from generator.hall.signing import WrongKey, make_key_pair, read_key
from generator.mkdocs_build import load_catalogue
from generator.render.templates import MissingTemplate
from generator.write import UnsafeTarget


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of this module below `hall`; `common` has the options of every verb."""
    pack = verbs.add_parser("pack", parents=[common], help="把生成的站点做成各台机器的离线包")
    pack.add_argument("--hall", metavar="ID", help="大厅的编号，默认 mkdocs.yml 里的 main_hall")
    pack.add_argument("--site-dir", help="生成的站点，默认 mkdocs.yml 里的 site_dir")
    pack.add_argument("--out", metavar="DIR", type=Path, help="写到哪里，默认站点里的 packs/<大厅>/")
    pack.add_argument("--key", metavar="FILE", type=Path, help="签名用的私钥（Ed25519，PEM）；不给就不签名")
    pack.add_argument("--pdf", action="store_true", help="告知单和公示也做成 PDF，要有 Chromium")
    pack.add_argument("--format", choices=["text", "json"], default="text")
    pack.set_defaults(command=_pack)
    key = verbs.add_parser("key", help="新做一对签名用的密钥")
    key.add_argument("file", metavar="FILE", type=Path, help="私钥写到哪里；公钥写在旁边，加 .pub")
    key.set_defaults(command=_key)


def _pack(options: argparse.Namespace) -> int:
    try:
        key = read_key(options.key) if options.key else None
        return _packed(options, key)
    except WrongKey as error:
        return _said(str(error), MISSING_PART)
    except NotPacked as error:
        return _said(str(error), MISSING_PART if error.is_missing else PROBLEMS_FOUND)
    except UnsafeTarget as error:
        return _said(str(error), PROBLEMS_FOUND)
    except MissingTemplate as error:
        return _said(f"site_theme 里没有模板 {error.name}。请从原来的项目里取回。", PROBLEMS_FOUND)
    except FaultyPages as error:
        print(problems.FORMATS[options.format](error.problems))
        return PROBLEMS_FOUND


def _packed(options: argparse.Namespace, key: Ed25519PrivateKey | None) -> int:
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if problems.has_errors(found):
        return _said(problems.as_text(found), PROBLEMS_FOUND)
    if options.site_dir:
        project = dataclasses.replace(project, site_folder=Path(options.site_dir))
    halls = {item.id: item for item in catalogue.of_kind("hall")}
    hall = halls.get(options.hall or project.settings.main_hall)
    if hall is None:
        return _said(f"没有编号为 {options.hall} 的大厅，有：{'、'.join(halls)}。", WRONG_USAGE)
    out = options.out or project.site_folder / "packs" / hall.id
    made = write_packs(project, catalogue, hall, out, key=key, with_pdf=options.pdf)
    edition = edition_of(project, catalogue, hall, signed=key is not None)
    print(_as_json(made, edition, out) if options.format == "json" else _as_text(made, edition, out))
    return FINE


def _key(options: argparse.Namespace) -> int:
    try:
        public = make_key_pair(options.file)
    except WrongKey as error:
        return _said(str(error), MISSING_PART)
    print(f"私钥：{options.file}，只给打包的机器，不要放进仓库。")
    print(f"公钥：{public}，拷到大厅的机器上，同步时用 --public-key。")
    return FINE


def _said(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status


def _as_text(made: Sequence[Packed], edition: Edition, out: Path) -> str:
    lines = [f"{pack.device}：{pack.label}，{pack.files} 个文件，{_size(pack.size)}" for pack in made]
    signed = "已签名。" if edition.signed else "没有签名，要签名请加 --key。"
    total = f"{len(made)} 个离线包写到 {out}，内容日期 {edition.as_of}，保证到 {edition.valid_until}；{signed}"
    return "\n".join([*lines, total])


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"


def _as_json(made: Sequence[Packed], edition: Edition, out: Path) -> str:
    document = {
        "hall": edition.hall,
        "out": str(out),
        "as_of": edition.as_of.isoformat(),
        "valid_until": edition.valid_until.isoformat(),
        "signed": edition.signed,
        "packs": [pack._asdict() for pack in made],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()
