"""What the graph says of each thing, and in which named graphs: a resolution in, subjects with their facts out, sorted.

A fact stands in the graph of every article that says it. What follows only from several articles taken together (the first and
last sight of a tenure, the place of a person) stands in ``graph/resolved``; what is computed from the whole (co-appearances,
successions, series by month) in ``graph/derived``. So taking an article away takes what rested on it alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from kg.graph.build import byline
from kg.graph.coappearance import Pair
from kg.model import Record
from kg.rdf import terms
from kg.rdf.vocabulary import Vocabulary, vocabulary
from kg.resolve.model import (
    AppearanceNode,
    Body,
    CampaignNode,
    Entity,
    EventNode,
    EvidenceRef,
    Issue,
    PersonnelChange,
    Place,
    PostNode,
    Resolution,
    Succession,
    Tenure,
)
from kg.resolve.order import Standing, standings
from kg.resolve.tenures import bounds_of

Graphs = tuple[str, ...]
Said = tuple[str, str | None]  # prefixed name of the predicate, object; nothing is said where the object is None

_BODY_ROLES = {"convene": "kg:convenedBy", "host": "kg:hostedBy", "participate": "kg:participant", "inspected": "kg:inspected"}
_CREDITS = {"reporter": "记者", "correspondent": "通讯员", "photographer": "摄影", "author": "作者"}


class Fact(NamedTuple):
    """A predicate by its prefixed name, an object as N-Triples text, and the named graphs that hold it."""

    predicate: str
    object: str
    graphs: Graphs


class Subject(NamedTuple):
    """One subject (N-Triples text) with all its facts, sorted by predicate and object, each once."""

    iri: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """How things are called under one base."""

    base: str
    words: Vocabulary
    places: frozenset[str]
    issues: frozenset[tuple[str | None, str | None, str | None]]

    def of(self, kind: str, *refs: str) -> str:
        return terms.iri(self.base, kind, *refs)

    def maybe(self, kind: str, ref: str | None) -> str | None:
        return None if ref is None else terms.iri(self.base, kind, ref)

    def term(self, name: str) -> str:
        return f"<{self.words.iri(name)}>"

    def concept(self, scheme: str, notation: str | None) -> str | None:
        return None if notation is None else f"<{self.words.concept(scheme, notation)}>"

    def place(self, chain: tuple[str, ...]) -> str | None:
        """The nearest place of a chain that the resolution knows."""
        known = ("/".join(chain[:length]) for length in range(len(chain), 0, -1))
        return self.maybe("place", next((ref for ref in known if ref in self.places), None))

    @property
    def resolved(self) -> Graphs:
        return (self.of("graph", "resolved"),)

    @property
    def derived(self) -> Graphs:
        return (self.of("graph", "derived"),)


def describe(resolution: Resolution, pairs: Iterable[Pair], base: str) -> Iterator[Subject]:
    """Every subject of the graph, in the order of their IRIs, whatever the order of the resolution.

    ``pairs`` are its co-appearances; ``base`` is what IRIs start with. Raises KgError for a base that is none and for a value
    (a role, a status) that the ontology does not know.
    """
    names = _Names(
        terms.check_base(base),
        vocabulary(),
        frozenset(place.id for place in resolution.places),
        frozenset((issue.paper, issue.date, issue.page) for issue in resolution.coverage),
    )
    pairs = tuple(pairs)
    kinds: dict[str, Callable[[], Iterator[Subject]]] = {
        "appearance": lambda: _appearances(names, resolution),
        "article": lambda: (_article(names, record) for record in resolution.records),
        "body": lambda: (_body(names, body) for body in resolution.bodies),
        "campaign": lambda: (_campaign(names, campaign) for campaign in resolution.campaigns),
        "campaign-month": lambda: _campaign_months(names, resolution),
        "change": lambda: (_change(names, change) for change in resolution.changes),
        "coappearance": lambda: (_pair(names, pair) for pair in pairs),
        "dataset": lambda: iter((_dataset(names, resolution),)),
        "event": lambda: (_event(names, event) for event in resolution.events),
        "issue": lambda: (_issue(names, issue) for issue in resolution.coverage),
        "mention": lambda: _mentions(names, resolution),
        "person": lambda: _people(names, resolution, pairs),
        "place": lambda: (_place(names, place) for place in resolution.places),
        "post": lambda: (_post(names, post) for post in resolution.posts),
        "succession": lambda: _successions(names, resolution),
        "tenure": lambda: (_tenure(names, tenure) for tenure in resolution.tenures),
    }
    for kind in sorted(kinds, key=lambda kind: f"{kind}/"):
        subjects = sorted(kinds[kind](), key=lambda subject: subject.iri)
        for _, same in groupby(subjects, key=lambda subject: subject.iri):
            yield _joined(list(same))


def _subject(names: _Names, iri: str, kind: str, *said: tuple[Graphs, Iterable[Said]]) -> Subject:
    """The subject with its type in the graphs of its first group of facts."""
    facts: dict[tuple[str, str], Graphs] = {("rdf:type", names.term(kind)): said[0][0]}
    for where, group in said:
        for predicate, value in group:
            if value is not None:
                names.words.iri(predicate)
                known = facts.get((predicate, value))
                facts[predicate, value] = where if known is None else _both(known, where)
    return Subject(iri, tuple(Fact(*key, facts[key]) for key in sorted(facts)))


def _both(one: Graphs, other: Graphs) -> Graphs:
    return one if one == other else tuple(sorted({*one, *other}))


def _joined(subjects: list[Subject]) -> Subject:
    """The same subject described twice (one text mentioned by two claims), as one."""
    if len(subjects) == 1:
        return subjects[0]
    facts: dict[tuple[str, str], Graphs] = {}
    for subject in subjects:
        for predicate, value, where in subject.facts:
            facts[predicate, value] = _both(facts.get((predicate, value), where), where)
    return Subject(subjects[0].iri, tuple(Fact(*key, facts[key]) for key in sorted(facts)))


def _where(names: _Names, articles: Iterable[str]) -> tuple[Graphs, Graphs]:
    """The graphs of what each of these articles says, and of what only all of them together say."""
    each = tuple(sorted({names.of("article", article) for article in articles}))
    if not each:
        return names.resolved, names.resolved
    return each, each if len(each) == 1 else names.resolved


def _evidence(names: _Names, evidence: Iterable[EvidenceRef]) -> Iterator[tuple[Graphs, list[Said]]]:
    """What a claim was derived from, each in the graph of its article."""
    for ref in evidence:
        yield (names.of("article", ref.article),), [("prov:wasDerivedFrom", _mention(names, ref.article, ref.start, ref.end))]


def _mention(names: _Names, article: str, start: int, end: int) -> str:
    return names.of("mention", f"{article}/{start}-{end}")


def _dated(date: str | None) -> list[Said]:
    """A date as written, with the days it can mean at the earliest and at the latest."""
    earliest, latest = terms.span(date)
    return [("kg:date", _edtf(date)), ("kg:startEarliest", _day(earliest)), ("kg:endLatest", _day(latest))]


def _seen(first: str | None, last: str | None) -> list[Said]:
    """First and last sight: by the one it had begun, on the other it still lasted."""
    return [
        ("kg:firstSeen", _edtf(first)),
        ("kg:lastSeen", _edtf(last)),
        ("kg:startLatest", _day(terms.span(first)[1])),
        ("kg:endEarliest", _day(terms.span(last)[0])),
    ]


def _text(value: str | None) -> str | None:
    return terms.text(value) if value else None


def _edtf(value: str | None) -> str | None:
    return terms.edtf(value) if value else None


def _day(value: str | None) -> str | None:
    return terms.day(value) if value else None


def _integer(value: int | None) -> str | None:
    return None if value is None else terms.integer(value)


def _decimal(value: float | None) -> str | None:
    return None if value is None else terms.decimal(value)


def _also(values: Iterable[str]) -> list[Said]:
    return [("skos:altLabel", terms.text(value)) for value in values]


# ------------------------------------------------------------------ things


def _dataset(names: _Names, resolution: Resolution) -> Subject:
    iri = f"<{names.base}dataset>"
    return _subject(
        names, iri, "void:Dataset", (names.resolved, [("kg:selection", names.concept("selections", resolution.selection))])
    )


def _people(names: _Names, resolution: Resolution, pairs: tuple[Pair, ...]) -> Iterator[Subject]:
    totals = {person: total for pair in pairs for person, total in ((pair.a, pair.events_a), (pair.b, pair.events_b))}
    for person in resolution.people:
        yield _person(names, person, totals.get(person.id))
    for record in resolution.records:
        for line in record.bylines:
            graphs = (names.of("article", record.id),)
            yield _subject(
                names,
                _author(names, record.paper, line.name),
                "kg:Person",
                (graphs, [("rdfs:label", _text(line.name)), ("kg:personKind", names.concept("personKinds", "byline"))]),
            )


def _author(names: _Names, paper: str | None, name: str) -> str:
    kind, _, ref = byline(paper, name).partition("/")
    return names.of(kind, ref)


def _person(names: _Names, person: Entity, total: int | None) -> Subject:
    return _subject(
        names,
        names.of("person", person.id),
        "kg:Person",
        (
            names.resolved,
            [
                ("rdfs:label", _text(person.name)),
                *_also(person.aliases),
                ("kg:personKind", names.concept("personKinds", person.kind)),
                ("kg:inPlace", names.place(person.place)),
                *(("skos:note", _text(reason)) for reason in person.reasons),
            ],
        ),
        (names.derived, [("kg:eventTotal", _integer(total))]),
    )


def _body(names: _Names, body: Body) -> Subject:
    return _subject(
        names,
        names.of("body", body.id),
        "kg:Body",
        (
            names.resolved,
            [
                ("rdfs:label", _text(body.name)),
                *_also(body.aliases),
                ("kg:inPlace", names.place(body.place)),
                ("org:subOrganizationOf", names.maybe("body", body.part_of)),
                ("org:classification", names.concept("systems", body.system)),
                ("kg:level", names.concept("levels", body.level)),
                ("kg:renamedTo", names.maybe("body", body.renamed_to)),
            ],
        ),
    )


def _place(names: _Names, place: Place) -> Subject:
    return _subject(
        names,
        names.of("place", place.id),
        "kg:Place",
        (
            names.resolved,
            [
                ("rdfs:label", _text(place.name)),
                *_also(place.aliases),
                ("kg:divisionCode", _text(place.code)),
                ("kg:level", names.concept("levels", place.level)),
                ("schema:containedInPlace", names.maybe("place", place.parent)),
                ("kg:renamedTo", names.maybe("place", place.renamed_to)),
            ],
        ),
    )


def _post(names: _Names, post: PostNode) -> Subject:
    return _subject(
        names,
        names.of("post", post.id),
        "kg:Post",
        (
            names.resolved,
            [
                ("rdfs:label", _text(post.post)),
                ("org:postIn", names.maybe("body", post.body)),
                ("kg:postClass", names.concept("postClasses", post.class_)),
                ("kg:singleSeat", terms.boolean(post.single_seat)),
            ],
        ),
    )


# ------------------------------------------------------------------ claims about posts


def _tenure(names: _Names, tenure: Tenure) -> Subject:
    each, together = _where(names, (ref.article for ref in tenure.evidence))
    return _subject(
        names,
        names.of("tenure", tenure.id),
        "kg:Tenure",
        (
            each,
            [
                ("kg:person", names.of("person", tenure.person)),
                ("kg:post", names.of("post", tenure.post)),
                ("org:organization", names.maybe("body", tenure.body)),
            ],
        ),
        (
            together,
            [
                ("rdfs:label", _text(f"{tenure.name} {tenure.post_name}")),
                ("kg:status", names.concept("statuses", tenure.status)),
                ("kg:firstSeen", _edtf(tenure.first_seen)),
                ("kg:lastSeen", _edtf(tenure.last_seen)),
                ("kg:firstBasis", names.concept("dateBases", tenure.first_basis)),
                ("kg:lastBasis", names.concept("dateBases", tenure.last_basis)),
                ("kg:start", _edtf(tenure.start)),
                ("kg:end", _edtf(tenure.end)),
                ("kg:formerSince", _edtf(tenure.former_since)),
                *_tenure_bounds(tenure),
            ],
        ),
        *_evidence(names, tenure.evidence),
    )


def _tenure_bounds(tenure: Tenure) -> list[Said]:
    """The four days between which a tenure lies. Where sources contradict each other a bound crosses its neighbour, which the
    shapes report."""
    found = bounds_of(tenure)
    return [
        ("kg:startEarliest", _day(found.start_earliest)),
        ("kg:startLatest", _day(found.start_latest)),
        ("kg:endEarliest", _day(found.end_earliest)),
        ("kg:endLatest", _day(found.end_latest)),
    ]


def _change(names: _Names, change: PersonnelChange) -> Subject:
    each, together = _where(names, (ref.article for ref in change.evidence) if change.evidence else (change.article,))
    return _subject(
        names,
        names.of("change", change.id),
        "kg:PersonnelChange",
        (
            each,
            [
                ("kg:person", names.of("person", change.person)),
                ("kg:post", names.of("post", change.post)),
                ("kg:act", names.concept("acts", change.act)),
            ],
        ),
        (together, [*_dated(change.date), ("kg:decidedBy", _text(change.by))]),
        *_evidence(names, change.evidence),
    )


def _successions(names: _Names, resolution: Resolution) -> Iterator[Subject]:
    def key(one: Succession) -> tuple[str, str, str]:
        return (one.post, one.predecessor, one.successor)

    for refs, same in groupby(sorted(resolution.successions, key=lambda one: (*key(one), one.evidence, one.basis)), key=key):
        for number, one in enumerate(same, start=1):
            yield _succession(names, names.of("succession", *refs, *((str(number),) if number > 1 else ())), one)


def _succession(names: _Names, iri: str, one: Succession) -> Subject:
    said: list[Said] = [
        ("kg:predecessor", names.of("person", one.predecessor)),
        ("kg:successor", names.of("person", one.successor)),
        ("kg:post", names.of("post", one.post)),
        ("kg:basis", names.concept("successionBases", one.basis)),
        ("kg:gapDays", _integer(one.gap_days)),
        ("kg:issuesReadInGap", _integer(one.issues_read_in_gap)),
        ("kg:actingOnly", terms.boolean(one.acting)),
    ]
    said += [("prov:wasDerivedFrom", _mention(names, ref.article, ref.start, ref.end)) for ref in one.evidence]
    return _subject(names, iri, "kg:Succession", (names.derived, said))


# ------------------------------------------------------------------ events


def _event(names: _Names, event: EventNode) -> Subject:
    each, together = _where(names, event.articles)
    place = (
        ("kg:inPlace", names.of("place", event.place)) if event.place in names.places else ("kg:placeName", _text(event.place))
    )
    return _subject(
        names,
        names.of("event", event.id),
        "kg:Event",
        (each, [("kg:eventKind", names.concept("eventKinds", event.kind))]),
        *(((names.of("article", article),), [("kg:reportedIn", names.of("article", article))]) for article in event.articles),
        (
            together,
            [
                ("rdfs:label", _text(event.name)),
                *_also(event.aliases),
                *_dated(event.date),
                place,
                *(("kg:site", _text(site)) for site in event.sites),
                *(("kg:serves", names.of("campaign", campaign)) for campaign in event.campaigns),
                *((_BODY_ROLES[role], names.of("body", body)) for body, role in event.bodies),
            ],
        ),
        *_evidence(names, event.evidence),
    )


def _appearances(names: _Names, resolution: Resolution) -> Iterator[Subject]:
    places = {(one.event, one.person, one.article, one.list): one for one in standings(resolution)}
    for event in resolution.events:
        seen: dict[str, int] = defaultdict(int)
        for one in event.appearances:
            seen[one.person] += 1
            number = (str(seen[one.person]),) if seen[one.person] > 1 else ()
            standing = places.get((event.id, one.person, one.article or "", one.list or 0))
            yield _appearance(names, names.of("appearance", event.id, one.person, *number), event, one, standing)


def _appearance(names: _Names, iri: str, event: EventNode, one: AppearanceNode, standing: Standing | None) -> Subject:
    each, together = _where(names, {ref.article for ref in one.evidence} or event.articles)
    return _subject(
        names,
        iri,
        "kg:Appearance",
        (each, [("kg:person", names.of("person", one.person)), ("kg:event", names.of("event", event.id))]),
        (
            together,
            [
                *(("kg:role", names.concept("roles", role)) for role in one.roles),
                *(("kg:verb", _text(verb)) for verb in one.verbs),
                ("kg:listNumber", _integer(one.list)),
                ("kg:rank", _integer(one.rank)),
                ("kg:listSize", _integer(one.list_size)),
                ("kg:listIsOpen", terms.boolean(one.open) if one.list is not None else None),
                ("kg:listLabel", _text(one.list_label)),
                ("kg:listIn", names.maybe("article", one.article) if one.list is not None else None),
                ("kg:orderBasis", names.concept("orderBases", one.order)),
                ("kg:venue", names.concept("venues", one.venue)),
                ("kg:statedTitle", _text(one.title)),
            ],
        ),
        (names.derived, _standing(names, standing) if standing is not None else []),
        *_evidence(names, one.evidence),
    )


def _standing(names: _Names, one: Standing) -> list[Said]:
    """Where in the order of protocol the list puts somebody; nothing of it for a list by strokes."""
    return [
        ("kg:relativePlace", _decimal(one.relative)),
        ("kg:blockOf", names.concept("systems", one.institution) if one.block_rank is not None else None),
        ("kg:blockRank", _integer(one.block_rank)),
        ("kg:blockSize", _integer(one.block_size)),
    ]


def _pair(names: _Names, pair: Pair) -> Subject:
    return _subject(
        names,
        names.of("coappearance", pair.a, pair.b),
        "kg:CoAppearance",
        (
            names.derived,
            [
                ("kg:person", names.of("person", pair.a)),
                ("kg:person", names.of("person", pair.b)),
                ("kg:sharedEvents", terms.integer(pair.events)),
                ("kg:smallEvents", terms.integer(pair.small_events)),
                ("kg:newmanWeight", terms.decimal(pair.newman)),
                ("kg:firstSeen", _edtf(pair.first)),
                ("kg:lastSeen", _edtf(pair.last)),
            ],
        ),
    )


# ------------------------------------------------------------------ campaigns


def _campaign(names: _Names, campaign: CampaignNode) -> Subject:
    return _subject(
        names,
        names.of("campaign", campaign.id),
        "kg:Campaign",
        (
            names.resolved,
            [
                ("rdfs:label", _text(campaign.label)),
                ("skos:prefLabel", _text(campaign.label)),
                *_also(campaign.alt_labels),
                ("skos:broader", names.maybe("campaign", campaign.broader)),
                *_seen(campaign.first, campaign.last),
                *(("kg:convenedBy", names.of("body", body)) for body in campaign.bodies),
            ],
        ),
        *_evidence(names, campaign.evidence),
    )


def _campaign_months(names: _Names, resolution: Resolution) -> Iterator[Subject]:
    for campaign in resolution.campaigns:
        for one in campaign.months:
            yield _subject(
                names,
                names.of("campaign-month", campaign.id, one.month),
                "kg:CampaignMonth",
                (
                    names.derived,
                    [
                        ("kg:campaign", names.of("campaign", campaign.id)),
                        ("kg:month", terms.month(one.month)),
                        ("kg:articleCount", terms.integer(one.articles)),
                        ("kg:eventCount", terms.integer(one.events)),
                        ("kg:allArticles", terms.integer(one.all_articles)),
                        ("kg:allEvents", terms.integer(one.all_events)),
                    ],
                ),
            )


# ------------------------------------------------------------------ articles and their text


def _article(names: _Names, record: Record) -> Subject:
    iri = names.of("article", record.id)
    people = {person.entity for person in record.people if person.entity is not None}
    campaigns = {campaign.campaign for campaign in record.campaigns if campaign.campaign is not None}
    return _subject(
        names,
        iri,
        "kg:Article",
        (
            (iri,),
            [
                ("rdfs:label", _text(record.headline)),
                *_dated(record.published),
                ("kg:paper", _text(record.paper)),
                ("kg:page", _text(record.page)),
                ("schema:url", _text(record.url)),
                ("dcterms:source", _text(record.source)),
                ("schema:position", terms.integer(record.number)),
                ("kg:inPlace", names.place(record.place)),
                ("schema:isPartOf", _issue_of(names, record)),
                *(("schema:author", _author(names, record.paper, line.name)) for line in record.bylines),
                *(("schema:creditText", _text(f"{_CREDITS[line.role]} {line.name}")) for line in record.bylines),
                *(("schema:mentions", names.of("person", person)) for person in people),
                *(("schema:about", names.of("campaign", campaign)) for campaign in campaigns),
            ],
        ),
    )


def _issue(names: _Names, issue: Issue) -> Subject:
    return _subject(
        names,
        names.of("issue", *_issue_refs(issue.paper, issue.date, issue.page)),
        "kg:Issue",
        (
            names.resolved,
            [
                ("kg:paper", _text(issue.paper)),
                *_dated(issue.date),
                ("kg:page", _text(issue.page)),
                ("kg:inPlace", names.place(issue.place)),
                ("kg:articleCount", terms.integer(issue.articles)),
            ],
        ),
    )


def _issue_of(names: _Names, record: Record) -> str | None:
    refs = (record.paper, record.published, record.page)
    return names.of("issue", *_issue_refs(*refs)) if refs in names.issues else None


def _issue_refs(paper: str | None, date: str | None, page: str | None) -> tuple[str, str, str]:
    return paper or "", date or "", page or ""


def _mentions(names: _Names, resolution: Resolution) -> Iterator[Subject]:
    """Every stretch of text that a claim rests on or that names a person, each followed by its two selectors."""
    quotes: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    people: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for ref in _all_evidence(resolution):
        quotes[ref.article, ref.start, ref.end].add(ref.quote)
    for record in resolution.records:
        for person in record.people:
            for mention in person.mentions if person.entity is not None else ():
                key = (record.id, mention.start, mention.end)
                quotes[key].add(record.text[mention.start : mention.end])
                people[key].add(person.entity or "")
    for (article, start, end), words in quotes.items():
        yield from _mention_and_selectors(names, article, start, end, words, people.get((article, start, end), set()))


def _mention_and_selectors(
    names: _Names, article: str, start: int, end: int, words: set[str], people: set[str]
) -> Iterator[Subject]:
    graph = (names.of("article", article),)
    ref = f"{article}/{start}-{end}"
    position, quote = names.of("mention", f"{ref}/position"), names.of("mention", f"{ref}/quote")
    yield _subject(
        names,
        names.of("mention", ref),
        "kg:Mention",
        (
            graph,
            [
                ("oa:hasSource", names.of("article", article)),
                ("oa:hasSelector", position),
                ("oa:hasSelector", quote),
                *(("kg:refersTo", names.of("person", person)) for person in people),
            ],
        ),
    )
    yield _subject(
        names, position, "oa:TextPositionSelector", (graph, [("oa:start", terms.integer(start)), ("oa:end", terms.integer(end))])
    )
    yield _subject(names, quote, "oa:TextQuoteSelector", (graph, [("oa:exact", terms.text(word)) for word in words]))


def _all_evidence(resolution: Resolution) -> Iterator[EvidenceRef]:
    for tenure in resolution.tenures:
        yield from tenure.evidence
    for change in resolution.changes:
        yield from change.evidence
    for succession in resolution.successions:
        yield from succession.evidence
    for campaign in resolution.campaigns:
        yield from campaign.evidence
    for event in resolution.events:
        yield from event.evidence
        for appearance in event.appearances:
            yield from appearance.evidence
