"""Commands of the package in processes forked from one that has imported it: a start in no time instead of a second.

Each is a process of its own with folder, environment and output of its own, as if started from a shell.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["generator.cli", "generator.check_command", "forked", "loaded"])


def forked(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `tongchuang` with arguments in a folder and return what it said."""
    with TemporaryDirectory() as kept:
        texts = [Path(kept, name) for name in ("output", "messages")]
        process = CONTEXT.Process(target=_execute, args=(folder, list(arguments), dict(environment), texts))
        process.start()
        process.join()
        output, messages = (text.read_text(encoding="utf-8", errors="strict") for text in texts)
    assert process.exitcode is not None
    return subprocess.CompletedProcess(["tongchuang", *arguments], process.exitcode, output, messages)


def _execute(folder: Path, arguments: Sequence[str], environment: Mapping[str, str], texts: Sequence[Path]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, text in enumerate(texts, 1):
        os.dup2(os.open(text, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    streams = (os.fdopen(number, "w", encoding="utf-8", buffering=1, closefd=False) for number in (1, 2))
    sys.stdout, sys.stderr = streams
    sys.argv = ["tongchuang", *arguments]
    warnings.simplefilter("error")
    from generator.cli import main

    sys.exit(main())
