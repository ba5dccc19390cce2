"""Problems as the preview shows them: a fragment of HTML for the open page, and a page of their own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from generator.problems import SEVERITY_LABELS, Problem, counts, in_order, said
from generator.problems_excerpt import Sources, written_length

OWN = "/_preview/"
"""The addresses of the preview itself; no item can have one, because ids have no underscore."""
MOST = 60
"""How many problems a page lists; the terminal has them all."""
_ROOM = 60
"""How many characters of a line are shown on each side of what is wrong."""


def fragment(problems: Sequence[Problem], root: Path) -> str:
    """Return HTML that lists problems, errors first, each with its line and what to do."""
    sources = Sources(root)
    ordered = sorted(in_order(problems), key=lambda problem: not problem.is_error())
    entries = "".join(_entry(problem, sources) for problem in ordered[:MOST])
    more = len(ordered) - MOST
    rest = f"<p>另有 {more} 个，见终端或 tongchuang check。</p>" if more > 0 else ""
    return f"<ol>{entries}</ol>{rest}"


def headline(problems: Sequence[Problem]) -> str:
    """Say how many problems there are."""
    errors, warnings = counts(problems)
    parts = [f"{errors} 个错误"] if errors else []
    return "，".join([*parts, f"{warnings} 个提醒"] if warnings else parts)


def _entry(problem: Problem, sources: Sources) -> str:
    place = f"{problem.place.path} 第 {problem.place.line} 行第 {problem.place.column} 个字"
    label = SEVERITY_LABELS[problem.severity]
    hint = f'<p class="preview-hint">{escape(problem.hint)}</p>' if problem.hint else ""
    return (
        f'<li class="preview-{problem.severity}"><p class="preview-place">{escape(place)}</p>'
        f'<p><b>{label}</b>　{escape(said(problem))} <span class="preview-code">[{problem.code}]</span></p>'
        f"{_line(problem, sources)}{hint}</li>"
    )


def _line(problem: Problem, sources: Sources) -> str:
    """Return the source line with what is wrong marked, cut at both ends where it is long."""
    line = sources.line(problem.place.path, problem.place.line)
    if not line.strip():
        return ""
    start = min(problem.place.column - 1, len(line))
    end = max(start + 1, start + written_length(problem, line))
    before, marked, after = line[:start], line[start:end] or " ", line[end:]
    before = before if len(before) <= _ROOM else f"…{before[-_ROOM:]}"
    after = after if len(after) <= _ROOM else f"{after[:_ROOM]}…"
    return f"<pre>{escape(before)}<mark>{escape(marked)}</mark>{escape(after)}</pre>"


def plain_page(title: str, body: str) -> bytes:
    """Return a page of the preview's own."""
    return (
        '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" '
        f'content="light dark"><link rel="icon" href="data:,"><title>{escape(title)} - 预览</title></head>\n'
        f'<body class="preview-page"><main><h1>{escape(title)}</h1>{body}</main></body></html>\n'
    ).encode()


def with_preview(html: bytes, stamp: str, problems: Sequence[Problem]) -> bytes:
    """Return a page with the preview's script, its style, and a note for readers without scripts."""
    head = (
        f'<link rel="stylesheet" href="{OWN}preview.css">'
        f'<script type="module" src="{OWN}preview.js" data-stamp="{escape(stamp)}"></script>'
    ).encode()
    told = headline(problems)
    note = (
        f'<noscript><p class="preview-note">预览：内容有 {told}，<a href="{OWN}problems">看看是什么</a>。'
        "改好保存后请刷新。</p></noscript>"
    ).encode()
    html = _after(html, b"</head>", head, before=True)
    return _after(html, b"<body", note, before=False) if told else html


def _after(html: bytes, tag: bytes, text: bytes, *, before: bool) -> bytes:
    """Return HTML with a text before a tag or right after it, at the front where there is no such tag."""
    at = html.find(tag)
    if at >= 0 and not before:
        at = html.find(b">", at) + 1
    at = max(at, 0)
    return html[:at] + text + html[at:]
