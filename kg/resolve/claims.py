"""What each article says of each person's posts, completed and dated: the facts that identity and tenures rest on.

A claim's date is the day of the event at which the article states the post, or the day of the personnel act; where the article
tells no such day it is the issue date, and ``basis`` says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeVar

from kg.model import Change, Evidence, Post, PostClass, Record
from kg.resolve.bodies import BodyBook, Key, body_of, system_of
from kg.resolve.events import Issue, Occasions, full_date
from kg.resolve.model import Basis, EvidenceRef
from kg.resolve.places import Chain, level_of
from kg.resolve.titles import fold_name, plain_post, says_acting, whole_title
from kg.resolve.when import bounds, end_of, start_of

ClaimStatus = Literal["held", "acting", "in_charge", "seconded", "former", "nominee"]
Title = tuple[Chain, str]
"""A post's identity: the place of its body and the whole title (丹阜区教育局长)."""

_NATIONAL_POST = re.compile(r"总书记|国家(?:副)?主席|国务院|国务委员|^副?总理$|^中央|^中共中央|政治局|全国人大|全国政协|委员长")
_MANY_SEATS = re.compile(r"委员$|常委$|成员$|代表$|^副|副(?!秘书长)[^委]{0,8}[长任席记]$|教授|研究员|调研员|主任科员|工程师|"
                         r"[教医]师$|护士|负责人|员$|助理$|顾问|干部|领导$")
_ONE_SEAT = re.compile(r"书记$|[长任席]$|主委$|政委$|政治委员$|总经理$|总指挥$|司令$|总编$|专员$|总裁$")
_DEPUTY = re.compile(r"副|常委$|委员$|成员$")
_DEPUTY_LEADER = re.compile(r"[部院]长$|政法委书记$|纪委书记$|监委主任$|政委$|检察长$")
# What stands after the name of the place in the title of one of its leaders.
_LEADER = re.compile("|".join((
    r"(?:常务|第一)?(?:副.)?长", r"(?:常务|第一)副.长", r"副.长",
    r"委(?:副?书记|常委|委员)", r"委(?:组织|宣传|统战)部长", r"委政法委书记", r"纪委书记", r"监委主任",
    r"(?:人大|政协|政府)党组(?:副?书记|成员)", r"人大副?主任", r"政协副?主席",
    r"(?:法院|中院|高院)院长", r"检察院检察长", r"人武部(?:部长|政委)", r"人武部长",
    r"管委会副?主任", r"(?:党工委|工委|党委)副?书记")))


@dataclass(frozen=True, slots=True)
class Claim:
    """One post that one article gives to one person."""

    record: str  # record id
    person: str  # folded name
    post: str  # as written
    body: Key | None
    body_name: str | None  # completed
    title: Title
    home: Chain  # the body's place to weigh people by: under its last name, below the city that it must belong to
    root: Key | None  # the house that the body belongs to
    class_: PostClass
    status: ClaimStatus
    first: str | None  # EDTF
    last: str | None
    days: tuple[date, date] | None
    basis: Basis | None
    evidence: tuple[EvidenceRef, ...]
    system: str
    rank: float | None  # see rank_of
    leads: bool  # one of the leaders of its place
    national: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A personnel change that one article reports, with its post understood as in a claim."""

    record: str
    person: str
    post: str
    body: Key | None
    body_name: str | None
    title: Title
    act: str
    when: str | None  # EDTF, only where the article states it
    seen: str | None  # the act's date, else that of the event or the issue at which it is told
    by: str | None
    evidence: tuple[EvidenceRef, ...]
    class_: PostClass
    acting: bool


def single_seat(post: str) -> bool:
    """Whether a post has one holder at a time: 区委书记, 局长, 常务副区长; not 副局长, 区委常委, 委员, 教授."""
    plain = plain_post(post)
    if re.match(r"^常务副|^党组书记$", plain) or re.search(r"常务副(?!主任)", plain):
        return True
    return bool(_ONE_SEAT.search(plain)) and not _MANY_SEATS.search(plain)


def rank_of(whole: str, home: Chain, leads: bool, class_: PostClass) -> float | None:
    """A rough rank, to tell a step up from a step down: 1 for heads of a county's bureaus and of townships, 3 for the heads of
    a county and of a city's bureaus, 5 for the heads of a city, 7 for those of a province; half to one less for deputies. None
    for what is no office. ``home``: the place under its last name, by which a city of county level is known as one."""
    if class_ != "office":
        return None
    level = level_of(home)
    base = {"省": 5.0, "市": 3.0, "县": 1.0, "乡": 1.0, "村": -1.0}.get(level or "")
    if base is None:
        return None
    deputy = _DEPUTY.search(whole) or (leads and _DEPUTY_LEADER.search(whole))
    if leads:
        return base + (1.0 if deputy else 2.0)
    return base - (0.0 if not deputy else 0.5 if base < 3 else 1.0)


def leads_place(title: Title) -> bool:
    """Whether a title is one of the leaders' of a county or higher place, in party, congress, government, CPPCC, courts."""
    place, whole = title
    return level_of(place) in ("省", "市", "县") and bool(_LEADER.fullmatch(whole.removeprefix(place[-1])))


_LEFT_BY: Mapping[str, ClaimStatus] = {"remove": "former", "resign": "former", "nominate": "nominee"}


def claims_of(record: Record, issue: Issue, bodies: BodyBook, met: Occasions) -> tuple[Claim, ...]:
    """All claims of one record, those that its changes imply included (当选 without the post among the posts)."""
    acts = acts_of(record, issue, bodies, met)
    found: list[Claim] = []
    seen: set[tuple[str, Title]] = set()
    for post in record.posts:
        person = fold_name(post.person)
        key, name, title = _title(record, post.post, post.body, bodies)
        status: ClaimStatus = post.status or ("acting" if says_acting(post.post) else "held")
        own = [act for act in acts if act.person == person and act.title == title]
        left = any(act.act in ("remove", "resign") for act in own)
        came = any(act.act in ("appoint", "elect", "transfer") for act in own)
        if status == "held" and left and not came:
            status = "former"
        if status == "held" and own and not came and all(act.act == "nominate" for act in own):
            status = "nominee"
        dated = next((act.when for act in own if act.when and (act.act in ("remove", "resign")) == (status == "former")), None)
        found.append(_claim(record, issue, met, bodies, person, post.post, key, name, title, post.class_, status, dated,
                            post.evidence))
        seen.add((person, title))
    for act in acts:
        if (act.person, act.title) not in seen:
            status = _LEFT_BY.get(act.act, "acting" if act.acting else "held")
            evidence = tuple(Evidence(ref.start, ref.end, ref.quote) for ref in act.evidence)
            found.append(_claim(record, issue, met, bodies, act.person, act.post, act.body, act.body_name, act.title, act.class_,
                                status, act.when, evidence))
            seen.add((act.person, act.title))
    return tuple(found)


def acts_of(record: Record, issue: Issue, bodies: BodyBook, met: Occasions) -> tuple[Act, ...]:
    """The personnel changes of one record, in its order."""
    found = []
    for change in record.changes:
        key, name, title = _title(record, change.post, change.body, bodies)
        person = fold_name(change.person)
        same = [post for post in record.posts
                if fold_name(post.person) == person and _title(record, post.post, post.body, bodies)[2] == title]
        when = full_date(change.date, issue)
        seen = when or _day_of(record, issue, met, person, change.evidence)[0]
        by = _deciding(change.by, bodies.name(bodies.key(record, change.by))) if change.by else None
        found.append(Act(record.id, person, change.post, key, name, title, change.act, when, seen, by,
                         refs(record, change.evidence), same[0].class_ if same else "office", _is_acting(change, same)))
    return tuple(found)


def _deciding(said: str, name: str) -> str:
    """The name of the body that decides as the article means it: a congress elects, its standing committee appoints, though
    both stand for one house where posts are compared."""
    house = name.removesuffix("常委会") if name.endswith("人大常委会") else name
    return house + "常委会" if house.endswith("人大") and said.endswith("常委会") else house


def _is_acting(change: Change, posts: Sequence[Post]) -> bool:
    stated = {post.status for post in posts}
    return says_acting(change.post) or ("acting" in stated and (None not in stated or change.act == "appoint")
                                        and change.act != "elect")


def _title(record: Record, post: str, body: str | None, bodies: BodyBook) -> tuple[Key | None, str | None, Title]:
    body = body_of(record, body, post)
    if not body:
        return None, None, ((), whole_title(None, post))
    use = bodies.use(record, body, post)
    key = bodies.key(record, body, post)
    place = key[0]
    return key, use.name, (place, whole_title(key[1], post, place[-1] if place else None))


def _claim(record: Record, issue: Issue, met: Occasions, bodies: BodyBook, person: str, post: str, key: Key | None,
           name: str | None, title: Title, class_: PostClass, status: ClaimStatus, dated: str | None,
           evidence: tuple[Evidence, ...]) -> Claim:
    when, basis = (dated, "occurred") if dated else _days_of(record, issue, met, person, evidence)
    leads = class_ == "office" and leads_place(title)
    root = bodies.root(key) if key else None
    home = bodies.presumed_place(title[0])
    return Claim(record.id, person, post, key, name, title, home, root, class_, status,
                 when.partition("/")[0] if when else None, when.rpartition("/")[2] if when else None, bounds(when), basis,
                 refs(record, evidence), system_of(key) if key else "", rank_of(title[1], home, leads, class_), leads,
                 bool(_NATIONAL_POST.search(title[1])) and not title[0])


def _days_of(record: Record, issue: Issue, met: Occasions, person: str, evidence: Sequence[Evidence]
             ) -> tuple[str | None, Basis | None]:
    """The date at which a post is stated, from the first to the last where several sentences state it at several events."""
    told = [_day_of(record, issue, met, person, (e,)) for e in evidence] or [_day_of(record, issue, met, person, ())]
    dated = [(span, when, basis) for when, basis in told if when and (span := bounds(when))]
    if len({when for _, when, _ in dated}) < 2:
        return told[0]
    first, last = min(dated), max(dated, key=lambda d: (d[0][1], d[1]))
    return f"{start_of(first[1])}/{end_of(last[1])}", first[2]


def _day_of(record: Record, issue: Issue, met: Occasions, person: str, evidence: Sequence[Evidence]
            ) -> tuple[str | None, Basis | None]:
    """The date of the event at which a post is stated: of those where the person is, else (the person is at none) of all that
    the article tells, the one told nearest to the words; the issue date where none of them has a day; in a page that has none
    either the day of what else the article tells."""
    at = {number for number, event in enumerate(record.events) if any(fold_name(a.person) == person for a in event.appearances)}
    every = set(range(len(record.events)))
    when = _nearest_day(record, issue, met, person, evidence, at or every)
    if when is None and issue.printed:
        return issue.printed, "printed"
    when = when or _nearest_day(record, issue, met, person, evidence, every)
    return (_no_later(when, issue), "occurred") if when else (None, None)


def _nearest_day(record: Record, issue: Issue, met: Occasions, person: str, evidence: Sequence[Evidence],
                 numbers: Iterable[int]) -> str | None:
    """The date of the one of some events that the article tells nearest to the words; none that it only announces."""
    place = evidence[0].start if evidence else 0
    options = []
    for number in numbers:
        event, when = record.events[number], met.when(record.id, number)
        span = bounds(when)
        if not when or (span is None and "X" not in when) or (span and issue.printed and issue.day and span[0] > issue.day):
            continue
        own = [e.start for a in event.appearances if fold_name(a.person) == person for e in a.evidence]
        starts = own or [e.start for e in event.evidence] or [0]
        options.append((min(abs(start - place) for start in starts), number, when))
    return min(options)[2] if options else None


def _no_later(edtf: str, issue: Issue) -> str:
    """A date that lasts beyond the issue ends with it: what is printed proves nothing of later days."""
    span = bounds(edtf)
    if span and issue.printed and issue.day and span[1] > issue.day > span[0] and "/" in edtf:
        return f"{start_of(edtf)}/{issue.printed}"
    return edtf


def refs(record: Record, evidence: Iterable[Evidence]) -> tuple[EvidenceRef, ...]:
    return tuple(EvidenceRef(record.id, e.start, e.end, e.quote) for e in evidence)


def index_claims(records: Sequence[Record], issued: Mapping[str, Issue], bodies: BodyBook, met: Occasions) -> tuple[Claim, ...]:
    """The claims of all records, in their order."""
    return tuple(claim for record in records for claim in claims_of(record, issued[record.id], bodies, met))


Said = TypeVar("Said", Claim, Act)


def completed(said: Iterable[Said], titles_of: Mapping[tuple[str, str], frozenset[Title]]) -> tuple[Said, ...]:
    """Claims of a post without a body (副主席, 原主任), completed where the same person is known to hold just one such post.

    ``titles_of``: (record id, folded name) -> the titles that the corpus gives to that person.
    """
    found = []
    for claim in said:
        known = titles_of.get((claim.record, claim.person), frozenset())
        if not claim.title[0] and not claim.body and (title := _fitting(claim.title[1], known)):
            claim = replace(claim, title=title)
        found.append(claim)
    return tuple(found)


def _fitting(post: str, titles: Iterable[Title]) -> Title | None:
    """The only title that ends in the words of a post; 主席 is no 副主席."""
    found = [t for t in titles if t[0] and t[1].endswith(post) and not t[1].removesuffix(post).endswith(("副", "常务"))]
    return found[0] if len(found) == 1 else None
