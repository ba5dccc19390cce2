"""`tongchuang hall compare` and `checklist`: what the hall really shows against the source."""

from __future__ import annotations

import argparse
from typing import Any


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verbs of this module below `hall`; `common` has the options of every verb."""
