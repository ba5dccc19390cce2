"""Service workers that keep screens and the touch-screen going while the network is down.

The work is done by `assets/offline.js`; what is made here are the small files that call it, because a worker looks
after the folder that its own file lies in, and the list of what the touch-screen keeps from the first visit on.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson

from generator.kinds.hall import Hall
from generator.outputs import Output
from generator.render.kiosk import Kiosk, kiosk_paths, kiosks
from generator.render.kiosk_cases import kiosk_case_handouts, kiosk_case_paths
from generator.render.site import Site

WORKER = "worker.js"
_SEARCH_PARTS = ("words", "sounds", "answers", "match", "core", "cases")
_SEARCH_SCRIPTS = tuple(f"assets/search-{part}.js" for part in _SEARCH_PARTS)
_KIOSK_SCRIPTS = ("assets/kiosk.js", *_SEARCH_SCRIPTS, "assets/kiosk-search.js")
_KIOSK_ASSETS = ("assets/kiosk.css", *_KIOSK_SCRIPTS, "assets/mark.svg")
_VISITED = ("windows", "fees")
"""Folders of a hall that keep what was opened."""


def offline_outputs(site: Site) -> Iterator[Output]:
    """Yield the workers of every hall: of its window screens, its fee board and its touch-screen."""
    for hall in site.catalogue.all_of(Hall):
        for folder in _VISITED:
            yield _worker(f"{hall.path}/{folder}", {"keep": [], "try": [], "version": ""})
    version = _version(site)
    for kiosk in kiosks(site):
        yield _worker(kiosk.address, {**_kept_files(kiosk), "version": version})


def _kept_files(kiosk: Kiosk) -> dict[str, list[str]]:
    """Return what a touch-screen must have to work alone, and what it takes along where it is published."""
    up = posixpath.relpath(".", kiosk.address)
    return {
        "keep": [*kiosk_paths(kiosk), *kiosk_case_paths(kiosk), *(f"{up}/{path}" for path in _KIOSK_ASSETS)],
        "try": [f"{up}/{path}" for path in (*_handouts(kiosk), *kiosk_case_handouts(kiosk))],
    }


def _handouts(kiosk: Kiosk) -> list[str]:
    return [f"handouts/{sheet.item.id}/index.html" for sheet in kiosk.guides]


def _worker(folder: str, task: dict[str, object]) -> Output:
    up = posixpath.relpath(".", folder)
    calls = f'importScripts("{up}/assets/offline.js");\nkeepOffline({orjson.dumps(task).decode()});\n'
    return Output(f"{folder}/{WORKER}", calls.encode())


def _version(site: Site) -> str:
    """Return a name for the state of everything that the touch-screen shows; rendering depends on nothing else."""
    settings = replace(site.settings, root=Path())  # where the project lies says nothing
    digest = hashlib.sha256(f"{site.today} {site.valid_until} {settings}".encode())
    for item in site.catalogue.items:
        digest.update(f"{item.path} {site.catalogue.sheet(item).fingerprint}\n".encode())
    for file in sorted(_sources(site.theme)):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _sources(theme: Path) -> Iterator[Path]:
    for folder in ("hall", "assets", "partials"):
        yield from (file for file in (theme / folder).rglob("*") if file.is_file())
