"""References, names, and links of pages and offline folders."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 4, "引用、名称和链接"
_WHOLE = "网上信息要完整准确（国发〔2016〕55号），引用的内容不在，页面就缺一块。"
_CLEAR = "一件事一个名称，群众才分得清（国发〔2016〕55号）。"
_OFFLINE = "离线包在没有网络的机器上打开，缺了什么就显示不出来。"
_PACK = "生成的站点才有，不在内容文件里"
_LOSS = "# items/guides/card-loss.yml\ncodes: {local: XQ-0102}\n"
RULES = (
    Rule(
        "dangling-reference",
        "unusable",
        "引用的内容不存在",
        "写的编号，那一类里没有。",
        _WHOLE,
        "department: polise",
        "department: police",
        sure="S",
    ),
    Rule(
        "dangling-link",
        "unusable",
        "站内链接没有对应的页面",
        "正文或公开位置里的站内地址，没有这一页。",
        "死链接会被检查扣分，群众也点不开。",
        "---\ntitle: 关于本站\n---\n\n[换领](/guides/card-renewel/)",
        "---\ntitle: 关于本站\n---\n\n[换领](/guides/card-renewal/)",
        file="content/about.md",
        sure="M",
    ),
    Rule(
        "self-reference",
        "false",
        "引用了自己",
        "相关事项、接替事项等写的就是本条自己。",
        "相关的、接替的都应是另一条。",
        "related: [card-renewal]",
        "# 不写 related",
    ),
    Rule(
        "duplicate-name",
        "false",
        "名称重复",
        "同一类里两条内容的名称完全相同。",
        _CLEAR,
        _LOSS + "aliases: [补小证]",
        _LOSS + "name: 小证补领\naliases: [补小证]",
        sure="S",
    ),
    Rule(
        "alias-is-a-name",
        "false",
        "别名是另一条的名称",
        "写的别名正是另一条内容的名称。",
        _CLEAR,
        _LOSS + "name: 小证补领\naliases: [小证期满换领]",
        _LOSS + "name: 小证补领\naliases: [补小证]",
        sure="S",
    ),
    Rule(
        "duplicate-alias",
        "false",
        "两条内容共用别名",
        "两条不相干的内容写了同一个别名。",
        "搜这个词的人会被带到错的那一条。",
        _LOSS + "name: 小证补领\naliases: [换小证]",
        _LOSS + "name: 小证补领\naliases: [补小证]",
    ),
    Rule(
        "missing-page",
        "unusable",
        "离线包缺一页",
        "站点里没有离线包要用的页面。",
        _OFFLINE,
        "不完整的 site_theme",
        "完整的 site_theme",
        not_run=_PACK,
    ),
    Rule(
        "pack-path",
        "unusable",
        "离线包里的文件名不能用",
        "离线包里的两个文件名只有大小写不同，或有机器不认的字符。",
        "Windows 的机器上会互相盖掉或写不出来。",
        "A01.html 和 a01.html",
        "A01.html 和 A02.html",
        not_run=_PACK,
    ),
    Rule(
        "leads-out",
        "unusable",
        "离线页面链接到外面",
        "离线包里的页面链接到包以外的地址。",
        _OFFLINE,
        "链接到 https:// 的网址",
        "链接到包里的页面",
        not_run=_PACK,
    ),
    Rule(
        "rooted-link",
        "unusable",
        "离线页面的链接从根目录写起",
        "离线包里的链接以 / 开头。",
        _OFFLINE,
        "/guides/",
        "../guides/index.html",
        not_run=_PACK,
    ),
)
