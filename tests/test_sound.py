"""What was found sound is not looked at again, and whatever differs is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from project import FILES, read, run, tiny_project

from generator import checks
from generator.checks import findings_of
from generator.checks.texts import ItemTexts
from generator.house_rules import HouseRules
from generator.sound import Sound, digest_of, sound_file

GUIDE, FORM = "items/guides/card-renewal.yml", "content/files/samples/small-card.pdf"
HEAD, CARD = "小证有效期满时换领新证。", "小证有效期满时换领新证，卡号 6222021234567890128。"


def test_notes_are_kept_under_their_key_and_forgotten_with_what_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "sound"
    first = Sound(file, "1")
    assert not first.is_known("a")
    first.add(["a", "b"])
    first.keep()
    again = Sound(file, "1")
    assert again.is_known("a") and not again.is_known("c")
    again.keep()
    assert not Sound(file, "1").is_known("b")
    assert not Sound(file, "2").is_known("a")


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], lambda data: data[:40] + b"\0" + data[41:]])
def test_notes_that_are_damaged_are_none(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "sound"
    first = Sound(file, "1")
    first.add(["a"])
    first.keep()
    file.write_bytes(harm(file.read_bytes()))
    assert not Sound(file, "1").is_known("a")


def test_who_keeps_nothing_reads_no_file_twice(tmp_path: Path) -> None:
    assert not Sound().remembers
    assert Sound(tmp_path / "sound", "1").remembers


def test_a_hash_tells_where_a_part_ends() -> None:
    assert len({digest_of(*parts) for parts in ((b"ab", b""), (b"a", b"b"), (b"ab",), (b"", b"ab"))}) == 4


def test_only_texts_that_changed_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, looked_at = tiny_project(tmp_path / "project"), []
    known = checks.texts_of

    def texts_of(item: object, public: frozenset[str]) -> ItemTexts:
        looked_at.append(item.path)  # type: ignore[attr-defined]
        return known(item, public)  # type: ignore[arg-type]

    monkeypatch.setattr(checks, "texts_of", texts_of)
    sound, everything = Sound(), {item.path for item in read(folder).items}
    assert list(findings_of(read(folder), HouseRules(), sound)) == []
    assert set(looked_at) == everything
    file = tmp_path / "sound"
    kept = Sound(file, "1")
    list(findings_of(read(folder), HouseRules(), kept))
    kept.keep()
    looked_at.clear()
    changed = read(tiny_project(tmp_path / "changed", {GUIDE: FILES[GUIDE].replace(HEAD, CARD)}))
    for _ in range(2):  # what has a mistake is told each time
        again = Sound(file, "1")
        assert [finding.code for finding in findings_of(changed, HouseRules(), again)] == ["bank-card"]
        again.keep()
        assert looked_at == ["guides/card-renewal"]
        looked_at.clear()


def test_a_build_tells_the_mistakes_that_a_clean_one_tells(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    assert run(folder, "build", "--no-search").returncode == 0
    assert sound_file(folder).is_file()
    guide, form = folder / GUIDE, folder / FORM
    guide.write_text(FILES[GUIDE].replace(HEAD, CARD), encoding="utf-8")
    form.write_bytes(b"not a PDF any more")
    said = [run(folder, "build", "--no-search", *more) for more in ((), ("--clean",), ())]
    assert {done.returncode for done in said} == {1}
    assert len({done.stderr for done in said}) == 1
    assert "bank-card" in said[0].stderr and FORM in said[0].stderr
    house = folder / "items/checks.yml"
    house.write_text("wordings:\n  - {words: [换领], right: 更换, source: 用语表}\n", encoding="utf-8")
    guide.write_text(FILES[GUIDE], encoding="utf-8")
    assert "「换领」不是本区的写法" in run(folder, "build", "--no-search").stderr  # which it was, under other rules
