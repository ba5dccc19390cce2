"""What the package and the libraries that it works with are, in one hash: with others the same files may say more."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path


@cache
def code_version() -> str:
    """Return a hash of the package's own modules and data."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in (".py", ".yml", ".tsv"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def system_version() -> str:
    """Return a hash of that, of Python and of all installed libraries."""
    installed = sorted(f"{one.name} {one.version}" for one in metadata.distributions())
    return hashlib.sha256("\n".join([code_version(), sys.version, *installed]).encode()).hexdigest()
