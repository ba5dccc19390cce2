"""Builds on a real Dask cluster: the same bytes as at home, whatever happens to the machines."""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from dask_cluster import Machines, machines, until
from distributed import KilledWorker
from project import FEE, GUIDE, ROOT, tiny_project, tree
from repository import commit, git

from generator import mkdocs_build
from generator.cli import main
from generator.cluster import link, options, sharing
from generator.cluster.errands import AT_HOME, Errand, errands_of
from generator.cluster.fault import ClusterFault
from generator.cluster.link import linked
from generator.cluster.parcel import pack, unpack
from generator.cluster.places import Home
from generator.cluster.runner import Cluster
from generator.cluster.sharing import batches_of, shared_out
from generator.cluster.state import STATE, State
from generator.cluster.stores import ObjectStore
from generator.cluster.worker import OtherCode, do_batch
from generator.kinds import all_kinds
from generator.production import Part
from generator.render.districts import CHANNELS
from generator.render.everything import units_of
from generator.reuse import Making
from tests.bench.cluster import Point, fitted, report

# Dask speaks of its own inner life: sockets that a killed machine leaves open, names that it will drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:(distributed|dask|tornado|asyncio).*"),
]
_ALIASES = "aliases: [小证到期, 换小证]\n"
GUIDES = {
    f"items/guides/number-{number}.yml": GUIDE.replace("小证期满换领", f"第 {number} 件事")
    .replace("XQ-0101", f"XQ-02{number:02}")
    .replace(_ALIASES, "")
    for number in range(10)
}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Return a scheduler with two workers."""
    with machines(tmp_path_factory.mktemp("cluster"), workers=2) as started:
        yield started


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of eleven guides, one of which said something else before, built here into `here`."""
    folder = tiny_project(tmp_path_factory.mktemp("project") / "small", GUIDES)
    git(folder, "init", "--quiet")
    commit(folder, "2026-10-01", {"items/fees/small-card.yml": FEE.replace("amount: 20", "amount: 30")})
    commit(folder, "2026-11-01", {"items/fees/small-card.yml": FEE})
    build(folder, "here")
    return folder


@pytest.fixture(scope="module")
def making(project: Path) -> Making:
    """Return what a build of the project works with when it begins to render."""
    seen = []

    class Stopped(Exception):
        pass

    class Seen(Cluster):
        def parts(self, making: Making, *_: Any) -> list[Part]:
            seen.append(making)
            raise Stopped

    with pytest.raises(Stopped):
        build(project, "never", Seen(""))
    return seen[0]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait three seconds instead of ten for a machine to answer."""
    monkeypatch.setattr(link, "PATIENCE", 3)


def build(folder: Path, site: str, spread: Cluster | None = None) -> str:
    """Build without search and from nothing, and return what comparing found."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    options = {"site_folder": str(folder / site), "search": False, "jobs": 1, "clean": True}
    return mkdocs_build.build_site(str(folder / "mkdocs.yml"), spread, **options).comparison.as_text()


def test_what_workers_send_home_is_what_is_made_at_home(project: Path, cluster: Machines) -> None:
    said = build(project, "sent", Cluster(cluster.address))
    assert tree(project / "sent") == tree(project / "here")
    assert said == build(project, "here")


def test_the_build_after_takes_over_what_the_cluster_made(project: Path, cluster: Machines, tmp_path: Path) -> None:
    folder = shutil.copytree(project, tmp_path / "edited", symlinks=True)
    command = ["build", "--config", str(folder / "mkdocs.yml"), "--no-search", "--cluster", cluster.address]
    assert main([*command, "--site-dir", str(folder / "next")]) == 0
    pages = [folder / "next" / "guides" / name / "index.html" for name in ("number-3", "number-4")]
    kept, edited = (page.stat().st_ino for page in pages)
    file = folder / "items" / "guides" / "number-4.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("换领新证", "换领另一本"), encoding="utf-8")
    assert main([*command, "--site-dir", str(folder / "next")]) == 0
    assert pages[0].stat().st_ino == kept
    assert pages[1].stat().st_ino != edited
    build(folder, "clean")
    assert tree(folder / "next") == tree(folder / "clean")


def test_workers_read_and_write_in_a_shared_folder(project: Path, cluster: Machines, tmp_path: Path) -> None:
    mounted = tmp_path / "mounted"  # as a share that workers see elsewhere
    mounted.symlink_to(project, target_is_directory=True)
    build(project, "shared", Cluster(cluster.address, folder=mounted))
    assert tree(project / "shared") == tree(project / "here")


def test_a_folder_that_workers_do_not_see_is_named_and_nothing_published(
    project: Path, cluster: Machines, tmp_path: Path
) -> None:
    with pytest.raises(ClusterFault) as caught:
        build(project, "unseen", Cluster(cluster.address, folder=tmp_path))
    assert str(caught.value) == (
        f"工作机在 {tmp_path} 看不到正在生成的站点，没有生成，原来的站点没有变。"
        "--cluster-folder 要写工作机上看到的、输出目录所在的共享文件夹。"
    )
    assert not list(project.glob("*unseen*")), "nothing is left behind"


def test_a_store_is_pointed_to_a_release_only_when_it_is_whole(
    project: Path, cluster: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    pointed: list[bool] = []
    put = ObjectStore.put
    monkeypatch.setattr(
        ObjectStore, "put", lambda *given: (pointed.append((store / "current.json").exists()), put(*given))[1]
    )
    build(project, "stored", Cluster(cluster.address, store=ObjectStore(store.as_uri())))
    release = json.loads((store / "current.json").read_text())["release"]
    here = tree(project / "here")
    del here[".tongchuang"]
    assert tree(store / release) == here
    assert pointed
    assert not any(pointed)
    assert not (project / "stored").exists()


def test_a_store_of_an_unknown_sort_is_named_before_anything_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    address = ["--cluster", "tcp://127.0.0.1:9", "--cluster-store", "nowhere://bucket/site"]
    assert main(["build", "--config", str(ROOT / "mkdocs.yml"), *address]) == 3
    assert capsys.readouterr().err.startswith("nowhere://bucket/site 不能用，没有发布，原来的站点没有变：")


class Killing(Cluster):
    """A cluster that loses a machine when the first batch is back."""

    kill: Callable[[], None]

    def _away(self, *given: Any) -> Iterator[Part]:
        for part in super()._away(*given):
            self.kill()
            self.kill = lambda: None
            yield part


def test_a_worker_killed_in_mid_build_costs_nothing_but_time(
    project: Path, cluster: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "UNITS_A_BATCH", 2)
    third = cluster.worker()
    with linked(cluster.address) as connection:
        until(lambda: connection.slots() == 3)
    losing = Killing(cluster.address)
    losing.kill = lambda: cluster.kill(third)
    build(project, "killed", losing)
    assert third.returncode == -9
    assert tree(project / "killed") == tree(project / "here")


@pytest.mark.usefixtures("patient")
def test_a_cluster_that_loses_all_its_machines_leaves_the_site_as_it_was(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "UNITS_A_BATCH", 2)
    shutil.copytree(project / "here", project / "old")
    with machines(tmp_path, workers=1) as own:
        losing = Killing(own.address)
        losing.kill = lambda: own.kill(own.workers[0])
        assert said_by(lambda: build(project, "old", losing)) == (
            f"集群 {own.address} 上已经没有工作机了，等了 3 秒也没有新的。原来的站点没有变。"
            "请看调度程序和工作机还在不在，再运行一次。"
        )
        assert said_by(losing.ask) == (
            f"集群 {own.address} 的调度程序在，但是没有工作机。请先在工作机上运行 dask worker {own.address}。"
        )
        own.kill(own.processes[0])
        assert said_by(losing.ask) == nobody_at(own.address)
    assert tree(project / "old") == tree(project / "here")
    assert not (project / ".old.new").exists()


@pytest.mark.usefixtures("patient")
def test_somebody_who_takes_the_connection_and_says_nothing_is_no_cluster() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert said_by(Cluster(address).ask) == nobody_at(address)


def said_by(work: Callable[[], object]) -> str:
    """Return what is said when work has to be given up."""
    with pytest.raises(ClusterFault) as caught:
        work()
    return str(caught.value)


def nobody_at(address: str) -> str:
    """Return what is said where no scheduler answers."""
    return (
        f"连不上集群 {address}：3 秒内没有调度程序回答。原来的站点没有变。"
        "请看地址对不对、调度程序（dask scheduler）是不是在运行、两边的 Dask 是不是同一个版本。"
    )


def test_workers_with_other_code_or_none_are_named(tmp_path: Path, cluster: Machines) -> None:
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "generator" / "facts.py").open("a") as file:
        file.write("# another version\n")
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "generator.py").touch()  # of a time before there were clusters
    strangers = [cluster.worker(code=tmp_path), cluster.worker(code=tmp_path / "older")]
    with linked(cluster.address) as connection:
        until(lambda: connection.slots() == 4)
        first, *rest = said_by(connection.assert_same_code).splitlines()
        for stranger in strangers:
            cluster.kill(stranger)
        until(lambda: connection.slots() == 2)
        connection.assert_same_code()
    assert first == "集群上的程序和这里的不一样，生成的页面可能不同，没有开始。请在每台机器上装同一个版本。"
    assert sorted(line.partition("：")[2] for line in rest) == ["同窗的程序和这里的不一样", "没有装同窗，或者版本太旧"]


def test_a_worker_that_comes_later_with_other_libraries_makes_nothing() -> None:
    other = STATE._replace(python="3.99", libraries=(("jinja2", "0.1"), ("nothing-like-it", "1.0")))
    with pytest.raises(OtherCode) as caught:
        do_batch(b"", "", [], Home(), other)
    python, jinja = STATE.python, dict(STATE.libraries)["jinja2"]
    assert (
        str(caught.value)
        == f"Python 是 {python}，这里是 3.99；jinja2 是 {jinja}，这里是 0.1；nothing-like-it 是 没有装，这里是 1.0"
    )
    assert STATE.differs(State(*STATE)) == ""


def test_a_machine_without_dask_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["build", "--config", str(ROOT / "mkdocs.yml"), "--cluster", "tcp://127.0.0.1:9"]) == 3
    said = '这台机器没有装集群要用的组件，请先运行 pip install "tongchuang[cluster]"。\n'
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize(
    "text", ["127.0.0.1:8786", "tcp://", "tcp://host", "tcp://host:0", "tcp://host:70000", "http://host:1"]
)
def test_an_address_of_another_form_is_wrong_usage(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    options.add(parser)
    with pytest.raises(SystemExit) as caught:
        parser.parse_args(["--cluster", text])
    assert caught.value.code == 2
    assert f"「{text}」不是集群的地址，要写成 tcp://10.0.0.1:8786 这样" in capsys.readouterr().err


def test_who_stops_leaves_no_work_behind(cluster: Machines, making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "UNITS_A_BATCH", 1)
    errands = errands_of(units_of(making.site))
    parcel, batches = pack(making.site, errands.shared), batches_of(errands.errands, 2)
    with linked(cluster.address) as connection:
        given = shared_out(connection, sharing.Load(batches, parcel.data, parcel.fingerprint, Home()))
        next(given)
        given.close()  # what an interrupt does too
        until(lambda: connection.waiting() == 0)


class Exhausted(sharing.Link):
    """A cluster whose machines end at whatever they are asked to do."""

    def __init__(self) -> None:
        super().__init__(None, "tcp://exhausted:1")
        self.asked = 0

    def executor(self) -> Executor:
        asked = self

        class Ending(Executor):
            def submit(self, *_: Any, **__: Any) -> Future[Any]:
                asked.asked += 1
                future: Future[Any] = Future()
                future.set_exception(KilledWorker("batch", None, 3))
                return future

        return Ending()

    def slots(self) -> int:
        return 1

    def to_all(self, data: bytes) -> bytes:
        return data


def test_a_batch_that_costs_every_machine_its_life_is_given_up() -> None:
    cluster = Exhausted()
    load = sharing.Load([(Errand("guides/large", "", b"", is_whole=False),)], b"", "", Home())
    assert said_by(lambda: list(shared_out(cluster, load))) == (
        "有一批内容交给工作机 4 次都没有做完，每次那台工作机都退出了，多半是内存不够。没有生成，原来的站点没有变。"
        "请看工作机的日志，或者给它们多一些内存。"
    )
    assert cluster.asked == 4


def test_all_units_travel_but_those_that_are_kept_at_home(making: Making) -> None:
    """A channel made of functions within functions would be made at home, in silence."""
    errands = errands_of(units_of(making.site))
    assert {unit.make for unit in errands.here} == set(AT_HOME) - set(CHANNELS)  # there are no districts


def test_an_unpacked_catalogue_answers_as_the_whole_one_does(making: Making) -> None:
    whole, history = making.site.catalogue, making.site.history
    opened = unpack(pack(making.site).data, lambda files: ROOT / "site_theme")
    other = opened.site.catalogue
    assert list(other.items) == list(whole.items)
    assert other.items[2:5] == list(whole.items[2:5])
    assert list(other.by_path) == list(whole.by_path)
    assert dict(other.links) == dict(whole.links)
    assert dict(other.turning_days) == dict(whole.turning_days)
    for name in all_kinds():
        assert other.of_kind(name) == whole.of_kind(name)
        assert all(other.find(name, item.id) == item for item in whole.of_kind(name))
        for item in whole.items:
            assert other.referring(name, item) == whole.referring(name, item)
    assert other.find("guide", "nothing-like-it") is None
    assert all(other.sheet(item).facts == whole.sheet(item).facts for item in whole.items)
    assert opened.own_history("fees/small-card").since == {"fees/small-card": history.since["fees/small-card"]}
    assert opened.own_history("fees/small-card").of_item["fees/small-card"] == history.of_item["fees/small-card"]
    with pytest.raises(AttributeError, match="history's changes"):
        print(opened.site.history.changes)


def test_an_unpacked_catalogue_makes_only_what_is_asked_for(making: Making) -> None:
    opened = unpack(pack(making.site).data, lambda files: ROOT / "site_theme").site.catalogue
    opened.sheet(opened.by_path["guides/number-3"])
    made = {path for path in vars(opened.by_path)["_made"] if path.startswith("guides/")}
    assert made == {"guides/number-3"}


def test_batches_hold_every_unit_once_and_suffice_for_every_worker() -> None:
    errands = [Errand(f"guides/{number}", "", b"", is_whole=False) for number in range(1001)]
    long = Errand("lookup_outputs", "", b"", is_whole=True)
    for slots in (0, 1, 2, 50, 5000):
        first, *batches = batches_of([*errands, long], slots)
        assert first == (long,)
        assert [errand for batch in batches for errand in batch] == errands
        assert max(map(len, batches)) <= 100
        assert len(batches) >= min(len(errands), slots * 4)


def test_the_cost_model_is_fitted_to_one_worker_and_says_the_rest() -> None:
    def point(guides: int, workers: int, more: float = 0.0) -> Point:
        times = (1 + 0.004 * guides, 0.5 + 0.001 * guides, workers * 2 + 0.02 * guides + more)
        return Point(guides, workers, 9.0, *times, 0.1, 100, 150)

    points = [
        point(1000, 0),
        point(1000, 1),
        point(1000, 2),
        point(10_000, 1),
        point(10_000, 2),
        point(100_000, 1, 999),
    ]
    model = fitted(points)
    assert model.seconds(10_000, 2) == pytest.approx(41 + 2 + 100)
    assert model.seconds(10_000, 50) == pytest.approx(41 + max(10.5, 2 + 4)), "home is busier than any worker"
    assert model.seconds(10_000, 2, processors=1) == pytest.approx(41 + 10.5 + 204), "they take turns"
    assert report(points, 2)[3] == "| 1000 | 1 | 9.0 | 27.0 | 5.0 | 1.5 | 22.0 | 100 | 150 |"
