"""One article read: text in, record out. The order of the steps is the map of extraction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.attendance import attending
from kg.extract.bodies import Places, places_of
from kg.extract.bylines import bylines, credit_spans
from kg.extract.campaigns import campaigns, campaigns_of
from kg.extract.changes import Holding, completed, holdings, lost_posts, of_house
from kg.extract.events import events, sworn_in
from kg.extract.people import Naming, namings, short_forms
from kg.extract.posts import gives_post
from kg.extract.presence import Speech, acts
from kg.extract.reading import Reading, back_to, reading_of
from kg.model import Article, Campaign, Change, Event, Mention, Person, Post, Record, Statement
from kg.text import dates


def extract_page(articles: Sequence[Article]) -> tuple[Record, ...]:
    """Read the articles of one page, in order; who is beyond doubt in one of them is known in the others."""
    first = [extract(article) for article in articles]
    known = names_of_page(first)
    return tuple(
        extract(article, known) if _unseen(record, known) else record for article, record in zip(articles, first, strict=True)
    )


def names_of_page(records: Sequence[Record]) -> frozenset[str]:
    """Those whom one article of a page gives beyond doubt: an office right before the name. The others know them too."""
    return frozenset(
        post.person for record in records for post in record.posts if post.class_ == "office" and post.rule == "title_name"
    )


def _unseen(record: Record, known: frozenset[str]) -> bool:
    found = {person.name for person in record.people}
    return any(name not in found and name in record.text for name in known)


def extract(article: Article, known: frozenset[str] = frozenset()) -> Record:
    """Read one article. A pure function: the same article (and ``known`` names of its page) gives the same record."""
    reading = reading_of(article, credit_spans(article))
    places = places_of(reading.text, tuple(p for p in article.place if p not in article.untold))
    named, spans = namings(reading.text, places, reading.body_start, known)
    held = holdings(reading.text, named, spans, places)
    told_titles = [t for n in named for t in n.titles] + [h.title for h in held]
    held = of_house(reading.text, completed(held, told_titles), places)
    gone = {(holding.name, holding.title.post) for holding in held if holding.act in ("resign", "remove")}
    held += tuple(h for h in lost_posts(reading.text, named, told_titles) if (h.name, h.title.post) not in gone)
    posts = _posts(reading, named, held)
    short = short_forms(reading.text, named)
    done, speeches = acts(reading.text, _with_short(named, short), reading.body_start)
    appointed = frozenset(h.name for h in held if h.act in ("elect", "appoint"))
    done = (*done, *sworn_in(reading, named, appointed))
    issued = _day_of_dateline(reading, article.published) or article.published
    told = attending(reading, events(reading, named, done, speeches, places, issued), named, speeches, places)
    drives = campaigns(article, [(event.name, start, end) for event, (start, end) in told])
    return Record(
        id=article.id,
        source=article.source,
        number=article.number,
        headline=article.headline,
        text=article.text,
        body_start=article.body_start,
        source_map=article.source_map,
        published=article.published,
        paper=article.paper,
        place=article.place,
        page=article.page,
        url=article.url,
        untold=article.untold,
        bylines=bylines(article),
        people=_people(reading, named, short, posts),
        posts=posts,
        changes=_changes(reading, held, [event for event, _ in told], places, issued),
        events=tuple(_as_written(_with_campaigns(event, drives), reading) for event, _ in told),
        campaigns=drives,
        statements=_statements(reading, speeches),
    )


def _with_campaigns(event: Event, drives: Sequence[Campaign]) -> Event:
    context = " ".join([event.name, *(e.quote for e in event.evidence)])
    return Event(**{**{f: getattr(event, f) for f in Event.__slots__}, "campaigns": campaigns_of(context, drives)})


def _with_short(named: Sequence[Naming], short: Sequence[tuple[int, int, str]]) -> tuple[Naming, ...]:
    """People named in full and by surname and post, in the order of the text: 王书记强调 is a speech, too."""
    if not short:
        return tuple(named)
    brief = (Naming(start, end, name, start, end, (), None, "short") for start, end, name in short)
    return tuple(sorted([*named, *brief], key=lambda n: (n.start, -n.end)))


def _people(
    reading: Reading, named: Sequence[Naming], short: Sequence[tuple[int, int, str]], posts: Sequence[Post]
) -> tuple[Person, ...]:
    officials = {p.person for p in posts if p.class_ in ("office", "list_label", "ad_hoc", "delegate", "grade")}
    mentions: dict[str, list[Mention]] = {}
    for naming in named:
        start, end = reading.span(naming.start, naming.end)
        mentions.setdefault(_written(naming.name, reading), []).append(Mention(start, end))
    for begin, stop, name in short:
        start, end = reading.span(begin, stop)
        mentions[_written(name, reading)].append(Mention(start, end, short=True))
    return tuple(
        Person(name, "official" if name in officials else "other", tuple(sorted(spans, key=lambda m: m.start)))
        for name, spans in mentions.items()
    )


def _posts(reading: Reading, named: Sequence[Naming], held: Sequence[Holding]) -> tuple[Post, ...]:
    given = [
        (n.start, n.name, title, n.np_start, n.end, n.title_span, n.rule)
        for n in named
        for title in n.titles
        if gives_post(title.head)
    ]
    given += [(h.start, h.name, h.title, h.start, h.end, None, h.rule) for h in held]
    found: dict[tuple[str, str, str | None, str | None], Post] = {}
    for _, name, title, start, end, span, rule in sorted(given, key=lambda g: g[0]):
        key = (name, title.post, title.body, title.status)
        if key not in found:
            if span:
                start, end = min(start, span[0]), max(end, span[1])
            found[key] = Post(
                _written(name, reading), title.post, title.body, title.class_, (reading.clause(start, end),), rule, title.status
            )
    whole = {(name, post) for name, post, body, _ in found if body}
    return tuple(p for (name, post, body, _), p in found.items() if body or (name, post) not in whole)


def _written(name: str, reading: Reading) -> str:
    """The paper's own dot for names that have one."""
    if "·" not in name:
        return name
    return next((n for dot in "·•・‧∙⋅" if (n := name.replace("·", dot)) in reading.source), name)


def _as_written(event: Event, reading: Reading) -> Event:
    """The event with the names of those present as the record's people have them."""
    if not any("·" in appearance.person for appearance in event.appearances):
        return event
    return replace(event, appearances=tuple(replace(a, person=_written(a.person, reading)) for a in event.appearances))


def _changes(
    reading: Reading, held: Sequence[Holding], told: Sequence[Event], places: Places, published: str | None
) -> tuple[Change, ...]:
    by = _deciding_body(reading.text, places)
    date = next((e.date for e in told if e.date), None) or _day_of_lead(reading, published)
    found: dict[tuple[str, str, str | None, str], Change] = {}
    for holding in held:
        if holding.act is None:
            continue
        key = (holding.name, holding.title.post, holding.title.body, holding.act)
        found.setdefault(
            key,
            Change(
                _written(holding.name, reading),
                holding.title.post,
                holding.title.body,
                holding.act,
                date,
                _party_decides(reading.text, holding, places) or _electing_body(reading.text, holding, places) or by,
                (reading.clause(holding.start, holding.end),),
                holding.rule,
            ),
        )
    return tuple(found.values())


_CONGRESS_COMMITTEE = re.compile(r"人大常委会[^，。\n]{0,14}(?:任免|会议|通过|决定)")
_CONGRESS = re.compile(r"(?:人民代表大会|[届区县市]人大)[^，。\n]{0,10}会议")
_CONSULTATIVE = re.compile(r"政协[^，。\n]{0,16}会议")
_PARTY_DECIDES = re.compile(r"([省市区县州])委(?:的)?(?:决定|研究决定|关于[^，。]{2,20}决定)")


def _deciding_body(text: str, places: Places) -> str | None:
    """The body that decides, where the article has one: a congress or its standing committee, the CPPCC, a Party committee."""
    home = places.home or ""
    if _CONGRESS_COMMITTEE.search(text):
        return home + "人大常委会"
    if _CONGRESS.search(text):
        return home + "人大"
    if _CONSULTATIVE.search(text):
        return home + "政协"
    match = _PARTY_DECIDES.search(text)
    return (places.at_level(match[1]) or match[1]) + "委" if match else None


_FULL_CONGRESS = re.compile(r"(?:人民代表大会|[届区县市镇乡州旗]人大)(?!常)[^，。\n]{0,10}会议")


def _electing_body(text: str, holding: Holding, places: Places) -> str | None:
    """An election is the congress's or the CPPCC's own, even where the article tells of a standing committee, too."""
    if holding.act != "elect":
        return None
    if holding.title.body and holding.title.body.endswith("政协") and _CONSULTATIVE.search(text):
        return holding.title.body
    return (places.home or "") + "人大" if _FULL_CONGRESS.search(text) else None


def _party_decides(text: str, holding: Holding, places: Places) -> str | None:
    """市委决定高某任…: the Party committee of the sentence decides, whatever congress the article also tells of."""
    begin = back_to(text, holding.start, 0, "。！？\n")
    match = _PARTY_DECIDES.search(text, begin, holding.end)
    return (places.at_level(match[1]) or match[1]) + "委" if match else None


def _day_of_lead(reading: Reading, published: str | None) -> str | None:
    """The day of an article that tells of no occasion, as lists of appointments do: 8月28日，…会议通过任命名单."""
    days = (value for mention, value in dates.dated(reading.text, published) if mention.start >= reading.body_start)
    first = next(days, None)
    return first if first is not None and _DAY.fullmatch(first) else None


_DATELINE = re.compile(r"[^\n，。（]{0,16}?(\d{1,2})月(\d{1,2})日(?:讯|电|消息)")


def _day_of_dateline(reading: Reading, published: str | None) -> str | None:
    """某站7月13日讯: the day from which the article counts, of the year of the issue where known; None without such a line."""
    match = _DATELINE.match(reading.text, reading.body_start)
    if match is None or (published is not None and not published[:4].isdecimal()):
        return None
    day = f"{int(match[1]):02d}-{int(match[2]):02d}"
    if published is None:
        return f"XXXX-{day}" if _IN_CALENDAR.fullmatch(day) and day != "02-29" else None
    year = int(published[:4])
    # 12月30日讯 in an issue of January is of the year before.
    late = day[:2] == "12" and published[5:7] == "01"
    return f"{year - late:04d}-{day}" if _IN_CALENDAR.fullmatch(day) else None


_IN_CALENDAR = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d")


def _statements(reading: Reading, speeches: Sequence[Speech]) -> tuple[Statement, ...]:
    result = []
    for speech in speeches:
        start, end = reading.span(speech.start, speech.end)
        if end > start:
            speaker = None if speech.speaker is None else _written(speech.speaker, reading)
            result.append(Statement(speaker, speech.verb, start, end))
    return tuple(result)
