"""What resolution knows across articles, frozen: people, bodies, places, posts, tenures, successions, events, campaigns.

All tuples are sorted, so that equal corpora give equal bytes. Ids are readable (``丹阜区/王平~2``) and a pure function of the
records and the judgements. Dates are EDTF strings; a date that no text gives is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.model import EventKind, PersonKind, PostClass, Record, Role, Venue

TenureStatus = Literal["held", "acting", "in_charge", "seconded", "former", "end_unknown", "ended"]
Basis = Literal["occurred", "printed"]
Selection = Literal["complete", "keyword", "unknown"]


@dataclass(frozen=True, slots=True, order=True)
class EvidenceRef:
    """A sentence of an article: ``quote`` is the record's ``text[start:end]``."""

    article: str  # record id
    start: int
    end: int
    quote: str

    @property
    def id(self) -> str:
        return f"{self.article}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Entity:
    """One person across articles."""

    id: str
    name: str
    kind: PersonKind
    aliases: tuple[str, ...]  # other spellings (a dot written otherwise, a misprint in a reprint)
    place: tuple[str, ...]  # chain of the place of most of the posts, () for a national figure or nobody's
    articles: tuple[str, ...]  # record ids
    mentions: int
    reasons: tuple[str, ...]  # why these mentions are one person, and why namesakes are others


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation; ``name`` is the nearest jurisdiction and the short organ name (丹阜区卫健委)."""

    id: str
    name: str
    aliases: tuple[str, ...]
    place: tuple[str, ...]
    part_of: str | None  # body id
    system: str  # 党委 人大 政府 政协 纪委监委 法院 检察院 军队 群团 开发区 街道乡镇 学校 医院 企业 其他
    level: str | None  # 中央 省 市 县 乡 村
    renamed_to: str | None  # body id


@dataclass(frozen=True, slots=True)
class Place:
    id: str  # the chain joined by "/"
    name: str
    chain: tuple[str, ...]
    code: str | None  # division code
    level: str | None  # 省 市 县 乡 村
    parent: str | None  # place id
    aliases: tuple[str, ...] = ()
    renamed_to: str | None = None  # place id, 撤县设区


@dataclass(frozen=True, slots=True)
class PostNode:
    id: str  # body id | post
    post: str
    body: str | None  # body id
    class_: PostClass
    single_seat: bool  # one holder at a time: 书记, 局长, 常务副区长; not 副局长, 委员


@dataclass(frozen=True, slots=True)
class Tenure:
    """A dated office-holding. Seen is not held: ``first_seen`` proves that it began by then, ``start`` alone says when."""

    id: str
    person: str  # entity id
    name: str
    post: str  # post node id
    post_name: str
    body: str | None  # body id
    body_name: str | None
    class_: PostClass
    status: TenureStatus
    first_seen: str | None
    last_seen: str | None
    first_basis: Basis | None
    last_basis: Basis | None
    start: str | None
    end: str | None
    former_since: str | None  # the earliest date at which a text calls the post a former one
    evidence: tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True)
class PersonnelChange:
    id: str
    person: str
    name: str
    post: str
    post_name: str
    body_name: str | None
    act: str
    date: str | None
    by: str | None
    article: str
    evidence: tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True)
class Succession:
    """Who followed whom in a single-seat post: ``stated`` by a text, or only the ``next_seen`` in print."""

    predecessor: str
    successor: str
    post: str
    post_name: str
    body_name: str | None
    basis: Literal["stated", "next_seen"]
    gap_days: int | None  # from the predecessor's last to the successor's first sight
    issues_read_in_gap: int | None  # issue dates of the place's papers read in between
    evidence: tuple[EvidenceRef, ...]
    acting: bool = False  # the successor is seen as acting holder only

    @property
    def id(self) -> str:
        return f"{self.predecessor}>{self.successor}|{self.post}"


@dataclass(frozen=True, slots=True)
class AppearanceNode:
    """One person at one event, all that the articles say together."""

    person: str
    roles: tuple[Role, ...]
    verbs: tuple[str, ...]
    list: int | None
    rank: int | None
    list_size: int | None
    open: bool
    list_label: str | None
    order: Literal["by_stroke"] | None
    venue: Venue | None
    title: str | None  # the posts stated for the person in that article, joined by 、
    article: str | None  # the record whose list the rank is of
    evidence: tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True)
class EventNode:
    """One occasion, told in one or more articles."""

    id: str
    name: str
    kind: EventKind
    date: str | None
    place: str | None
    sites: tuple[str, ...]
    articles: tuple[str, ...]
    campaigns: tuple[str, ...]
    bodies: tuple[tuple[str, str], ...]  # body id, role
    appearances: tuple[AppearanceNode, ...]
    evidence: tuple[EvidenceRef, ...]
    aliases: tuple[str, ...] = ()  # the names that other articles give it


@dataclass(frozen=True, slots=True)
class CampaignMonth:
    """Articles and events of one month that belong to a campaign, beside all of that month that were read."""

    month: str  # 2021-04
    articles: int
    events: int
    all_articles: int
    all_events: int


@dataclass(frozen=True, slots=True)
class CampaignNode:
    id: str
    label: str
    alt_labels: tuple[str, ...]
    broader: str | None
    first: str | None
    last: str | None
    articles: tuple[str, ...]
    bodies: tuple[str, ...]  # ids of the convening bodies
    months: tuple[CampaignMonth, ...]
    evidence: tuple[EvidenceRef, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One page of one issue that was read."""

    paper: str | None
    date: str | None
    page: str | None
    articles: int
    place: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that a corpus says, with one node for each thing."""

    records: tuple[Record, ...]  # with entity, event and campaign filled in
    people: tuple[Entity, ...]
    bodies: tuple[Body, ...]
    places: tuple[Place, ...]
    posts: tuple[PostNode, ...]
    tenures: tuple[Tenure, ...]
    changes: tuple[PersonnelChange, ...]
    successions: tuple[Succession, ...]
    events: tuple[EventNode, ...]
    campaigns: tuple[CampaignNode, ...]
    coverage: tuple[Issue, ...]
    selection: Selection
