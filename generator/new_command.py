"""`tongchuang new`: a commented file for a new item, or a copy of an existing one with what must change marked."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from generator.copying import NotCopied, copied_text
from generator.exit_status import FINE, WRONG_USAGE
from generator.fields import ID_PATTERN
from generator.item import Item
from generator.item_files import ITEM_SUFFIX, ITEMS_FOLDER, shown_path
from generator.kinds import all_kinds
from generator.near_miss import guess, meant_key
from generator.scaffold import files_of, starting_text, write_new
from generator.text_files import read_text


class NotMade(Exception):
    """The file that was asked for cannot be; the message is Chinese."""


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    labels = "、".join(f"{name}（{model.kind.label}）" for name, model in all_kinds().items())
    verb = verbs.add_parser("new", parents=[common], help="写一个带说明的新文件，或照着现有的一份写")
    verb.add_argument("kind", metavar="KIND", help=f"类别：{labels}")
    verb.add_argument("id", metavar="ID", help="编号，例如 id-card-renewal；公布以后不再改")
    verb.add_argument("--from", dest="origin", metavar="ID", help="照着这个编号的现有内容写，要改的地方有说明")
    verb.set_defaults(command=_new)


def _new(options: argparse.Namespace) -> int:
    root = Path(options.config).resolve().parent
    try:
        model = _model(options.kind)
        path = _free_path(root, model, options.id)
        text = _copy(root, model, path, options.origin) if options.origin else starting_text(root, model)
        write_new(path, text)
    except (NotMade, NotCopied) as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    print(shown_path(path, root))
    _print_next(shown_path(path, root), model, is_copy=bool(options.origin))
    return FINE


def _model(written: str) -> type[Item]:
    """Return the kind of a name, a folder's name or a Chinese label."""
    kinds = all_kinds()
    for name, model in kinds.items():
        if written in (name, model.kind.plural, model.kind.label):
            return model
    labels = {name: model.kind.label for name, model in kinds.items()}
    meant = meant_key(written, labels)
    question = f"是不是 {meant}（{labels[meant]}）？" if meant else ""
    choices = "、".join(f"{name}（{label}）" for name, label in labels.items())
    raise NotMade(f"没有「{written}」这一类。{question}可以写：{choices}。")


def _free_path(root: Path, model: type[Item], identifier: str) -> Path:
    if not re.fullmatch(ID_PATTERN, identifier) or len(identifier) > 80:
        raise NotMade(f"编号「{identifier}」不行：只用小写英文字母、数字和 -，例如 id-card-renewal。")
    taken = next((file for file in files_of(root, model) if file.stem == identifier), None)
    if taken:
        raise NotMade(f"编号「{identifier}」已被 {shown_path(taken, root)} 使用。")
    return root / ITEMS_FOLDER / model.kind.plural / f"{identifier}{ITEM_SUFFIX}"


def _copy(root: Path, model: type[Item], path: Path, origin: str) -> str:
    files = {file.stem: file for file in files_of(root, model)}
    if origin not in files:
        raise NotMade(f"{model.kind.label}里没有编号「{origin}」。{guess(origin, files)}")
    text, found = read_text(files[origin], shown_path(files[origin], root))
    if text is None or found:
        raise NotMade(f"{shown_path(files[origin], root)} 读不出来，请先运行 tongchuang check 并改好。")
    return copied_text(text, model, shown_path(files[origin], root))


def _print_next(path: str, model: type[Item], *, is_copy: bool) -> None:
    """Say what to do with the file; on standard error, so that a script gets the path alone."""
    fill_in = "把写着「原来是」的地方都改成新的" if is_copy else "从上往下填"
    steps = [
        f"1. 用编辑器打开 {path}，{fill_in}；",
        f"2. 随时运行 tongchuang check {path}，看还有什么不对；",
        "3. 运行 tongchuang serve，在预览里看；",
        "4. 写完整了，删掉 status: 草稿 那一行，再检查一遍。",
    ]
    print(f"已写好一份「{model.kind.label}」的草稿。接下来：", *steps, sep="\n", file=sys.stderr)
