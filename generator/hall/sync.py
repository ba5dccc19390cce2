"""Keeps a folder on a machine of the hall equal to a pack. This file alone is all that such a machine needs:

    python sync.py SOURCE DIR [--public-key FILE] [--check]

Standard library only; `cryptography` is asked for only where a public key is given. DIR holds

    current             a link to the pack in use, replaced in one step; open current/index.html
    previous            the same for the pack before
    current.html        where the system has no links, as on Windows: open this page, which shows the pack that
    current.js          names, and goes over to the next one when `current.js` is replaced
    versions/<build>/   whole packs, every file compared with its manifest; `<build>.part` is one that is being fetched

A pack is used only when it is whole, and it is never changed but to mend a damaged file; whatever stops a run, the
machine shows what it showed before, and the next run goes on with what had arrived.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import io
import json
import os
import re
import shutil
import stat
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.json.sig"
FINE, REFUSED, UNREACHABLE = 0, 1, 3
MAX_MANIFEST, MAX_FILE, MAX_PACK, MAX_FILES = 16 << 20, 512 << 20, 4 << 30, 50_000
TIMEOUT = 20.0
SLOWEST = 4096
"""Bytes a second that a source must give at least, so that one that drips for ever is given up."""
_DAMAGED = "清单 manifest.json 不完整或已损坏"
_ROUNDS = 3
_NEW = ".new"
"""A file on its way into a pack; no file of a pack begins with a dot."""
_CHUNK = 1 << 16
_NAME = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?")
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_BUILD = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_POINTED = re.compile(r"versions/([0-9a-f]{64})/?|use\(\"([0-9a-f]{64})\"\);\n")
_FRAME = """\
<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<title>政务服务大厅</title>
<style>html, body, iframe { display: block; width: 100%; height: 100%; margin: 0; border: 0; overflow: hidden }</style>
</head>
<body>
<iframe title="大厅内容"></iframe>
<script>
var shown = "";
function use(build) {
  if (build !== shown) {
    shown = build;
    document.querySelector("iframe").src = "versions/" + build + "/index.html";
  }
}
function ask() { // a script, because a page from a folder may read no other file
  var script = document.createElement("script");
  script.onload = script.onerror = function () { script.remove(); };
  script.src = "current.js?" + Date.now();
  document.head.appendChild(script);
}
ask();
setInterval(ask, 60000);
</script>
</body>
</html>
"""
_TEXTS = ("hall", "device", "start", "build", "as_of", "valid_until")
_KEYS = {*_TEXTS, "format", "source_time", "signed", "files", "items"}

Read = Callable[[str, int], Iterable[bytes]]
"""Gives the bytes of a file of the source, by its path and the size expected."""


class Refused(Exception):
    """What the source offers must not be installed; the message says why."""


class Absent(Refused):
    """The source does not have a file."""


class Unreachable(Exception):
    """The source, or something that this machine needs, is not there; the message says what."""


class File(NamedTuple):
    """A file of a pack."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a pack holds, with the bytes it was read from."""

    raw: bytes
    hall: str
    device: str
    build: str
    valid_until: str
    order: tuple[str, int]
    """The day the content is for, then the time of its source: the lesser is the older."""
    signed: bool
    files: tuple[File, ...]


def canonical(document: object) -> bytes:
    """Return the one way to write a JSON document: sorted keys, no spaces, UTF-8."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def build_id(document: Mapping[str, Any]) -> str:
    """Return the hash over everything that a manifest says but the id itself, the hashes of all files included."""
    return hashlib.sha256(canonical({key: value for key, value in document.items() if key != "build"})).hexdigest()


def parse_manifest(raw: bytes) -> Manifest:
    """Return a manifest that is complete and harmless; raise `Refused` with what is wrong."""
    document = _document_of(raw)
    files = tuple(File(entry["path"], entry["size"], entry["sha256"]) for entry in document["files"])
    if problem := next(path_problems([file.path for file in files]), "") or _size_problem(files):
        raise Refused(problem)
    return Manifest(
        raw=raw,
        hall=document["hall"],
        device=document["device"],
        build=document["build"],
        valid_until=document["valid_until"],
        order=(document["as_of"], document["source_time"]),
        signed=document["signed"],
        files=files,
    )


def _document_of(raw: bytes) -> Mapping[str, Any]:
    """Return the document of a manifest in which every member has its type and the id fits the rest."""
    try:
        document = json.loads(raw)
        exact = canonical(document) == raw  # also true of no document with a key twice
    except (ValueError, RecursionError):
        exact = False
    if not exact or not isinstance(document, dict):
        raise Refused(_DAMAGED)
    if document.get("format", FORMAT) != FORMAT:
        raise Refused("清单的格式版本不认识，请更新同步程序")
    if not _is_shaped(document) or document["build"] != build_id(document):
        raise Refused(_DAMAGED)
    return document


def _is_shaped(document: Mapping[str, Any]) -> bool:
    files, items = document.get("files"), document.get("items")
    return (
        document.keys() == _KEYS
        and all(isinstance(document[key], str) for key in _TEXTS)
        and all(_DATE.fullmatch(document[key]) for key in ("as_of", "valid_until"))
        and _is_count(document["source_time"])
        and isinstance(document["signed"], bool)
        and isinstance(items, dict)
        and isinstance(files, list)
        and all(_is_file(entry) for entry in files)
    )


def _is_file(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == {"path", "size", "sha256"}
        and isinstance(entry["path"], str)
        and _is_count(entry["size"])
        and isinstance(entry["sha256"], str)
        and _BUILD.fullmatch(entry["sha256"]) is not None
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def path_problems(paths: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with the paths of a pack: ways out of it, names that some system reads otherwise, clashes."""
    files: set[str] = {MANIFEST, SIGNATURE}
    folders: set[str] = set()
    for path in paths:
        parts = path.split("/")
        if len(path) > 200 or not all(_NAME.fullmatch(part) and not _DEVICE.fullmatch(part) for part in parts):
            yield f"清单里有不允许的路径：{path[:200]!r}"
        # Cases folded: a machine's disk may not tell them apart.
        folded = path.casefold()
        above = {folded[:at] for at, letter in enumerate(folded) if letter == "/"}
        if folded in files or folded in folders or above & files:
            yield f"清单里的路径互相冲突：{path[:200]!r}"
        files.add(folded)
        folders |= above


def _size_problem(files: Sequence[File]) -> str:
    too_much = len(files) > MAX_FILES or sum(file.size for file in files) > MAX_PACK
    return "清单里的文件太多或太大" if too_much or any(file.size > MAX_FILE for file in files) else ""


def opened(source: str) -> Read:
    """Return how to read files of a source, which is an http(s) address or a folder."""
    if re.match(r"https?://", source):
        return lambda path, size: _from_web(source, path, size)
    if "://" in source:
        raise Unreachable(f"来源 {source} 要写成 http(s) 网址或文件夹")
    return lambda path, size: _from_folder(Path(source), path)


def _from_folder(root: Path, path: str) -> Iterator[bytes]:
    if not root.is_dir():
        raise Unreachable(f"没有文件夹 {root}")
    file = root / path
    if not file.is_file():  # a pipe would be waited for without end
        raise Absent(f"来源里没有 {path}")
    try:
        with open(file, "rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise Unreachable(f"读不出来源的 {path}：{error.strerror or error}") from error


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only within the host that was asked."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Raise `Refused` for another host."""
        before, after = (urllib.parse.urlsplit(url) for url in (req.full_url, newurl))
        if (before.scheme, before.netloc) != (after.scheme, after.netloc):
            fp.close()
            raise Refused(f"来源转到了别的地址：{after.scheme}://{after.netloc}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _from_web(source: str, path: str, size: int) -> Iterator[bytes]:
    headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache", "Pragma": "no-cache"}
    deadline = time.monotonic() + 3 * TIMEOUT + size / SLOWEST
    try:
        request = urllib.request.Request(f"{source.rstrip('/')}/{urllib.parse.quote(path)}", headers=headers)
        with urllib.request.build_opener(_SameHost).open(request, timeout=TIMEOUT) as response:
            while chunk := response.read1(_CHUNK):
                yield chunk
                if time.monotonic() > deadline:
                    raise Unreachable(f"来源太慢，取 {path} 超时")
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (404, 410):
            raise Absent(f"来源里没有 {path}") from error
        raise Unreachable(f"来源取 {path} 时答复 {error.code}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(f"连不上来源，或中途断开：{path}") from error


def _whole(read: Read, path: str, limit: int) -> bytes:
    data = b""
    for chunk in read(path, limit):
        data += chunk
        if len(data) > limit:
            raise Refused(f"来源的 {path} 太大")
    return data


def _manifest_of(read: Read) -> bytes:
    try:
        return _whole(read, MANIFEST, MAX_MANIFEST)
    except Absent:
        raise Unreachable(f"来源不是离线包：没有 {MANIFEST}") from None


def check_signature(raw: bytes, signature: bytes, public_key: Path) -> None:
    """Raise `Refused` unless the manifest was signed with the private half of a public key (Ed25519, PEM)."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError:
        raise Unreachable("核对签名要用 cryptography，请先安装：pip install cryptography") from None
    try:
        key = load_pem_public_key(public_key.read_bytes())
    except OSError as error:
        raise Unreachable(f"读不出公钥文件 {public_key}：{error.strerror}") from None
    except Exception:  # the library raises many kinds for what is no key
        raise Unreachable(f"{public_key} 不是公钥") from None
    if not isinstance(key, Ed25519PublicKey):
        raise Unreachable(f"{public_key} 不是 Ed25519 公钥")
    try:
        key.verify(base64.b64decode(signature.strip(), validate=True), raw)
    except (InvalidSignature, ValueError):
        raise Refused("签名不对：清单不是持有密钥的人发布的，或已被改动") from None


def _offered(read: Read, raw: bytes, public_key: Path | None) -> tuple[Manifest, bytes]:
    """Return the manifest that a source offers and its signature, checked where there is a public key."""
    manifest = parse_manifest(raw)
    if not manifest.signed:
        if public_key:
            raise Refused("离线包没有签名，而本机要求签名")
        return manifest, b""
    signature = _whole(read, SIGNATURE, 4096)
    if public_key:
        check_signature(raw, signature, public_key)
    return manifest, signature


def is_intact(path: Path, file: File) -> bool:
    """Tell whether a file on the disk is the one that a manifest lists."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size != file.size:
            return False
        with open(path, "rb") as stream:
            digest = hashlib.sha256()
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest() == file.sha256
    except OSError:
        return False


def damaged(pack: Path, manifest: Manifest) -> list[File]:
    """Return the files of a pack on the disk that are not what its manifest lists."""
    return [file for file in manifest.files if not is_intact(pack / file.path, file)]


def installed(folder: Path, name: str) -> Manifest | None:
    """Return the manifest of the pack that `current` or `previous` leads to; none where it is absent or damaged."""
    try:
        manifest = parse_manifest((folder / "versions" / (_pointed(folder, name) or ".") / MANIFEST).read_bytes())
    except (OSError, Refused):
        return None
    return manifest if manifest.build == _pointed(folder, name) else None


def _pointed(folder: Path, name: str) -> str | None:
    """Return the build that a link, or the script in its place, leads to."""
    link = folder / name
    try:
        text = link.readlink().as_posix() if link.is_symlink() else (folder / f"{name}.js").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = _POINTED.fullmatch(text)
    return found[1] or found[2] if found else None


def _point(folder: Path, name: str, build: str) -> None:
    """Lead a link to a version in one step, or the script that is read where the system has no links."""
    fresh = folder / f".{name}.new"
    fresh.unlink(missing_ok=True)
    try:
        if os.name == "nt":  # cannot put a link to a folder in the place of another
            raise PermissionError
        fresh.symlink_to(f"versions/{build}")
        fresh.replace(folder / name)
    except (PermissionError, NotImplementedError):
        for text, file in ((_FRAME, "current.html"), (f'use("{build}");\n', f"{name}.js")):
            _store([text.encode()], fresh)
            fresh.replace(folder / file)
    _flush(folder)


def _store(chunks: Iterable[bytes], target: Path) -> None:
    """Write a file and have it on the disk, not only on its way there."""
    # A run that was stopped may have left a link to a file of the pack in use here: writing into it would damage that.
    target.unlink(missing_ok=True)
    with open(target, "xb") as stream:
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())


def _flush(folder: Path) -> None:
    """Have the names in a folder on the disk; only POSIX systems need it, and can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _checked(chunks: Iterable[bytes], file: File) -> Iterator[bytes]:
    """Pass a file's bytes on, never more than it has; raise `Refused` unless they are the listed ones."""
    size, digest = 0, hashlib.sha256()
    for chunk in chunks:
        size += len(chunk)
        if size > file.size:
            break
        digest.update(chunk)
        yield chunk
    if size != file.size or digest.hexdigest() != file.sha256:
        raise Refused(f"来源的 {file.path} 与清单不符，不完整或已损坏")


class Filled(NamedTuple):
    """How many files of a pack were missing or damaged, and how many of these had to be fetched."""

    put: int
    fetched: int


def _fill(pack: Path, manifest: Manifest, signature: bytes, others: Sequence[Path], read: Read) -> Filled:
    """Make a folder a whole pack: files that it lacks are taken over from other packs or fetched."""
    os.makedirs(pack, exist_ok=True)
    at_hand = dict(_at_hand(others))
    wanting, fetched = damaged(pack, manifest), 0
    for file in wanting:
        _make_room(pack, pack / file.path)
        mine = at_hand.get(file.sha256)
        if mine and is_intact(mine, file):
            _take_over(mine, pack / _NEW)
        else:
            _store(_checked(read(file.path, file.size), file), pack / _NEW)
            fetched += 1
        (pack / _NEW).replace(pack / file.path)
    _put(pack, MANIFEST, manifest.raw)
    _put(pack, SIGNATURE, signature)
    if wanting:
        for place, _, _ in os.walk(pack):
            _flush(Path(place))
    return Filled(len(wanting), fetched)


def _put(pack: Path, name: str, data: bytes) -> None:
    """Write one of the two files that no manifest lists, unless it is there; an unsigned pack has no second."""
    target = pack / name
    _make_room(pack, target)
    if data and not (target.is_file() and target.read_bytes() == data):
        _store([data], pack / _NEW)
        (pack / _NEW).replace(target)
        _flush(pack)


def _at_hand(packs: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the files of packs on this machine by their hashes, as far as their manifests can be read."""
    for pack in packs:
        try:
            manifest = parse_manifest((pack / MANIFEST).read_bytes())
        except (OSError, Refused):
            continue
        yield from ((file.sha256, pack / file.path) for file in manifest.files)


def _take_over(mine: Path, target: Path) -> None:
    """Share a file of another version, or copy it where a disk cannot share."""
    target.unlink(missing_ok=True)
    try:
        os.link(mine, target)
    except OSError:
        with open(mine, "rb") as stream:
            _store(iter(lambda: stream.read(_CHUNK), b""), target)


def _make_room(pack: Path, target: Path) -> None:
    """Make the folders above a file; what a damaged disk left in their place, or in the file's, goes."""
    for above in [*reversed(target.relative_to(pack).parents)][1:]:
        if (pack / above).is_symlink() or (pack / above).is_file():
            (pack / above).unlink()
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    os.makedirs(target.parent, exist_ok=True)


def _sweep(folder: Path, keep: set[str | None]) -> None:
    """Remove versions that are no longer wanted, and what interrupted runs left; never what is not ours."""
    for entry in (folder / "versions").iterdir():
        if _BUILD.fullmatch(entry.name.removesuffix(".part")) and entry.name not in keep:
            shutil.rmtree(entry, ignore_errors=True)


def _update(folder: Path, read: Read, public_key: Path | None) -> str:
    """Install what the source offers, and return what was done."""
    for left in reversed(range(_ROUNDS)):
        raw = _manifest_of(read)
        try:
            return _install(folder, *_offered(read, raw, public_key), read)
        except Refused:
            # The source may have changed between two files; what it offers now is another matter.
            if not left or _manifest_of(read) == raw:
                raise
    raise AssertionError("the last round returns or raises")


def _install(folder: Path, offered: Manifest, signature: bytes, read: Read) -> str:
    for known in (installed(folder, "current"), installed(folder, "previous")):
        _refuse_unless_next(known, offered)
    versions, build = folder / "versions", offered.build
    current, previous = _pointed(folder, "current"), _pointed(folder, "previous")
    _sweep(folder, {current, previous, build, f"{build}.part"})
    others = [versions / name for name in (current, previous) if name and name != build]
    if current == build:
        mended = _fill(versions / build, offered, signature, others, read).put
        return f"已修复 {mended} 个文件" if mended else "没有变化"
    if (versions / build).is_dir():  # whole once: a run stopped before it was used, or it is the one before
        filled = _fill(versions / build, offered, signature, others, read)
    else:
        filled = _fill(versions / f"{build}.part", offered, signature, others, read)
        (versions / f"{build}.part").rename(versions / build)
        _flush(versions)
    good = current if current and not _check(folder, None) else previous
    if good and good != build:
        _point(folder, "previous", good)
    _point(folder, "current", build)
    _sweep(folder, {good, build})
    return f"已更新：{len(offered.files)} 个文件，取了 {filled.fetched} 个"


def _refuse_unless_next(known: Manifest | None, offered: Manifest) -> None:
    if known and (known.hall, known.device) != (offered.hall, offered.device):
        raise Refused(f"来源是 {offered.hall} 的 {offered.device}，本机是 {known.hall} 的 {known.device}")
    if known and offered.order < known.order:
        raise Refused(f"来源比本机的旧（来源 {offered.order[0]}，本机 {known.order[0]}）")


def _check(folder: Path, public_key: Path | None) -> str:
    """Return what is wrong with the pack in use, empty where nothing is."""
    manifest = installed(folder, "current")
    if manifest is None:
        return "本机没有完整的离线包"
    pack = folder / "versions" / manifest.build
    if public_key:
        try:
            check_signature(manifest.raw, (pack / SIGNATURE).read_bytes(), public_key)
        except (OSError, Refused):
            return "本机离线包的签名不对"
    found = damaged(pack, manifest)
    return f"本机有 {len(found)} 个文件损坏，例如 {found[0].path}" if found else ""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other runs out; the system lifts the lock whatever becomes of this one."""
    with open(folder / ".lock", "ab") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise Refused("另一个同步正在进行") from None
        yield


def sync(source: str, folder: Path, public_key: Path | None = None, check: bool = False) -> Iterator[str]:
    """Bring a folder up to a source and yield what is done; with `check` only if the pack in use is damaged.

    Raises `Refused`, `Unreachable`, or `OSError` where this machine's disk fails; the pack in use stays.
    """
    read = opened(source)
    os.makedirs(folder / "versions", exist_ok=True)
    with _locked(folder):
        wrong = _check(folder, public_key) if check else ""
        if wrong:
            yield wrong
        done = _update(folder, read, public_key) if wrong or not check else "本机的离线包完整"
        manifest = installed(folder, "current")
    assert manifest is not None
    yield f"{done}（{manifest.device}，内容日期 {manifest.order[0]}，{_trust(manifest, public_key)}）"
    if manifest.valid_until < datetime.now(timezone(timedelta(hours=8))).date().isoformat():
        yield f"注意：内容只保证到 {manifest.valid_until}，现在可能已变，请联系网站维护人员"


def _trust(manifest: Manifest, public_key: Path | None) -> str:
    if not manifest.signed:
        return "没有签名"
    return "签名已核对" if public_key else "签名没有核对，核对要给公钥"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a run to a parser."""
    parser.add_argument("source", metavar="SOURCE", help="离线包的网址或文件夹")
    parser.add_argument("folder", metavar="DIR", type=Path, help="本机放离线包的文件夹")
    parser.add_argument("--public-key", type=Path, metavar="FILE", help="公钥；给了它，没有签名或签名不对的一律不收")
    parser.add_argument("--check", action="store_true", help="只检查本机的离线包，损坏了才从来源修复")


def run(options: argparse.Namespace) -> int:
    """Do what the arguments say, print what was done, and return the exit status."""
    try:
        for line in sync(options.source, options.folder, options.public_key, options.check):
            print(f"{line}。", flush=True)
    except Refused as error:
        print(f"没有更新：{error}。本机原来的内容没有动。", file=sys.stderr)
        return REFUSED
    except Unreachable as error:
        print(f"没有更新：{error}。本机原来的内容没有动。", file=sys.stderr)
        return UNREACHABLE
    except OSError as error:
        print(f"没有更新：本机写不了 {error.filename or options.folder}：{error.strerror}。", file=sys.stderr)
        return UNREACHABLE
    return FINE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run this file by itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console without Chinese letters must not stop the run
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(description="让大厅的机器与离线包一致。")
    add_arguments(parser)
    try:
        return run(parser.parse_args(arguments))
    except KeyboardInterrupt:
        print("已停止，本机原来的内容没有动。", file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    sys.exit(main())
