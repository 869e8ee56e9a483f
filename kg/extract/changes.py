"""Offices that a sentence gives or takes: 任命…为…, 当选, 免去…职务, 辞去, 此前担任.

Posts with their status, and the personnel acts that give or take them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.extract.bodies import Places
from kg.extract.people import Naming, TitleSpan
from kg.extract.posts import Title, parse_titles, with_status
from kg.extract.presence import sentences
from kg.extract.reading import back_to
from kg.model import Act, PostStatus


class Holding(NamedTuple):
    """A post that a sentence gives to somebody, and the act that does it (None where it only tells of it)."""

    name: str
    title: Title
    act: Act | None
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Link:
    """A connector between a person and a title: what it means."""

    pattern: re.Pattern[str]
    act: Act | None
    status: PostStatus | None
    rule: str


_GAP = r"(?:等)?(?:(?:\d+|[两三四五六七八九十]+)[位名人](?:代表|委员)?)?(?:同志)?(?:（[^（）\n]{1,24}）)?"
# Between a name and the title after it, from specific to general.
_LINKS: tuple[_Link, ...] = (
    _Link(
        re.compile(
            _GAP
            + r"(?:以[^，。；]{1,12})?(?:全票|满票|高票|再次|继续|连续)?(?:当选为?|被选举为|连任|被推选为|被选为|补选为)"
        ),
        "elect",
        None,
        "elected",
    ),
    _Link(
        re.compile(_GAP + r"(?:等[\u4e00-\u9fff\d]{1,16})?(?:拟任|拟提名为|作为|为)(?=[^，。；]{2,40}(?:人选|候选人))"),
        "nominate",
        "nominee",
        "nominated",
    ),
    _Link(re.compile(_GAP + r"(?:拟任|拟提拔任|拟提名为|拟调任|拟推荐为)"), "nominate", "nominee", "nominated"),
    _Link(re.compile(_GAP + r"(?:[\u4e00-\u9fff]{2,8})?代理"), "appoint", "acting", "acting"),
    _Link(
        re.compile(
            _GAP
            + r"(?:已于[^，。；]{1,8}|已)?(?:调任|转任|改任|转赴[\u4e00-\u9fff]{2,6}任|交流任|调至[\u4e00-\u9fff]{2,10}任|另任)"
        ),
        "transfer",
        None,
        "transferred",
    ),
    _Link(re.compile(_GAP + r"由"), None, "former", "moved_from"),
    _Link(
        re.compile(_GAP + r"由[^，。；]{3,30}(?:调任|转任|升任|提任|改任|交流)(?:[^，。；]{0,8}，现?任)?"),
        "transfer",
        None,
        "transferred",
    ),
    _Link(re.compile(_GAP + r"(?:因[^，。；]{1,16})?不再[^。；]{2,40}，(?:调任|转任|改任)"), "transfer", None, "transferred"),
    _Link(re.compile(_GAP + r"现?任[^。；]{2,40}，(?:提名|推荐)为?"), "nominate", "nominee", "nominated"),
    _Link(
        re.compile(
            _GAP + r"(?:因[^，。；]{1,16})?(?:不再担任|不再兼任|卸任|等?(?:人|同志)?辞去了?(?:[省市州]、)?|不再任)"
        ),
        "remove",
        "former",
        "removed",
    ),
    _Link(re.compile(_GAP + r"的?"), "remove", "former", "removed_of"),
    _Link(
        re.compile(
            r"(?:同志)?[，]?(?:女|男)?[，]?(?:\d{4}年[^，。；]{0,10})?(?:此前|之前|曾经?|历|"
            r"先后)[^，。；]{0,6}?(?:担任|任|是|为)(?:过)?"
        ),
        None,
        "former",
        "career",
    ),
    _Link(
        re.compile(_GAP + r"(?:出任|升任|接任|履新|任命为|被任命为|获任|受聘为?|被聘为|就任|新任|被任命|主政)"),
        "appoint",
        None,
        "appointed",
    ),
    _Link(re.compile(_GAP + r"(?:等[\u4e00-\u9fff\d]{1,16})?(?:担任|任|为|兼任)"), "appoint", None, "made"),
    _Link(re.compile(_GAP + r"(?:现任|系|现为|是|还是|就是|身为|作为)"), None, None, "told"),
    _Link(re.compile(r"，(?:女，|男，)?(?:现任|系)?"), None, None, "apposition"),
    _Link(re.compile(r" {1,12}"), None, None, "table"),
    _Link(re.compile(r"（(?:女，|男，|[\u4e00-\u9fff]{1,4}族，)?"), None, None, "bracket"),
)
_APPOINTING = re.compile(
    r"(?:任命|决定|免去|聘请|聘任|聘|提名|补选|选举|推选|增补|增选|推举|批准|通过|同意|命|宣布|研究决定|授予|委任|选出|产生|任免)"
)
_REMOVING = re.compile(r"(?:免去|免除|撤销|辞去|不再担任|不再兼任|卸任)")
_HEADING_REMOVE = re.compile(r"(?:决定)?(?:免去|免职|辞去)[^\n：]{0,8}：?\n")
_HEADING_APPOINT = re.compile(r"(?:决定)?(?:任命|任职|补选|通过)[^\n：]{0,12}：?\n")
_PAST = re.compile(r"(?:此前|之前|以前|曾|历任|先后|原先|过去|(?<!日)前，|还是|当年|时任)")
_ACTING_TELL = re.compile(r"代理(?P<head>[省市区县州镇乡]长)(?:[一二两三四五六七八九十\d多余个]|以来|期间|的)")
_POST_WORD = re.compile(
    r"(?:的)?(?P<piece>[\u4e00-\u9fff]{0,12}(?:书记|主席|主任|市长|区长|县长|局长|部长|院长|检察长))(?:一职|职务)"
)


def holdings(text: str, named: Sequence[Naming], spans: Sequence[TitleSpan], places: Places) -> tuple[Holding, ...]:
    """Every office that a sentence gives, takes or tells of, beyond the titles that stand before names."""
    used = {n.title_span for n in named if n.title_span and n.rule != "title_after_list"}
    found: list[Holding] = []
    owners: dict[tuple[int, int] | None, Naming] = {}
    for naming in named:
        owners.setdefault(naming.title_span, naming)
    name_starts, span_starts = [n.start for n in named], [s.start for s in spans]
    for begin, stop in sentences(text):
        inside = named[bisect_left(name_starts, begin) : bisect_left(name_starts, stop)]
        here = spans[bisect_left(span_starts, begin) : bisect_left(span_starts, stop)]
        if not here:
            found += _acting_told(text, begin, stop, named, places)
            continue
        found += _elected_as_titled(text, inside)
        found += _set_to_act(text, begin, inside)
        before: Title | None = None
        decided: tuple[Holding, ...] = ()  # what the title before was given, taken or lost by
        career: tuple[str, int] | None = None  # whose career is being told, and where its last post ends
        for span in here:
            titles = parse_titles(span.pieces, places, before) if span.titles and span.titles[0].body is None else span.titles
            if (span.start, span.end) in used:
                owner = owners[(span.start, span.end)]
                before = owner.titles[-1] if owner.titles else before
                continue
            if not titles:
                continue
            done = _given(text, begin, span, titles, inside, named)
            goes_on = _CAREER_GOES_ON.fullmatch(text, career[1], span.start) if career else None
            if not done and career and goes_on:
                told: PostStatus | None = None if goes_on["now"] else "former"
                done = [Holding(career[0], with_status(t, told), None, span.start, span.end, "career") for t in titles]
            if not done and decided and _DECISION_GOES_ON.fullmatch(text, decided[-1].end, span.start):
                done = _one_more(text, span, titles, decided, inside)
            decided = tuple(done) if done and all(h.act for h in done) else ()
            if done and all(h.act is None and h.title.status in ("former", "seconded") for h in done):
                career = (done[0].name, span.end)
            if _LOOKS_BACK.match(text, begin):
                done = [h._replace(act=None) for h in done]
            found += done
            if titles[-1].body is not None:
                before = titles[-1]
        found += _acting_told(text, begin, stop, named, places)
    # 任镇党委副书记、提名镇长人选: the second of the posts is still to be voted on.
    return tuple(h._replace(act="nominate") if h.act == "appoint" and h.title.status == "nominee" else h for h in found)


_DECIDES = re.compile("(?:决定|任命|确定)(?:由|让)?$")


def _set_to_act(text: str, begin: int, inside: Sequence[Naming]) -> list[Holding]:
    """决定李某代理丹阜区区长: the title behind the name is what is decided."""
    return [
        Holding(n.name, title, "appoint", n.start, n.title_span[1], "acting")
        for n in inside
        if n.rule == "title_after_name" and n.title_span and text.startswith("代理", n.end)
        if _DECIDES.search(text, max(begin, n.start - 4), n.start)
        for title in n.titles
        if title.status == "acting"
    ]


_ELECTED_SO = re.compile("(?:满票|全票|高票|顺利)?当选(?=[，。；])")


def _elected_as_titled(text: str, inside: Sequence[Naming]) -> list[Holding]:
    """乡人大主席马某、乡长石某满票当选: the titles before their names are what they were elected to."""
    for at, last in enumerate(inside):
        elected = _ELECTED_SO.match(text, last.end)
        if elected is None or not last.titles:
            continue
        run = [n for n in inside[: at + 1] if n is last or (last.list_no is not None and n.list_no == last.list_no)]
        return [
            Holding(n.name, title, "elect", n.np_start, elected.end(), "elected_titled")
            for n in run
            for title in n.titles
            if title.class_ == "office" and title.status is None
        ]
    return []


_DECISION_GOES_ON = re.compile("[，、]")
_LAST_OF_DECISION = re.compile("(?:等?职务)?(?:[，。；、\n]|$)")


def _one_more(
    text: str, span: TitleSpan, titles: tuple[Title, ...], decided: tuple[Holding, ...], inside: Sequence[Naming]
) -> list[Holding]:
    """不再担任党组成员，工委副书记，管委会主任职务: a further post that a decision gives to or takes from the same people."""
    named_behind = any(n.np_start <= span.end <= n.start for n in inside)
    if named_behind or not _LAST_OF_DECISION.match(text, span.end):
        return []
    first = decided[0]
    return [
        first._replace(
            name=name,
            title=with_status(title, first.title.status),
            act=None if _for_the_day(title) else first.act,
            start=span.start,
            end=span.end,
        )
        for name in dict.fromkeys(h.name for h in decided)
        for title in titles
    ]


# 历任甲镇镇长、乙镇党委书记，后任县水利局局长等职，公示前任…: one post after the other.
_CAREER_GOES_ON = re.compile(
    r"(?:（[^（）]{1,12}）)?(?:等职务?)?[、，；](?:后到[^，。；]{1,8}，)?(?:后|又|再|继|其后|之后|公示前|此前|\d{4}年(?:\d{1,2}月)?[起后]?)?(?:历任|先后任|出任|担任|任|调任|转任|升任|(?P<now>现任|现为))?"
)
# 今年3月，高某转任…; 2012年起…: told back, not done now.
_LOOKS_BACK = re.compile(r"[“ ]*(?:今年\d{1,2}月|去年(?:\d{1,2}月)?|前年|\d{4}年(?:\d{1,2}月)?)(?:[起份，]|以来)")
_HANDED_TO = re.compile(r"(?:一职)?由[^，。；]{0,10}$")
_TAKES_ON = re.compile(r"(?:同志)?(?:担任|接任|兼任|出任)")
_PRONOUN_HELD = re.compile(r"(?:他|她|此前|曾|之前)[^，。]{0,8}(?:担任|任|是|还是)(?:过)?$")
_POINTS_BACK = re.compile(r"(?:他|她|此前|曾|之前)")
_ENDS_IN_OFFICE = re.compile(r"(?:任|担任|出任)$")
_NOTICE_LINE = re.compile(r"，(?:男|女)(?:，|。)")
_SEX = re.compile("，[男女]，")
_TOLD_BACK = re.compile(
    r"(?:，|——|。|^)[^，。]{0,12}?(?P<past>此前|曾|以前|之前|前，|一直|先后|历)?[^，。]{0,6}?(?:他|"
    r"她)?[^，。]{0,3}(?P<verb>担任|任|是|还是|兼任|出任|当选为?)(?:过)?$"
)
_PRONOUN = re.compile("他|她")


_NEAR = 80  # names before a title that may be one enumeration


def _given(
    text: str, begin: int, span: TitleSpan, titles: tuple[Title, ...], inside: Sequence[Naming], named: Sequence[Naming]
) -> list[Holding]:
    """Who is linked to a title that no name follows."""
    at = bisect_right(inside, span.start, key=lambda n: n.end)
    its = _ITS.search(text, max(begin, span.start - 16), span.start)
    if its is not None:
        return _of_its(text, its, span, titles, named)
    left = inside[max(0, at - _NEAR) : at]
    right = inside[bisect_left(inside, span.end, key=lambda n: n.start) :][:1]
    after = text[span.end : span.end + 12]
    held = _HELD_BY.search(text, max(0, span.start - 8), span.start)
    if right and held and _OWNED_BY.fullmatch(text, span.end, right[0].np_start):
        once: PostStatus | None = "former" if held["past"] else None
        return [Holding(right[0].name, with_status(t, once), None, span.start, right[0].end, "held_by") for t in titles]
    if right and _HANDED_TO.match(text[span.end : right[0].np_start]) and _TAKES_ON.match(text[right[0].end : right[0].end + 6]):
        return [Holding(right[0].name, t, "appoint", span.start, right[0].end, "post_by") for t in titles]
    if not left:
        # 此前担任…, 她还是…: the subject is the person of the sentence before.
        lead = text[begin : span.start]
        previous = [n for n in named if n.end <= begin]
        if previous and text.rfind("\n", previous[-1].end, begin) < 0 and _SEX.match(text, previous[-1].end):
            return _resume(lead, previous[-1], span, titles)
        if (
            previous
            and _PRONOUN_HELD.search(lead)
            and _POINTS_BACK.search(lead)
            and text.rfind("\n", previous[-1].end, begin) < 0
        ):
            status: PostStatus | None = "former" if _PAST.search(lead) else None
            return [Holding(previous[-1].name, with_status(t, status), None, span.start, span.end, "pronoun") for t in titles]
        return []
    person = left[-1]
    if len(left) > 1 and text[max(0, person.np_start - 2) : person.np_start] in ("接替", "接任"):
        person = left[-2]  # 高某接替原区长郑某任代区长
        return [
            Holding(person.name, t, "appoint", person.start, span.end, "took_over")
            for t in titles
            if _ENDS_IN_OFFICE.search(text[left[-1].end : span.start])
        ]
    run = _run_of(person, left)
    gap = text[person.end : span.start]
    for link in _LINKS:
        match = link.pattern.fullmatch(gap)
        if match is None:
            continue
        verdict = _verdict(text, begin, link, gap, run, span, after)
        if verdict is None:
            continue
        act, status, rule = verdict
        return [
            Holding(n.name, with_status(t, status), None if _for_the_day(t) else act, n.start, span.end, rule)
            for n in run
            for t in titles
        ]
    if _NOTICE_LINE.match(gap) and len(gap) < 160:
        return _resume(gap, person, span, titles)
    # 她还是…, 以前，他任…: a pronoun between the name and the title.
    tell = _TOLD_BACK.search(gap)
    if tell and len(gap) < 60 and (tell["past"] or _PRONOUN.search(tell.group())):
        past = bool(tell["past"] or _PAST.search(tell.group()))
        return [
            Holding(person.name, with_status(t, "former" if past else None), None, span.start, span.end, "told_back")
            for t in titles
        ]
    if _CAREER_BEGINS.search(gap) and len(gap) < 80:
        return [Holding(person.name, with_status(t, "former"), None, span.start, span.end, "career") for t in titles]
    return []


# 历任公社文书，|县委办公室副主任: the first of them is no head that the table knows.
_CAREER_BEGINS = re.compile("，(?:历任|先后任|先后担任)[^，。；\n]{2,16}[，、]$")

# 免去其县水利局局长职务, 并决定由其代理区长, 接受其辞去…: the person named last.
_ITS = re.compile(
    r"(?P<verb>免去|免除|撤销|接受|任命|聘任|委任|提名|推荐|补选|选举|决定)了?由?其(?:兼任的|担任的|的)?"
    r"(?P<acting>代理)?(?:辞去)?(?:所担任的)?(?:担任|兼任|任|为)?$"
)
_ITS_ACT: dict[str, Act] = {
    "免去": "remove", "免除": "remove", "撤销": "remove", "接受": "resign", "提名": "nominate", "推荐": "nominate",
    "补选": "elect", "选举": "elect",
}  # fmt: skip


def _of_its(
    text: str, its: re.Match[str], span: TitleSpan, titles: tuple[Title, ...], named: Sequence[Naming]
) -> list[Holding]:
    """免去其…职务: an act on the person that the paragraph named last."""
    before = [n for n in named if n.end <= its.start()]
    if not before or text.rfind("\n", before[-1].end, its.start()) >= 0:
        return []
    person = before[-1]
    act = _ITS_ACT.get(its["verb"], "appoint")
    status: PostStatus | None = (
        "acting" if its["acting"] else "former" if act in ("remove", "resign") else "nominee" if act == "nominate" else None
    )
    return [Holding(person.name, with_status(t, status), act, its.start(), span.end, f"its_{act}") for t in titles]


# 曾任市人大常委会副主任、现已退休的|逯某, 时任县林业局副局长的|和某: who held it stands behind.
_HELD_BY = re.compile(r"(?:^|[，。；、\n“”])(?:(?P<past>曾经?(?:担任|任)过?|时任|原任|此前担任)|现任|担任着?|身兼|身为|兼任)$")
_OWNED_BY = re.compile(r"(?:[、，][^，。；\n]{1,10})?的(?:老?(?:同志|干部|党员|专家))?")


def _for_the_day(title: Title) -> bool:
    """方某任团长, 由郑某任总指挥: leading a delegation or a drill is no office that anybody appoints to."""
    return title.class_ == "ad_hoc" or title.head in ("团长", "领队")


_RESUME = re.compile(
    r"(?P<now>现任|现为|任|担任)$|(?P<next>拟任|拟提名为|拟提拔为|拟提拔担任|拟推荐为|拟提名|拟交流任|"
    r"拟转任|提名为)$|(?P<past>曾任|历任)$"
)


def _resume(gap: str, person: Naming, span: TitleSpan, titles: tuple[Title, ...]) -> list[Holding]:
    """郑某，男，1970年5月出生，现任……，拟任……: the line of a notice."""
    match = _RESUME.search(gap)
    if match is None:
        return []
    act: Act | None = "nominate" if match["next"] else None
    status: PostStatus | None = "nominee" if match["next"] else "former" if match["past"] else None
    return [Holding(person.name, with_status(t, status), act, person.start, span.end, "resume") for t in titles]


def _run_of(person: Naming, left: Sequence[Naming]) -> list[Naming]:
    if person.list_no is None:
        return [person]
    return [n for n in left if n.list_no == person.list_no and not n.titles] or [person]


_MOVED = re.compile("(?:调任|转任|升任|提任|改任|交流)")
_POST_LOST = re.compile(r"[^，。；\n]{0,4}(?:职务|一职)")
_ENDS_IN_MADE = re.compile(r"(?:任|为)$")
_ANNOUNCED = re.compile(r"(?:宣布|通报)[^。]{0,30}(?:任免|任职|任命|调整|决定)[^。]*$|(?:任免|任职)决定：[^。]*$")
_NOMINATING = re.compile(r"(?:提名|候选人|人选)")
_ELECTING_AS = re.compile(r"(?:补选|选举|选出|推选|增选)")
_ELECTING = re.compile(r"(?:补选|选举)")
_NOMINATED = re.compile(r"(?:提名)")
_CLAUSE_ENDS = re.compile(r"[，。；（\n]|$")


def _verdict(
    text: str, begin: int, link: _Link, gap: str, run: Sequence[Naming], span: TitleSpan, after: str
) -> tuple[Act | None, PostStatus | None, str] | None:
    """What a link means in its sentence; None where the words only look like one."""
    lead = text[max(begin, run[0].start - 1200) : run[0].start]
    heading = _heading(text, run[0].start)
    if link.rule == "removed_of":
        if _POST_LOST.match(after) and (_REMOVING.search(lead) or heading == "remove"):
            return "remove", "former", "removed"
        return None
    if link.rule == "moved_from":
        return (None, "former", "moved_from") if _MOVED.match(after) else None
    if link.rule == "removed":
        return ("resign" if "辞去" in gap else "remove"), "former", "removed"
    if link.rule == "made":
        if _ENDS_IN_MADE.search(gap) and _PAST.search(lead[-16:]):
            return None, "former", "career"
        if gap.endswith("为"):
            if lead.endswith("以"):
                return None  # 以方某同志为班长的领导班子
            if _NOMINATING.search(lead + after):
                return "nominate", "nominee", "nominated"
            if _ELECTING_AS.search(lead):
                return "elect", None, "elected"
            if _APPOINTING.search(lead) or heading == "appoint":
                return "appoint", None, "made"
            return None
        if _ELECTING.search(lead):
            return "elect", None, "elected"
        if _NOMINATED.search(lead[-12:]):
            return "nominate", "nominee", "nominated"
        told = gap.endswith("兼任") and not _ANNOUNCED.search(lead)  # 市长李某兼任河长 tells what he is
        return ("appoint" if gap.endswith("任") and not told else None), None, "made"
    if link.rule == "acting":
        return ("appoint", "acting", "acting") if _APPOINTING.search(lead) else (None, "acting", "acting")
    if link.rule == "apposition":
        return (
            (None, None, "apposition")
            if _CLAUSE_ENDS.match(after) and not text[span.start : span.end].startswith(("各", "全", "由")) and not run[0].titles
            else None
        )
    if link.rule in ("table", "bracket"):
        line = text[text.rfind("\n", 0, run[0].start) + 1 : run[0].start]
        if link.rule == "table" and (line.strip() or run[0].titles):
            return None
        if link.rule == "bracket" and (not after.startswith("）") or run[0].titles):
            return None
        return None, None, link.rule
    if link.rule == "told" and run[0].titles and gap.endswith("作为"):
        return None
    return link.act, link.status, link.rule


def _heading(text: str, at: int) -> str | None:
    """The heading of an appointment list above a line: 决定任命：."""
    above = text[max(0, at - 1200) : at]
    appoint = max((m.end() for m in _HEADING_APPOINT.finditer(above)), default=-1)
    remove = max((m.end() for m in _HEADING_REMOVE.finditer(above)), default=-1)
    if appoint == remove == -1:
        return None
    return "appoint" if appoint > remove else "remove"


def _acting_told(text: str, begin: int, stop: int, named: Sequence[Naming], places: Places) -> list[Holding]:
    """代理区长两个多月来: looking back at an acting office."""
    match = _ACTING_TELL.search(text, begin, stop)
    if match is None:
        return []
    people = [n for n in named if n.end <= match.start() and "\n" not in text[n.end : match.start()]]
    title = parse_titles([match["head"]], places)
    if not title or not people:
        return []
    return [Holding(people[-1].name, title[0]._replace(status="acting"), None, match.start(), match.end(), "acting_told")]


def completed(found: Sequence[Holding], known: Sequence[Title]) -> tuple[Holding, ...]:
    """当选副主席 without its organ: completed from the article's own titles of the same post."""
    result = []
    wholes: dict[str, Title | None] = {}
    for holding in found:
        title = holding.title
        if title.body is None and title.class_ == "office":
            post = title.post
            if post not in wholes:
                ends = (t for t in known if t.body and t.post.endswith(post) and not t.post.removesuffix(post).endswith("副"))
                wholes[post] = next(ends, None)
            whole = wholes[post]
            if whole is not None:
                title = whole._replace(status=title.status)
        result.append(holding._replace(title=title))
    return tuple(result)


_HOUSES = (
    (re.compile("政协[^，。；]{0,24}(?:会议|委员会|全会)"), "政协", ("主席", "副主席", "秘书长", "常务委员", "常委")),
    (re.compile("(?:人大|人民代表大会)[^，。；]{0,16}会议"), "人大常委会", ("主任", "副主任")),
)


def of_house(text: str, found: Sequence[Holding], places: Places) -> tuple[Holding, ...]:
    """政协第一次会议选出：高某连任主席: a bare post whose house the meeting of its sentence names."""
    return tuple(_in_house(text, holding, places) if holding.title.body is None else holding for holding in found)


def _in_house(text: str, holding: Holding, places: Places) -> Holding:
    begin = back_to(text, holding.start, 0, "。！？\n")
    for session, house, posts in _HOUSES:
        if holding.title.post in posts and places.home and session.search(text, begin, holding.end):
            level = places.level(places.home)
            title = holding.title._replace(post=level + house + holding.title.post, body=places.home + house, place=places.home)
            return holding._replace(title=title)
    return holding


_LOST_POST = re.compile(r"(?:卸任|辞去|不再担任|免去)(?:了)?" + _POST_WORD.pattern)


def lost_posts(text: str, named: Sequence[Naming], known: Sequence[Title]) -> tuple[Holding, ...]:
    """卸任主席一职: a post named by its last word alone, completed from the article's own titles."""
    found = []
    for match in _LOST_POST.finditer(text):
        people = [
            n
            for n in named
            if n.end <= match.start() and "。" not in text[n.end : match.start()] and "\n" not in text[n.end : match.start()]
        ]
        title = next(
            (
                t
                for t in known
                if t.body
                and (
                    t.post == match["piece"]
                    or (t.post.endswith(match["piece"]) and "副" not in t.post.removesuffix(match["piece"])[-1:])
                )
            ),
            None,
        )
        if people and title is not None:
            found.append(
                Holding(
                    people[-1].name, title._replace(status="former"), "remove", people[-1].start, match.end(), "removed_short"
                )
            )
    return tuple(found)
