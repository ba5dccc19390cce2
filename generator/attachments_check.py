"""Every file below `content/` that is no page: read, checked, and linked from somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from generator.attachments import remarks_of
from generator.attachments.parts import Remark
from generator.catalogue import Catalogue
from generator.house_rules import AttachmentAcceptance, HouseRules
from generator.item_files import BODY_SUFFIX, entries, shown_path
from generator.problems import Place, Problem
from generator.processes import in_parts
from generator.schema import local_paths
from generator.settings import Settings
from generator.sound import Sound, digest_of
from generator.source import Source
from generator.text_files import MAX_BYTES, read_text

FIELD = "附件"
House = tuple[HouseRules, Source | None]
"""The district's own rules with their file."""
_LINK = re.compile(r"\]\(<?([^)\s#?>]+)|\]: *<?([^\s#?>]+)|(?:href|src)=\"([^\"#?]+)")


def check_attachments(
    folder: Path, settings: Settings, catalogue: Catalogue, house: House, jobs: int = 1, sound: Sound | None = None
) -> Iterator[Problem]:
    """Yield the problems of all attachments, without the warnings that the district accepts with a reason.

    Files that are known to be sound are not looked at again; those that turn out to be are noted.
    """
    rules, source = house
    known = sound or Sound()
    below = entries(folder) if folder.is_dir() else ()
    files = [entry.path for entry in below if entry.is_file and entry.path.suffix != BODY_SUFFIX]
    parts = in_parts(lambda part: [_looked_at(file, settings, rules, known) for file in part], files, jobs)
    looked_at = sorted(each for part in parts for each in part)
    known.add(digest for _, remarks, digest in looked_at if digest and not remarks)
    linked = _linked(folder, catalogue)
    accepted = {(entry.file, entry.code): number for number, entry in enumerate(rules.attachments)}
    used: set[int] = set()
    for file, remarks, _ in looked_at:
        address = file.relative_to(folder).as_posix()
        # Where items could not be read, nobody knows what they link to.
        is_found = address.lower() in linked or bool(catalogue.unread)
        for remark in (*remarks, *([] if is_found else [_UNLINKED])):
            number = accepted.get((address, remark.code))
            if remark.severity == "error" or number is None:
                yield _problem(shown_path(file, settings.root), remark)
            else:
                used.add(number)
    for number, entry in enumerate(rules.attachments):
        if source and number not in used:
            yield _unused(source, number, entry)


def _unused(source: Source, number: int, entry: AttachmentAcceptance) -> Problem:
    return Problem(
        place=source.place("attachments", number),
        code="unused-acceptance",
        field="附件的已说明提醒",
        message=f"「{entry.file}」已经没有 {entry.code} 这个提醒",
        hint="请删去这一条。",
        severity="warning",
    )


_UNLINKED = Remark(
    "unlinked-attachment",
    "",
    "没有一个页面链接它，别人找不到，也没有人再看它",
    "请在用到它的内容里写上，不再公布的就删去。",
    "warning",
)


def _looked_at(file: Path, settings: Settings, rules: HouseRules, known: Sound) -> tuple[Path, list[Remark], str]:
    """Return a file with what is to be said of it, and a hash of all that this depends on where that is noted."""
    if not known.remembers:  # as in a preview, which looks at everything after each save
        return file, _remarks(file, settings, rules), ""
    around = f"{file.name} {settings.attachment_megabytes} {sorted(settings.attachment_types)}"
    try:
        large = file.stat().st_size > settings.attachment_megabytes * MAX_BYTES
        digest = "" if large else digest_of(around.encode(), file.read_bytes())
    except OSError:
        digest = ""
    return file, [] if known.is_known(digest) else _remarks(file, settings, rules), digest


def _remarks(file: Path, settings: Settings, rules: HouseRules) -> list[Remark]:
    try:
        status = file.stat()
        if status.st_size > settings.attachment_megabytes * MAX_BYTES:
            return [_too_large(status.st_size, settings.attachment_megabytes)]
        return list(_read(str(file), status.st_mtime_ns, status.st_size, frozenset(settings.attachment_types), rules))
    except OSError:
        return [Remark("attachment-broken", "", "文件读不出来", "请检查文件是否存在、是否有读取权限。")]


# A preview checks everything after each save, but attachments seldom change.
@lru_cache(maxsize=20_000)
def _read(file: str, _changed: int, _size: int, types: frozenset[str], rules: HouseRules) -> tuple[Remark, ...]:
    path = Path(file)
    return tuple(remarks_of(path.name, path.read_bytes(), types, rules))


def _too_large(size: int, limit: int) -> Remark:
    message = f"文件有 {size / MAX_BYTES:.1f} MB，超过 {limit} MB 的上限，没有读取"
    return Remark("attachment-too-large", "", message, "请压缩图片或拆成几个文件，让手机也打得开。")


def _linked(folder: Path, catalogue: Catalogue) -> frozenset[str]:
    """Return the paths below `content/` of all files that are referred to, in lower case: links tell a wrong one."""
    named = {path for item in catalogue.items for _, spec, path in local_paths(item) if spec.is_file}
    bodies = (target for item in catalogue.items for target in _targets(item.prose(), ""))
    pages = (
        target
        for entry in (entries(folder) if folder.is_dir() else ())
        if entry.is_file and entry.path.suffix == BODY_SUFFIX
        for target in _targets(read_text(entry.path, "")[0] or "", entry.path.parent.relative_to(folder).as_posix())
    )
    return frozenset(path.lower() for path in {*named, *bodies, *pages})


def _targets(text: str, beside: str) -> Iterator[str]:
    for match in _LINK.finditer(text):
        written = unquote(next(group for group in match.groups() if group))
        yield written.lstrip("/") if written.startswith("/") else posixpath.normpath(posixpath.join(beside, written))
        yield written.removeprefix("./")


def _problem(path: str, remark: Remark) -> Problem:
    return Problem(
        place=Place(path=path),
        code=remark.code,
        field=FIELD,
        message=f"{remark.where}：{remark.message}" if remark.where else remark.message,
        hint=remark.hint,
        severity=remark.severity,
    )
