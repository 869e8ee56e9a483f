"""One article read: text in, record out. The order of the steps is the map of extraction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.bodies import places_of
from kg.extract.bylines import bylines, credit_spans
from kg.extract.campaigns import campaigns, campaigns_of
from kg.extract.events import events
from kg.extract.people import Naming, namings
from kg.extract.presence import Speech, acts
from kg.extract.reading import Reading, reading_of
from kg.model import Article, Campaign, Event, Mention, Person, Post, Record, Statement


def extract(article: Article) -> Record:
    """Read one article. A pure function: the same article gives the same record."""
    reading = reading_of(article, credit_spans(article))
    places = places_of(reading.text, article.place)
    named, _ = namings(reading.text, places, reading.body_start)
    posts = _posts(reading, named)
    done, speeches = acts(reading.text, named, reading.body_start)
    told = events(reading, named, done, places, article.published)
    drives = campaigns(article, [(event.name, start, end) for event, (start, end) in told])
    return Record(
        id=article.id, source=article.source, number=article.number, headline=article.headline, text=article.text, body_start=article.body_start, source_map=article.source_map,
        published=article.published, paper=article.paper, place=article.place, page=article.page, url=article.url,
        bylines=bylines(article), people=_people(reading, named, posts), posts=posts, changes=(), events=tuple(_with_campaigns(event, drives) for event, _ in told),
        campaigns=drives, statements=_statements(reading, speeches))


def _with_campaigns(event: Event, drives: Sequence[Campaign]) -> Event:
    context = " ".join([event.name, *(e.quote for e in event.evidence)])
    return Event(**{**{f: getattr(event, f) for f in Event.__slots__}, "campaigns": campaigns_of(context, drives)})


def _people(reading: Reading, named: Sequence[Naming], posts: Sequence[Post]) -> tuple[Person, ...]:
    officials = {p.person for p in posts if p.class_ in ("office", "list_label", "ad_hoc", "delegate", "grade")}
    mentions: dict[str, list[Mention]] = {}
    for naming in named:
        start, end = reading.span(naming.start, naming.end)
        mentions.setdefault(_shown(naming.name, reading, start, end), []).append(Mention(start, end, naming.short))
    return tuple(Person(name, "official" if name in officials else "other", tuple(spans)) for name, spans in mentions.items())


def _shown(name: str, reading: Reading, start: int, end: int) -> str:
    """The name as the paper writes it: with the paper's own dot."""
    if "·" not in name:
        return name
    return re.sub(r"[\s]", "", reading.source[start:end])


def _posts(reading: Reading, named: Sequence[Naming]) -> tuple[Post, ...]:
    found: dict[tuple[str, str, str | None, str | None], Post] = {}
    for naming in named:
        for title in naming.titles:
            key = (naming.name, title.post, title.body, title.status)
            if key not in found:
                start, end = naming.np_start, naming.end
                if naming.title_span:
                    start, end = min(start, naming.title_span[0]), max(end, naming.title_span[1])
                found[key] = Post(naming.name, title.post, title.body, title.class_, (reading.clause(start, end),), naming.rule, title.status)
    return tuple(found.values())


def _statements(reading: Reading, speeches: Sequence[Speech]) -> tuple[Statement, ...]:
    result = []
    for speech in speeches:
        start, end = reading.span(speech.start, speech.end)
        if end > start:
            result.append(Statement(speech.speaker, speech.verb, start, end))
    return tuple(result)
