"""Records for tests, written as lines: who is said to be what, at which event, in which article.

A post is ``body|post`` with more words behind further bars: a status (former, acting …), a class (list_label, other …) or an act
(``appoint@2021-05-17``, ``remove@`` where no date is told). The texts are made up around it, so that every quote is in its text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from kg.model import (
    Act,
    Appearance,
    Byline,
    Change,
    Event,
    EventBody,
    Evidence,
    Mention,
    Person,
    Post,
    PostClass,
    PostStatus,
    Record,
)

ACTS, CLASSES, STATUSES = get_args(Act), get_args(PostClass), get_args(PostStatus)


@dataclass(frozen=True)
class Said:
    """One person in one article. ``event``: date and name (``2018-03-14 动员大会``, ``- 座谈会`` without a date), or ""."""

    name: str
    posts: str = ""
    event: str = ""
    noun: str = ""  # 村民 before the name
    byline: bool = False


def article(source: str, place: str, said: Sequence[Said], *, number: int = 1, before: str = "",
            bodies: Sequence[str] = ()) -> Record:
    """One record. ``source`` is PAPER_YYYY-MM-DD_PAGE or PAPER_PAGE; ``before`` is text that stands before what is said."""
    named = re.fullmatch(r"(?P<paper>[^_]+)_(?:(?P<date>\d{4}-\d\d-\d\d)_)?(?P<page>.+)", source)
    assert named, source
    text = before
    people: dict[str, list[Mention]] = {}
    posts: list[Post] = []
    changes: list[Change] = []
    present: dict[str, list[Appearance]] = {}
    bylines: list[Byline] = []
    for one in said:
        start = len(text)
        if one.byline:
            text += f"(记者 {one.name})"
            bylines.append(Byline(one.name, "reporter", (Evidence(start, len(text), text[start:]),), "test"))
            continue
        title = "、".join("".join(part.split("|")[:2]) for part in one.posts.split(";") if part)
        text += f"{one.noun}{title}{one.name}到场。"
        evidence = (Evidence(start, len(text), text[start:]),)
        at = start + len(one.noun) + len(title)
        people.setdefault(one.name, []).append(Mention(at, at + len(one.name)))
        for part in filter(None, one.posts.split(";")):
            post, change = _post(one.name, part, evidence)
            posts.append(post)
            changes += [change] if change else []
        if one.event:
            present.setdefault(one.event, []).append(Appearance(one.name, "attend", "到场", evidence, "test"))
    official = {p.person for p in posts if p.class_ in ("office", "list_label", "ad_hoc", "delegate")}
    id_ = hashlib.sha256(f"{source}#{number} {text}".encode()).hexdigest()[:16]
    return Record(
        id=id_, source=f"{source}.txt", number=number, headline=text[:12], text=text, published=named["date"],
        paper=named["paper"], place=tuple(place.split("/")) if place else (), page=named["page"], bylines=tuple(bylines),
        people=tuple(Person(name, "official" if name in official else "other", tuple(m)) for name, m in people.items()),
        posts=tuple(posts), changes=tuple(changes), events=tuple(_event(name, there, bodies) for name, there in present.items()))


def _post(name: str, part: str, evidence: tuple[Evidence, ...]) -> tuple[Post, Change | None]:
    body, post, *words = part.split("|")
    status = next((word for word in words if word in STATUSES), None)
    class_ = next((word for word in words if word in CLASSES), "office")
    act = next((word.split("@") for word in words if word.split("@")[0] in ACTS), None)
    when = act[1] or None if act and len(act) > 1 else None
    change = Change(name, post, body or None, act[0], when, None, evidence, "test") if act else None
    if act and act[0] in ("remove", "resign"):
        status = "former"
    if act and act[0] == "nominate":
        status = "nominee"
    return Post(name, post, body or None, class_, evidence, "test", status), change


def _event(told: str, there: Sequence[Appearance], bodies: Iterable[str]) -> Event:
    when, _, name = told.partition(" ")
    evidence = there[0].evidence
    kind = "inspection" if re.search("调研|检查|督导|视察", name) else "meeting"
    return Event(name, kind, None if when == "-" else when, None, evidence, "test", appearances=tuple(there),
                 bodies=tuple(EventBody(body, "participate", evidence, "test") for body in bodies))


def rows(text: str) -> list[dict[str, str]]:
    """A case table: tab-separated, with a header; ``#`` lines and empty lines are comments."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    found = []
    for line in lines[1:]:
        cells = line.split("\t")
        assert len(cells) == len(header), f"{len(cells)} columns, the header has {len(header)}: {line}"
        found.append(dict(zip(header, cells, strict=True)))
    return found


def articles(table: Sequence[dict[str, str]]) -> list[Record]:
    """Records from rows with the columns article (SOURCE#NUMBER), place, name, posts, event."""
    told: dict[str, list[dict[str, str]]] = {}
    for row in table:
        told.setdefault(row["article"], []).append(row)
    return [article(source, lines[0]["place"], [_said(line) for line in lines], number=int(number or 1),
                    before=lines[0].get("text", ""))
            for (source, _, number), lines in ((key.partition("#"), lines) for key, lines in told.items())]


def _said(row: dict[str, str]) -> Said:
    noun, _, name = row["name"].rpartition(":")
    if noun == "记者":
        return Said(name, byline=True)
    return Said(name, row["posts"], row["event"], noun)
