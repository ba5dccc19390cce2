"""Measures our build and its peers and prints one table; writes nothing into the project but `.cache/bench-venv`.

Environment: SIZE guides (2000), RUNS of what is fast (3), PEERS of hugo and material (both; `none` for neither).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.guides import Project, write_project
from tests.bench.hugo_peer import hugo_command, hugo_program, write_hugo_site
from tests.bench.material_peer import material_command, write_material_site
from tests.bench.measure import Failed, Run, run

ROOT = Path(__file__).resolve().parents[2]
SIZE = int(os.environ.get("SIZE", "2000"))
RUNS = int(os.environ.get("RUNS", "3"))
PEERS = os.environ.get("PEERS", "all")

Build = Callable[[], Run]


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="tongchuang-bench-") as name:
        try:
            project = _project(Path(name), SIZE)
            _compare(project, Path(name))
            _line(project, Path(name))
        except Failed as error:
            print(f"A build failed:\n{error}", file=sys.stderr)
            return 1
    return 0


def _compare(project: Project, folder: Path) -> None:
    """Measure everything at the full size, turn by turn so that a busy machine slows all alike."""
    builds: dict[str, Build] = {
        "tongchuang, without search": lambda: _ours(project, "--no-search"),
        "tongchuang, with search": lambda: _ours(project),
    }
    _say(f"{SIZE} guides of {project.mean_bytes} bytes on average, {os.cpu_count()} processors, cold, {RUNS} runs")
    page = _any_page(project)
    if _wanted("hugo"):
        hugo = _hugo(project, page, folder / "hugo")
        builds |= {"Hugo, guides alone": hugo} if hugo else {}
    runs: dict[str, list[Run]] = {label: [] for label in builds}
    for _ in range(RUNS):
        for label, build in builds.items():
            runs[label].append(build())
    if _wanted("material"):
        runs["MkDocs Material, all in the nav"] = [_material(project, folder / f"material-{SIZE}")]
    _table(runs)


def _project(folder: Path, count: int) -> Project:
    target = folder / f"project-{count}"
    target.mkdir()
    return write_project(ROOT, target, count)


def _wanted(peer: str) -> bool:
    if PEERS == "all" or peer in PEERS.split(","):
        return True
    _say(f"left out: {peer} (PEERS={PEERS})")
    return False


def _ours(project: Project, *options: str) -> Run:
    """Build into a folder that does not exist yet: nothing is left of an earlier build."""
    site = project.folder / "site"
    _put_away(site)
    command = [sys.executable, "-m", "generator", "build", "--as-of", project.day, *options]
    return run(command, project.folder, site)


def _put_away(folder: Path) -> None:
    """Move what an earlier build left: some disks are slow to write anew what was just deleted."""
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}-{time.monotonic_ns()}"))


def _any_page(project: Project) -> Path:
    """Build once, not counted, so that all programs and files are in memory; return the page of a guide."""
    _ours(project, "--no-search")
    return next((project.folder / "site" / "guides").glob("bench-*/index.html"))


def _hugo(project: Project, page: Path, folder: Path) -> Build | None:
    program = hugo_program(ROOT / ".cache")
    if program is None:
        _say("left out: Hugo (the package of tests/bench/requirements.lock cannot be installed)")
        return None
    write_hugo_site(project, page, folder)
    public = folder / "public"

    def build() -> Run:
        _put_away(public)
        return run(hugo_command(program, folder, public), folder, public)

    return build


def _material(project: Project, folder: Path) -> Run:
    _say(f"MkDocs Material with {project.count} pages, takes a while …")
    write_material_site(project.folder, folder)
    return run(material_command(folder / "site"), folder, folder / "site")


def _table(runs: dict[str, list[Run]]) -> None:
    base = _fastest(next(iter(runs.values())))
    print(f"\n{'':34}{'min s':>8}{'median s':>10}{'CPU s':>8}{'MB':>7}{'files':>8}{'MB out':>8}{'ours is':>16}")
    for label, several in runs.items():
        best, median = _fastest(several), statistics.median(one.seconds for one in several)
        memory = max(one.memory for one in several)
        times = f"{best / base:.2f} x as fast" if best != base else ""
        first = several[0]
        processor = min(one.processor for one in several)
        row = f"{label:34}{best:8.1f}{median:10.1f}{processor:8.1f}{memory:7.0f}"
        print(f"{row}{first.files:8}{first.size / 1e6:8.1f}{times:>16}")
    print("\nMB: the most that all processes of a build had together at once, shared pages counted once.")
    print("Ours is everything: checks, pages of all kinds, lists, JSON, feeds, reading every fact back. Peers make the")
    print("guides' pages alone, without search, drawing, QR code and fingerprint; Material also without fact marks.")


def _line(full: Project, folder: Path) -> None:
    """Show how our time grows with the number of guides, and Material's with it."""
    counts = [SIZE // 8, SIZE // 4, SIZE // 2, SIZE, 2 * SIZE]
    measured: list[tuple[int, float]] = []
    smallest: list[Project] = []
    print(f"\n{'guides':>8}{'min s':>8}{'ms a guide':>12}{'MB':>7}   tongchuang, without search")
    for count in counts:
        project = full if count == SIZE else _project(folder, count)
        smallest.append(project)
        several = [_ours(project, "--no-search") for _ in range(RUNS)]
        best = _fastest(several)
        measured.append((count, best))
        print(f"{count:8}{best:8.1f}{1000 * best / count:12.2f}{max(one.memory for one in several):7.0f}")
    fixed, each, fit = _least_squares(measured)
    print(f"least squares: {fixed:.2f} s + {1000 * each:.2f} ms a guide, R² {fit:.4f}")
    (half, before), (whole, after) = measured[-3], measured[-1]
    ratio = after / whole / (before / half)
    print(f"time a guide at {whole} is {ratio:.2f} of that at {half}; 1 or less: a straight line")
    if _wanted("material"):
        for project in smallest[:2]:
            seconds = _material(project, folder / f"material-{project.count}").seconds
            print(f"MkDocs Material in the nav, {project.count} guides: {seconds:.1f} s")


def _least_squares(points: list[tuple[int, float]]) -> tuple[float, float, float]:
    """Return the fixed part, the slope and the coefficient of determination of a straight line through points."""
    each, fixed = statistics.linear_regression([x for x, _ in points], [y for _, y in points])
    return fixed, each, statistics.correlation([x for x, _ in points], [y for _, y in points]) ** 2


def _fastest(several: list[Run]) -> float:
    return min(one.seconds for one in several)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
