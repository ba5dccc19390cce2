"""Manifests: what is written is read back, what was touched is refused, and no path leads out of a pack."""

from __future__ import annotations

import json
import ntpath
import posixpath
import stat
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.hall.manifest import Edition, manifest_bytes, manifest_document, source_time
from generator.hall.signing import WrongKey, make_key_pair, read_key, signature_of
from generator.hall.sync import (
    MAX_FILE,
    MAX_FILES,
    Refused,
    Unreachable,
    build_id,
    canonical,
    check_signature,
    parse_manifest,
    path_problems,
)
from generator.outputs import Output

EDITION = Edition("main", date(2026, 11, 23), date(2026, 12, 31), 1_700_000_000, signed=False)
FILES = (Output("index.html", b"<p>"), Output("assets/screen.css", b"p {}"))
ITEMS = {"guides/card-renewal": "7457AKKOVQ"}
DAMAGED = "清单 manifest.json 不完整或已损坏"
# Names as outputs may have them, but for those that some system reads otherwise.
NAMES = st.from_regex(r"[a-z0-9_-]([a-z0-9._-]{0,20}[a-z0-9_-])?", fullmatch=True)
PATHS = st.lists(NAMES, min_size=1, max_size=5).map("/".join)


def document(files: tuple[Output, ...] = FILES, edition: Edition = EDITION) -> dict[str, Any]:
    return manifest_document(edition, "window-a01", files, ITEMS)


def rebuilt(changes: Mapping[str, Any]) -> bytes:
    """Return the manifest with other values and the id that fits them."""
    changed = {**document(), **changes}
    return canonical({**changed, "build": build_id(changed)})


def refusal(raw: bytes) -> str:
    with pytest.raises(Refused) as caught:
        parse_manifest(raw)
    return str(caught.value)


def test_a_manifest_says_what_a_pack_holds() -> None:
    assert document() == {
        "format": 1,
        "hall": "main",
        "device": "window-a01",
        "start": "index.html",
        "as_of": "2026-11-23",
        "valid_until": "2026-12-31",
        "source_time": 1_700_000_000,
        "signed": False,
        "files": [
            {
                "path": "assets/screen.css",
                "size": 4,
                "sha256": "48d24394dd48cb69a7b7b0ce8d02320dbd8b404e8ee4f422499a2671dcdac10e",
            },
            {
                "path": "index.html",
                "size": 3,
                "sha256": "33f2799467177287a29260780a107ac98ea63dd6165f67fcc0d74767d0a82090",
            },
        ],
        "items": ITEMS,
        "build": document()["build"],
    }


@given(st.dictionaries(PATHS, st.binary(max_size=20), max_size=8), st.booleans(), st.dates(), st.integers(0, 2**40))
def test_what_is_written_is_read_back(files: dict[str, bytes], signed: bool, day: date, time: int) -> None:
    outputs = tuple(Output(path, data) for path, data in files.items())
    assume(not list(path_problems(files)))
    raw = manifest_bytes(document(outputs, Edition("main", day, day, time, signed)))
    read = parse_manifest(raw)
    assert {file.path: file.size for file in read.files} == {path: len(data) for path, data in files.items()}
    assert (read.raw, read.hall, read.device, read.signed) == (raw, "main", "window-a01", signed)
    assert (read.order, read.valid_until) == ((day.isoformat(), time), day.isoformat())


@given(st.data())
@settings(max_examples=300)
def test_a_manifest_that_was_touched_is_refused(data: st.DataObject) -> None:
    raw = manifest_bytes(document())
    at = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.sampled_from([at, at + 1, len(raw)]))
    changed = raw[:at] + data.draw(st.binary(max_size=3)) + raw[end:]
    assume(changed != raw)
    assert refusal(changed) in (DAMAGED, "清单的格式版本不认识，请更新同步程序")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": 2}, "清单的格式版本不认识，请更新同步程序"),
        ({"files": {}}, DAMAGED),
        ({"files": [{"path": "a", "size": -1, "sha256": "0" * 64}]}, DAMAGED),
        ({"files": [{"path": "a", "size": True, "sha256": "0" * 64}]}, DAMAGED),
        ({"files": [{"path": "a", "size": 1, "sha256": "0" * 63}]}, DAMAGED),
        ({"files": [{"path": 1, "size": 1, "sha256": "0" * 64}]}, DAMAGED),
        ({"as_of": "today"}, DAMAGED),
        ({"source_time": "5"}, DAMAGED),
        ({"hall": None}, DAMAGED),
        ({"more": 1}, DAMAGED),
        ({"files": [{"path": "../a", "size": 1, "sha256": "0" * 64}]}, "清单里有不允许的路径：'../a'"),
        ({"files": [{"path": "a", "size": MAX_FILE + 1, "sha256": "0" * 64}]}, "清单里的文件太多或太大"),
    ],
)
def test_a_manifest_of_another_shape_is_refused(changes: dict[str, Any], message: str) -> None:
    assert refusal(rebuilt(changes)) == message


def test_too_many_files_are_refused() -> None:
    files = [{"path": f"f{number}", "size": 0, "sha256": "0" * 64} for number in range(MAX_FILES + 1)]
    assert refusal(rebuilt({"files": files})) == "清单里的文件太多或太大"


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format":1}', b"NaN"])
def test_what_is_no_manifest_is_refused(raw: bytes) -> None:
    assert refusal(raw) == DAMAGED


@pytest.mark.parametrize(
    "path",
    ["", "/a", "../a", "a/../b", "a//b", "./a", "a/", "a\\b", "..\\a", "C:/a", "C:a", "a:b", "~/a", ".htaccess", "a/.b",
     "a.", "a /b", "a\x00b", "a\nb", "nul", "a/COM1.html", "说明.html", "%2e%2e/a", "x" * 201, "\\\\host\\share"],
)  # fmt: skip
def test_a_path_that_leads_out_or_that_some_system_misreads_is_refused(path: str) -> None:
    assert next(path_problems([path])) == f"清单里有不允许的路径：{path[:200]!r}"


@pytest.mark.parametrize(
    "paths",
    [("a/b", "A/B"), ("a", "a"), ("a", "a/b"), ("a/b", "a"), ("A", "a/b"), ("manifest.json",), ("Manifest.json.sig",)],
)
def test_paths_that_are_in_each_others_way_are_refused(paths: tuple[str, ...]) -> None:
    assert list(path_problems(paths)) == [f"清单里的路径互相冲突：{paths[-1]!r}"]


@given(st.one_of(st.text(max_size=30), st.text("./\\:aC~", max_size=12)))
@settings(max_examples=500)
def test_whatever_path_is_accepted_stays_below_its_folder(path: str) -> None:
    if not list(path_problems([path])):
        for system in (posixpath, ntpath):
            assert not system.isabs(path) and not system.splitdrive(path)[0]
            assert system.normpath(system.join("pack", path)).replace("\\", "/") == f"pack/{path}"


@given(st.sets(PATHS, max_size=10))
def test_paths_as_a_site_has_them_are_accepted(paths: set[str]) -> None:
    folders = {path[:at] for path in paths for at, letter in enumerate(path) if letter == "/"}
    names = {name.split(".")[0] for path in paths for name in path.split("/")}
    assume(not paths & {*folders, "manifest.json", "manifest.json.sig"})
    assume(not any(name in {"con", "prn", "aux", "nul"} or name[:3] in {"com", "lpt"} for name in names))
    assert list(path_problems(sorted(paths))) == []


def test_the_order_of_packs_is_the_day_and_then_the_time_of_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert source_time([]) == 0
    file = tmp_path / "a.yml"
    file.touch()
    assert source_time([file]) == int(file.stat().st_mtime)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert source_time([file]) == 1_700_000_000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(ValueError) as caught:
        source_time([file])
    assert str(caught.value) == "环境变量 SOURCE_DATE_EPOCH 要写 1970 年以来的秒数，写的是「yesterday」"


def test_a_new_key_signs_and_its_public_half_tells(tmp_path: Path) -> None:
    public = make_key_pair(tmp_path / "hall.pem")
    assert public == tmp_path / "hall.pem.pub"
    assert stat.S_IMODE((tmp_path / "hall.pem").stat().st_mode) == 0o600
    raw = manifest_bytes(document())
    signature = signature_of(raw, read_key(tmp_path / "hall.pem"))
    check_signature(raw, signature, public)
    other = signature_of(raw, Ed25519PrivateKey.generate())
    for text, mark in ((raw + b" ", signature), (raw, other), (raw, b""), (raw, b"!!"), (raw, b"\xff")):
        with pytest.raises(Refused, match=r"^签名不对：清单不是持有密钥的人发布的，或已被改动$"):
            check_signature(text, mark, public)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    make_key_pair(tmp_path / "hall.pem")
    before = (tmp_path / "hall.pem").read_bytes()
    with pytest.raises(WrongKey) as caught:
        make_key_pair(tmp_path / "hall.pem")
    assert str(caught.value) == f"{tmp_path / 'hall.pem'} 已经有了，没有动它。"
    assert (tmp_path / "hall.pem").read_bytes() == before


def _pem(key: Any, password: bytes = b"") -> bytes:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "{} 不是 PEM 格式的私钥。用 tongchuang hall key FILE 可以新做一对。"),
        (b"\xff\x00", "{} 不是 PEM 格式的私钥。用 tongchuang hall key FILE 可以新做一对。"),
        (_pem(Ed25519PrivateKey.generate(), b"secret"), "密钥文件 {} 有密码，请改用没有密码的密钥。"),
        (_pem(rsa.generate_private_key(65537, 2048)),
         "密钥文件 {} 不是 Ed25519 密钥。用 tongchuang hall key FILE 可以新做一对。"),
    ],
    ids=["empty", "no text", "password", "rsa"],
)  # fmt: skip
def test_a_file_that_is_no_key_is_named(tmp_path: Path, text: bytes, message: str) -> None:
    file = tmp_path / "hall.pem"
    file.write_bytes(text)
    with pytest.raises(WrongKey) as caught:
        read_key(file)
    assert str(caught.value) == message.format(file)


@pytest.mark.parametrize("text", [b"", b"\xff", _pem(Ed25519PrivateKey.generate())])
def test_a_public_key_that_is_none_is_named(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "hall.pub"
    file.write_bytes(text)
    with pytest.raises(Unreachable) as caught:
        check_signature(b"", b"", file)
    assert str(caught.value) == f"{file} 不是公钥"
    file.unlink()
    with pytest.raises(Unreachable) as caught:
        check_signature(b"", b"", file)
    assert str(caught.value) == f"读不出公钥文件 {file}：No such file or directory"


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": "窗", "a": [1]}) == '{"a":[1],"b":"窗"}'.encode()
    raw = manifest_bytes(document())
    assert refusal(json.dumps(json.loads(raw)).encode()) == DAMAGED
    assert refusal(raw.replace(b'"hall":"main"', b'"hall":"x","hall":"main"')) == DAMAGED
