"""Archives: zip files, and the packages that office documents are. Nothing is unpacked beyond the limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from generator.attachments.parts import Unreadable, broken

MOST_ENTRIES = 5_000
MOST_BYTES = 400 * 1024 * 1024
"""What all parts of a package may hold unpacked; 20,000 rows of a workbook take 30 MB."""
MOST_RATIO = 300
_CHUNK = 1 << 20
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


class Archive:
    """A zip file in memory."""

    def __init__(self, data: bytes) -> None:
        """Open the archive; raise `Unreadable` where it is damaged, locked or a bomb."""
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise broken("压缩包已损坏") from error
        self.entries = {shown_name(entry): entry for entry in self._file.infolist() if not entry.is_dir()}
        size = sum(entry.file_size for entry in self.entries.values())
        if len(self.entries) > MOST_ENTRIES or size > MOST_BYTES or size > MOST_RATIO * max(len(data), 100_000):
            raise Unreadable(
                "attachment-too-large",
                f"解开后有 {len(self.entries)} 个文件、{size / 1024 / 1024:.0f} MB，太大，没有读取",
                "请拆成几个文件，或删去用不着的内容再放上来。",
            )
        if any(entry.flag_bits & _ENCRYPTED for entry in self.entries.values()):
            raise locked()

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self.entries)

    def read(self, name: str) -> bytes:
        """Return a part."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part piece by piece; what it says of its own size is not believed."""
        entry = self.entries[name]
        read = 0
        try:
            with self._file.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    read += len(chunk)
                    if read > MOST_BYTES:
                        raise broken(f"{name} 太大")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise broken(f"其中的 {name} 已损坏") from error


def locked() -> Unreadable:
    """Say that a file asks for a password."""
    return Unreadable("attachment-locked", "文件加了密码，看不了也查不了", "请去掉打开密码，另存一份再放上来。")


def shown_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; Chinese systems write it in GBK without saying so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename
