"""The small project with a guide whose two questions tell five cases apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conftest import overridden
from project import GUIDE, MATERIAL, run, tiny_project

CASES = """\
questions:
  - id: reason
    text: 为什么要换？
    why: 丢了的不用交回旧证。
    options:
      - {id: expired, text: 到期了}
      - {id: lost, text: 丢了, note: 找不到了}
      - {id: abroad, text: 在国外, advice: 请先打咨询电话。}
  - id: age
    text: 办证的人多大？
    why: 小孩要监护人一起来。
    options:
      - {id: child, text: 不满 16 岁}
      - {id: adult, text: 16 岁以上}
differences:
  - {when: age = child, visits: 2, promised: {number: 10}, windows: [A02], note: 监护人要一起来。}
  - {when: reason = lost and age = adult, place: 政和路 9 号派出所}
fees:
  - {fee: small-card, rate: renewal, case: 期满换领, when: reason = expired}
  - {fee: small-card, rate: loss, case: 丢失补领, when: reason = lost and age = adult}
materials:
  - {material: small-card, form: 原件, source: 政府部门核发, when: reason = expired, case: 到期的}
  - {material: consent, form: 原件, when: age = child, case: 小孩的}
  - {material: household, form: 复印件, copies: 2, exempt: true, source: 政府部门核发, when: age = child}
steps:
  - {name: 受理, actor: 证件窗口, days: {number: 0}, action: 核对身份}
  - {name: 登记丢失, actor: 证件窗口, days: {number: 0}, action: 当场登记, when: reason = lost}
  - {name: 发证, actor: 证件窗口, days: {number: 10}, action: 发给新证}
"""
CASE_IDS = ("expired--child", "expired--adult", "lost--child", "lost--adult", "abroad")
FILES_WITH_CASES: Mapping[str, str] = {
    "items/guides/card-renewal.yml": overridden(GUIDE, CASES),
    "items/materials/consent.yml": MATERIAL.replace("小证", "监护人同意书").replace("[证]", "[同意书]"),
    "items/materials/household.yml": MATERIAL.replace("小证", "户口簿").replace("[证]", "[户口本]"),
}


def built_with_cases(folder: Path) -> Path:
    """Build the project below a folder by the command, without search, and return its root; its site is `site`."""
    root = tiny_project(folder / "project", FILES_WITH_CASES)
    done = run(root, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return root
