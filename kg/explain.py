"""Which rule found what, and where; which readings lost, and why: the records of a page as lines for a person to read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from kg.extract.article import names_of_page
from kg.extract.presence import sentences
from kg.extract.trace import Choice, Site, trace
from kg.model import Record


def page(records: Sequence[Record], at: str | None = None) -> Iterator[str]:
    """The articles of one page one after the other: what was found, and below it how each sentence was read.

    ``at``: only claims and readings that hold this text or stand on it; articles without any are left out.
    """
    known = names_of_page(records)
    for record in records:
        head, *found = lines(record, at)
        shown = list(readings(record, known, at))
        if at is None or len(found) > 1 or shown:
            yield from (head, *found, *shown)


def lines(record: Record, at: str | None = None) -> Iterator[str]:
    """One line a claim: layer, what it says, where its evidence stands in the article's text, the rule, the evidence.

    ``at``: only claims that say this text.
    """
    yield f"{record.source} #{record.number}  {record.headline}"
    facts = {"issue": record.published, "paper": record.paper, "place": "/".join(record.place)}
    yield "  " + ", ".join(f"{name} {value or 'unknown'}" for name, value in facts.items())
    for person in record.people:
        if at is not None and at not in person.name:
            continue
        spans = " ".join(f"{m.start}-{m.end}" + ("~" if m.short else "") for m in person.mentions)
        yield f"  {'person':10} {person.name} ({person.kind})  at {spans}"
    before: tuple[str, ...] = ()
    for layer, what, claim in claims(record):
        if at is not None and at not in what:
            continue
        rule = f"{claim.rule}" + (f" ({claim.confidence:.2f})" if getattr(claim, "confidence", None) is not None else "")
        where = " ".join(f"{e.start}-{e.end}" for e in claim.evidence)
        yield f"  {layer:10} {what}  at {where}  by {rule}"
        quotes = tuple(evidence.quote for evidence in claim.evidence)
        if quotes != before:  # a list of twenty names is one sentence
            yield from (f"  {'':10}   「{quote}」" for quote in quotes)
        before = quotes


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
            size = f" of {a.list_size}" if a.list_size is not None else ""
            place = f"list {a.list}, {a.rank}{size}" if a.list is not None else None
            yield "appearance", f"{a.person}: {_joined((a.role, a.verb, place, a.list_label, a.venue))}", a
        for body in event.bodies:
            yield "body", f"{body.name}, {body.role}", body


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)


def readings(record: Record, known: frozenset[str] = frozenset(), at: str | None = None) -> Iterator[str]:
    """How an article was read, sentence by sentence: each site with the reading taken (+) and those that lost (-).

    ``known``: names that the page's other articles gave; ``at``: only sites that hold this text or stand on it.
    """
    sites = [_only(record.text, site, at) for site in trace(record, known)]
    for start, end in sentences(record.text):
        here = [site for site in sites if start <= site.start < end and site.choices]
        if here:
            yield f"  {start}-{end} 「{record.text[start:end].strip()}」"
        for site in here:
            for number, choice in enumerate(site.choices):
                head = f"{site.layer:7}" if number == 0 else " " * 7
                yield f"    {head}{'+' if choice.taken else '-'} {_columns(record.text, choice)}"


def _only(text: str, site: Site, at: str | None) -> Site:
    """The site with those of its readings that stand on an occurrence of a text or say it."""
    if at is None:
        return site
    return replace(site, choices=tuple(choice for choice in site.choices if at in choice.label or _on(text, choice, at)))


def _on(text: str, choice: Choice, at: str) -> bool:
    return 0 <= text.find(at, max(0, choice.start - len(at) + 1)) < choice.end


def _columns(text: str, choice: Choice) -> str:
    written = text[choice.start:choice.end].replace("\n", " ")
    parts = " ".join(f"{name} {value:+.1f}" for name, value in choice.parts)
    weight = f"{choice.weight:.1f}" if choice.weight is not None else ""
    reading = "" if choice.label == written else choice.label
    columns = (_wide(f"{choice.start}-{choice.end}", 10), _wide(written, 16), _wide(choice.rule, 16), _wide(reading, 1), weight,
               f"({parts})" if len(choice.parts) > 1 else "", choice.why)
    return "  ".join(part for part in columns if part.strip())


def _wide(text: str, columns: int) -> str:
    """``text`` filled up to so many columns of a terminal, where a Chinese character takes two."""
    return text + " " * (columns - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text))
