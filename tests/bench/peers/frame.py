"""The frame of our pages for other template engines: cut from one page, with what differs as slots of theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

# What differs from page to page, with the names of what stands there.
_SLOTS = (
    (r"<title>.*?</title>", "<title>@title@ - 明川区政务服务与信息公开</title>"),
    (r'(?<=name="description" content=")[^"]*', "@title@。@summary@"),
    (r'<link rel="canonical" href="[^"]*">', '<link rel="canonical" href="@address@">'),
    (r'<meta name="ArticleTitle" content="[^"]*">', '<meta name="ArticleTitle" content="@title@">'),
    (r'<meta name="PubDate" content="[^"]*">', '<meta name="PubDate" content="@revised@ 00:00">'),
    (r'<meta name="ContentSource" content="[^"]*">', '<meta name="ContentSource" content="@department@">'),
    (r'(?<=name="Keywords" content=")[^"]*', "@title@;@aliases@"),
)


def framed(page: Path, template: Path, said: Mapping[str, str]) -> str:
    """Return a template between head and foot of a page; `said` has an engine's words for each slot."""
    head, _, rest = page.read_text(encoding="utf-8").partition("<main")
    foot = rest.partition("</main>")[2]
    for pattern, slot in _SLOTS:
        for name, words in said.items():
            slot = slot.replace(f"@{name}@", words)
        head = re.sub(pattern, slot.replace("\\", r"\\"), head, flags=re.DOTALL)
    return template.read_text(encoding="utf-8").replace("@@head@@", head).replace("@@foot@@", foot)
