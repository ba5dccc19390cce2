"""Search documents that are kept between builds: rendered once, and again where what they are made from is another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.index_documents import Documents, rendered


class Kept:
    """A folder in which documents are kept, and the addresses that were rendered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []

    def rendered(self, digests: dict[str, bytes], key: str = "1", part: str = "pagefind/0") -> dict[str, str]:
        """Return the documents; each says from what it was made."""

        def render(address: str) -> str:
            self.made.append(address)
            return f"{address.rpartition('/')[0]} {digests[address].decode()}"

        self.made.clear()
        return rendered(Documents(digests, render, (self.folder / "documents", key)), part, list(digests))


def test_only_what_changed_is_rendered_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert kept.rendered({"guides/a/0": b"x", "guides/b/1": b"y"}) == {
        "guides/a/0": "guides/a x",
        "guides/b/1": "guides/b y",
    }
    assert kept.made == ["guides/a/0", "guides/b/1"]
    # An item before them gives them other numbers, and says nothing else of them.
    found = kept.rendered({"fees/new/0": b"z", "guides/a/1": b"x", "guides/b/2": b"w"})
    assert found == {"fees/new/0": "fees/new z", "guides/a/1": "guides/a x", "guides/b/2": "guides/b w"}
    assert sorted(kept.made) == ["fees/new/0", "guides/b/2"]
    assert kept.rendered({"guides/a/0": b"x"}) == {"guides/a/0": "guides/a x"}
    assert kept.made == []
    kept.rendered({"guides/b/0": b"w"})
    assert kept.made == ["guides/b/0"]  # what is gone is forgotten


def test_another_key_or_part_has_documents_of_its_own(tmp_path: Path) -> None:
    kept, digests = Kept(tmp_path), {"guides/a/0": b"x"}
    for key, part, made in (("1", "pagefind", 1), ("1", "pagefind", 0), ("1", "pagefind/1", 1), ("2", "pagefind", 1)):
        kept.rendered(digests, key, part)
        assert len(kept.made) == made, (key, part)


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], lambda data: data[:40] + b"\0" + data[41:]])
def test_what_is_damaged_is_rendered_again(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    kept, digests = Kept(tmp_path), {"guides/a/0": b"x"}
    kept.rendered(digests)
    [file] = tmp_path.iterdir()
    file.write_bytes(harm(file.read_bytes()))
    assert kept.rendered(digests) == {"guides/a/0": "guides/a x"}
    assert kept.made == ["guides/a/0"]


def test_without_a_place_nothing_is_kept(tmp_path: Path) -> None:
    assert rendered(Documents({"a/0": b"x"}, str.upper), "pagefind", ["a/0"]) == {"a/0": "A/0"}
    assert list(tmp_path.iterdir()) == []
