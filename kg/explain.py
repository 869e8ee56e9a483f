"""Which rule found what, and where: the records of a page as lines for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.model import Record


def lines(record: Record) -> Iterator[str]:
    """One line a claim: layer, what it says, where its evidence stands in the article's text, the rule, the evidence."""
    yield f"{record.source} #{record.number}  {record.headline}"
    facts = {"issue": record.published, "paper": record.paper, "place": "/".join(record.place)}
    yield "  " + ", ".join(f"{name} {value or 'unknown'}" for name, value in facts.items())
    for person in record.people:
        spans = " ".join(f"{m.start}-{m.end}" + ("~" if m.short else "") for m in person.mentions)
        yield f"  {'person':10} {person.name} ({person.kind})  at {spans}"
    for layer, what, claim in claims(record):
        rule = f"{claim.rule}" + (f" ({claim.confidence:.2f})" if getattr(claim, "confidence", None) is not None else "")
        where = " ".join(f"{e.start}-{e.end}" for e in claim.evidence)
        yield f"  {layer:10} {what}  at {where}  by {rule}"
        for evidence in claim.evidence:
            yield f"  {'':10}   「{evidence.quote}」"


def claims(record: Record) -> Iterator[tuple[str, str, Any]]:
    """Every claim of a record with its layer and what it says in a few words, in the record's order."""
    for byline in record.bylines:
        yield "byline", f"{byline.name}, {byline.role}", byline
    for post in record.posts:
        yield "post", f"{post.person}: {_joined((post.body, post.post, post.status, f'[{post.class_}]'))}", post
    for change in record.changes:
        yield "change", f"{change.person}: {_joined((change.act, change.body, change.post, change.date, change.by))}", change
    for campaign in record.campaigns:
        yield "campaign", _joined((campaign.name, *(f"= {alias}" for alias in campaign.aliases))), campaign
    for event in record.events:
        yield "event", _joined((event.name, f"[{event.kind}]", event.date, event.place)), event
        for a in event.appearances:
            place = f"list {a.list}, {a.rank} of {a.list_size}" if a.list is not None else None
            yield "appearance", f"{a.person}: {_joined((a.role, a.verb, place, a.list_label, a.venue))}", a
        for body in event.bodies:
            yield "body", f"{body.name}, {body.role}", body


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)
