"""What to measure: by default everything, or what the environment says."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tests.bench.peers import PEERS
from tests.bench.scenarios import COLD, SCENARIOS

LARGE = 20_000
"""From here on only cold builds, one each, beside the quickest peer, unless it is asked for otherwise."""
HELP = """\
measure the build against its peers. Environment:

  SIZE=1k,10k         how many guides; from 20k on only cold builds, once, beside Hugo
  RUNS=3              how often each is measured
  PEERS=a,b           hugo, eleventy, zensical, material, material-nav (all), or none
  SCENARIOS=a,b       cold, cold-search, same, guide, fee, policy, template (all)
  NAV=2000            how many guides for MkDocs Material with all of them in its navigation, once; 0: never
  AGAIN=0             do not measure a second time what was disturbed by something else
  CHECK=1             compare the tree after each edit with that of a clean build, not in the time
  GIT=1               make the project a git repository of one commit, so that the build reads its history
  OUT=.cache/bench    where results.json, RESULTS.md and results.svg are kept after each run

Without any of them it takes about an hour on two cores, and at its end also writes its results into tests/bench/ and
the part of README.md that shows them; RUNS, AGAIN, CHECK and GIT do not hinder that. Results of several benches are
put together there, without measuring, by naming their files:

  SIZE=100k OUT=.cache/bench-100k make bench
  make bench ARGS=".cache/bench/results.json .cache/bench-100k/results.json"
"""


class BadKnob(Exception):
    """The environment asks for what there is not; the message says what."""


class Plan(NamedTuple):
    """What is measured at a size: peers and scenarios by name, and how often."""

    size: int
    peers: tuple[str, ...]
    scenarios: tuple[str, ...]
    runs: int


@dataclass(frozen=True, kw_only=True)
class Knobs:
    """What to measure and how; `out` is below the project's root, empty where it is left to the bench."""

    plans: tuple[Plan, ...]
    check: bool = False
    git: bool = False
    again: bool = True
    out: str = ""
    partial: bool = False
    """Whether it measures something else than is to be shown, or keeps it elsewhere."""


def knobs(environment: Mapping[str, str] = os.environ) -> Knobs:
    """Read the knobs; raise `BadKnob`."""
    peers = _chosen(environment, "PEERS", [peer.name for peer in PEERS])
    scenarios = _chosen(environment, "SCENARIOS", [scenario.name for scenario in SCENARIOS])
    runs, nav = _number(environment, "RUNS", "3"), _number(environment, "NAV", "2000")
    crowded = tuple(peer.name for peer in PEERS if peer.in_nav and peer.name in peers)
    plans = [
        _plan(environment, _size(size), tuple(name for name in peers if name not in crowded), scenarios, runs)
        for size in environment.get("SIZE", "1k,10k").split(",")
    ]
    if crowded and nav:
        plans.append(Plan(nav, crowded, ("cold",), runs))
    return Knobs(
        plans=tuple(sorted(plans)),
        check=environment.get("CHECK", "") == "1",
        again=environment.get("AGAIN", "") != "0",
        git=environment.get("GIT", "") == "1",
        out=environment.get("OUT", ""),
        partial=any(name in environment for name in ("SIZE", "PEERS", "SCENARIOS", "NAV", "OUT")),
    )


def _plan(
    environment: Mapping[str, str], size: int, peers: tuple[str, ...], scenarios: tuple[str, ...], runs: int
) -> Plan:
    if size < LARGE:
        return Plan(size, peers, scenarios, runs)
    return Plan(
        size,
        peers if "PEERS" in environment else (PEERS[0].name,),
        scenarios if "SCENARIOS" in environment else COLD,
        runs if "RUNS" in environment else 1,
    )


def _chosen(environment: Mapping[str, str], knob: str, known: Sequence[str]) -> tuple[str, ...]:
    asked = environment.get(knob, "all")
    names = {"all": known, "none": []}.get(asked, asked.split(","))
    if unknown := [name for name in names if name not in known]:
        raise BadKnob(f"{knob}={asked}: there is no {', '.join(unknown)}; there are {', '.join(known)}")
    return tuple(name for name in known if name in names)


def _number(environment: Mapping[str, str], knob: str, usual: str) -> int:
    return _size(environment.get(knob, usual), knob)


def _size(text: str, knob: str = "SIZE") -> int:
    """Return a number such as 10k."""
    digits = text.strip().lower()
    thousand = digits.endswith("k")
    digits = digits.removesuffix("k")
    if not digits.isdecimal():
        raise BadKnob(f"{knob}={text}: not a number such as 2000 or 10k")
    return int(digits) * (1000 if thousand else 1)
