"""Bytes of a file → clean text with Unix line ends, or the problems of how the file was saved.

What an editor's program does to a whole file (its encoding, its line ends, invisible characters) is told here,
before anybody looks at the text itself.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from generator.problems import Place, Problem

MAX_BYTES = 1024 * 1024
"""A guide has about 3.4 KB; whatever passes this limit is no content file and is not even read."""

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff"
# Separators that YAML 1.1 takes for line ends, zero-width marks, and the marks that turn the reading direction:
# two texts that look the same would differ. Joiners and direction marks that scripts really need stay allowed.
_INVISIBLE = "\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff"
STRANGE = re.compile(f"[{_CONTROL}{_INVISIBLE}]")

_REASONS = {errno.ENOENT: "没有这个文件", errno.EACCES: "没有读取权限", errno.EPERM: "没有读取权限"}
_UTF8_HINT = "在 VS Code 中点右下角的编码名称，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。"
# What office programs write, by the first bytes; a person who renames such a file has not made text of it.
_OFFICE_FILES = {
    b"PK\x03\x04": " Excel 或 Word 文件（或压缩包）",
    b"\xd0\xcf\x11\xe0": "旧版 Excel 或 Word 文件",
    b"%PDF-": " PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
}
_CONFLICT = re.compile(r"(?m)^(?:<{7}|\|{7}|>{7})(?: .*)?$")
_CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…·]")
_WIDE = [*range(0xFF01, 0xFF5F), 0x3000]
_HALFWIDTH = {code: unicodedata.normalize("NFKC", chr(code)) for code in _WIDE}


def to_halfwidth(text: str) -> str:
    """Turn full-width ASCII forms and the ideographic space into plain ASCII; leave everything else alone."""
    return text.translate(_HALFWIDTH)


def place_at(text: str, index: int, relative: str) -> Place:
    """Return the place of the character with this index."""
    return Place(path=relative, line=text.count("\n", 0, index) + 1, column=index - text.rfind("\n", 0, index))


def read_text(file: Path, relative: str) -> tuple[str | None, list[Problem]]:
    """Read a text file; the text is None if it cannot be told, and may come with problems that allow reading on."""
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            return None, [_too_large(size, relative)]
        data = file.read_bytes()
    except OSError as error:
        message = f"文件读不出来：{_REASONS.get(error.errno or 0, error.strerror or type(error).__name__)}。"
        return None, [_whole_file(relative, "unreadable-file", message, "请检查文件是否存在、是否有读取权限。")]
    text, problems = _decode(data, relative)
    if text is None:
        return None, problems
    clean, more = clean_text(text, relative)
    return clean, problems + more


def clean_text(text: str, relative: str) -> tuple[str | None, list[Problem]]:
    """Turn CRLF into LF and look for what does not belong: odd characters, conflict markers; then the text is None."""
    text = text.replace("\r\n", "\n")  # how Windows ends its lines, and nobody's fault
    problems = _strange_characters(text, relative) or list(_conflicts(text, relative))
    return (None if problems else text), problems


def _conflicts(text: str, relative: str) -> Iterator[Problem]:
    """Yield a problem for each place where two versions were merged and nobody chose; what is told of them is moot."""
    for match in _CONFLICT.finditer(text):
        if match[0][0] == "<":
            yield Problem(
                place=place_at(text, match.start(), relative),
                code="conflict-marker",
                message="这里有合并时留下的冲突标记「<<<<<<<」：同一处有两份内容，没有选定。",
                hint="请选定一份，删去另一份，再删去以 <<<<<<<、=======、>>>>>>> 开头的几行。",
            )


def strange_character(character: str, place: Place) -> Problem:
    """Say that a character that nobody sees stands at this place."""
    number = f"U+{ord(character):04X}"
    if re.match(f"[{_CONTROL}]", character):
        message = f"这里有控制字符 {number}，它不是文字，网页上也显示不出来。"
        return Problem(
            place=place, code="control-character", message=message, hint="请删去这个字符，或重新输入这一行。"
        )
    message = f"这里有看不见的字符 {number}，会使看上去相同的两段文字并不相同。"
    return Problem(place=place, code="invisible-character", message=message, hint="请删去这个字符，或重新输入这一行。")


def _strange_characters(text: str, relative: str) -> list[Problem]:
    if not STRANGE.search(text):
        return []
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        found = STRANGE.search(line)
        if found:
            place = Place(path=relative, line=number, column=found.start() + 1)
            problems.append(strange_character(found.group(), place))
    return problems


def _whole_file(relative: str, code: str, message: str, hint: str) -> Problem:
    return Problem(place=Place(path=relative), code=code, message=message, hint=hint)


def _too_large(size: int, relative: str) -> Problem:
    message = f"文件有 {size / MAX_BYTES:.1f} MB，超过 1 MB 的上限，没有读取。"
    hint = "内容文件只写文字；图片、附件等请放到单独的文件里，再在这里写出文件名。"
    return _whole_file(relative, "file-too-large", message, hint)


def _decode(data: bytes, relative: str) -> tuple[str | None, list[Problem]]:
    # A content file opens with an ASCII character, so a zero among the first two bytes means UTF-16 without a mark.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(data) % 2 == 0 and data[:2].count(0) == 1):
        return None, [_whole_file(relative, "utf16-encoding", "文件是 UTF-16 编码；应为 UTF-8。", _UTF8_HINT)]
    for first, what in _OFFICE_FILES.items():
        if data.startswith(first):
            message = f"这是{what}，只是改了扩展名，里面不是文字。"
            hint = "内容文件要用文字编辑器写；改扩展名不会变成文字，请把内容抄写过来。"
            return None, [_whole_file(relative, "not-a-text-file", message, hint)]
    problems = []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        message = "文件开头有字节顺序标记（BOM）；应为不带 BOM 的 UTF-8。"
        hint = (
            "在 VS Code 中点右下角的“UTF-8 with BOM”，选“通过编码保存”→“UTF-8”；在记事本中用“另存为”，编码选“UTF-8”。"
        )
        problems.append(_whole_file(relative, "byte-order-mark", message, hint))
    try:
        return data.decode("utf-8"), problems
    except UnicodeDecodeError as error:
        return None, [*problems, _wrong_encoding(data, error.start, relative)]


def _wrong_encoding(data: bytes, index: int, relative: str) -> Problem:
    before = data[:index].decode("utf-8")
    place = place_at(before, len(before), relative)
    if _is_gbk(data):
        message = "文件是 GBK 编码；应为 UTF-8。"
        hint = f"请把文件另存为 UTF-8：{_UTF8_HINT}"
        return Problem(place=place, code="gbk-encoding", message=message, hint=hint)
    message = f"这里的字节 0x{data[index]:02X} 不是 UTF-8 编码的文字，文件可能已损坏。"
    hint = f"请重新输入这一处文字后保存为 UTF-8：{_UTF8_HINT}"
    return Problem(place=place, code="not-utf8", message=message, hint=hint)


def _is_gbk(data: bytes) -> bool:
    # Damaged UTF-8 often passes for GBK (and reads as nonsense), so more broken than sound characters are asked for.
    replaced = data.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    sound = sum(character > "\x7f" for character in replaced) - broken
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if character > "\x7f"]
    chinese = sum(bool(_CHINESE.match(character)) for character in foreign)
    return broken > sound and chinese * 10 >= len(foreign) * 9
