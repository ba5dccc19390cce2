"""Every field of every kind has a class: a new field fails here until somebody has said what it is about."""

from __future__ import annotations

import pytest

from generator.fact_classes import CLASSES, EDITORIAL, class_of, classed_fields, is_substantive
from generator.item import Item
from generator.kinds import all_kinds
from generator.kinds.bundle import Bundle
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall

# 国办公开办函〔2021〕30号: table 三 has a line a result and a column a kind of applicant, table 四 a group an instance.
APPLICANTS = ["person", "company", "research", "charity", "legal", "other", "total"]
RESULTS = [
    "received",
    "carried",
    "pending",
    "results.granted",
    "results.partial",
    "results.total",
    "results.refused.secret",
    "results.refused.forbidden",
    "results.refused.stability",
    "results.refused.third_party",
    "results.refused.internal",
    "results.refused.process",
    "results.refused.enforcement",
    "results.refused.inquiry",
    "results.unavailable.unknown",
    "results.unavailable.unmade",
    "results.unavailable.unclear",
    "results.unhandled.complaint",
    "results.unhandled.repeated",
    "results.unhandled.publication",
    "results.unhandled.excessive",
    "results.unhandled.certificate",
    "results.other.lapsed",
    "results.other.unpaid",
    "results.other.rest",
]
OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]

# By kind and class, the names of fields as they stand in files; `[]` is an entry of a list.
EXPECTED = {
    "guide": {
        "fee": """
            fees[].fee fees[].case fees[].one_of free_basis payment.online payment.how
        """,
        "time": """
            handling.kind handling.special[] time.statutory.number time.statutory.unit time.statutory.wording
            time.statutory.note time.promised.number time.promised.unit time.promised.wording time.promised.note
            time.excluded steps[].days.number steps[].days.unit steps[].days.wording steps[].days.note
            differences[].promised.number differences[].promised.unit differences[].promised.wording
            differences[].promised.note
        """,
        "material": """
            materials[].material materials[].form materials[].medium materials[].copies materials[].necessity
            materials[].source materials[].source_note materials[].exempt materials[].case materials[].size
            materials[].note materials[].standard materials[].basis
        """,
        "condition": """
            status targets[] planned_start planned_end handling.quota conditions[] refusals[]
        """,
        "place": """
            handling.scope hall windows[] visit.place visit.hours visit.self_service differences[].windows[]
            differences[].place
        """,
        "contact": """
            consult.phone consult.window consult.online consult.address consult.email complain.phone
            complain.window complain.online complain.address complain.email remedy.review.name
            remedy.review.address remedy.review.phone remedy.review.online remedy.litigation.name
            remedy.litigation.address remedy.litigation.phone remedy.litigation.online
        """,
        "process": """
            handling.forms[] handling.intermediaries[].name handling.intermediaries[].content visit.count
            visit.reasons[] visit.booking.available visit.booking.quota visit.booking.rule online.available
            online.level online.depth online.computer online.mobile online.single_sign_on steps[].name
            steps[].actor steps[].action steps[].applicant steps[].outcome result.kind result.name result.material
            result.validity result.delivery[] result.delivery_note result.express questions[].text questions[].why
            questions[].options[].text questions[].options[].note questions[].options[].guide
            questions[].options[].advice differences[].visits differences[].note successor
        """,
        "editorial": """
            name aliases[] summary version codes.local codes.basic codes.local_basic codes.implementation
            codes.local_implementation codes.handling type department body.level body.power body.nature
            body.entrusted_by body.joint[] body.guided_by person_topics[] legal_topics[] events[]
            result.sample.title result.sample.path basis[].policy basis[].title basis[].number basis[].article
            basis[].excerpt basis[].revision basis[].checked remedy.rights[] remedy.duties[] faq[].question
            faq[].answer related[] owner revised revision_note review_by
        """,
    },
    "bundle": {
        "condition": """
            targets[]
        """,
        "contact": """
            consult.phone consult.window consult.online consult.address consult.email complain.phone
            complain.window complain.online complain.address complain.email
        """,
        "process": """
            questions[].text questions[].why questions[].options[].text questions[].options[].note
            questions[].options[].guide questions[].options[].advice guides[].guide guides[].note
        """,
        "editorial": """
            name aliases[] summary department person_topics[] legal_topics[] events[] basis[].policy basis[].title
            basis[].number basis[].article basis[].excerpt basis[].revision basis[].checked faq[].question
            faq[].answer owner revised review_by
        """,
    },
    "fee": {
        "fee": """
            rates[].condition rates[].unit rates[].periods[].from rates[].periods[].until rates[].periods[].amount
            rates[].periods[].percent rates[].periods[].percent_of rates[].periods[].floor rates[].periods[].cap
            rates[].periods[].described rates[].periods[].basis[].policy rates[].periods[].basis[].title
            rates[].periods[].basis[].number rates[].periods[].basis[].article rates[].periods[].basis[].revision
            rates[].periods[].note reductions[].who reductions[].how reductions[].from reductions[].until
            reductions[].basis[].policy reductions[].basis[].title reductions[].basis[].number
            reductions[].basis[].article reductions[].basis[].revision note
        """,
        "editorial": """
            name aliases[] department level fund rates[].periods[].basis[].excerpt
            rates[].periods[].basis[].checked reductions[].basis[].excerpt reductions[].basis[].checked
        """,
    },
    "policy": {
        "editorial": """
            name aliases[] index number issuer genre theme written published effective revised validity ended
            summary keywords[] source link amends[] repeals[] interprets[] based_on[] department
            attachments[].title attachments[].path
        """,
    },
    "hall": {
        "place": """
            address hours[].days hours[].spans[] hours[].season hours[].service transit self_service access
            floors[].number floors[].name floors[].zones[].name floors[].facilities[] windows[].no windows[].name
            windows[].floor windows[].kind windows[].departments[] windows[].accessible
        """,
        "contact": """
            phone complaint_phone
        """,
        "editorial": """
            name aliases[] led.messages[]
        """,
    },
    "material": {
        "material": """
            category issuer shared blank_form.title blank_form.path sample.title sample.path note
        """,
        "editorial": """
            name aliases[]
        """,
    },
    "department": {
        "place": """
            address hours[].days hours[].spans[] hours[].season hours[].service
        """,
        "contact": """
            phone complaint_phone website
        """,
        "editorial": """
            name short_name aliases[] credit_code nature duties[] parent
        """,
    },
    "announcement": {
        "editorial": """
            name column published expires source department summary attachments[].title attachments[].path
        """,
    },
    "disclosure": {
        "time": """
            due.rule due.days due.unit due.month due.day due.on due.wording
        """,
        "editorial": """
            name parent contents[] area statutory basis[].policy basis[].title basis[].number basis[].article
            basis[].excerpt basis[].revision basis[].checked department channels[] audience group manner levels[]
            places[].title formed published
        """,
    },
    "annual_report": {
        "editorial": """
            name year department published summary[] problems[] remarks[] attachments[].title attachments[].path
            disclosed.rules.made disclosed.rules.repealed disclosed.rules.valid disclosed.documents.made
            disclosed.documents.repealed disclosed.documents.valid disclosed.licences disclosed.penalties
            disclosed.compulsions disclosed.fees
        """
        + " ".join(f"applications.{row}.{column} " for row in RESULTS for column in APPLICANTS)
        + " ".join(f"disputes.{row}.{column} " for row in ("review", "direct", "after") for column in OUTCOMES)
    },
}


@pytest.mark.parametrize("name", all_kinds())
def test_every_field_of_a_kind_has_the_class_that_somebody_chose(name: str) -> None:
    expected = {field: words for words, fields in EXPECTED[name].items() for field in fields.split()}
    assert dict(classed_fields(all_kinds()[name])) == expected


@pytest.mark.parametrize("model", all_kinds().values(), ids=lambda model: model.kind.name)
def test_classes_are_of_the_list(model: type[Item]) -> None:
    assert {name for _, name in classed_fields(model)} | set(model.derived_bears.values()) <= CLASSES.keys()


@pytest.mark.parametrize(
    ("model", "path", "expected"),
    [
        (Guide, "fee.amount", "fee"),
        (Guide, "fees.id-card--loss.amount", "fee"),
        (Guide, "fees.id-card--loss.basis_today.1.document", "fee"),
        (Guide, "time.promised", "time"),
        (Guide, "steps.2.days", "time"),
        (Guide, "steps.2.name", "process"),
        (Guide, "materials.id-card.copies", "material"),
        (Guide, "bring.brief", "material"),
        (Guide, "place.hours.1.line", "place"),
        (Guide, "cases.lost--adult.fee", "fee"),
        (Guide, "cases.lost--adult.where", "place"),
        (Guide, "cases.lost--adult.label", "process"),
        (Guide, "remedy.review.phone", "contact"),
        (Guide, "revised", "editorial"),
        (Fee, "rates.loss.next_amount", "fee"),
        (Fee, "rates.loss.periods.2027-01-01.basis.1.checked", "editorial"),
        (Hall, "windows.A01.guides.id-card-loss.guide", "place"),
        (Bundle, "total.fee", "fee"),
        (Bundle, "total.days", "time"),
        (Bundle, "cases.a--b.union.id-card.copies", "material"),
        (Bundle, "name", "editorial"),
    ],
)
def test_the_class_of_a_fact_follows_from_its_path(model: type[Item], path: str, expected: str) -> None:
    assert class_of(model, path) == expected


def test_all_but_the_last_are_substantive() -> None:
    assert [name for name in CLASSES if not is_substantive(name)] == [EDITORIAL]
