"""Who is not seen any more, given what was read: silence counts only where papers were read and would have spoken."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.resolve.model import Entity, Issue, Resolution
from kg.resolve.when import bounds

KEYWORD = "the pages were chosen by keyword: who is not seen in them may be in all the others"


@dataclass(frozen=True, slots=True)
class Absence:
    """The last time that a paper named a person, and how much of that paper was read since."""

    person: str
    name: str
    paper: str
    last_seen: str  # issue date of the last article of the paper that names the person
    article: str
    issues_since: int  # issue dates of that paper read after it
    last_issue: str  # the newest issue of that paper that was read


def not_seen_since(resolution: Resolution, person: str) -> tuple[Absence, ...]:
    """For each paper that names a person (entity id) the last time it did, and how many of its issues were read since.

    Raises InputError under keyword selection, where not being seen says nothing, and for an unknown id.
    """
    entity = next((p for p in resolution.people if p.id == person), None)
    if resolution.selection != "keyword" and entity is None:
        raise InputError(f"{person}: no such person in this corpus")
    return tuple(_absences(resolution, [entity] if entity else []))


def absences(resolution: Resolution) -> tuple[Absence, ...]:
    """The same of all officials, sorted by person and paper. Raises InputError under keyword selection."""
    return tuple(_absences(resolution, (p for p in resolution.people if p.kind == "official")))


def issues_read(coverage: Iterable[Issue]) -> dict[str, list[str]]:
    """Paper -> its issue dates that were read, in order; issues without a full date count nowhere."""
    found: dict[str, set[str]] = defaultdict(set)
    for issue in coverage:
        if issue.paper and issue.date and (span := bounds(issue.date)) and span[0] == span[1]:
            found[issue.paper].add(issue.date)
    return {paper: sorted(days) for paper, days in found.items()}


def _absences(resolution: Resolution, people: Iterable[Entity]) -> Iterator[Absence]:
    if resolution.selection == "keyword":
        raise InputError(KEYWORD)
    read = issues_read(resolution.coverage)
    issue_of = {record.id: (record.paper or "", record.published or "") for record in resolution.records}
    for person in people:
        yield from _of_person(person, issue_of, read)


def _of_person(person: Entity, issue_of: Mapping[str, tuple[str, str]], read: Mapping[str, Sequence[str]]) -> Iterator[Absence]:
    last: dict[str, tuple[str, str]] = {}
    for article in person.articles:
        paper, day = issue_of[article]
        if day in read.get(paper, ()):
            last[paper] = max(last.get(paper, ("", "")), (day, article))
    for paper, (day, article) in sorted(last.items()):
        days = read[paper]
        yield Absence(person.id, person.name, paper, day, article, len(days) - bisect_right(days, day), days[-1])


def lines(resolution: Resolution, name: str | None = None, place: str | None = None, least: int = 1) -> Iterator[str]:
    """For a person to read: the officials whom a paper named last when ``least`` issues or more of it were still to be read.

    ``name`` keeps those of a name or entity id, ``place`` those of a place (its name, or its chain joined by ``/``). Raises
    InputError under keyword selection and for a name or place of nobody.
    """
    found = absences(resolution)
    homes = {p.id: p.place for p in resolution.people if p.kind == "official"}
    if name is not None:
        found = tuple(a for a in found if name in (a.name, a.person))
        if not found:
            raise InputError(f"{name}: no official of that name or id is named in an issue with a date")
    if place is not None:
        there = {id_ for id_, chain in homes.items() if place in (*chain, "/".join(chain))}
        found = tuple(a for a in found if a.person in there)
        if not there:
            raise InputError(f"{place}: no official of such a place is known here")
    elsewhere: dict[str, str] = defaultdict(str)
    for a in found:
        elsewhere[a.person] = max(elsewhere[a.person], a.last_seen)
    for a in sorted(found, key=lambda a: (-a.issues_since, a.last_seen, a.person, a.paper)):
        if a.issues_since >= least:
            later = f"; named in another paper on {elsewhere[a.person]}" if elsewhere[a.person] > a.last_seen else ""
            yield (f"{a.person}  last named by {a.paper} on {a.last_seen}; "
                   f"{a.issues_since} issue{'s' if a.issues_since != 1 else ''} of it read since, to {a.last_issue}{later}")
    if not issues_read(resolution.coverage):
        yield "No page has both a paper and an issue date (sources.csv; kg build --paper, --published): nothing can be said."
    elif resolution.selection == "unknown":
        yield "How the pages were chosen is unknown (kg build --selection): not seen here is not left."
    else:
        yield "Not seen is not left."
