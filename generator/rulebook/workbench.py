"""Drafts, tables that come back, acceptances, annual reports, remarks on an inspection."""

from __future__ import annotations

from generator.rulebook.rule import Harm, Rule, Sureness

PLACE, TITLE = 17, "草稿、表格和年报"
_OWN = "例子有自己的测试"
_REPORT = "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）。"
_DAY = "政府信息公开条例第四十九条、第五十条。"


def _rule(code: str, harm: Harm, title: str, finds: str, why: str, bad: str, good: str, sure: Sureness = "") -> Rule:
    return Rule(code, harm, title, finds, why, bad, good, sure=sure, not_run=_OWN)


# ruff: noqa: E501
RULES = (
    _rule("draft-reference", "unusable", "引用了草稿", "公布的内容引用了还是草稿的内容。", "草稿不发布，群众点了打不开。", "引用草稿", "先写完草稿"),
    _rule("wrong-folder", "unusable", "放错了文件夹", "写的像另一类内容。", "放错的内容不会发布。", "把收费写在 guides/", "移到 fees/"),
    _rule("conflict-marker", "unusable", "有合并冲突的标记", "文件里有 <<<<<<< 之类的标记。", "同一处有两份内容，没有选定。", "<<<<<<< 和 >>>>>>>", "选定一份"),
    _rule("not-a-text-file", "unusable", "不是文字文件", "文件是改了扩展名的办公文件。", "改扩展名不会变成文字。", "改名的 .docx", "文字编辑器写的 .yml"),
    _rule("not-built", "unusable", "预览生成不了", "预览时全站没有生成成功。", "发布时也会停在这里。", "mkdocs.yml 或模板有错", "按提示改好再保存"),
    _rule("not-rendered", "unusable", "预览里这一页出不来", "预览时这一页没有生成成功。", "发布时也会停在这里。", "内容之间对不上，或模板有错", "按提示改好再保存"),
    _rule("not-writable", "unusable", "写不回文件", "表格里的改动写不回 YAML 文件。", "写坏的文件比没写更糟。", "不能改的文件", "请手工改"),
    _rule("table-conflict", "false", "两边都改了", "导出以后，表格和文件的同一处都改了。", "只留一边会丢掉另一边的改动。", "两边都改", "核对后留一边"),
    _rule("unknown-id", "unusable", "没有这个编号", "表格里的编号不是已有的内容。", "改动不知道写到哪里。", "写错的编号", "已有的编号"),
    _rule("changed-id", "unusable", "编号改了", "表格里改了已有内容的编号。", "编号是网址的一部分，公布后不能改。", "改编号", "不改编号"),
    _rule("twice-id", "false", "编号写了两行", "表格里同一编号有两行。", "不知道哪一行算数。", "两行同号", "一项一行"),
    _rule("deleted-item", "doubtful", "内容已经删掉", "表格里的内容在文件里已删掉。", "可能是别人撤下了它。", "已删的一行", "删掉这一行"),
    _rule("emptied-row", "unusable", "一行只剩编号", "表格里原有的一条被清空，编号和序号还在。", "可能是误删，也可能是不要这一条了。", "清空一行的内容", "整行删掉"),
    _rule("near-id", "doubtful", "新编号像已有的编号", "表格里的新编号与已有的很像。", "可能是写错，会多出一项。", "id-card-renewl", "id-card-renewal"),
    _rule("unused-acceptance", "style", "说明的提醒已经没有", "accepted 里的提醒已经不出现。", "多余的说明会掩盖以后真正的问题。", "留着旧的说明", "删去"),
    _rule("wrong-acceptance", "unusable", "说明没写清楚", "说明没有写代码或理由。", "没有理由的例外，别人无从判断。", "只写代码", "写代码和理由"),
    _rule("report-row-sum", "false", "一行加起来不对", "年报一行的总计不是各列之和。", _REPORT, "3 + 4 = 8", "3 + 4 = 7", "S"),
    _rule("report-results-sum", "false", "结果加起来不对", "办理结果的总计不是各种结果之和。", _REPORT, "3 + 4 = 8", "3 + 4 = 7", "S"),
    _rule("report-balance", "false", "表三不平", "一加二不等于三的总计加四。", _REPORT, "1 + 2 ≠ 2 + 2", "1 + 2 = 2 + 1", "S"),
    _rule("report-carried", "false", "上年结转不符", "本年的「二」不是上年的「四」。", _REPORT, "上年 3，本年 2", "上年 3，本年 3", "S"),
    _rule("report-late", "doubtful", "年报公布迟了", "年度报告过了最迟的日子才公布。", _DAY, "4 月公布", "1 月公布", "S"),
    _rule("report-early", "false", "年报公布早于年末", "年度报告在那一年结束前公布。", _DAY, "当年公布", "次年公布", "S"),
    _rule("report-twice", "false", "一年两份年报", "一个单位一年有两份年报。", _DAY, "两份", "一份", "S"),
    _rule("report-missing", "doubtful", "缺一年的年报", "最迟的日子已过，还没有年报。", _DAY, "没有 2025 年度报告", "补上", "S"),
    _rule("wrong-remarks", "unusable", "检查说明的写法不对", "检查说明的文件不是一组说明。", "读不出来，说明就不起作用。", "一段文字", "一条一条写"),
    _rule("wrong-remark", "unusable", "一条检查说明不对", "检查说明缺指标代码或理由。", "没有理由的例外，别人无从判断。", "只写代码", "写代码和理由"),
)  # fmt: skip
