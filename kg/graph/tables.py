"""The resolved corpus as CSV tables for R, Stata, pandas and Excel, with their codebook as a data package."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.graph.build import ids
from kg.graph.coappearance import Pair, coappearance
from kg.graph.codebook import FALSE, JOINED, TABLES, TRUE, Table, datapackage
from kg.model import Record
from kg.resolve.absence import absences
from kg.resolve.model import EvidenceRef, Resolution
from kg.resolve.order import standings
from kg.resolve.tenures import bounds_of

Row = dict[str, Any]
BOM = "\ufeff"  # Excel takes a CSV file for UTF-8 only with it
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_tables(resolution: Resolution, folder: Path, pairs: tuple[Pair, ...] | None = None) -> dict[str, int]:
    """Write ``NAME.csv`` for every table of the codebook and ``datapackage.json`` into ``folder``; give the rows of each.

    ``pairs`` are the co-appearances where the caller has them already. A column that the codebook does not know, or the other
    way round, is an error: the codebook and the tables are one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shared = coappearance(resolution) if pairs is None else pairs
    rows = {table.name: list(_ROWS[table.name](resolution)) for table in TABLES if table.name != "coappearances"}
    rows["coappearances"] = [_pair(pair) for pair in shared]
    for table in TABLES:
        (folder / f"{table.name}.csv").write_text(to_csv(table, rows[table.name]), encoding="utf-8", newline="")
    counts = {name: len(of_table) for name, of_table in rows.items()}
    (folder / "datapackage.json").write_text(
        json.dumps(datapackage(counts), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return counts


def to_csv(table: Table, rows: Iterable[Row]) -> str:
    """The table as CSV text: a byte order mark, the codebook's columns in its order, lines ended as RFC 4180 has it."""
    names = [column.name for column in table.columns]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        if row.keys() != set(names):
            raise KeyError(f"{table.name}: columns {sorted(row.keys() ^ set(names))} differ from the codebook")
        writer.writerow([cell(row[name]) for name in names])
    return BOM + text.getvalue()


def cell(value: Any) -> str:
    """One cell: several values joined, no control characters, and no text that a spreadsheet would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return cell(JOINED.join(str(item) for item in value))
    text = "".join(c if c == "\n" or c.isprintable() or c == "\u3000" else " " for c in str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def citation(record: Record) -> str:
    """The article as a reference after GB/T 7714: ``刘洋, 祁小禾. 题名[N]. 丹阜时讯, 2021-05-19(A01).``"""
    authors = tuple(dict.fromkeys(b.name for b in record.bylines if b.role != "photographer"))
    written = f"{', '.join(authors)}. " if authors else ""
    issue = ", ".join(filter(None, (record.paper, record.published)))
    page = f"({record.page})" if record.page else ""
    where = f" {issue}{page}." if issue or page else ""
    return f"{written}{record.headline}[N].{where}" + (f" {record.url}" if record.url else "")


def _articles(resolution: Resolution) -> Iterator[Row]:
    for r in resolution.records:
        yield {"id": r.id, "paper": r.paper, "published": r.published, "page": r.page, "headline": r.headline, "url": r.url,
               "length": len(r.text), "citation": citation(r), "source": r.source, "number": r.number}


def _mentions(resolution: Resolution) -> Iterator[Row]:
    for r in resolution.records:
        present = {a.person for e in r.events for a in e.appearances}
        rows: dict[str, Row] = {}
        for p in r.people:
            if p.entity is None:
                continue
            row = rows.setdefault(p.entity, {"entity": p.entity, "article": r.id, "count": 0, "in_headline": False,
                                             "present": False})
            row["count"] += len(p.mentions)
            row["in_headline"] |= any(m.end <= r.body_start for m in p.mentions)
            row["present"] |= p.name in present
        yield from rows.values()


def _people(resolution: Resolution) -> Iterator[Row]:
    for p in resolution.people:
        yield {"id": p.id, "name": p.name, "kind": p.kind, "aliases": p.aliases, "place": "/".join(p.place),
               "articles": len(p.articles), "mentions": p.mentions, "reasons": p.reasons}


def _bodies(resolution: Resolution) -> Iterator[Row]:
    for b in resolution.bodies:
        yield {"id": b.id, "name": b.name, "aliases": b.aliases, "place": "/".join(b.place), "part_of": b.part_of,
               "system": b.system, "level": b.level, "renamed_to": b.renamed_to}


def _places(resolution: Resolution) -> Iterator[Row]:
    for q in resolution.places:
        yield {"id": q.id, "name": q.name, "code": q.code, "level": q.level, "parent": q.parent, "aliases": q.aliases,
               "renamed_to": q.renamed_to}


def _posts(resolution: Resolution) -> Iterator[Row]:
    for o in resolution.posts:
        yield {"id": o.id, "post": o.post, "body": o.body, "class": o.class_, "single_seat": o.single_seat}


def _tenures(resolution: Resolution) -> Iterator[Row]:
    for t in resolution.tenures:
        within = bounds_of(t)
        yield {"entity": t.person, "name": t.name, "post": t.post_name, "body": t.body_name, "status": t.status,
               "first_seen": t.first_seen, "last_seen": t.last_seen, "start": t.start, "end": t.end, "first_basis": t.first_basis,
               "last_basis": t.last_basis, "class": t.class_, "evidence": ids(t.evidence), "id": t.id,
               "former_since": t.former_since, "start_earliest": within.start_earliest, "start_latest": within.start_latest,
               "end_earliest": within.end_earliest, "end_latest": within.end_latest}


def _changes(resolution: Resolution) -> Iterator[Row]:
    for c in resolution.changes:
        yield {"entity": c.person, "name": c.name, "post": c.post_name, "body": c.body_name, "act": c.act,
               "date": c.date, "by": c.by, "article": c.article, "evidence": ids(c.evidence), "id": c.id}


def _successions(resolution: Resolution) -> Iterator[Row]:
    for s in resolution.successions:
        yield {"predecessor": s.predecessor, "successor": s.successor, "post": s.post_name, "body": s.body_name, "basis": s.basis,
               "gap_days": s.gap_days, "issues_read_in_gap": s.issues_read_in_gap, "evidence": ids(s.evidence),
               "acting": s.acting}


def _events(resolution: Resolution) -> Iterator[Row]:
    for e in resolution.events:
        yield {"id": e.id, "name": e.name, "kind": e.kind, "date": e.date, "place": e.place, "sites": e.sites,
               "articles": e.articles, "people": len({a.person for a in e.appearances}), "evidence": ids(e.evidence),
               "aliases": e.aliases}


def _appearances(resolution: Resolution) -> Iterator[Row]:
    names = {p.id: p.name for p in resolution.people}
    for e in resolution.events:
        for a in e.appearances:
            yield {"event": e.id, "entity": a.person, "name": names[a.person], "roles": a.roles, "verbs": a.verbs, "list": a.list,
                   "rank": a.rank, "list_size": a.list_size, "open": a.open, "list_label": a.list_label, "order": a.order,
                   "venue": a.venue, "title": a.title, "evidence": ids(a.evidence), "article": a.article}


def _event_bodies(resolution: Resolution) -> Iterator[Row]:
    for e in resolution.events:
        for body, role in e.bodies:
            yield {"event": e.id, "body": body, "role": role}


def _event_campaigns(resolution: Resolution) -> Iterator[Row]:
    for e in resolution.events:
        for campaign in e.campaigns:
            yield {"event": e.id, "campaign": campaign}


def _pair(pair: Pair) -> Row:
    return {"a": pair.a, "b": pair.b, "events": pair.events, "newman": pair.newman, "small_events": pair.small_events,
            "events_a": pair.events_a, "events_b": pair.events_b, "first": pair.first, "last": pair.last, "roles": pair.roles}


def _campaigns(resolution: Resolution) -> Iterator[Row]:
    events = Counter(campaign for e in resolution.events for campaign in e.campaigns)
    for c in resolution.campaigns:
        yield {"id": c.id, "label": c.label, "alt_labels": c.alt_labels, "broader": c.broader, "first": c.first, "last": c.last,
               "articles": len(c.articles), "events": events[c.id], "bodies": c.bodies, "evidence": ids(c.evidence)}


def _campaign_months(resolution: Resolution) -> Iterator[Row]:
    for c in resolution.campaigns:
        for m in c.months:
            yield {"campaign": c.id, "month": m.month, "articles": m.articles, "events": m.events, "all_articles": m.all_articles,
                   "all_events": m.all_events}


def _coverage(resolution: Resolution) -> Iterator[Row]:
    for issue in resolution.coverage:
        yield {"paper": issue.paper, "date": issue.date, "page": issue.page, "articles": issue.articles}


def _standings(resolution: Resolution) -> Iterator[Row]:
    for s in standings(resolution):
        yield {"entity": s.person, "name": s.name, "event": s.event, "date": s.date, "article": s.article, "list": s.list,
               "list_label": s.label, "order": "by_stroke" if s.by_stroke else None, "open": s.open, "rank": s.rank,
               "list_size": s.size, "relative": s.relative, "institution": s.institution, "block_rank": s.block_rank,
               "block_size": s.block_size, "block_relative": s.block_relative}


def _absences(resolution: Resolution) -> Iterator[Row]:
    for a in absences(resolution) if resolution.selection != "keyword" else ():
        yield {"entity": a.person, "name": a.name, "paper": a.paper, "last_seen": a.last_seen, "article": a.article,
               "issues_since": a.issues_since, "last_issue": a.last_issue}


def _evidence(resolution: Resolution) -> Iterator[Row]:
    """Every sentence that some other table points to, once."""
    claims: tuple[Iterable[Any], ...] = (resolution.tenures, resolution.changes, resolution.successions, resolution.events,
                                         resolution.campaigns, (a for e in resolution.events for a in e.appearances))
    quotes: dict[tuple[str, int, int], EvidenceRef] = {}
    for of_kind in claims:
        for claim in of_kind:
            for ref in claim.evidence:
                quotes.setdefault((ref.article, ref.start, ref.end), ref)
    for at in sorted(quotes):
        ref = quotes[at]
        yield {"id": ref.id, "article": ref.article, "start": ref.start, "end": ref.end, "quote": ref.quote}


_ROWS: dict[str, Callable[[Resolution], Iterator[Row]]] = {
    "articles": _articles, "mentions": _mentions, "people": _people, "bodies": _bodies, "places": _places, "posts": _posts,
    "tenures": _tenures, "changes": _changes, "successions": _successions, "events": _events, "appearances": _appearances,
    "standings": _standings, "absences": _absences,
    "event_bodies": _event_bodies, "event_campaigns": _event_campaigns, "campaigns": _campaigns,
    "campaign_months": _campaign_months, "coverage": _coverage, "evidence": _evidence,
}
