"""What is known while somebody edits: the newest items, the last whole build, and what is wrong right now."""

from __future__ import annotations

import shutil
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from generator.build import Project, site_of
from generator.catalogue import Catalogue
from generator.history import NOTHING_KNOWN
from generator.mkdocs_build import BuildFailed, load_project
from generator.preview.board import Board
from generator.preview.building import Checked, Failed, Framed, Order, Report, Whole, Worker, reason_of
from generator.preview.contents import Contents, Pages
from generator.preview.watching import Watch
from generator.problems import Place, Problem, has_errors
from generator.render.templates import environment

MANY = 2000
"""From so many items on, a whole build waits longer for the editor to pause."""
QUIET, QUIET_OF_MANY = 0.3, 2.0
"""Seconds without a save after which a whole build begins."""

Say = Callable[[str], None]
LayOut = Callable[[list[Problem], Path], str]


class Found(NamedTuple):
    """The bytes of a file of the site, and a stamp that tells its states apart."""

    data: bytes
    stamp: str


class Preview:
    """A project under edit. One thread takes up what is saved, one hears of builds, others ask for pages."""

    def __init__(self, config: Path, as_of: str | None, folder: Path, say: Say, lay_out: LayOut) -> None:
        self.root = config.parent
        self.board = Board(lambda problems: say(lay_out(problems, self.root)))
        self._config, self._as_of, self._folder, self._say = config, as_of, folder, say
        self._lock = threading.RLock()
        # What is read.
        self._contents = Contents()
        self._project: Project | None = None
        self._catalogue: Catalogue | None = None
        self._pages: Pages | None = None
        self._generation = 0
        # What is built.
        self._frame: Framed | None = None
        self._whole: Whole | None = None
        self._whole_generation = -1
        self._whole_items: frozenset[str] = frozenset()
        self._frames = 0
        # What is being built, or is to be.
        self._worker: Worker | None = None
        self._workers = 0
        self._begin_at: float | None = None
        self._frame_wanted = True

    # Pages, for the server.

    def file(self, path: str) -> Found | None:
        """Return a file of the site as of now, None where there is none."""
        data = self._data(path)
        return None if data is None else Found(data, f"{self._frames}-{zlib.crc32(data):08x}")

    @property
    def is_whole(self) -> bool:
        """Whether a whole build is there, so that a page that is not found does not exist."""
        return self._whole is not None

    def _data(self, path: str) -> bytes | None:
        pages, frame, whole = self._pages, self._frame, self._whole
        if pages and self._whole_generation != self._generation:
            if (made := self._rendered(pages, path)) is not None:
                return made
            if self._is_deleted(path, pages):
                return None
        for layer in (frame, whole):
            if layer and (data := _read(layer.folder, path)) is not None:
                return data
        return None

    def _rendered(self, pages: Pages, path: str) -> bytes | None:
        try:
            return pages.find(path)
        except Exception as error:
            # Items that do not fit together are told when they are checked; until then the last page stays.
            if not self.board.status.building and not has_errors(self.board.status.problems):
                self._not_rendered(path, error)
            return None

    def _not_rendered(self, path: str, error: Exception) -> None:
        with self._lock:
            known = self.board.found("page")
            wrong = Problem(place=Place(path=path), code="not-rendered", message=reason_of(error))
            if wrong not in known:
                self.board.find("page", [*known, wrong])

    def _is_deleted(self, path: str, pages: Pages) -> bool:
        """Tell whether a page was an item's in the last build and its file is gone since, rather than faulty."""
        address = "/".join(path.split("/")[:2])
        return address in self._whole_items and not pages.knows(path) and not has_errors(self.board.found("items"))

    # What is saved.

    def run(self, watch: Watch) -> None:
        """Take up what is saved and build what is due until the watch ends."""
        paths: set[Path] | None = {self._config}
        while paths is not None:
            try:
                if paths:
                    self.save(paths | watch.renew())
                self._build_when_due()
            except Exception as error:  # whatever it is: the next save may mend it
                self._say(reason_of(error))
            paths = watch.saved(self._seconds_left())

    def places(self) -> list[Path]:
        """Return what the site is made of, as far as it is known."""
        project = self._project
        content = project.content if project else self.root / "content"
        theme = project.theme if project else self.root / "site_theme"
        return [self._config, self.root / "items", content, theme]

    def save(self, paths: Iterable[Path]) -> None:
        """Take up what was saved."""
        items = [path for path in paths if self.root / "items" in (path, *path.parents)]
        others = [path for path in paths if path not in items]
        with self._lock:
            self._generation += 1
            self.board.clear("page")
            if others:
                self._frame_wanted = True
                environment.cache_clear()
            if not self._load(anew=self._config in others):
                return
            self._begin_at = time.monotonic() + self._patience()
            self.board.announce(building=True)
            self._build_when_due()
            if not self._read(items) and not self._frame_wanted:
                self._begin_at = None  # a build would only say the same
            self.board.announce(building=self._is_busy())

    def _load(self, *, anew: bool) -> bool:
        """Load the settings where that is needed, and tell whether they are right."""
        if self._project and not anew:
            return not self.board.found("settings")
        try:
            self._project = load_project(str(self._config), self._as_of)
        except BuildFailed as error:
            wrong = Problem(place=Place(path=self._config.name), code="configuration", message=str(error))
            self.board.find("settings", [wrong])
            self.board.announce(building=self._is_busy())
            return False
        self.board.clear("settings")
        return True

    def _patience(self) -> float:
        if self._frame_wanted:
            return 0
        return QUIET_OF_MANY if self._catalogue and len(self._catalogue.items) > MANY else QUIET

    def _read(self, changed: Iterable[Path]) -> bool:
        """Read items anew and tell whether there is nothing wrong with single files."""
        assert self._project
        catalogue, problems = self._contents.read(self._project, changed)
        if has_errors(problems):
            self.board.find("items", problems)
            return False
        self.board.clear("items")
        self._catalogue = catalogue
        self._renew_pages()
        return True

    def _renew_pages(self) -> None:
        frame = self._frame or self._whole
        history = self._whole.history if self._whole else NOTHING_KNOWN
        if self._project and self._catalogue and frame:
            self._pages = Pages(site_of(self._project, self._catalogue, frame.shells, history))

    # Builds.

    def _seconds_left(self) -> float | None:
        return None if self._begin_at is None else max(0, self._begin_at - time.monotonic())

    def _build_when_due(self) -> None:
        """Begin a build when the editor has paused; the one that is under way is for an older state."""
        if self._begin_at is None or time.monotonic() < self._begin_at:
            return
        self._begin_at = None
        self._stop_worker()
        with self._lock:
            self._workers += 1
            folder = self._folder / str(self._workers)
            worker = self._worker = Worker(Order(str(self._config), self._as_of, folder, self._frame_wanted))
            generation = self._generation
        threading.Thread(target=self._hear, args=(worker, generation), daemon=True).start()

    def _hear(self, worker: Worker, generation: int) -> None:
        """Take what a process reports until it ends or another takes its place."""
        report: Report | None = None
        while True:
            try:
                report = worker.reports.recv()
            except (EOFError, OSError):
                report = None
            with self._lock:
                if worker is not self._worker or self.board.has_ended:
                    return
                if report is None:
                    self._worker = None
                    self.board.announce(building=self._is_busy())
                else:
                    self._take(report, generation)
            if report is None:
                return worker.stop()

    def _take(self, report: Report, generation: int) -> None:
        if isinstance(report, Checked):
            self.board.find("content", report.problems)
        elif isinstance(report, Failed):
            place = Place(path=self._config.name)
            self.board.find("build", [Problem(place=place, code="not-built", message=report.reason)])
        elif isinstance(report, Framed):
            self._frame, self._frame_wanted = report, False
            self._frames += 1
            self._renew_after_build()
        else:
            self._whole, self._whole_generation = report, generation
            # The prose of a build is the newest unless something was saved since.
            self._frame = None
            self._whole_items = frozenset(self._catalogue.by_path) if self._catalogue else frozenset()
            self._renew_after_build()
            self._discard_before(report.folder.parent)

    def _renew_after_build(self) -> None:
        self.board.clear("build")
        self._renew_pages()
        self.board.announce()

    def _discard_before(self, kept: Path) -> None:
        for number in range(1, int(kept.name)):
            shutil.rmtree(self._folder / str(number), ignore_errors=True)

    def _is_busy(self) -> bool:
        return self._worker is not None or self._begin_at is not None

    def _stop_worker(self) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker:
            worker.stop()

    def end(self) -> None:
        """Stop what is under way and let go of those who wait."""
        self.board.end()
        self._stop_worker()
        shutil.rmtree(self._folder, ignore_errors=True)


def _read(folder: Path, path: str) -> bytes | None:
    """Return the bytes of a file below a folder; links do not lead out of it."""
    try:
        file = (folder / path).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            return None
        return file.read_bytes()
    except (OSError, ValueError):
        return None
