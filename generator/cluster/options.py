"""The options of `build` that name a cluster; everything else of it is loaded only when one is named."""

from __future__ import annotations

import argparse
import importlib
import re
from pathlib import Path

from generator.production import Spread

_ADDRESS = re.compile(r"(?:tcp|tls)://(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})")


def add(build: argparse.ArgumentParser) -> None:
    """Add the options to the verb."""
    build.add_argument("--cluster", type=_address, metavar="tcp://HOST:PORT", help="在 Dask 集群上生成页面")
    build.add_argument(
        "--cluster-folder", type=Path, metavar="DIR", help="工作机看到的、输出目录所在的共享文件夹；不写则把页面传回来"
    )
    build.add_argument(
        "--cluster-store", metavar="URL", help="工作机直接写进对象存储，例如 s3://桶/站点；本机不再留一份站点"
    )


def chosen(options: argparse.Namespace) -> Spread | None:
    """Return the cluster that is named, which is there and fits; raise `ClusterFault` otherwise."""
    if options.cluster is None:
        return None
    runner = importlib.import_module("generator.cluster.runner")
    cluster: Spread = runner.checked(options.cluster, options.cluster_folder, options.cluster_store)
    return cluster


def _address(text: str) -> str:
    found = _ADDRESS.fullmatch(text)
    if not found or not 0 < int(found[1]) < 65536:
        raise argparse.ArgumentTypeError(f"「{text}」不是集群的地址，要写成 tcp://10.0.0.1:8786 这样")
    return text
