"""Which types of files are published, and what a file really is, whatever its name says."""

from __future__ import annotations

from pathlib import PurePosixPath

from generator.attachments.archives import Archive

MACRO_TYPES = frozenset({"docm", "xlsm", "pptm", "dotm", "xltm", "xlam"})
LEGACY_TYPES = frozenset({"doc", "xls", "ppt", "wps", "et", "dps"})
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
_STARTS = {
    b"%PDF-": "pdf", OLE: "ole", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif",
    b"MZ": "exe", b"Rar!": "rar", b"7z\xbc\xaf\x27\x1c": "7z", b"{\\rtf": "rtf",
}  # fmt: skip
_PACKAGES = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "OFD.xml": "ofd"}
_SAME = {"jpeg": "jpg", "csv": "txt", **dict.fromkeys(LEGACY_TYPES, "ole")}
NAMES = {
    "ole": "旧格式的 Office 文件（.doc、.xls 一类）", "txt": "文字文件", "exe": "程序", "html": "网页", "pdf": "PDF",
    "png": "PNG 图片", "jpg": "JPG 图片", "gif": "GIF 图片", "docx": "Word 文档", "xlsx": "Excel 工作簿",
    "pptx": "演示文稿", "ofd": "OFD 文档", "zip": "压缩包", "rar": "RAR 压缩包", "7z": "7z 压缩包", "rtf": "RTF 文档",
}  # fmt: skip


def suffix_of(name: str) -> str:
    """Return a name's extension in lower case, without the dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")


def wanted_type(suffix: str) -> str:
    """Return the type that an extension promises."""
    return _SAME.get(suffix, suffix)


def real_type(data: bytes) -> str:
    """Return what a file is by its content: a short name as in `NAMES`, or an extension."""
    for start, name in _STARTS.items():
        if data.startswith(start):
            return name
    if data.startswith(b"PK\x03\x04"):
        names = Archive(data).names
        return next((kind for sign, kind in _PACKAGES.items() if any(n.startswith(sign) for n in names)), "zip")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<script")) or b"<html" in head:
        return "html"
    return "txt" if b"\0" not in data[:4096] or data[:2] in (b"\xff\xfe", b"\xfe\xff") else _guessed(data)


def _guessed(data: bytes) -> str:
    # Takes longer to load than most checks take, and is seldom needed.
    import puremagic

    try:
        return str(puremagic.from_string(data)).lstrip(".").lower()
    except (puremagic.PureError, ValueError):
        return "认不出的类型"
