"""What a district states about its own checks in `items/checks.yml`: public numbers, exceptions, own wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from generator.fields import Name, Text, field
from generator.item import Acceptance, Part
from generator.item_files import HOUSE_RULES, ITEMS_FOLDER, shown_path
from generator.privacy import allowed_form
from generator.problems import Problem
from generator.source import Source, read_source
from generator.validation import validate
from generator.wording import Slip


class PublicNumber(Part):
    """A mobile number or mailbox that belongs to an office and is published on purpose."""

    number: Name = field("号码或邮箱", "对外公布的值班手机、办公邮箱，例如 13800000000。")
    reason: Text = field("理由", "是哪个单位的、为什么公布。")


class AttachmentAcceptance(Acceptance):
    """A warning about a file that the editor has looked at and lets stand."""

    file: Name = field("附件", "content/ 下的路径，例如 files/2026/list.xlsx。")


class OwnWording(Part):
    """Words that this district writes in another way."""

    words: tuple[Name, ...] = field("错的说法", "每条一个词。", min_length=1)
    right: Name = field("应写", "正确的说法。")
    source: Name = field("来源", "谁规定的，例如 区政府办公室 2026 年用语表。")


class HouseRules(Part):
    """What the district states about its checks; empty where it has no such file."""

    public: tuple[PublicNumber, ...] = field("对外公布的号码", "不算个人信息的手机和邮箱。", default=())
    attachments: tuple[AttachmentAcceptance, ...] = field("附件的已说明提醒", "看过、可以保留的提醒。", default=())
    wordings: tuple[OwnWording, ...] = field("本区用语", "本区自己规定的用词，只提醒。", default=())

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The published numbers in the form in which they are compared."""
        return frozenset(allowed_form(entry.number) for entry in self.public)

    def slips(self, text: str) -> Iterator[Slip]:
        """Yield the words in a text that this district writes in another way."""
        for entry in self.wordings:
            for word in entry.words:
                for match in re.finditer(re.escape(word), text) if word in text else ():
                    hint = f"应写：{entry.right}（{entry.source}）。"
                    yield Slip("own-wording", *match.span(), f"「{word}」不是本区的写法", hint, "warning")


def read_house_rules(root: Path) -> tuple[HouseRules, Source | None, list[Problem]]:
    """Read the district's file with its source and all problems; empty where there is none or it is not well formed."""
    file = root / ITEMS_FOLDER / HOUSE_RULES
    if not file.is_file() or file.is_symlink() or file.parent.is_symlink():
        return HouseRules(), None, []
    source, problems = read_source(file, shown_path(file, root))
    if source is None:
        return HouseRules(), None, problems
    rules, found = validate(HouseRules, source, {})
    return rules or HouseRules(), source, [*problems, *found]
