"""`tongchuang hall sync`: what a machine of the hall runs to fetch its folder."""

from __future__ import annotations

import argparse
from typing import Any


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of this module below `hall`; `common` has the options of every verb."""
