"""How an article was read, span by span: every reading that a rule proposed, what spoke for it, and what became of it.

The stages of extraction are run again and what they proposed is held against what stands in the record, so that a trace never
says of a reading that it was taken when it was not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.extract.bodies import places_of
from kg.extract.bylines import credit_spans
from kg.extract.changes import Holding, holdings
from kg.extract.events import Anchor, body_inspections, choose, further_occasions, inspections, meetings
from kg.extract.names import follow_weight, shape_weight
from kg.extract.people import THRESHOLD, Naming, Proposal, TitleSpan, namings, propose
from kg.extract.posts import Title
from kg.extract.presence import Act, acts
from kg.extract.reading import Reading, reading_of
from kg.model import Article, Record
from kg.text import dates

Layer = Literal["date", "title", "person", "act", "event"]
LAYERS: tuple[Layer, ...] = ("date", "title", "person", "act", "event")
_BY_SHAPE = frozenset(["name_behind", "name_title", "list_name"])  # rules that do not weigh what follows the name
_BY_NOTE = frozenset(["title_foreign_name"])  # rules that weigh neither


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read ``text[start:end]`` of the article: as ``label``, by ``rule``.

    ``parts``: what speaks for it (and, below zero, against it), which add up to its weight. ``why``: what came of it, in words.
    """

    start: int
    end: int
    label: str
    rule: str
    parts: tuple[tuple[str, float], ...]
    taken: bool
    why: str = ""

    @property
    def weight(self) -> float | None:
        """The sum of the parts; None for rules that do not weigh."""
        return sum(value for _, value in self.parts) if self.parts else None


@dataclass(frozen=True, slots=True)
class Site:
    """A span of the article's text and all its readings in one layer: taken ones first, then the heavier."""

    layer: Layer
    start: int
    end: int
    choices: tuple[Choice, ...]


def trace(record: Record, known: frozenset[str] = frozenset()) -> tuple[Site, ...]:
    """All sites of an article in the order of its text; at one place dates, titles, people, acts, events.

    ``record``: as ``kg.extract.article`` made it; ``known``: names that the page's other articles gave, as there.
    """
    article = _article(record)
    reading = reading_of(article, credit_spans(article))
    text, body_start = reading.text, reading.body_start
    places = places_of(text, tuple(p for p in article.place if p not in article.untold))
    named, spans = namings(text, places, body_start, known)
    held = holdings(text, named, spans, places)
    done, _ = acts(text, named, body_start)
    choices = {
        "date": list(_dates(reading, record)),
        "title": list(_titles(reading, spans, named, held)),
        "person": list(_people(reading, propose(text, spans, body_start), named)),
        "act": list(_acts(reading, done, record)),
        "event": list(_events(reading, named, done)),
    }
    sites = (Site(layer, *span, group) for layer in LAYERS for span, group in _together(choices[layer], layer == "title"))
    return tuple(sorted(sites, key=lambda site: (site.start, LAYERS.index(site.layer), site.end)))


def _article(record: Record) -> Article:
    return Article(**{name: getattr(record, name) for name in Article.__slots__})


def _together(choices: Iterable[Choice], as_read: bool) -> Iterator[tuple[tuple[int, int], tuple[Choice, ...]]]:
    """Choices that overlap, with the span that all of them cover; ``as_read``: leave those of one span in their order."""
    group: list[Choice] = []
    end = 0

    def closed() -> tuple[tuple[int, int], tuple[Choice, ...]]:
        ranked = group if as_read else sorted(group, key=lambda c: (not c.taken, -(c.weight or 0.0), c.start, c.end, c.rule))
        return (group[0].start, end), tuple(ranked)

    for choice in sorted(choices, key=lambda c: c.start):
        if group and choice.start >= end:
            yield closed()
            group = []
        end = choice.end if not group else max(end, choice.end)
        group.append(choice)
    if group:
        yield closed()


def _dates(reading: Reading, record: Record) -> Iterator[Choice]:
    for mention, value in dates.dated(reading.text, record.published):
        told = [event.name for event in record.events if value is not None and event.date == value]
        start, end = reading.span(mention.start, mention.end)
        rule = mention.limit or ("vague" if mention.vague else "date")
        yield Choice(start, end, value or "unknown", rule, (), bool(told), f"of {'、'.join(told)}" if told else "of no occasion")


def _titles(reading: Reading, spans: Sequence[TitleSpan], named: Sequence[Naming], held: Sequence[Holding]) -> Iterator[Choice]:
    """Concurrent titles one after the other, each with those whom the text gives it to."""
    owners: dict[tuple[int, int], list[Naming]] = defaultdict(list)
    for naming in named:
        if naming.title_span:
            owners[naming.title_span].append(naming)
    given: dict[int, list[Holding]] = defaultdict(list)
    for holding in held:
        given[holding.end].append(holding)
    for span in spans:
        start, end = reading.span(span.start, span.end)
        by_name = owners.get((span.start, span.end), [])
        titles = by_name[0].titles if by_name else span.titles
        if not titles:
            yield Choice(start, end, "、".join(span.pieces), "title", (), False, "no post in it")
        for title in titles:
            sentence = [h for h in given.get(span.end, ()) if h.title.post == title.post]
            holders = [(n.name, n.rule) for n in by_name] or [(h.name, h.rule) for h in sentence]
            names = "、".join(dict.fromkeys(name for name, _ in holders))
            rule = holders[0][1] if holders else "title"
            yield Choice(start, end, _post(title), rule, (), bool(holders), f"of {names}" if names else "nobody holds it")


def _post(title: Title) -> str:
    return " ".join(part for part in (title.body, title.post, title.status, f"[{title.class_}]") if part)


def _people(reading: Reading, proposals: Sequence[Proposal], named: Sequence[Naming]) -> Iterator[Choice]:
    """Every name proposed, and those that no site of their own speaks for: known from elsewhere, or in a list of names."""
    text = reading.text
    sites: dict[str, set[int]] = defaultdict(set)
    for p in proposals:
        if p.score >= THRESHOLD[p.rule] - 0.8:
            sites[text[p.start : p.end]].add(p.start)
    taken = {(n.start, n.end): n for n in named}
    starts = [n.start for n in named]
    best: dict[tuple[int, int, str], Proposal] = {}
    for p in proposals:
        key = (p.start, p.end, p.rule)
        if key not in best or p.score > best[key].score:
            best[key] = p
    for p in best.values():
        name = text[p.start : p.end]
        parts = _weights(text, p, len(sites[name] - {p.start}))
        here = taken.get((p.start, p.end))
        why = "" if here else _lost(text, p, sum(value for _, value in parts), named, starts)
        yield Choice(*reading.span(p.start, p.end), name, p.rule, parts, here is not None, why)
    proposed = {(p.start, p.end) for p in proposals}
    for span, naming in taken.items():
        if span not in proposed:
            yield Choice(*reading.span(*span), naming.name, naming.rule, (), True, _remembered(naming, sites))


def _remembered(naming: Naming, sites: Mapping[str, set[int]]) -> str:
    if naming.rule == "page_memory":
        return "named elsewhere on the page"
    if naming.rule == "list_name":
        return "in one list with others"
    return "named elsewhere in the article" if sites.get(naming.name) else "a public figure"


def _weights(text: str, p: Proposal, others: int) -> tuple[tuple[str, float], ...]:
    """A proposal's weight in parts: the name's shape, what follows it, its site; and other sites that read the same name."""
    shape = 0.0 if p.rule in _BY_NOTE else shape_weight(text[p.start : p.end])
    follow = 0.0 if p.rule in _BY_NOTE | _BY_SHAPE else follow_weight(text, p.end)
    votes = 0.5 * min(3, others)
    parts = (("shape", shape), ("follow", follow), ("site", p.score - shape - follow), ("others", votes))
    return tuple((name, round(value, 2)) for name, value in parts if abs(value) >= 0.005)


def _lost(text: str, p: Proposal, weight: float, named: Sequence[Naming], starts: Sequence[int]) -> str:
    other = next((n for n, start in zip(named, starts, strict=True) if start < p.end and n.end > p.start), None)
    if other is not None:
        return f"lost to {other.name}"
    needed = THRESHOLD[p.rule]
    return f"below {needed}" if weight < needed else "ruled out by its neighbours"


def _acts(reading: Reading, done: Sequence[Act], record: Record) -> Iterator[Choice]:
    """What people did, and the occasion of the record that it made an appearance at."""
    there: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event in record.events:
        for appearance in event.appearances:
            there[appearance.person].append((appearance.role, event.name))
    for act in done:
        roles = there.get(act.naming.name, [])
        at = [name for role, name in roles if role == act.role]
        why = f"at {'、'.join(at)}" if at else f"there as {'、'.join(role for role, _ in roles)}" if roles else "at no occasion"
        rule = f"{act.rule} ({act.note})" if act.note else act.rule
        yield Choice(*reading.span(act.at, act.end), f"{act.naming.name}: {act.role} {act.verb}", rule, (), bool(at), why)


def _events(reading: Reading, named: Sequence[Naming], done: Sequence[Act]) -> Iterator[Choice]:
    """Phrases that may name an occasion, and which of them became one."""
    picked = choose(reading, named, done)
    found = [*meetings(reading), *inspections(reading, done), *body_inspections(reading), *further_occasions(reading, named)]
    spans = {(a.start, a.end) for a in found}
    for anchor in dict.fromkeys([*found, *(p for p in picked if (p.start, p.end) not in spans)]):
        here = next((p for p in picked if (p.start, p.end) == (anchor.start, anchor.end)), None)
        start, end = reading.span(anchor.start, anchor.end)
        label = f"{(here or anchor).name} [{(here or anchor).kind}]"
        parts = (("weight", round(anchor.weight, 2)),)
        yield Choice(start, end, label, anchor.rule, parts, here is not None, "" if here else _not_picked(anchor, picked))


def _not_picked(anchor: Anchor, picked: Sequence[Anchor]) -> str:
    """The occasion that stands for it: the one of its sentence, else the nearest before it, else the first."""
    if not picked:
        return "too light alone"
    own = [p for p in picked if p.sentence == anchor.sentence] or [p for p in picked if p.start < anchor.start] or picked[:1]
    same = anchor.name in own[-1].name or own[-1].name in anchor.name
    return f"{'the same as' if same else 'no occasion beside'} {own[-1].name}"
