"""The values that flow through kg, frozen; no behaviour beyond small properties.

Offsets count code points and are half-open: ``text[start:end]``. They point into the text of the article
(``Article.text``), which leads back to the decoded source file through ``source_map``. Dates are EDTF strings
(Extended Date/Time Format, Library of Congress 2019): ``2021-04-25``, ``XXXX-04-25``, ``2021-04``, ``2021-04-12/2021-04-14``.
Canonical values (posts, bodies, verbs) stay Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PersonKind = Literal["official", "other"]
BylineRole = Literal["reporter", "correspondent", "photographer", "author"]
PostStatus = Literal["former", "acting", "in_charge", "seconded", "nominee"]
PostClass = Literal["office", "list_label", "ad_hoc", "delegate", "grade", "enterprise", "other"]
Act = Literal["appoint", "remove", "elect", "resign", "nominate", "transfer"]
EventKind = Literal["meeting", "inspection", "activity"]
Role = Literal["chair", "speak", "attend", "observe", "lead", "accompany"]
BodyRole = Literal["convene", "host", "participate", "inspected"]
Venue = Literal["main", "branch", "video"]


@dataclass(frozen=True, slots=True)
class Page:
    """One decoded source file (or one item of a JSON-lines file), before mending and cutting."""

    source: str  # path below the input it was found under, POSIX; a JSON-lines item: its id
    text: str  # the decoded source; for HTML the decoded file itself
    published: str | None = None  # EDTF issue date from metadata, options, the page or the file name
    paper: str | None = None
    place: tuple[str, ...] = ()  # from metadata or options; () where it must be found in the text
    page: str | None = None  # 版次
    url: str | None = None
    headline: str | None = None  # where the input gives one (JSON lines, HTML)
    markup: Literal["text", "html"] = "text"


@dataclass(frozen=True, slots=True)
class SourceRun:
    """``text[text_start:text_start+length]`` equals ``source[source_start:source_start+length]``."""

    text_start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article, mended: headline lines first, then paragraphs, one a line (``\\n`` between them)."""

    id: str  # hash of source, place in it and text
    source: str
    number: int  # from 1 in its source
    headline: str  # kicker, headline and subtitle joined by one space
    text: str
    body_start: int  # text[:body_start] is the headline block; 0 where the headline is the body's first words
    source_map: tuple[SourceRun, ...] = ()
    published: str | None = None
    paper: str | None = None
    place: tuple[str, ...] = ()  # nearest last: ("河南省", "郑州市", "管城回族区")
    page: str | None = None
    url: str | None = None
    untold: tuple[str, ...] = ()  # what of ``place`` is known from the gazetteer alone: the page does not name it


@dataclass(frozen=True, slots=True)
class Evidence:
    """The clause that says so; ``quote == text[start:end]``."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name in the text; ``short`` where the text has less or other than the name (王书记)."""

    start: int
    end: int
    short: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    kind: PersonKind
    mentions: tuple[Mention, ...]
    entity: str | None = None  # set by resolve


@dataclass(frozen=True, slots=True)
class Byline:
    name: str
    role: BylineRole
    evidence: tuple[Evidence, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post that the text gives to a person; ``post`` has no place name in it, ``body`` is resolved."""

    person: str
    post: str
    body: str | None
    class_: PostClass
    evidence: tuple[Evidence, ...]
    rule: str
    status: PostStatus | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A personnel act that the article itself reports."""

    person: str
    post: str
    body: str | None
    act: Act
    date: str | None
    by: str | None
    evidence: tuple[Evidence, ...]
    rule: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody present at an event, a record a role."""

    person: str
    role: Role
    verb: str  # as written: 讲话, 部署, 表态, 汇报 …
    evidence: tuple[Evidence, ...]
    rule: str
    list: int | None = None  # which enumeration of the article, from 1
    rank: int | None = None  # place in it, from 1
    list_size: int | None = None
    open: bool = False  # the list ends in 等
    list_label: str | None = None  # 区领导
    order: Literal["by_stroke"] | None = None
    venue: Venue | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class EventBody:
    name: str
    role: BodyRole
    evidence: tuple[Evidence, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    kind: EventKind
    date: str | None
    place: str | None
    evidence: tuple[Evidence, ...]
    rule: str
    campaigns: tuple[str, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    bodies: tuple[EventBody, ...] = ()
    sites: tuple[str, ...] = ()
    confidence: float | None = None
    event: str | None = None  # set by resolve


@dataclass(frozen=True, slots=True)
class Campaign:
    name: str
    evidence: tuple[Evidence, ...]
    rule: str
    aliases: tuple[str, ...] = ()  # other spellings in the same article
    confidence: float | None = None
    campaign: str | None = None  # set by resolve


@dataclass(frozen=True, slots=True)
class Statement:
    """The speech that follows a verb of saying; ``speaker`` is None where 会议 speaks."""

    speaker: str | None
    verb: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """All that one article says; the contract between extraction and everything after it."""

    id: str
    source: str
    number: int
    headline: str
    text: str
    body_start: int = 0
    source_map: tuple[SourceRun, ...] = ()
    published: str | None = None
    paper: str | None = None
    place: tuple[str, ...] = ()
    page: str | None = None
    url: str | None = None
    untold: tuple[str, ...] = ()
    bylines: tuple[Byline, ...] = ()
    people: tuple[Person, ...] = ()
    posts: tuple[Post, ...] = ()
    changes: tuple[Change, ...] = ()
    events: tuple[Event, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    statements: tuple[Statement, ...] = ()
    schema: int = field(default=1)
