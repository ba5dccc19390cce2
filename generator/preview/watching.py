"""Which files an editor has just saved: all paths of one save together, whatever an editor's program does to save."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

QUIET = 0.06
"""So many seconds without another event end a save."""
LONGEST = 0.6
"""But a program that never stops writing is not waited for any longer."""
_READING = frozenset({"opened", "closed_no_write"})
_NOT_OURS_FIRST = (".", "~$")


class _Watched(NamedTuple):
    watch: ObservedWatch
    inode: int


class Watch(FileSystemEventHandler):
    """Watches places: folders with what is below them, and files in the root; they may go and come back."""

    def __init__(self, root: Path, places: Callable[[], Iterable[Path]]) -> None:
        self._root = root
        self._places = places
        self._events: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._watched: dict[Path, _Watched] = {}
        self._observer: BaseObserver = Observer()
        self._observer.start()
        try:
            self._begin()
        except OSError:  # the system allows no more watches: look every second instead
            self._observer.stop()
            self._watched.clear()
            self._observer = PollingObserver(timeout=1)
            self._observer.start()
            self._begin()

    def _begin(self) -> None:
        self._observer.schedule(self, str(self._root), recursive=False)
        self.renew()

    def renew(self) -> set[Path]:
        """Watch folders that have come, or come back, and leave those that are gone; return those that came."""
        came = set()
        for place in {*self._places(), *self._watched}:
            inode = _inode(place)
            known = self._watched.get(place)
            if known and known.inode != inode:
                del self._watched[place]
                with suppress(KeyError, OSError):
                    self._observer.unschedule(known.watch)
            if inode and place not in self._watched:
                self._watched[place] = _Watched(self._observer.schedule(self, str(place), recursive=True), inode)
                came.add(place)
        return came

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what an event is about."""
        if event.event_type in _READING or (event.is_directory and event.event_type == "modified"):
            return
        for name in (event.src_path, event.dest_path):
            path = Path(os.fsdecode(name)) if name else None
            if path and self._is_ours(path):
                self._events.put(path)

    def _is_ours(self, path: Path) -> bool:
        if path.name.startswith(_NOT_OURS_FIRST):
            return False
        return path.parent != self._root or path in set(self._places())

    def saved(self, patience: float | None) -> set[Path] | None:
        """Wait for a save, at most so many seconds, and return its paths; None when the watch has ended."""
        found: set[Path | None] = set()
        with suppress(queue.Empty):
            found.add(self._events.get(timeout=patience))
            begun = time.monotonic()
            while None not in found and time.monotonic() - begun < LONGEST:
                found.add(self._events.get(timeout=QUIET))
        return None if None in found else {path for path in found if path}

    def stop(self) -> None:
        """End the watch; who waits for a save is let go."""
        self._observer.stop()
        self._events.put(None)


def _inode(place: Path) -> int:
    try:
        return place.stat().st_ino if place.is_dir() else 0
    except OSError:
        return 0
