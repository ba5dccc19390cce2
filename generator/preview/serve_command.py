"""`tongchuang serve`: the preview for whoever writes content and looks at the page."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from generator.exit_status import FINE, MISSING_PART
from generator.mkdocs_plugin import PREVIEW_VARIABLE
from generator.preview.preview import Preview
from generator.preview.server import HOST, Server
from generator.preview.watching import Watch
from generator.problems import Problem
from generator.problems_examples import accepted_example
from generator.problems_excerpt import Sources
from generator.problems_text import Terminal, as_excerpts

LAST_PORT = 65535
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    serve = verbs.add_parser("serve", parents=[common], help="本机预览，保存后自动刷新")
    serve.add_argument("--port", type=_port, default=8000)
    serve.set_defaults(command=_serve)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"「{text}」不是正整数")
    if int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"端口最大是 {LAST_PORT}，写的是 {text}")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    config = Path(options.config).resolve()
    try:
        server = Server(options.port)
    except OSError as error:
        reason = "没有权限使用" if isinstance(error, PermissionError) else "已经有程序在用"
        _say(f"端口 {options.port} {reason}，预览没有开始。换一个：tongchuang serve --port {_other(options.port)}")
        return MISSING_PART
    os.environ[PREVIEW_VARIABLE] = "1"
    folder = config.parent / ".cache" / "preview" / str(options.port)  # the port is ours, and so the folder
    shutil.rmtree(folder, ignore_errors=True)
    preview = Preview(config, options.as_of, folder, _say, _laid_out)
    server.preview = preview
    for name in _ENDING:
        signal.signal(name, signal.default_int_handler)
    with server:
        return _run(server, preview, Watch(config.parent, preview.places))


def _run(server: Server, preview: Preview, watch: Watch) -> int:
    _say(f"预览：http://{HOST}:{server.server_port}/，保存后自动更新，按 Ctrl-C 结束。")
    work = threading.Thread(target=preview.run, args=(watch,), daemon=True)
    work.start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        for name in _ENDING:  # once is enough: what is under way is ended and removed in peace
            signal.signal(name, signal.SIG_IGN)
        _say("预览结束。")
    finally:
        watch.stop()
        preview.end()
    return FINE


def _other(port: int) -> int:
    return port + 1 if port < LAST_PORT else port - 1


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _laid_out(problems: list[Problem], root: Path) -> str:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stderr.isatty()
    return as_excerpts(problems, Sources(root), accepted_example, Terminal(colours=not plain))
