"""Whole builds for the preview, in a process of their own at low priority: what it does and what it reports."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from generator.history import History
from generator.mkdocs_build import BuildFailed, build_loaded, load
from generator.problems import Problem
from generator.shell import Shell

_PRIORITY = 10


class Order(NamedTuple):
    """What to build: below a folder, the prose and the shells alone beforehand where they may have changed."""

    config: str
    as_of: str | None
    folder: Path
    frame_first: bool


class Framed(NamedTuple):
    """The prose is built, and the shells."""

    folder: Path
    shells: Mapping[tuple[str, int], Shell]


class Checked(NamedTuple):
    """All content is checked."""

    problems: list[Problem]


class Whole(NamedTuple):
    """The whole site is built."""

    folder: Path
    shells: Mapping[tuple[str, int], Shell]
    history: History


class Failed(NamedTuple):
    """A build stopped for a reason that is no problem of the items."""

    reason: str


Report = Framed | Checked | Whole | Failed


class Worker:
    """A process that builds."""

    def __init__(self, order: Order) -> None:
        context = get_context("spawn")  # this process has threads, which a forked one would not survive
        self.reports, sending = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(order, sending), name="tongchuang-preview")
        self._process.start()
        sending.close()

    def stop(self) -> None:
        """End the process and those that it started."""
        for end in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid or 0, end)
            if self._process.is_alive():  # not yet the head of a group of its own
                self._process.terminate()
            self._process.join(2)
            if not self._process.is_alive():
                return


def _work(order: Order, channel: Connection) -> None:
    os.setsid()  # so that all processes of a build can be ended together
    os.nice(_PRIORITY)
    with suppress(BrokenPipeError, KeyboardInterrupt):
        if order.frame_first:
            _built(order, channel, only_frame=True)
        _built(order, channel, only_frame=False)


def _built(order: Order, channel: Connection, *, only_frame: bool) -> None:
    said = _Said()
    folder = order.folder / ("frame" if only_frame else "site")
    wrong: list[Problem] = []

    def hear(problems: list[Problem]) -> None:
        wrong.extend(problem for problem in problems if problem.is_error())
        channel.send(Checked(problems))

    try:
        with said.listening():
            config, plugin = load(order.config, as_of=order.as_of, site_folder=str(folder))
            plugin.only_frame, plugin.hear = only_frame, hear
            build_loaded(config, plugin)
    except BuildFailed as error:
        if not wrong:
            channel.send(Failed("\n".join(said.lines) or str(error)))
        return
    except Exception as error:
        channel.send(Failed(reason_of(error)))
        return
    built = plugin.report
    channel.send(Whole(folder, plugin.shells, built.history) if built else Framed(folder, plugin.shells))


def reason_of(error: Exception) -> str:
    """Say in one line why something could not be made, for the person at the terminal."""
    if isinstance(error, OSError):
        return f"读写文件失败：{error.filename or ''} {error.strerror or error}"
    line, name = getattr(error, "lineno", None), getattr(error, "name", None)
    if line and name:
        return f"模板 {name} 第 {line} 行有错：{error}"
    return f"页面没有生成出来，请把这一行告诉维护的人：{type(error).__name__}: {error}"


class _Said(logging.Handler):
    """What the engine and our adapter say during a build, to be told where it fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.lines.append(record.getMessage())

    def listening(self) -> _Listening:
        """Return a context in which messages come here and not to the terminal."""
        return _Listening(self)


class _Listening:
    def __init__(self, handler: _Said) -> None:
        self._handler = handler

    def __enter__(self) -> None:
        logging.getLogger("mkdocs").handlers[:] = [self._handler]
        logging.getLogger("mkdocs").propagate = False
        logging.getLogger("tongchuang").handlers[:] = [logging.NullHandler()]
        logging.getLogger("tongchuang").propagate = False

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").handlers.remove(self._handler)
