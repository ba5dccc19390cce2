"""Object stores, and whatever other file systems fsspec knows, by their URLs; the only user of fsspec."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from generator.cluster.fault import ClusterFault


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A folder of a store by its URL.

    Keys and endpoints are set where fsspec looks for them: in its configuration files or `FSSPEC_…` variables.
    """

    url: str

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files below the URL; raise `ClusterFault` where that is refused."""
        with _told(self.url):
            system, root = _file_system(self.url)
            system.pipe({f"{root}/{path}": data for path, data in files.items()})

    def point(self, name: str, data: bytes) -> None:
        """Write one file that readers see either as it was or whole; raise `ClusterFault` where that is refused."""
        with _told(self.url):
            system, root = _file_system(self.url)
            with system.transaction, system.open(f"{root}/{name}", "wb") as file:
                file.write(data)

    def below(self, folder: str) -> ObjectStore:
        """Return a folder of the store."""
        return ObjectStore(f"{self.url.rstrip('/')}/{folder}")

    def check(self) -> None:
        """Raise `ClusterFault` where the URL or the part that knows such URLs is wrong; asks nobody."""
        with _told(self.url):
            _file_system(self.url)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Tell in one sentence whatever the library of a store raises: each has errors of its own."""
    try:
        yield
    except Exception as error:
        raise ClusterFault(f"{url} 不能用，没有发布，原来的站点没有变：{error or type(error).__name__}") from error


def _file_system(url: str) -> tuple[Any, str]:
    """Return the file system of a URL and the path of the URL in it."""
    # Comes with Dask: only who has a cluster has it.
    from fsspec.core import url_to_fs  # type: ignore[import-untyped,import-not-found,unused-ignore]

    # A local one has folders, which object stores have not.
    system, root = url_to_fs(url, **({"auto_mkdir": True} if url.startswith("file:") else {}))
    return system, root.rstrip("/")
