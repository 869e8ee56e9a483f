"""Who is who and who held what when, across articles: records in, a Resolution out.

The way through: places and issues of the pages, bodies, occasions (events told twice), claims (posts, completed and dated),
people, then tenures, successions and campaigns. Each step is a function of the records and of the steps before it, and none
depends on the order in which the records come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from kg.model import Record
from kg.resolve import nodes
from kg.resolve.bodies import BodyBook
from kg.resolve.campaigns import campaigns
from kg.resolve.claims import acts_of, claims_of, completed
from kg.resolve.events import Issue, issues, occasions
from kg.resolve.identity import Identified, identify
from kg.resolve.judgements import NONE, Judgements, Rejections
from kg.resolve.model import Entity, Resolution, Selection
from kg.resolve.papers import under_own_papers
from kg.resolve.people import mentions, people_of, weigh
from kg.resolve.places import place_book, place_nodes
from kg.resolve.successions import successions
from kg.resolve.tenures import changes, post_book, tenures
from kg.resolve.titles import fold_name

__all__ = ["explain", "resolve"]
# Namesakes are compared in words only up to this many; beyond it the list would explain nothing.
_TOLD = 12


def resolve(records: Sequence[Record], judgements: Judgements = NONE, selection: Selection = "unknown") -> Resolution:
    """Resolve a corpus: a pure function of the records (in any order), the judgements, and the lexicons.

    ``selection``: what the user says of how the pages were chosen; it changes no fact, only what may be concluded from silence.
    Raises JudgementError for judgements that contradict each other or name something unknown.
    """
    records = sorted({record.id: record for record in records}.values(), key=lambda r: (r.source, r.number, r.id))
    told_as_read, records = records, under_own_papers(records)
    by_id = {record.id: record for record in records}
    places = place_book(records)
    issued = issues(records, places)
    met = occasions(records, places, issued)
    bodies = BodyBook(records, places, {id_: issue.printed for id_, issue in issued.items()})
    claims = tuple(c for r in records for c in claims_of(r, issued[r.id], bodies, met))
    acts = tuple(a for r in records for a in acts_of(r, issued[r.id], bodies, met))

    people = identify(people_of(mentions(records, claims, issued, met, places, bodies)), judgements)
    entity_of = {m.key: one.id for one in people for m in one.person.mentions}
    names = {one.id: one.name for one in people}
    titles_of = {m.key: one.person.profile.titles | one.person.profile.former for one in people for m in one.person.mentions}
    claims, acts = completed(claims, titles_of), completed(acts, titles_of)
    posts = post_book(claims, acts, bodies)

    wrong = Rejections.of(judgements)
    stated = {ref.id for c in claims for ref in c.evidence} | {
        f"{r.id}:{e.start}-{e.end}" for r in records for event in r.events for a in event.appearances for e in a.evidence}
    claims = tuple(c for c in claims if not wrong.evidence(c.evidence, c.person))
    acts = tuple(a for a in acts if not wrong.evidence(a.evidence, a.person))
    told = changes(entity_of, names, acts, posts)
    gone = {(c.article, c.person, c.post) for c in told if wrong.id(c.id)}
    acts = tuple(a for a in acts if (a.record, entity_of.get((a.record, a.person)), posts.nodes[a.title].id) not in gone)
    held = tenures(entity_of, names, claims, acts, posts, nodes.newest(records, issued, places, bodies))
    dropped = {(t.person, t.post) for t in held if wrong.id(t.id)}
    seated = [c for c in claims if c.class_ == "list_label"
              or (entity_of.get((c.record, c.person)), posts.nodes[c.title].id) not in dropped]
    done = [a for a in acts if (entity_of.get((a.record, a.person)), posts.nodes[a.title].id) not in dropped]
    followed = successions(entity_of, seated, done, bodies, posts, records, issued, places)

    book = campaigns(records, issued, met, bodies, places)
    ids = nodes.event_ids(by_id, met)
    events = nodes.event_nodes(by_id, met, ids, entity_of, bodies, book, wrong.pairs)
    body_nodes = bodies.nodes()
    found = Resolution(
        records=nodes.annotated(told_as_read, entity_of, met, ids, book),
        people=nodes.entities(people, _apart(people)),
        bodies=body_nodes,
        places=place_nodes(places, (body.place for body in body_nodes), bodies.place_renames, _last_day(issued.values())),
        posts=tuple(sorted(posts.nodes.values(), key=lambda post: post.id)),
        tenures=tuple(t for t in held if not wrong.id(t.id)),
        changes=tuple(c for c in told if not wrong.id(c.id)),
        successions=tuple(s for s in followed if not wrong.id(s.id)),
        events=tuple(e for e in events if not wrong.id(e.id)),
        campaigns=book.nodes,
        coverage=nodes.coverage(records, places),
        selection=selection,
    )
    wrong.check({*(t.id for t in held), *(c.id for c in told), *(s.id for s in followed), *(e.id for e in events)}, stated)
    return found


def explain(resolution: Resolution, name: str) -> tuple[str, ...]:
    """Why the mentions of a name are the people they are, in lines for a person to read.

    ``name``: a name, another spelling of it, or an entity id. Empty where nobody bears it.
    """
    wanted = fold_name(name)
    people = [p for p in resolution.people
              if p.id == name or wanted in {fold_name(spelled) for spelled in (p.name, *p.aliases)}]
    records = {record.id: record for record in resolution.records}
    return tuple(line for person in people for line in _explained(person, resolution, records))


def _explained(person: Entity, resolution: Resolution, records: Mapping[str, Record]) -> Iterator[str]:
    place = "/".join(person.place) or "no place"
    articles, mentions = len(person.articles), person.mentions
    yield (f"{person.id}  {person.name}  {person.kind}  {place}  {articles} article{'s' if articles != 1 else ''}, "
           f"{mentions} mention{'s' if mentions != 1 else ''}")
    for t in resolution.tenures:
        if t.person == person.id:
            seen = f"seen {t.first_seen or '?'} to {t.last_seen or '?'}"
            bounds = (("start", t.start), ("end", t.end), ("former by", t.former_since))
            stated = "".join(f", {word} {when}" for word, when in bounds if when)
            yield f"    {t.body_name or ''} {t.post_name} ({t.status}), {seen}{stated}"
    for article in person.articles:
        record = records[article]
        said = "、".join(dict.fromkeys(p.post for p in record.posts if fold_name(p.person) == fold_name(person.name)))
        yield f"    in {record.source}#{record.number} {record.published or 'undated'}{f': {said}' if said else ''}"
    for reason in person.reasons:
        yield f"    {reason}"



def _apart(people: Sequence[Identified]) -> dict[str, list[str]]:
    """For each namesake the others, and what spoke for and against one person."""
    by_name: dict[str, list[Identified]] = defaultdict(list)
    for one in people:
        by_name[fold_name(one.name)].append(one)
    found: dict[str, list[str]] = defaultdict(list)
    for namesakes in by_name.values():
        for a, b in combinations(namesakes[:_TOLD], 2):
            weight, held = weigh(a.person.profile, b.person.profile)
            why = ", ".join(f"{f.name} {f.weight:+g}" for f in held) or "nothing in common but the name"
            found[a.id].append(f"not {b.id}: {why} = {weight:g}")
            found[b.id].append(f"not {a.id}: {why} = {weight:g}")
    return found


def _last_day(issued: Iterable[Issue]) -> date | None:
    return max((issue.day for issue in issued if issue.day), default=None)
