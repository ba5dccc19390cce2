"""Rows of a 基层政务公开标准目录 → entries of the disclosure catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator import codelists
from generator.tables.office_account import Record
from generator.tables.office_cells import BOXES, TICKED, choices_in, days_in, is_box, is_tick, says_calendar_days
from generator.tables.office_draft import Desk, Draft, Values, bases, department, name_of, said, texts
from generator.tables.office_grid import squeezed

OTHER = "其他"
_BOARD = "社区/企事业单位/村公示栏（电子屏）"
_CHANNEL_WORDS = {
    "微博": "两微一端", "微信": "两微一端", "微信公众号": "两微一端", "政务新媒体": "两微一端",
    "门户网站": "政府网站", "政府门户网站": "政府网站", "网站": "政府网站",
    "发布会": "发布会/听证会", "听证会": "发布会/听证会", "新闻发布会": "发布会/听证会",
    "广播": "广播电视", "电视": "广播电视", "报纸": "纸质媒体", "纸媒": "纸质媒体", "报刊": "纸质媒体",
    "查阅点": "公开查阅点", "政府信息公开查阅点": "公开查阅点",
    "政务大厅": "政务服务中心", "政务服务大厅": "政务服务中心", "办事大厅": "政务服务中心",
    "便民服务点": "便民服务站", "便民服务中心": "便民服务站",
    "入户": "入户/现场", "现场": "入户/现场", "入户现场": "入户/现场",
    "公示栏": _BOARD, "电子屏": _BOARD, "公告栏": _BOARD, "村公示栏": _BOARD, "政府信息公开栏": _BOARD,
}  # fmt: skip
_YEARLY = re.compile("每年([0-9]{1,2})月([0-9]{1,2})日(?:之?前|以前)")
_BOARD_SIGNS = ("公示栏", "公告栏", "电子屏", "宣传栏")
_AREA_WORDS = {
    "国有土地上房屋征收与补偿": "国有土地上房屋征收", "农村集体土地征收": "征地补偿", "涉农补贴": "涉农补贴",
    "涉农资金": "涉农补贴", "食品药品": "食品药品监管", "城市综合执法": "城市综合执法",
    "公共资源": "公共资源交易", "财政预算": "财政预决算", "环境保护": "生态环境", "安全生产": "安全生产",
}  # fmt: skip


def drafts(records: Sequence[Record], desk: Desk) -> list[Draft]:
    """Return a draft for each row that has a name."""
    return [draft for record in records if (draft := _draft(record, desk))]


def _draft(record: Record, desk: Desk) -> Draft | None:
    name = name_of(record, "name", "parent")
    parent = name_of(record, "parent") if "parent" in record.given else ""
    if not name:
        record.leave_all("这一行没有名称")
        return None
    values = said({"name": name, "parent": parent, **_columns(record, desk)})
    for field in ("formats", "five", "note"):
        _rest(record, field)
    same = (("area", str(values["area"])),) if "area" in values else ()
    return Draft("disclosure", name, values, record.source, tuple(record.comments), same, frozenset(record.unsure))


def _columns(record: Record, desk: Desk) -> Values:
    """Return what the columns beside the names say."""
    names, places = _channels(record)
    audience, group = _audience(record)
    return {
        "contents": texts(record, "contents"),
        "area": _area(record.titles),
        "basis": bases(record, desk),
        "due": _due(record),
        "department": department(record, desk),
        "channels": names,
        "audience": audience,
        "group": group,
        "manner": _manner(record),
        "levels": _levels(record),
        "places": [{"title": title} for title in places],
    }


def _area(titles: Sequence[str]) -> str:
    """Return the area that the nearest title names, empty where none does."""
    for title in map(squeezed, reversed(titles)):
        named = [area for area in codelists.DISCLOSURE_AREAS if area in title]
        named += [area for word, area in _AREA_WORDS.items() if word in title]
        if named:
            return max(named, key=len)
    return ""


def _channels(record: Record) -> tuple[list[str], list[str]]:
    """Return the channels that are chosen, and the names of those that the code list does not have."""
    text = record.text("channels")
    if not text:
        return [], []
    choices = choices_in(text, tuple(codelists.CHANNELS))
    chosen: list[str] = []
    free: list[str] = []
    for name in choices.chosen:
        channel = _channel(name)
        chosen.append(channel or OTHER)
        if not channel:
            free.append(name)
    if choices.note:
        record.comments.append(f"{record.heading('channels')}：{choices.note}")
    if chosen:
        record.place("channels")
    else:
        record.untick("channels")
    return list(dict.fromkeys(chosen)), list(dict.fromkeys(free))


def _channel(name: str) -> str:
    plain = name.replace("(", "（").replace(")", "）").strip("“”\"'")
    if plain in codelists.CHANNELS or plain in _CHANNEL_WORDS:
        return _CHANNEL_WORDS.get(plain, plain)
    return _BOARD if any(sign in plain for sign in _BOARD_SIGNS) else ""


def _audience(record: Record) -> tuple[str, str]:
    """Return the audience and the name of the group: by ticks in two columns, or by the text of one."""
    whole = _ticked(record, "audience/all")
    if text := record.text("audience"):
        return _written_audience(record, text)
    group = squeezed(record.text("audience/group"))
    if not group:
        return ("全社会" if whole else ""), ""
    if is_box(group):
        record.untick("audience/group")
        return ("全社会" if whole else ""), ""
    if whole:
        record.leave("audience/group", "全社会和特定群体只能选一个，取了全社会")
        return "全社会", ""
    record.place("audience/group")
    return "特定群体", "" if is_tick(group) else group.lstrip(TICKED)


def _written_audience(record: Record, text: str) -> tuple[str, str]:
    has_boxes = any(sign in text for sign in TICKED + BOXES)
    chosen = choices_in(text, tuple(codelists.AUDIENCES)).chosen if has_boxes else (squeezed(text),)
    if not chosen:
        record.untick("audience")
        return "", ""
    if len(chosen) > 1:
        record.leave("audience", "全社会和特定群体只能选一个，取了前一个", "、".join(chosen[1:]), partly=True)
    else:
        record.place("audience")
    if chosen[0] in ("全社会", "社会公众", "社会"):
        return "全社会", ""
    return "特定群体", "" if chosen[0] == "特定群体" else chosen[0]


def _ticked(record: Record, field: str) -> bool:
    """Tell whether a column for one choice is ticked; what is neither tick nor box is said."""
    text = record.text(field)
    if not text:
        return False
    if is_box(text):
        record.untick(field)
        return False
    meant = is_tick(text) or squeezed(text).lstrip("■√✓☑") == squeezed(record.heading(field)).split("·")[-1]
    if meant:
        record.place(field)
    else:
        record.leave(field, "这里应是勾（√）或空白")
    return meant


def _manner(record: Record) -> str:
    active, request = _ticked(record, "manner/active"), _ticked(record, "manner/request")
    if active and request:
        record.leave("manner/request", "主动和依申请只能选一个，取了主动公开")
    if active or request:
        return "主动公开" if active else "依申请公开"
    text = squeezed(record.text("manner"))
    chosen = choices_in(text, tuple(codelists.DISCLOSURE_MANNERS)).chosen if text else ()
    if len(chosen) == 1 and (found := {"主动": "主动公开", "依申请": "依申请公开"}.get(chosen[0].removesuffix("公开"))):
        record.place("manner")
        return found
    if text:
        record.leave("manner", "看不出是主动公开还是依申请公开")
    return ""


def _levels(record: Record) -> list[str]:
    found = [level for level in codelists.DISCLOSURE_LEVELS if _ticked(record, f"levels/{level}")]
    text = record.text("levels")
    if not text:
        return found
    chosen = choices_in(text, tuple(codelists.DISCLOSURE_LEVELS)).chosen
    words = {level[0]: level for level in codelists.DISCLOSURE_LEVELS} | {"区": "县级", "镇": "乡级"}
    meant = [words.get(name.removesuffix("级"), "") for name in chosen]
    if all(meant) and meant:
        record.place("levels")
    else:
        rest = [name for name, level in zip(chosen, meant, strict=True) if not level]
        record.leave("levels", "看不出是县级、乡级还是村级", "、".join(rest), partly=any(meant))
    return [level for level in codelists.DISCLOSURE_LEVELS if level in (*found, *meant)]


def _due(record: Record) -> Values:
    """Return the rule of a time limit, and its wording, which is all where no rule fits."""
    wording = squeezed(record.text("due"))
    if not wording:
        return {}
    record.place("due")
    if found := _YEARLY.search(wording):
        return {"rule": "每年", "month": int(found[1]), "day": int(found[2]), "wording": wording}
    if days := days_in(wording):
        if says_calendar_days(wording):
            record.comments.append(f"{record.heading('due')}：「{wording}」没有写明工作日，按自然日，请核对")
            record.unsure.add("due")
        return {"rule": "形成或变更后", "days": days[0], "unit": days[1], "wording": wording}
    for rule in ("实时", "长期"):
        if rule in wording and "日内" not in wording:
            return {"rule": rule, "wording": wording}
    record.comments.append(f"{record.heading('due')}：「{wording}」没有说到哪一天为止，时限规则请补上")
    return {"wording": wording}


def _rest(record: Record, field: str) -> None:
    """Say of a column that the models know nothing of it; its empty boxes say nothing."""
    text = record.text(field)
    if not text:
        return
    if not choices_in(text, ()).chosen:
        record.untick(field)
    elif field == "note":
        record.note(field)
    else:
        record.leave(field, f"「{record.heading(field)}」这一列没有对应的字段")
