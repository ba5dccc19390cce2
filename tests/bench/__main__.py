"""The bench: `make bench`, or `python -m tests.bench`; what can be set is in `knobs.py` and in `--help`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.bench import Bench, say
from tests.bench.builders import ROOT
from tests.bench.goals import verdicts
from tests.bench.knobs import HELP, BadKnob, Knobs, knobs
from tests.bench.measure import Failed
from tests.bench.plot import plot
from tests.bench.report import END, START, keep, report, with_report
from tests.bench.results import Results, as_json, from_json, joined, this_machine

HERE = ROOT / "tests" / "bench"
README = ROOT / "README.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and show; return 1 where our build fails, 2 where something is asked for that there is not."""
    options = argparse.ArgumentParser(
        prog="make bench", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("results", nargs="*", type=Path, help="results.json of benches to put together")
    files = options.parse_args(arguments).results
    if files:
        publish(joined([from_json(file.read_text(encoding="utf-8")) for file in files]))
        return 0
    try:
        return _measure(knobs())
    except BadKnob as error:
        say(str(error))
        return 2


def _measure(chosen: Knobs) -> int:
    out = ROOT / (chosen.out or ".cache/bench")

    def kept(results: Results) -> None:
        keep(results, out, plot(results), as_json(results))

    with tempfile.TemporaryDirectory(prefix="tongchuang-bench-") as folder:
        results = Results(day=time.strftime("%Y-%m-%d"), machine=this_machine())
        bench = Bench(chosen, Path(folder), results, kept)
        try:
            kept(bench.measure())
        except (Failed, KeyboardInterrupt) as error:
            say(f"Stopped, what was measured is in {out}: {error}")
            return 1
    show(bench.results)
    if not chosen.partial:
        publish(bench.results)
    say(f"\nAll of it: {out}")
    return 0


def show(results: Results) -> None:
    """Print the report and the goals."""
    print(report(results, "results.svg"))
    for goal in verdicts(results):
        print(f"{goal.word.strip('*'):12}  {goal.goal} {goal.limit}: {goal.figure}")


def publish(results: Results) -> None:
    """Write the results where they are kept with the code, and into the README."""
    keep(results, HERE, plot(results), as_json(results))
    readme = README.read_text(encoding="utf-8")
    if START not in readme:
        say(f"README.md does not show it: there is no {START.strip()} … {END.strip()}")
    README.write_text(with_report(readme, report(results, "tests/bench/results.svg")), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
