"""`tongchuang hall sync`: what a machine of the hall runs to fetch its folder."""

from __future__ import annotations

import argparse
from typing import Any

from generator.hall import sync


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb `sync` below `hall`; a machine of the hall has no project, so it takes none of `common`."""
    parser = verbs.add_parser("sync", help="大厅的机器取离线包；sync.py 可以单独拷到机器上用")
    sync.add_arguments(parser)
    parser.set_defaults(command=sync.run)
