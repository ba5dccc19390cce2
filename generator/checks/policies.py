"""Policy documents: cited while in force, each once, with dates and relations that can be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem, called
from generator.item import Item
from generator.kinds.fee import Fee
from generator.kinds.policy import Policy
from generator.workdays import add_workdays

INTERPRETATION = "政策解读"
ENDED = ("废止", "失效")
PUBLICATION_WORKDAYS = 20
REGULATION_IN_FORCE = date(2019, 5, 15)  # 政府信息公开条例（国务院令第711号）


def bases_are_in_force(catalogue: Catalogue) -> Iterator[Finding]:
    """Find repealed or lapsed documents cited by something in force (行政许可法第三十条; 国发〔2016〕55号)."""
    for item, path, policy in _cited(catalogue):
        if policy.is_withdrawn(catalogue.today):
            ended = f"，自 {policy.ended} 起" if policy.ended else ""
            repealing = catalogue.referring("policy", policy)
            successors = [
                called(other) for other in repealing if isinstance(other, Policy) and policy.id in other.repeals
            ]
            hint = (
                f"它被{'、'.join(successors)}废止，请核对新文件后改引用。"
                if successors
                else "请改引现行有效的文件；事项或标准也已停止的，写明截止日期。"
            )
            yield Finding(
                item=item,
                path=path,
                code="repealed-basis",
                message=f"依据「{policy.name}」已{policy.validity}{ended}",
                hint=hint,
            )


def bases_have_taken_effect(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of documents cited before they take effect (行政许可法第三十条)."""
    for item, path, policy in _cited(catalogue):
        needed = _needed_from(item, path) or catalogue.today
        if policy.effective and policy.effective > max(needed, catalogue.today) and not policy.revised:
            yield Finding(
                item=item,
                path=path,
                code="future-basis",
                message=f"依据「{policy.name}」自 {policy.effective} 起才施行",
                hint="请引用现在有效的文件；到那天才改的，另写一段或到时再改。",
                severity="warning",
            )


def numbers_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    """Find one document number under two ids (发文字号 names a document)."""
    holders: dict[tuple[str, int | None], Policy] = {}
    for policy in catalogue.all_of(Policy):
        if not policy.number:
            continue
        holder = holders.setdefault((policy.number, _series(policy)), policy)
        if holder is not policy:
            yield Finding(
                item=policy,
                path=("number",),
                code="duplicate-number",
                message=f"文号「{policy.number}」已用于{called(holder)}",
                hint="一份文件只写一份；请合并，或核对文号。",
            )


def _series(policy: Policy) -> int | None:
    """Return the year where numbers start anew: orders such as 主席令第6号 carry none and repeat with each term."""
    number = policy.number or ""
    starts_anew = "令第" in number and not number.startswith("国务院令")
    return policy.written.year if starts_anew and policy.written else None


def titles_have_one_number(catalogue: Catalogue) -> Iterator[Finding]:
    """Find one title of one day under two numbers (one fee policy was quoted under two numbers in county notices)."""
    holders: dict[tuple[str, date], Policy] = {}
    for policy in catalogue.all_of(Policy):
        holder = holders.setdefault((policy.name, policy.written), policy) if policy.written else policy
        if holder is not policy and holder.number != policy.number:
            numbers = "和".join(f"「{each.number or '无'}」" for each in (holder, policy))
            yield Finding(
                item=policy,
                path=("number",),
                code="same-title",
                message=f"与 {holder.path} 同名、同日成文，文号却是{numbers}",
                hint="请对照原文核对文号，删掉写错的一份。",
            )


def dates_are_in_order(catalogue: Catalogue) -> Iterator[Finding]:
    """Find documents published or revised before they were written (成文日期 ≤ 发布日期, policy document fields)."""
    for policy in catalogue.all_of(Policy):
        for key, label, day in (("published", "发布日期", policy.published), ("revised", "最近修订", policy.revised)):
            if day and policy.written and day < policy.written:
                yield Finding(
                    item=policy,
                    path=(key,),
                    code="policy-dates",
                    message=f"{label} {day} 早于成文日期 {policy.written}",
                    hint="文件先成文、后发布；请核对两个日期。",
                )


def effect_follows_writing(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of documents in effect before they were written (policy document fields: dates)."""
    for policy in catalogue.all_of(Policy):
        if policy.effective and policy.written and policy.effective < policy.written:
            yield Finding(
                item=policy,
                path=("effective",),
                code="effective-before-written",
                message=f"施行日期 {policy.effective} 早于成文日期 {policy.written}",
                hint="请核对两个日期；确有溯及既往的，在 accepted 里说明。",
                severity="warning",
            )


def documents_are_published_in_time(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of more than 20 working days from writing to publication (政府信息公开条例第二十六条)."""
    for policy in catalogue.all_of(Policy):
        written, published = policy.written, policy.published
        if not written or not published or written < REGULATION_IN_FORCE:
            continue
        latest = add_workdays(written, PUBLICATION_WORKDAYS)
        if published > latest:
            yield Finding(
                item=policy,
                path=("published",),
                code="publication-gap",
                message=f"{written} 成文，{published} 才发布，超过 {PUBLICATION_WORKDAYS} 个工作日（最迟 {latest}）",
                hint="信息形成之日起 20 个工作日内公开（政府信息公开条例第二十六条）；请核对日期。",
                severity="warning",
            )


def interpretations_name_their_document(catalogue: Catalogue) -> Iterator[Finding]:
    """Find interpretations of nothing, or of an interpretation (政府网站检查指标: 解读与政策相互链接)."""
    for policy in catalogue.all_of(Policy):
        if policy.genre == INTERPRETATION and not policy.interprets:
            message, hint = "政策解读没有写解读的是哪份文件", "请在 interprets 写文件的编号，两边会自动互相链接。"
            yield Finding(item=policy, path=("genre",), code="interpretation-target", message=message, hint=hint)
        for index, identifier in enumerate(policy.interprets):
            target = catalogue.find("policy", identifier)
            if isinstance(target, Policy) and target.genre == INTERPRETATION:
                message, hint = f"{called(target)}本身就是政策解读", "请改为被解读的文件。"
                path = ("interprets", index)
                yield Finding(item=policy, path=path, code="interprets-interpretation", message=message, hint=hint)


def ended_documents_say_when(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of ended documents without day or repealing document (政府网站发展指引: changed papers are marked)."""
    for policy in catalogue.all_of(Policy):
        repealing = (other for other in catalogue.referring("policy", policy) if isinstance(other, Policy))
        if policy.validity in ENDED and not policy.ended and not any(policy.id in other.repeals for other in repealing):
            yield Finding(
                item=policy,
                path=("validity",),
                code="ended-missing",
                message=f"有效性是「{policy.validity}」，没有写废止日期，也没有文件写明废止它",
                hint="请补上 ended，或在废止它的文件里写 repeals。",
                severity="warning",
            )


def validity_agrees_with_dates(catalogue: Catalogue) -> Iterator[Finding]:
    """Find documents marked valid after their end, or not yet in effect after their start (政府网站发展指引)."""
    for policy in catalogue.all_of(Policy):
        today, validity = catalogue.today, policy.validity
        if policy.ended and policy.ended <= today and validity not in ENDED:
            message, hint = (
                f"有效性是「{validity}」，{policy.ended} 已经废止",
                "请把有效性改为「废止」或「失效」，或核对 ended。",
            )
        elif validity == "尚未施行" and policy.effective and policy.effective <= today:
            message, hint = f"有效性是「尚未施行」，{policy.effective} 已经施行", "请把有效性改为「有效」。"
        else:
            continue
        yield Finding(item=policy, path=("validity",), code="validity-date", message=message, hint=hint)


def repealed_documents_are_marked(catalogue: Catalogue) -> Iterator[Finding]:
    """Find documents that another one has repealed but that are still marked valid (政府网站发展指引)."""
    for policy in catalogue.all_of(Policy):
        if policy.effective and policy.effective > catalogue.today:
            continue
        for identifier in policy.repeals:
            target = catalogue.find("policy", identifier)
            if isinstance(target, Policy) and target.validity not in ENDED:
                yield Finding(
                    item=target,
                    path=("validity",),
                    code="repealed-still-valid",
                    message=f"有效性是「{target.validity}」，但{called(policy)}已废止它",
                    hint="请把有效性改为「废止」并写 ended，或核对那份文件的 repeals。",
                )


def _cited(catalogue: Catalogue) -> Iterator[tuple[Item, PathInItem, Policy]]:
    """Yield the documents that items in force rest on today or from a later day on, with the place of the citation."""
    for item in catalogue.items:
        if isinstance(item, Policy) or item.is_withdrawn(catalogue.today):
            continue
        for link in catalogue.links[item.path]:
            policy = catalogue.find(link.kind, link.identifier)
            if isinstance(policy, Policy) and "basis" in link.path and not is_over(item, link.path, catalogue.today):
                yield item, link.path, policy


def is_over(item: Item, path: PathInItem, today: date) -> bool:
    """Tell whether the part of a fee at a path ended before a day; what is over may keep its old basis."""
    if not isinstance(item, Fee):
        return False
    if path[0] == "reductions":
        until = item.reductions[int(path[1])].until
        return until is not None and until < today
    return item.rates[int(path[1])].last_day(int(path[3])) < today


def _needed_from(item: Item, path: PathInItem) -> date | None:
    if isinstance(item, Fee):
        if path[0] == "reductions":
            return item.reductions[int(path[1])].start
        return item.rates[int(path[1])].periods[int(path[3])].start
    return None
