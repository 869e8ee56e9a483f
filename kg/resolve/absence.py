"""Who is not seen any more, given what was read: silence counts only where papers were read and would have spoken."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import InputError
from kg.resolve.model import Resolution
from kg.resolve.when import bounds


@dataclass(frozen=True, slots=True)
class Absence:
    """The last sight of a person, and how much was read since."""

    person: str
    last_seen: str | None  # issue date of the last article that names the person
    article: str | None
    paper: str | None
    issues_since: int  # issue dates of that paper read after it
    last_issue: str | None  # the newest issue of that paper that was read


def not_seen_since(resolution: Resolution, person: str) -> tuple[Absence, ...]:
    """For each paper that names a person (entity id) the last time it did, and how many of its issues were read since.

    Raises InputError under keyword selection, where not being seen says nothing, and for an unknown id.
    """
    if resolution.selection == "keyword":
        raise InputError("the pages were chosen by keyword: who is not seen in them may be in all the others")
    entity = next((p for p in resolution.people if p.id == person), None)
    if entity is None:
        raise InputError(f"{person}: no such person in this corpus")
    records = {record.id: record for record in resolution.records}
    named: dict[str, tuple[str, str]] = {}
    for article in entity.articles:
        record = records[article]
        if record.paper and bounds(record.published):
            named[record.paper] = max(named.get(record.paper, ("", "")), (record.published or "", article))
    read: dict[str, set[str]] = {paper: set() for paper in named}
    for issue in resolution.coverage:
        if issue.paper in read and bounds(issue.date):
            read[issue.paper].add(issue.date or "")
    return tuple(Absence(person, last, article, paper, sum(day > last for day in read[paper]), max(read[paper]))
                 for paper, (last, article) in sorted(named.items()))
