"""Prose pages and the district's own file: whole messages, what is accepted with a reason, and what no longer is."""
# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path

from project import TODAY, tiny_project

from generator.mkdocs_build import load_catalogue
from generator.problems import as_text

FINE = "检查通过：没有发现问题。"
PAGE = """\
---
title: 值班
---

# 值班

找老王 13800138000。

| 姓名 | 银行账号 |
|---|---|
| 张三 | 40012345678901 |

解放前的档案、转帐另说。
"""


def said(folder: Path, **files: str) -> str:
    """Return what is told of the small project with further files, by their paths with `__` for a dot."""
    named = {name.replace("__", "."): text for name, text in files.items()}
    project = tiny_project(folder, named)
    return as_text(load_catalogue(str(project / "mkdocs.yml"), TODAY)[2])


def test_a_page_is_told_with_its_lines(tmp_path: Path) -> None:
    assert said(tmp_path, **{"content/duty__md": PAGE}).splitlines() == [
        "content/duty.md:7:1: 错误: 「正文」「138****8000」是手机号码 [mobile-number]",
        "    不公布个人手机号；请写带区号的办公电话或 12345。",
        "content/duty.md:11:1: 错误: 「正文」这一列的标题是“银行账号”，有 1 格填了银行账号或遮盖得不够 [private-column]",
        "    请删去这一列；确须公示的，遮盖后再公布，例如 ************1111（后四位）。",
        "content/duty.md:13:1: 提醒: 「正文」「转帐」写错了 [wrong-word]",
        "    应写：账户、账号、转账、账簿（第一批异形词整理表（教育部、国家语委 2001 年））。",
        "content/duty.md:13:1: 提醒: 「正文」「解放前」是错误的说法 [wrong-wording]",
        "    应写：中华人民共和国成立前（新华社新闻信息报道中的禁用词和慎用词）。",
        "共 2 个错误，2 个提醒。",
    ]


def test_a_page_accepts_warnings_with_a_reason(tmp_path: Path) -> None:
    head = """\
---
title: 档案
accepted:
  - {code: wrong-wording, reason: 档案原来的名称, text: 解放前}
  - {code: wrong-word, reason: 引用原文}
---

"""
    assert said(tmp_path / "a", **{"content/old__md": f"{head}解放前的档案，转帐。\n"}) == FINE
    assert said(tmp_path / "b", **{"content/old__md": f"{head}档案，转帐。\n"}).splitlines() == [
        "content/old.md:4:5: 提醒: 「已说明的提醒」这一页已经没有 wrong-wording 这个提醒（解放前） [unused-acceptance]",
        "    请删去这一条。",
        "共 0 个错误，1 个提醒。",
    ]
    wrong = "---\ntitle: 档案\naccepted: [wrong-word]\n---\n\n转帐。\n"
    assert said(tmp_path / "c", **{"content/old__md": wrong}).splitlines()[:2] == [
        "content/old.md:3:12: 错误: 「已说明的提醒」没有写清楚是哪个提醒、为什么可以 [wrong-acceptance]",
        "    写成 - {code: 提醒的代码, reason: 为什么可以这样}；只对一句话说的，加上 text: 那句话里的词。",
    ]


def test_an_item_does_not_accept_what_is_no_longer_said(tmp_path: Path) -> None:
    text = "name: 小证\ncategory: 证件证书证明\nissuer: 公安机关\naccepted:\n  - {code: wrong-word, reason: 原文}\n"
    assert said(tmp_path, **{"items/materials/small-card__yml": text}).splitlines() == [
        "items/materials/small-card.yml:5:5: 提醒: 「已说明的提醒第1条」这里已经没有 wrong-word 这个提醒 [unused-acceptance]",
        "    请删去这一条。",
        "共 0 个错误，1 个提醒。",
    ]


def test_the_district_states_its_public_numbers_and_words(tmp_path: Path) -> None:
    page = "---\ntitle: 值班\n---\n\n值班手机 138-0013-8000，到办事大厅来。\n"
    rules = """\
public:
  - {number: "13800138000", reason: 区政务服务中心值班手机}
wordings:
  - {words: [办事大厅], right: 政务服务中心, source: 区政府办公室 2026 年用语表}
"""
    assert said(tmp_path, **{"content/duty__md": page, "items/checks__yml": rules}).splitlines() == [
        "content/duty.md:5:1: 提醒: 「正文」「办事大厅」不是本区的写法 [own-wording]",
        "    应写：政务服务中心（区政府办公室 2026 年用语表）。",
        "共 0 个错误，1 个提醒。",
    ]


def test_attachments_are_linked_and_their_warnings_accepted(tmp_path: Path) -> None:
    page = "---\ntitle: 下载\n---\n\n[说明](files/note.txt)\n"
    files = {"content/load__md": page, "content/files/note__txt": "转帐\n", "content/files/lost__txt": "没人链接\n"}
    assert said(tmp_path / "a", **files).splitlines() == [
        "content/files/lost.txt:1:1: 提醒: 「附件」没有一个页面链接它，别人找不到，也没有人再看它 [unlinked-attachment]",
        "    请在用到它的内容里写上，不再公布的就删去。",
        "content/files/note.txt:1:1: 提醒: 「附件」第 1 行：「转帐」写错了 [wrong-word]",
        "    应写：账户、账号、转账、账簿（第一批异形词整理表（教育部、国家语委 2001 年））。",
        "共 0 个错误，2 个提醒。",
    ]
    rules = """\
attachments:
  - {file: files/note.txt, code: wrong-word, reason: 银行的原文}
  - {file: files/lost.txt, code: unlinked-attachment, reason: 短信里有链接}
  - {file: files/gone.txt, code: wrong-word, reason: 原文}
"""
    assert said(tmp_path / "b", **files, **{"items/checks__yml": rules}).splitlines() == [
        "items/checks.yml:4:5: 提醒: 「附件的已说明提醒」「files/gone.txt」已经没有 wrong-word 这个提醒 [unused-acceptance]",
        "    请删去这一条。",
        "共 0 个错误，1 个提醒。",
    ]
