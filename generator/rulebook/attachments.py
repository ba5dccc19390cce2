"""Private details beyond numbers of persons, and attachments."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 15, "个人信息和附件"
_OWN = "例子有自己的测试"
_LAW = "政府信息公开条例第十五条；个人信息保护法第二十八条。"
_HIDDEN = "打开附件的人看得到作者看不到的内容。"


def _leak(code: str, title: str, finds: str, bad: str, good: str, *, warns: bool = False) -> Rule:
    return Rule(code, "doubtful" if warns else "leaked", title, finds, _LAW, bad, good, sure="S", not_run=_OWN)


def _file(code: str, title: str, finds: str, why: str, bad: str, good: str, *, warns: bool = False) -> Rule:
    return Rule(code, "doubtful" if warns else "leaked", title, finds, why, bad, good, not_run=_OWN)


# ruff: noqa: E501
RULES = (
    _leak("private-column", "写着个人信息的列", "表格里有「身份证号」之类的列。", "身份证号一列", "删去这一列"),
    Rule("wrong-word", "style", "写错的词", "公文里常写错的词。", "现代汉语词典；GB/T 9704-2012。", "截止目前", "截至目前", sure="M", not_run=_OWN),
    _leak("bank-card", "银行卡号", "文字里有校验位正确的银行卡号。", "卡号全文", "只留后四位"),
    _leak("passport-number", "护照号码", "文字里有护照号码。", "护照号全文", "删去"),
    _leak("travel-permit", "出入境证件号码", "文字里有港澳台居民或外国人的证件号码。", "证件号全文", "删去"),
    _leak("health-detail", "个人的健康情况", "姓名旁边写了病名、残疾等。", "姓名和病名", "只写姓名，或只写情况"),
    _leak("thin-mask", "号码遮盖得不够", "遮盖过的号码还留得太多。", "1380013****", "138****0000", warns=True),
    _leak("plate-number", "车牌号", "文字里有车牌号。", "车牌全文", "遮盖后四位", warns=True),
    _leak("personal-email", "个人邮箱", "文字里有个人邮箱。", "个人邮箱", "单位邮箱", warns=True),
    _leak("home-address", "家庭住址", "文字里有写到门牌号的住址。", "某小区 3 幢 402", "某小区", warns=True),
    _file("attachment-type", "附件类型不发布", "附件的类型不在可以发布的范围里。", "旧格式里有没有个人信息查不了。", "表.xls", "表.xlsx"),
    _file("attachment-wrong-type", "附件不是扩展名说的类型", "文件的内容与扩展名不符。", "群众下载后打不开，或打开的是别的东西。", "改名的文件", "另存的文件"),
    _file("attachment-macro", "附件里有宏", "附件里有宏或别的程序。", "打开它的电脑会有危险。", "表.xlsm", "表.xlsx"),
    _file("attachment-locked", "附件加了密码", "附件要密码才能打开。", "群众打不开，也查不了里面有什么。", "加密的文件", "没有密码的文件"),
    _file("attachment-broken", "附件坏了", "附件是空的，或读不出来。", "群众下载后打不开。", "0 字节的文件", "完好的文件"),
    _file("attachment-too-large", "附件太大", "附件或解开后的内容太大。", "手机下载不了，也可能是恶意的压缩包。", "几百兆的文件", "拆成几个文件"),
    _file("attachment-hidden", "附件里有藏起来的内容", "附件里有隐藏的表、行、列或文字。", _HIDDEN, "隐藏的表", "删去隐藏的表", warns=True),
    _file("attachment-comment", "附件里有批注", "附件里有批注。", _HIDDEN, "带批注的文件", "删去批注", warns=True),
    _file("attachment-tracked-changes", "附件里有修订", "附件里有没接受的修订。", _HIDDEN, "带修订的文件", "接受全部修订", warns=True),
    _file("attachment-embedded", "附件里嵌有文件", "附件里嵌有或附有别的文件。", _HIDDEN, "嵌有表格的文件", "单独发布表格", warns=True),
    _file("attachment-author", "附件属性里有人名", "文件属性里的作者像人名。", _HIDDEN, "作者是人名", "作者是单位", warns=True),
    _file("attachment-outside-link", "附件取自别处的文件", "附件里有指向别的文件的链接。", "换一台电脑就打不开，还露出内部的文件夹。", "链接的数值", "粘贴成数值", warns=True),
    _file("attachment-position", "照片里有拍摄地点", "图片里有拍摄的位置。", _HIDDEN, "带位置的照片", "删去位置", warns=True),
    _file("attachment-scanned", "附件是扫描件", "附件的页面只是图片，没有文字。", "读屏的人听不到，搜索也搜不到。", "扫描的文件", "转成文字的文件", warns=True),
    _file("attachment-cell-error", "表格里有错误值", "表格里有 #REF! 之类的错误值。", "公布的数是错的。", "#REF!", "改好公式", warns=True),
    _file("unlinked-attachment", "附件没有页面链接", "附件放上来了，没有一个页面链接它。", "别人找不到，也没有人再看它。", "没人用的附件", "在内容里写上", warns=True),
)  # fmt: skip
