"""Search documents as an earlier build made them: cutting texts into words takes longer than reading them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.cache_files import read_cached, write_cached
from generator.processes import in_parts


class Documents(NamedTuple):
    """What is to be found."""

    digests: Mapping[str, bytes]
    """A digest of what each document is made from, by its address."""
    render: Callable[[str], str]
    """Makes the document at an address."""
    kept: tuple[Path, str] | None = None
    """The beginning of the names of files that keep documents, and the key under which they are good."""


def item_of(address: str) -> str:
    """Return the address of the item whose document it is, which does not change with the number of its entry."""
    return address.rpartition("/")[0]


def rendered(documents: Documents, part: str, addresses: Sequence[str], jobs: int = 1) -> dict[str, str]:
    """Return some documents by their addresses; those of a part of the index are kept together."""
    wanted = {address: documents.digests[address].hex() for address in addresses}
    known = _read(documents, part)
    found = {}
    for address, digest in wanted.items():
        before, text = known.get(item_of(address), ("", ""))
        if before == digest:
            found[address] = text
    new = [address for address in addresses if address not in found]
    for made in in_parts(lambda some: [(address, documents.render(address)) for address in some], new, jobs):
        found.update(made)
    if documents.kept and (new or len(found) != len(known)):
        file, key = documents.kept
        kept = {item_of(address): (wanted[address], text) for address, text in found.items()}
        write_cached(_file(file, part), {"key": key, "documents": kept})
    return found


def _read(documents: Documents, part: str) -> dict[str, tuple[str, str]]:
    if documents.kept is None:
        return {}
    file, key = documents.kept
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        kept = read_cached(_file(file, part))
        if kept["key"] == key:
            return {address: (str(digest), str(text)) for address, (digest, text) in kept["documents"].items()}
    return {}


def _file(beginning: Path, part: str) -> Path:
    return beginning.with_name(f"{beginning.name}-{part.replace('/', '-')}")
