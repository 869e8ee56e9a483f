"""Who led a place at a date: every office of its leading bodies, who held it, and how near in time the evidence is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.errors import InputError
from kg.resolve.absence import issues_read
from kg.resolve.model import Body, EvidenceRef, Place, PostNode, Resolution, Tenure

# What may follow a place's name in that of a leading body, in the order of protocol; 丹阜区教育局党组 is none.
LEADING = ("委", "党委", "党工委", "工委", "人大常委会", "人大", "人大主席团", "政府", "管委会", "办事处", "", "政协", "政协工委",
           "纪委监委", "纪委", "纪工委", "监委", "人武部", "人民法院", "法院", "人民检察院", "检察院")
Standing = Literal["proven", "seen before", "seen after"]


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one post around a date.

    ``proven``: stated on both sides of the date, or begun and not ended by what texts say. ``seen before``: last stated ``days``
    before it, and nothing says that it ended; not seen is not left, so this may or may not still hold. ``seen after``: first
    stated ``days`` after it, with nothing that says when it began.
    """

    body: Body
    post: PostNode
    tenure: Tenure
    standing: Standing
    days: int
    evidence: EvidenceRef | None  # the nearest in time
    evidence_date: str | None  # issue date of its article
    paper: str | None
    issues_between: int | None  # issues of that paper read between evidence and date; None where that would say nothing


def holders(resolution: Resolution, place: str, at: str) -> tuple[Holder, ...]:
    """The office-holders of the leading bodies of a place on a day.

    ``place`` is its name or its chain joined by ``/``, ``at`` a day, YYYY-MM-DD; a renamed place (鹿亭县, then 鹿亭区) is one
    place under either name. Left out is who is known to have moved on: another one seen later in the same single seat, or the
    same person seen later in the post above (区长 after 副区长 or 代区长).
    Raises InputError for a date that is none and for a place that the corpus does not know.
    """
    day = _day(at)
    if day is None or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", at):
        raise InputError(f"{at}: not a date of the form YYYY-MM-DD")
    bodies, posts = _offices(resolution, place)
    issued = {r.id: r.published for r in resolution.records}
    dated = {article: e.date for e in resolution.events for article in e.articles} | {k: v for k, v in issued.items() if v}
    papers = {r.id: r.paper for r in resolution.records}
    read = {} if resolution.selection == "keyword" else issues_read(resolution.coverage)
    found = []
    for t in resolution.tenures:
        standing = _standing(t, day) if t.post in posts else None
        if standing is not None:
            ref = _nearest(t.evidence, dated, day)
            printed = issued.get(ref.article) if ref else None
            paper = papers.get(ref.article) if ref else None
            between = _between(read.get(paper or ""), printed, at)
            found.append(Holder(bodies[posts[t.post].body or ""], posts[t.post], t, *standing, ref, printed, paper, between))
    kept = [h for h in found if not any(_displaces(other, h) for other in found)]
    return tuple(sorted(kept, key=_protocol))


def _offices(resolution: Resolution, place: str) -> tuple[dict[str, Body], dict[str, PostNode]]:
    """The leading bodies of a place and their offices, by id."""
    chains = {b.place for b in resolution.bodies if b.place and place in (b.place[-1], "/".join(b.place))}
    if not chains:
        known = sorted({b.place[-1] for b in resolution.bodies if b.place and b.name.removeprefix(b.place[-1]) in LEADING})
        there_are = f"; there are {'、'.join(known[:12])}{' …' if len(known) > 12 else ''}" if known else ""
        raise InputError(f"{place}: no body of such a place is known here{there_are}")
    if len(chains) > 1 and not chains <= _renamed(resolution.places, min(chains)):
        raise InputError(f"{place}: there are several, name one: {', '.join(sorted('/'.join(chain) for chain in chains))}")
    names = _renamed(resolution.places, chains.pop())
    bodies = {b.id: b for b in resolution.bodies if b.place in names and b.name.removeprefix(b.place[-1]) in LEADING}
    return bodies, {p.id: p for p in resolution.posts if p.class_ == "office" and p.body in bodies}


def lines(resolution: Resolution, place: str, at: str) -> Iterator[str]:
    """``holders`` for a person to read: a line a post, then the sentence that says so and the page and article it stands in."""
    found = holders(resolution, place, at)
    sources = {r.id: f"{r.source}#{r.number}" for r in resolution.records}
    for h in found:
        age = {"proven": _proven(h.tenure, at), "seen before": f"last seen {h.days} days before",
               "seen after": f"first seen {h.days} days after"}[h.standing]
        if h.days and h.issues_between is not None:
            age += f" ({h.issues_between} issue{'s' if h.issues_between != 1 else ''} of {h.paper} read in between)"
        status = "" if h.tenure.status in ("held", "end_unknown", "ended") else f" ({h.tenure.status})"
        yield f"{h.tenure.body_name or h.body.name} {h.tenure.post_name}  {h.tenure.name}{status}  {age}"
        if h.evidence is not None:
            source = f"  {sources[h.evidence.article]}" if h.evidence.article in sources else ""
            yield f"    {h.evidence_date or 'undated'}  「{' '.join(h.evidence.quote.split())}」{source}"
    if not found:
        yield f"Nobody is seen in an office of {place} around {at}."
    posts = _offices(resolution, place)[1]
    timeless = sum(t.post in posts and not any(map(_day, (t.first_seen, t.last_seen, t.start, t.end, t.former_since)))
                   for t in resolution.tenures)
    if timeless:
        yield (f"Not among them: {timeless} office{'s' if timeless > 1 else ''} held at no date with a year (give the pages' "
               "issue dates in sources.csv or with kg build --published).")
    if resolution.selection == "keyword":
        yield "The pages were chosen by keyword: who is not here may have been in office all the same."


def _proven(t: Tenure, at: str) -> str:
    """How far the statements stand from a day that they lie around."""
    first, last = min(filter(None, (t.start, t.first_seen)), default=at), max(filter(None, (t.last_seen, t.end)), default=at)
    if at in (t.first_seen, t.last_seen):
        return "stated on that day"
    return f"stated before and after, {first} to {last}"


def _between(read: Sequence[str] | None, printed: str | None, at: str) -> int | None:
    """How many of a paper's issues were read after the one that is the evidence and up to a day, or from the day to that one."""
    if read is None or printed is None or printed not in read:
        return None
    first, last = sorted((printed, at))
    return sum(first <= day <= last and day != printed for day in read)


def _renamed(places: Iterable[Place], chain: tuple[str, ...]) -> set[tuple[str, ...]]:
    """A place under all the names that it has had."""
    chains = {p.id: p.chain for p in places}
    steps = [(p.chain, chains[p.renamed_to]) for p in places if p.renamed_to in chains]
    found = {chain}
    while more := {x for pair in steps if found & {*pair} for x in pair} - found:
        found |= more
    return found


def _seat(h: Holder) -> tuple[str, str]:
    """The organ and the post without the place and its sign: 鹿亭县委县委书记 and 鹿亭区委区委书记 are one seat."""
    organ = h.body.name.removeprefix(h.body.place[-1])
    return organ.replace("人大常委会", "人大"), re.sub(r"^[省市区县旗州盟镇乡]", "", h.post.post)


def _displaces(other: Holder, h: Holder) -> bool:
    """Whether ``other`` shows that ``h``, seen before the date or after it, is not in the post on the date."""
    nearer = h.standing != "proven" if other.standing == "proven" else other.standing == h.standing and other.days < h.days
    if other.tenure.person != h.tenure.person:
        return nearer and h.post.single_seat and _seat(other) == _seat(h)
    if _seat(other) == _seat(h) and h.standing == "seen after":
        return other.standing != "seen after"  # one tenure under two names of the place
    post = _seat(h)[1]
    below = {post, *(post.replace(word, "", 1) for word in ("副", "代", "常务副") if word in post)}
    return nearer and h.standing == "seen before" and _seat(other)[0] == _seat(h)[0] and _seat(other)[1] in below


def _protocol(h: Holder) -> tuple[object, ...]:
    """Body by body; in each the head, the deputies, who heads a department of it (组织部长), the plain members."""
    post = h.post.post
    group = 3 if not h.post.single_seat and "副" not in post else 1 if "副" in post else 2 if "部" in post else 0
    return LEADING.index(h.body.name.removeprefix(h.body.place[-1])), h.body.id, group, len(post), post, h.standing, h.tenure.id


def _standing(t: Tenure, day: date) -> tuple[Standing, int] | None:
    """How a tenure stands to a day; None where it says nothing of it or is known to be over or not yet begun."""
    start, end, first, last, former = (_day(d) for d in (t.start, t.end, t.first_seen, t.last_seen, t.former_since))
    if t.status == "former" or (end and end <= day) or (start and start > day) or (former and former <= day):
        return None
    begun, seen = min(filter(None, (start, first)), default=None), last or first or start
    if begun is None or seen is None:
        return None
    if begun <= day:
        return ("proven", 0) if seen >= day or (end and end > day) else ("seen before", (day - seen).days)
    return "seen after", (begun - day).days


def _nearest(evidence: tuple[EvidenceRef, ...], issued: dict[str, str | None], day: date) -> EvidenceRef | None:
    def distance(ref: EvidenceRef) -> tuple[int, EvidenceRef]:
        printed = _day(issued.get(ref.article))
        return (abs((printed - day).days) if printed else 10**6, ref)

    return min(evidence, key=distance, default=None)


def _day(edtf: str | None) -> date | None:
    """The first day of an EDTF date whose year is known."""
    if not edtf:
        return None
    digits = edtf.split("/")[0].split("-")
    try:
        return date(int(digits[0]), int(digits[1]) if len(digits) > 1 else 1, int(digits[2]) if len(digits) > 2 else 1)
    except ValueError:
        return None
