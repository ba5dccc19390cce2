"""Privacy: nothing of a person in anything published that the law keeps private (个人信息保护法; 条例第十五条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.finding import Finding
from generator.checks.texts import ItemTexts
from generator.privacy import KINDS, find, kinds_in


def identity_numbers_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Find valid identity numbers in any text, hidden ones too (条例第十五条; GB 11643 check character)."""
    yield from _findings(texts, "identity-number")


def mobile_numbers_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Find mobile phone numbers in any text, hidden ones too (条例第十五条; 个人信息保护法第五十一条)."""
    yield from _findings(texts, "mobile-number")


def bank_cards_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Find card numbers by Luhn's check digit and the issuer (个人信息保护法第二十八条)."""
    yield from _findings(texts, "bank-card")


def passports_and_permits_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Find numbers of passports and permits near the word that says what they are (条例第十五条)."""
    yield from _findings(texts, "passport-number", "travel-permit")


def masks_hide_enough(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of numbers that are masked and still tell who it is (个人信息保护法第五十一条)."""
    yield from _findings(texts, "thin-mask")


def people_are_not_found_by_car_or_mailbox(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of number plates and of mailboxes at providers for people (个人信息保护法第四条; 民法典第一千零三十四条)."""
    yield from _findings(texts, "plate-number", "personal-email")


def homes_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Warn of home addresses down to house or flat (条例第十五条; 民法典第一千零三十四条)."""
    yield from _findings(texts, "home-address")


def illnesses_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Find an illness beside a person's name (个人信息保护法第二十八条)."""
    yield from _findings(texts, "health-detail")


def _findings(texts: ItemTexts, *kinds: str) -> Iterator[Finding]:
    if not kinds_in(texts.whole).isdisjoint(kinds):
        for entry in texts.entries:
            for leak in find(entry.text, texts.public):
                if leak.kind in kinds:
                    kind = KINDS[leak.kind]
                    yield Finding(
                        item=texts.item,
                        path=entry.path,
                        code=leak.kind,
                        message=f"{entry.line(leak.start)}「{leak.masked}」是{kind.label}",
                        hint=kind.hint,
                        severity=kind.severity,
                    )
