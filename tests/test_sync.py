"""A machine's folder holds a whole pack at every moment, whatever happens to the source, the disk or the program."""

from __future__ import annotations

import base64
import errno
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser
from project import ROOT
from sync_source import FAULTS, Handler, Server, files_of, served, whole_build, write_pack

from generator.hall import sync
from generator.hall.signing import make_key_pair, read_key

PROGRAM = ROOT / "generator/hall/sync.py"
UNTOUCHED = "本机原来的内容没有动。\n"
STEPS = ("replace", "rename", "symlink_to", "unlink")


@pytest.fixture
def server(quick_folder: Path) -> Iterator[Server]:
    with served(quick_folder / "source") as running:
        yield running


@pytest.fixture
def machine(quick_folder: Path) -> Path:
    return quick_folder / "machine"


@pytest.fixture
def key(tmp_path: Path) -> Ed25519PrivateKey:
    make_key_pair(tmp_path / "hall.pem")
    return read_key(tmp_path / "hall.pem")


def run(*arguments: object) -> int:
    return sync.main([str(argument) for argument in arguments])


# What a run does when nothing goes wrong.


def test_the_first_run_fetches_all_and_a_second_only_what_changed(
    server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_pack(server.root, 1)
    assert run(server.url, machine) == 0
    assert capsys.readouterr().out == "已更新：7 个文件，取了 7 个（window-a01，内容日期 2099-01-02，没有签名）。\n"
    assert whole_build(machine) == first
    server.behave()
    second = write_pack(server.root, 3)
    assert run(server.url, machine) == 0
    assert capsys.readouterr().out == "已更新：7 个文件，取了 3 个（window-a01，内容日期 2099-01-04，没有签名）。\n"
    changed = ["hall/main/windows/a01/index.html", "handouts/card/index.html", "index.html"]
    assert server.requested[0] == "manifest.json"
    assert sorted(server.requested[1:]) == changed
    assert (whole_build(machine), whole_build(machine, "previous")) == (second, first)


def written(machine: Path) -> dict[Path, tuple[int, int, int]]:
    """Return what tells of every file whether it was written again: its number, its time and its size."""
    found = {file: file.stat() for file in machine.rglob("*") if file.name != ".lock"}
    return {file: (state.st_ino, state.st_mtime_ns, state.st_size) for file, state in found.items()}


def test_a_run_without_news_fetches_the_manifest_and_no_more(
    server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = write_pack(server.root, 1)
    run(server.url, machine)
    capsys.readouterr()
    server.behave()
    before = written(machine)
    assert run(server.url, machine) == 0
    assert capsys.readouterr().out == "没有变化（window-a01，内容日期 2099-01-02，没有签名）。\n"
    assert server.requested == ["manifest.json"]
    assert written(machine) == before
    assert whole_build(machine) == build


def test_only_the_last_two_packs_stay(server: Server, machine: Path) -> None:
    builds = []
    for edition in range(4):
        builds.append(write_pack(server.root, edition))
        assert run(server.url, machine) == 0
    assert sorted(entry.name for entry in (machine / "versions").iterdir()) == sorted(builds[-2:])
    assert sorted(entry.name for entry in machine.iterdir()) == [".lock", "current", "previous", "versions"]


def test_a_folder_is_a_source_too_and_the_file_runs_alone(tmp_path: Path, machine: Path) -> None:
    build = write_pack(tmp_path / "stick", 1)
    alone = shutil.copy(PROGRAM, tmp_path / "sync.py")
    command = [sys.executable, "-I", "-S", str(alone), str(tmp_path / "stick"), str(machine)]  # no installed library
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "已更新：7 个文件，取了 7 个（window-a01，内容日期 2099-01-02，没有签名）。\n"
    assert whole_build(machine) == build
    done = subprocess.run(
        [*command, "--public-key", "x.pub"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1  # the pack is not signed, which is known before a library is needed
    assert done.stderr == f"没有更新：离线包没有签名，而本机要求签名。{UNTOUCHED}"


def test_every_file_is_on_the_disk_before_its_name_is_and_the_pack_before_the_link(
    tmp_path: Path, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut loses what was not flushed: so each step must follow the flush of what it relies on."""
    write_pack(tmp_path / "source", 1)
    events: list[tuple[str, int]] = []
    flush, replace, symlink = os.fsync, Path.replace, Path.symlink_to

    def note_flush(handle: int) -> None:
        events.append(("flush", os.fstat(handle).st_ino))
        flush(handle)

    def note_replace(source: Path, target: Path) -> Path:
        if not source.is_symlink():
            events.append(("name", source.stat().st_ino))
        return replace(source, target)

    def note_symlink(link: Path, target: str) -> None:
        events.append(("link", 0))
        symlink(link, target)

    monkeypatch.setattr(os, "fsync", note_flush)
    monkeypatch.setattr(Path, "replace", note_replace)
    monkeypatch.setattr(Path, "symlink_to", note_symlink)
    assert run(tmp_path / "source", machine) == 0
    named = [number for number, (what, _) in enumerate(events) if what == "name"]
    assert len(named) == len(files_of(1)) + 1
    assert all(("flush", events[number][1]) in events[:number] for number in named)
    before_link = {node for what, node in events[: events.index(("link", 0))] if what == "flush"}
    folders = [folder for folder in (machine / "versions").rglob("*") if folder.is_dir()]
    assert {folder.stat().st_ino for folder in folders} <= before_link


def no_links(link: Path, target: str) -> None:
    """Do what systems do that have no links, or do not let everybody make them."""
    raise PermissionError(errno.EPERM, "Operation not permitted")


@pytest.mark.browser
def test_where_there_are_no_links_a_page_shows_the_pack_and_goes_over_to_the_next(
    server: Server, machine: Path, monkeypatch: pytest.MonkeyPatch, chromium: Browser
) -> None:
    monkeypatch.setattr(Path, "symlink_to", no_links)
    page = chromium.new_page()
    for edition in (1, 2, 3):
        build = write_pack(server.root, edition)
        assert run(server.url, machine) == 0
        if edition == 1:
            page.goto(f"file://{machine}/current.html")
        else:
            page.evaluate("ask()")  # as it does by itself every minute
        page.frame_locator("iframe").get_by_text(str(edition), exact=True).wait_for()
        assert page.frames[1].url == f"file://{machine}/versions/{build}/index.html"
    assert run(server.url, machine, "--check") == 0
    assert len(list((machine / "versions").iterdir())) == 2
    assert sorted(file.name for file in machine.glob("[cp]*")) == ["current.html", "current.js", "previous.js"]
    page.close()


def test_without_links_too_a_run_that_is_killed_leaves_a_whole_pack(server: Server, machine: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "symlink_to", no_links)
        build = write_pack(server.root, 0)
        run(server.url, machine)
        for number in range(2, 60, 3):
            old, build = build, write_pack(server.root, number)
            killed_at(number, server.url, machine)
            manifest = sync.installed(machine, "current")
            assert manifest is not None
            assert manifest.build in (old, build)
            assert sync.damaged(machine / "versions" / manifest.build, manifest) == []
            assert run(server.url, machine) == 0


# What is refused, and what is said.


def said(machine: Path, capsys: pytest.CaptureFixture[str], status: int, *arguments: object) -> str:
    """Run, expecting a status and no change to the pack in use, and return what was said."""
    before = whole_build(machine) if (machine / "current").exists() else ""
    capsys.readouterr()
    assert run(*arguments) == status
    assert (whole_build(machine) if (machine / "current").exists() else "") == before
    out, message = capsys.readouterr()
    assert out == ""
    return message


def test_an_older_pack_and_that_of_another_machine_are_refused(
    server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pack(server.root, 5)
    run(server.url, machine)
    write_pack(server.root, 4)
    message = said(machine, capsys, 1, server.url, machine)
    assert message == f"没有更新：来源比本机的旧（来源 2099-01-05，本机 2099-01-06）。{UNTOUCHED}"
    write_pack(server.root, 6, device="window-a02")
    message = said(machine, capsys, 1, server.url, machine)
    assert message == f"没有更新：来源是 main 的 window-a02，本机是 main 的 window-a01。{UNTOUCHED}"
    newer = write_pack(server.root, 7, day=5)  # the same day, put right
    assert run(server.url, machine) == 0
    assert whole_build(machine) == newer


def test_an_older_pack_is_refused_also_when_the_manifest_in_use_is_damaged(
    server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for edition in (4, 5):
        write_pack(server.root, edition)
        run(server.url, machine)
    (machine / "current/manifest.json").write_bytes(b"{")
    write_pack(server.root, 3)
    capsys.readouterr()
    assert run(server.url, machine) == 1
    assert capsys.readouterr().err == f"没有更新：来源比本机的旧（来源 2099-01-04，本机 2099-01-05）。{UNTOUCHED}"
    newest = write_pack(server.root, 5)
    assert run(server.url, machine) == 0
    assert whole_build(machine) == newest


def test_with_a_public_key_only_its_signature_is_accepted(
    server: Server, machine: Path, tmp_path: Path, key: Ed25519PrivateKey, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (server.url, machine, "--public-key", tmp_path / "hall.pem.pub")
    wrong = f"没有更新：签名不对：清单不是持有密钥的人发布的，或已被改动。{UNTOUCHED}"
    write_pack(server.root, 1)
    assert said(machine, capsys, 1, *arguments) == f"没有更新：离线包没有签名，而本机要求签名。{UNTOUCHED}"
    write_pack(server.root, 1, Ed25519PrivateKey.generate())
    assert said(machine, capsys, 1, *arguments) == wrong
    build = write_pack(server.root, 1, key)
    assert run(*arguments) == 0
    assert capsys.readouterr().out.endswith("（window-a01，内容日期 2099-01-02，签名已核对）。\n")
    write_pack(server.root, 2, key)
    signature = server.root / "manifest.json.sig"
    signature.write_bytes(base64.b64encode(bytes(64)))
    assert said(machine, capsys, 1, *arguments) == wrong
    signature.unlink()
    assert said(machine, capsys, 1, *arguments) == f"没有更新：来源里没有 manifest.json.sig。{UNTOUCHED}"
    assert whole_build(machine) == build
    assert run(*arguments, "--check") == 0
    assert capsys.readouterr().out == "本机的离线包完整（window-a01，内容日期 2099-01-02，签名已核对）。\n"


def test_a_source_that_is_not_there_is_said_so(
    tmp_path: Path, server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = "http://127.0.0.1:9"
    assert said(machine, capsys, 3, closed, machine) == f"没有更新：连不上来源，或中途断开：manifest.json。{UNTOUCHED}"
    nowhere = tmp_path / "nowhere"
    assert said(machine, capsys, 3, nowhere, machine) == f"没有更新：没有文件夹 {nowhere}。{UNTOUCHED}"
    server.root.mkdir()
    for source in (server.url, server.root):
        message = said(machine, capsys, 3, source, machine)
        assert message == f"没有更新：来源不是离线包：没有 manifest.json。{UNTOUCHED}"
    message = said(machine, capsys, 3, "ftp://host.example/", machine)
    assert message == f"没有更新：来源 ftp://host.example/ 要写成 http(s) 网址或文件夹。{UNTOUCHED}"


@pytest.mark.parametrize(
    "source", ["http://", "http://[", "http://a:b/", "http://主机.example:1/包", "https://127.0.0.1:9"]
)
def test_an_address_that_is_none_is_not_reached(machine: Path, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    message = said(machine, capsys, 3, source, machine)
    assert message == f"没有更新：连不上来源，或中途断开：manifest.json。{UNTOUCHED}"


def test_a_folder_that_cannot_be_one_is_named(
    server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.write_text("a file")
    assert run(server.url, machine) == 3
    assert capsys.readouterr().err == f"没有更新：本机写不了 {machine / 'versions'}：Not a directory。\n"


def test_a_source_that_drips_is_given_up(
    server: Server, machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def drip(handler: Handler, data: bytes) -> None:
        handler.whole(data[:1], len(data))
        for at in range(1, len(data)):
            time.sleep(0.05)
            handler.wfile.write(data[at : at + 1])

    monkeypatch.setattr(sync, "TIMEOUT", 0.2)
    monkeypatch.setattr(sync, "SLOWEST", 10_000_000)
    write_pack(server.root, 1)
    server.faults["assets/screen.css"] = drip
    message = said(machine, capsys, 3, server.url, machine)
    assert message == f"没有更新：来源太慢，取 assets/screen.css 超时。{UNTOUCHED}"


def test_paths_that_lead_out_are_refused_before_anything_is_fetched(
    server: Server, machine: Path, key: Ed25519PrivateKey, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pack(server.root, 1)
    document = json.loads((server.root / "manifest.json").read_bytes())
    document["files"][0]["path"] = "../../escaped.html"
    document["build"] = sync.build_id(document)
    (server.root / "manifest.json").write_bytes(sync.canonical(document))
    message = said(machine, capsys, 1, server.url, machine)
    assert message == f"没有更新：清单里有不允许的路径：'../../escaped.html'。{UNTOUCHED}"
    assert set(server.requested) == {"manifest.json"}


def test_a_second_run_at_the_same_time_stands_back(
    server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pack(server.root, 1)
    run(server.url, machine)
    with sync._locked(machine):
        assert said(machine, capsys, 1, server.url, machine) == f"没有更新：另一个同步正在进行。{UNTOUCHED}"


def test_content_past_its_last_valid_day_is_named(
    tmp_path: Path, machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build = write_pack(tmp_path / "source", 1)
    document = json.loads((tmp_path / "source/manifest.json").read_bytes())
    document["valid_until"] = "2026-01-01"
    document["build"] = sync.build_id(document)
    (tmp_path / "source/manifest.json").write_bytes(sync.canonical(document))
    assert run(tmp_path / "source", machine) == 0
    assert capsys.readouterr().out.endswith("\n注意：内容只保证到 2026-01-01，现在可能已变，请联系网站维护人员。\n")
    assert whole_build(machine) != build


# Damage on the machine itself.


def test_damaged_files_are_mended_from_the_source(
    server: Server, machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = write_pack(server.root, 1)
    run(server.url, machine)
    pack = machine / "current"
    (pack / "assets/screen.js").write_bytes(b"x")
    (pack / "index.html").unlink()
    (pack / "index.html").mkdir()
    shutil.rmtree(pack / "handouts")
    (pack / "handouts").touch()
    capsys.readouterr()
    assert run(server.url, machine, "--check") == 0
    said_lines = capsys.readouterr().out.splitlines()
    assert said_lines[0] == "本机有 3 个文件损坏，例如 assets/screen.js。"
    assert said_lines[1] == "已修复 3 个文件（window-a01，内容日期 2099-01-02，没有签名）。"
    assert whole_build(machine) == build
    server.behave()
    assert run(server.url, machine, "--check") == 0
    assert capsys.readouterr().out == "本机的离线包完整（window-a01，内容日期 2099-01-02，没有签名）。\n"
    assert server.requested == []


def test_a_damaged_pack_is_never_taken_for_the_last_good_one(server: Server, machine: Path) -> None:
    good = write_pack(server.root, 1)
    run(server.url, machine)
    write_pack(server.root, 2)
    run(server.url, machine)
    (machine / "current/index.html").write_bytes(b"damaged")
    third = write_pack(server.root, 3)
    assert run(server.url, machine) == 0
    assert (whole_build(machine), whole_build(machine, "previous")) == (third, good)


def test_what_a_stopped_run_shared_with_the_pack_in_use_is_not_written_into(tmp_path: Path) -> None:
    """A run stopped between sharing a file and naming it leaves a second name of a file of the pack in use."""
    (tmp_path / "in-use.html").write_bytes(b"in use")
    os.link(tmp_path / "in-use.html", tmp_path / ".new")
    sync._store([b"fetched"], tmp_path / ".new")
    assert (tmp_path / ".new").read_bytes() == b"fetched"
    assert (tmp_path / "in-use.html").read_bytes() == b"in use"


def test_what_is_not_ours_in_the_folder_stays(server: Server, machine: Path) -> None:
    write_pack(server.root, 1)
    (machine / "versions/photos").mkdir(parents=True)
    (machine / "notes.txt").touch()
    (machine / "versions" / ("0" * 64 + ".part")).mkdir()
    assert run(server.url, machine) == 0
    assert (machine / "versions/photos").is_dir()
    assert (machine / "notes.txt").is_file()
    assert not (machine / "versions" / ("0" * 64 + ".part")).exists()


# Faults, many and at random.


class Fuse:
    """Burns one step at a time, and then does what it was made for, at that step and at every one that follows."""

    def __init__(self, steps: int, then: Callable[[], object]) -> None:
        self.left, self.then = steps, then

    def burn(self, *_: object) -> None:
        """Burn one step."""
        self.left -= 1
        if self.left <= 0:
            self.then()


def _counting(step: Callable[[], None], original: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        step()
        result = original(*arguments, **named)
        step()
        return result

    return counted


def watched(monkeypatch: pytest.MonkeyPatch, step: Callable[[], None]) -> None:
    """Call `step` before and after every change of the disk that the program makes."""
    for name in STEPS:
        monkeypatch.setattr(Path, name, _counting(step, getattr(Path, name)))
    for name in ("fsync", "link", "makedirs"):
        monkeypatch.setattr(os, name, _counting(step, getattr(os, name)))
    monkeypatch.setattr(shutil, "rmtree", _counting(step, shutil.rmtree))


def killed_at(number: int, *arguments: object) -> bool:
    """Run in a process that dies at its nth step without a word; tell whether it came so far."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the server's thread is not needed in the child
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    try:
        watched(pytest.MonkeyPatch(), Fuse(number, lambda: os._exit(9)).burn)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        run(*arguments)
    finally:
        os._exit(0)


class Field:
    """A machine, its source and what the machine may rightly show, through a long row of faults."""

    def __init__(self, server: Server, machine: Path, key: Ed25519PrivateKey, public: Path) -> None:
        self.server, self.machine, self.key = server, machine, key
        self.arguments = (server.url, machine, "--public-key", public)
        self.edition = 0
        self.old = self.new = ""

    def advance(self) -> None:
        """Publish the next edition."""
        self.edition += 1
        self.old = whole_build(self.machine) if (self.machine / "current").exists() else ""
        self.new = write_pack(self.server.root, self.edition, self.key)

    def assert_whole(self) -> None:
        """Fail unless the machine uses the pack before the fault or the new one, whole."""
        assert whole_build(self.machine) in (self.old, self.new)

    def recover(self) -> None:
        """Fail unless a run without a fault brings the newest pack."""
        self.server.behave()
        assert run(*self.arguments) == 0
        assert whole_build(self.machine) == self.new


@pytest.fixture
def field(server: Server, machine: Path, key: Ed25519PrivateKey, tmp_path: Path) -> Field:
    made = Field(server, machine, key, tmp_path / "hall.pem.pub")
    made.advance()
    assert run(*made.arguments) == 0
    return made


PATHS = (
    "manifest.json",
    "manifest.json.sig",
    "index.html",
    "handouts/card/index.html",
    "hall/main/windows/a01/index.html",
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.__name__))
def test_a_faulty_server_leaves_a_whole_pack(field: Field, fault: Callable[..., None]) -> None:
    for path in PATHS:  # 9 faults in 5 files each
        field.advance()
        field.server.behave()
        field.server.faults[path] = fault
        assert run(*field.arguments) in (1, 3)
        assert whole_build(field.machine) == field.old
        field.recover()


def test_a_run_that_is_killed_at_any_step_leaves_a_whole_pack(field: Field) -> None:
    number = 0
    done = False
    while not done:
        number += 1
        field.advance()
        done = not killed_at(number, *field.arguments)
        field.assert_whole()
        if number % 3 == 0:  # otherwise the next run, and its end, meets what this one left
            field.recover()
    assert number > 60
    field.recover()


def test_a_first_run_that_is_killed_leaves_nothing_or_a_whole_pack(server: Server, quick_folder: Path) -> None:
    build = write_pack(server.root, 1)
    for number in range(1, 60, 4):
        machine = quick_folder / f"machine{number}"
        killed_at(number, server.url, machine)
        assert not (machine / "current").exists() or whole_build(machine) == build
        assert run(server.url, machine) == 0
        assert whole_build(machine) == build


def test_a_disk_that_is_full_at_any_step_leaves_a_whole_pack(
    field: Field, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "x.html")

    number = 0
    status = 3
    while status == 3:
        number += 2
        field.advance()
        with monkeypatch.context() as patch:
            watched(patch, Fuse(number, full).burn)
            capsys.readouterr()
            status = run(*field.arguments)
        if status == 3:
            assert capsys.readouterr().err == "没有更新：本机写不了 x.html：No space left on device。\n"
        field.assert_whole()
        field.recover()
    assert status == 0
    assert number > 30


def test_a_source_that_changes_in_mid_run_leaves_a_whole_pack(field: Field) -> None:
    for count in range(1, 8):
        field.advance()
        old, first = field.old, field.new
        field.server.behave()
        fuse = Fuse(count, lambda: None)

        def change(path: str, fuse: Fuse = fuse) -> None:
            fuse.burn()
            if fuse.left == 0:
                field.advance()

        field.server.on_request = change
        assert run(*field.arguments) in (0, 1)
        assert whole_build(field.machine) in (old, first, field.new)
        field.recover()


def test_random_faults_one_after_another_leave_a_whole_pack(field: Field) -> None:
    """Two faults in a run, damage on the disk beside them, replays of old packs: what no list of cases thinks of."""
    chance = random.Random(20261123)
    for _ in range(60):
        field.advance()
        field.server.behave()
        for path in chance.sample(PATHS, 2):
            field.server.faults[path] = chance.choice(FAULTS)
        replayed = chance.random() < 0.2
        if replayed:
            write_pack(field.server.root, chance.randrange(field.edition - 1) if field.edition > 1 else 0, field.key)
            field.server.behave()
        if chance.random() < 0.5:
            killed_at(chance.randrange(1, 40), *field.arguments)
        else:
            assert run(*field.arguments) in ((1,) if replayed else (1, 3))
        field.assert_whole()
        if replayed:
            field.new = write_pack(field.server.root, field.edition, field.key)
        if chance.random() < 0.7:
            field.recover()


def test_runs_that_are_killed_from_outside_leave_a_whole_pack(field: Field) -> None:
    chance = random.Random(7)
    command = [sys.executable, str(PROGRAM), *map(str, field.arguments)]
    for _ in range(8):
        field.advance()
        field.server.slow_down(0.03)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 0.7))
        process.send_signal(signal.SIGKILL)
        assert process.wait() in (0, -signal.SIGKILL)
        field.assert_whole()
    field.recover()


def test_a_pipe_or_a_link_in_the_place_of_a_file_is_mended(server: Server, machine: Path, tmp_path: Path) -> None:
    build = write_pack(server.root, 1)
    run(server.url, machine)
    target = machine / "current/assets/screen.css"
    elsewhere = tmp_path / "elsewhere.css"
    shutil.copy(target, elsewhere)
    target.unlink()
    target.symlink_to(elsewhere)
    assert run(server.url, machine) == 0
    assert stat.S_ISREG(target.lstat().st_mode)
    target.unlink()
    os.mkfifo(target)
    assert run(server.url, machine) == 0
    assert whole_build(machine) == build
