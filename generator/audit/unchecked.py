"""Indicators that no program can check on the files of a site, with the reason and what a person does instead."""

from __future__ import annotations

from generator.audit.indicator import BONUS, FUNCTIONS, INTERACTION, SERVICES, VETO, Unchecked
from generator.audit.site import Audited, outside

UNCHECKED = (
    Unchecked(
        VETO,
        "安全、泄密等严重问题：泄露国家秘密、反动色情内容、被攻击、负面舆情",
        "要人看内容，也要看服务器和舆情",
        "发布前按条例第十七条审查；每周看一遍站外链接是否仍是原来的网站。",
    ),
    Unchecked(
        VETO,
        "站点无法访问",
        "要连续一周从外面访问，每天不少于 20 次",
        "用监测工具每小时访问首页；15 秒打不开的不能到 5%。",
    ),
    Unchecked(
        VETO,
        "互动回应差",
        "静态网站没有留言记录",
        "看咨询建言渠道能不能用，一年内有没有超过 3 个月没答复的留言。",
    ),
    Unchecked(
        SERVICES,
        "内容准确：电话打得通、与窗口实际一致",
        "要打电话、到窗口看",
        "按季抽 5 项打电话；窗口显示的内容用 tongchuang hall compare 核对。",
        "M+",
    ),
    Unchecked(INTERACTION, "信件提交可用", "静态网站不收信件", "另有互动系统的，试提交一封。"),
    Unchecked(
        INTERACTION, "留言公开（2 个月内，3 分）", "留言不在站点文件里", "看互动系统最近 2 个月有没有公开留言和答复。"
    ),
    Unchecked(INTERACTION, "留言办理统计公开", "留言不在站点文件里", "看互动系统有没有公布统计。"),
    Unchecked(
        INTERACTION,
        "模拟咨询 5 个工作日内答复",
        "要真的提问",
        "提一个简单问题，记下答复日期。",
        "M",
    ),
    Unchecked(
        INTERACTION,
        "征集调查、在线访谈",
        "次数和结果不能从文件看出",
        "数最近一年的征集调查（6 次以上）和访谈，看结果有没有公布。",
        "M",
    ),
    Unchecked(
        FUNCTIONS,
        "党政机关网站标识是否真实",
        "标识由机构编制部门发给，程序只能看页脚有没有",
        "点开页脚的标识，应到机构编制部门的证书页。",
        "M+",
    ),
    Unchecked(FUNCTIONS, "兼容性", "要在主流浏览器里打开", "用常用的浏览器和手机各打开首页、指南、搜索。", "M+"),
    Unchecked(FUNCTIONS, "IPv6 访问首页", "要从 IPv6 网络访问", "用支持 IPv6 的网络打开首页。"),
    Unchecked(
        FUNCTIONS,
        "一号登录",
        "登录在网上办事平台，不在本站",
        "看办事平台能不能用统一身份认证登录。",
        "M",
    ),
    Unchecked(
        BONUS,
        "加分 30 分",
        "加分指标的原文没有见到，不估算",
        "得分超过 80 的，按当地公布的加分指标准备材料。",
    ),
)


def unchecked_of(audited: Audited) -> tuple[Unchecked, ...]:
    """Return what could not be checked of a site, the links that lead out of it among them."""
    hosts = {url for _, url, _ in outside(audited)}
    found = []
    if audited.elsewhere:
        found.append(
            Unchecked(
                FUNCTIONS,
                f"到本域名下其他系统的 {len(audited.elsewhere)} 个链接",
                "例如网上办事平台，不在站点文件里",
                "在办事平台上逐个打开，应到同一个事项。",
                "M",
            )
        )
    if hosts:
        found.append(
            Unchecked(
                FUNCTIONS,
                f"到别的网站的 {len(hosts)} 个链接",
                "离线检查不访问别的网站",
                "逐个打开，打不开的、内容变了的，换掉或者撤下。",
                "M",
            )
        )
    return (*UNCHECKED, *found)
