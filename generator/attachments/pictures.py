"""Pictures: where they were taken and by whom, and what is written in them besides."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import ExifTags, Image

from generator.attachments.office import person
from generator.attachments.parts import Part, Passage, Remark, broken
from generator.privacy.names import is_personal_name

MOST_PIXELS = 80_000_000
_CLEAR = "在文件的“属性→详细信息”里点“删除属性和个人信息”，或用画图软件另存一份。"
_OWNERS = {ExifTags.Base.Artist: "作者", ExifTags.Base.CameraOwnerName: "相机主人", ExifTags.Base.XPAuthor: "作者"}
_WRITTEN = (ExifTags.Base.ImageDescription, ExifTags.Base.XPTitle, ExifTags.Base.XPComment, ExifTags.Base.Copyright)


def picture_parts(data: bytes) -> Iterator[Part]:
    """Yield what a picture says besides what it shows; raise `Unreadable` where it is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data))
            picture.verify()
            # What has been verified must be opened anew.
            picture = Image.open(io.BytesIO(data))
            exif = picture.getexif()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise broken("图片已损坏") from error
    width, height = picture.size
    if width * height > MOST_PIXELS:
        message = f"图片有 {width}×{height} 个点，太大，手机打不开"
        yield Remark("attachment-too-large", "", message, "请缩小到 4000×3000 以内。", "warning")
    if _has_position(exif):
        yield Remark("attachment-position", "", "图片里记着拍摄的地点（GPS），会露出拍摄人到过哪里", _CLEAR)
    details = {**dict(exif), **dict(exif.get_ifd(ExifTags.IFD.Exif))}
    for key, label in _OWNERS.items():
        name = _text(details.get(key))
        if is_personal_name(name):
            yield person(label, name, _CLEAR)
    for value in (*(_text(details.get(key)) for key in _WRITTEN), *_comments(picture)):
        if value.strip():
            yield Passage("图片的属性", value)


def _has_position(exif: Image.Exif) -> bool:
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    return ExifTags.GPS.GPSLatitude in position or ExifTags.GPS.GPSLongitude in position


def _text(value: object) -> str:
    """Return a property's text; Windows writes its own as UTF-16."""
    if isinstance(value, bytes):
        return value.decode("utf-16-le", errors="replace").rstrip("\0")
    return str(value or "").strip("\0 ")


def _comments(picture: Image.Image) -> Iterator[str]:
    for key, value in picture.info.items():
        if isinstance(value, str):
            yield value
        elif isinstance(value, bytes) and key in ("comment", "xmp"):
            yield value.decode("utf-8", errors="ignore")
