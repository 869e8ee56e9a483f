"""Bodies that take part in an occasion: who convened it, whose people were there, who was visited and took part.

One pass of an automaton finds the words beside which such bodies stand (负责人, 汇报, 参加, 主办, 座谈 …); a rule reads the names
beside each of them. What is not said by name (各部门, 有关单位) is no body, nor is a place that was only looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.extract.bodies import Places
from kg.extract.bodynames import (
    COMMITTEE,
    GENERIC,
    HAS_OFFICE,
    HOUSE,
    LEVEL_CHARS,
    LONGEST,
    MARK,
    NO_NAME,
    PEOPLE_ENDS,
    Found,
    bodies_before,
    edges,
    is_name,
    sort_of,
    trimmed,
)
from kg.extract.people import Naming
from kg.extract.posts import title_start
from kg.extract.presence import Speech, sentences
from kg.extract.reading import Reading, back_to
from kg.lexicon import table
from kg.model import BodyRole, Event, EventBody

Span = tuple[int, int]
Told = tuple[Event, Span]


# ------------------------------------------------------------------ the words beside which bodies stand


@dataclass(frozen=True, slots=True)
class _Page:
    """An article with its people, their titles and the speeches blotted out, and the words that bodies stand beside."""

    text: str
    reading: Reading
    places: Places
    namings: Sequence[Naming]
    starts: Sequence[int]  # of the namings
    marks: tuple[tuple[int, int, str], ...]

    def named_between(self, low: int, high: int) -> Sequence[Naming]:
        return self.namings[bisect_left(self.starts, low) : bisect_left(self.starts, high)]


@cache
def _marks() -> tuple[AhoCorasick, tuple[str, ...]]:
    rows = table("body_marks")
    return AhoCorasick([row["form"] for row in rows], matchkind=MatchKind.LeftmostLongest), tuple(row["sort"] for row in rows)


_BLOT = re.compile("[^\n。]+")


def _masked(text: str, namings: Sequence[Naming], speeches: Sequence[Speech]) -> str:
    """The reading with people, their titles and speeches blotted out, offsets kept."""
    spans = (
        [(n.np_start, n.np_end) for n in namings]
        + [n.title_span for n in namings if n.title_span]
        + [(s.start, s.end) for s in speeches]
    )
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            parts += text[at:start], _blotted(text[max(at, start) : end])
            at = end
    return _CAPTION.sub("，，，", "".join((*parts, text[at:])))


_CAPTION = re.compile("图[一二三四五六]为")


def _blotted(span: str) -> str:
    if "\n" in span or "。" in span:
        return _BLOT.sub(lambda match: MARK * len(match.group()), span)
    return MARK * len(span)


# ------------------------------------------------------------------ rules: a mark and what stands beside it


class _Take(NamedTuple):
    """A name that a rule takes; ``before``: whose house or jurisdiction stands in front of it (集团公司|行政人事部)."""

    found: Found
    role: BodyRole
    rule: str
    before: str = ""


_FAR = 400  # further back no sentence is read


def _clause(text: str, at: int, least: int) -> int:
    return back_to(text, at, max(least, at - _FAR), "，。；：\n□")


def _sentence(text: str, at: int, least: int) -> int:
    return back_to(text, at, max(least, at - _FAR), "。；：！？\n□")


_THERE = re.compile(
    "参加|座\n谈|参\n加|出席|列席|陪同|参会|到会|参与|观摩|随同|一同|汇报|发言|介绍|座谈|交流|聆听|收看|收听|旁听|见证|赶赴|赶到|赴|来到|到|深入|前往|进行|开展|对|走访|走进|慰问|，?宣读|主持|签|观看|督导|检查|调研|一起|致辞|齐聚|聚|讨论|学习|协商"
)


def _people(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """区应急管理局、区水利局负责人参加会议: bodies whose people were there."""
    text = page.text
    if (
        text[start:end] in _NOBODY_ALONE
        and text[start - 1 : start] not in "、等和及与的局委办厅院部处队区镇乡道司团校会所站心府协大组"
    ):
        return
    spans = bodies_before(text, _sentence(text, start, low), start)
    if not spans:
        return
    if text.endswith(("慰问", "看望"), low, spans[0].left):
        yield from (_Take(found, "inspected", "comforted") for found in spans)
        return
    stop = _STOP.search(text, end, min(high, end + 60))  # not at a line end, which may be none
    there = _THERE.search(text, end, min(stop.start() if stop else high, end + 60))
    if not there and not _attend_all(text, end, min(high, end + 240)) and not _LED.search(text, max(low, start - 40), start):
        return
    yield from _taken(page, spans, low, "participate", "people_of")


_NOBODY_ALONE = frozenset(
    ("工作人员", "志愿者", "官兵", "指战员", "师生", "医护人员", "干部职工", "机关干部", "全体人员", "全体成员", "全体干部")
)
_STOP = re.compile("[。；！？]")
_ATTEND_ALL = re.compile("[^。！？\n]*")
_ITEMS = re.compile("[，；]")
_ATTEND_END = re.compile("(?:参加|出席|列席|陪同)")


def _attend_all(text: str, at: int, high: int) -> bool:
    """财政局负责同志；甲镇、乙镇的人大主席，职工代表|列席会议: whether a list of people goes on up to the verb."""
    items = _ITEMS.split(_ATTEND_ALL.match(text, at, high).group())  # type: ignore[union-attr]
    if len(items) < 2 or items[0]:
        return False
    last = next((i for i, item in enumerate(items) if _ATTEND_END.search(item)), 0)
    return last > 0 and all(item.endswith((*PEOPLE_ENDS, "委员", "党员")) for item in items[1:last])

_LED = re.compile("带领|率领|率|会同|组织|邀请|陪同|随同")


def _list(page: _Page, end: int, low: int, role: BodyRole, rule: str) -> Iterator[_Take]:
    return _taken(page, bodies_before(page.text, _sentence(page.text, end, low), end), low, role, rule)


def _taken(page: _Page, spans: Sequence[Found], low: int, role: BodyRole, rule: str) -> Iterator[_Take]:
    if spans and not page.text.endswith(edges("aside"), low, spans[0].left):
        house = _house_of_leader(page, spans[0].left, low) if role == "participate" else ""
        yield from (_Take(found, role, rule, house) for found in spans)


_LEADS = ("带领", "率领", "率", "带")


def _house_of_leader(page: _Page, at: int, low: int) -> str:
    """The firm or institute whose departments somebody leads: 集团公司副总经理某某带领|行政人事部."""
    if not page.text.endswith(_LEADS, low, at):
        return ""
    begin = _sentence(page.text, at, low)
    bodies = (t.body for n in reversed(page.named_between(begin, at)) for t in n.titles if t.body)
    body = (next(bodies, None) or "").removesuffix("党委")
    if sort_of(body) in ("firm", "school", "health", "science"):
        return body
    # 鹿亭县委副书记某某带领|县发改局、财政局来我区: those of the leader's own place
    own = _place_of_leader(page, at - next(len(word) for word in _LEADS if page.text.endswith(word, low, at)))
    return own if own and own != page.places.home and own[-1] == page.text[at] else ""


_ACTS_AFTER = re.compile(
    r"(?:负责人|负责同志|代表|领导|主要负责人|有关负责人|相关负责人|有关人员|相关人员)?(?:等)?(?:[^，。；\n]{0,6})?(?:参加|出席|列席|陪同|到会|参会|观摩|赴|到|深入|开展|对|前往|来到|在|进行|联合|参与|组成|"
    r"与|和|汇报|发言|签|先后|分别|共同|，|就|派|围绕|现场|应邀|一同|一起|座谈|负责)"
)


def _unit(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """财政局、交通局等单位到双槐镇检查, 甲、乙等4家企业签约: a list that 等单位 closes."""
    text = page.text
    if not _ACTS_AFTER.match(text, end):
        return
    takes = list(_list(page, end, low, "participate", "listed"))
    # 拜访了甲、乙等企业: looked at only, unless it is told that one talked
    looked = takes and _LOOKED_AT.search(text, _clause(text, takes[0].found.left, low), takes[0].found.left)
    if looked and not _TALKED.search(text, end, min(high, end + 90)):
        return
    yield from takes


# 到甲、乙塑业、|丙、丁等6家企业检查: the reading of the list may have stopped at a name without a sort.
_LOOKED_AT = re.compile(
    "(?:到|赴|走访了?|深入|参观了?|考察了?|来到|拜访了?|前往|走进|慰问了?|察看|调研|查看|看望)(?:[^，。＃]{2,20}、)*$"
)
_TALKED = re.compile("洽谈|交流|座谈|听取|汇报|对接|签")


_CUT = re.compile(
    r"分别|先后|依次|逐一|相继|轮流|还(?!款)|就(?!业)|围绕|结合|从(?!江|化)|向(?!阳)|对(?!外)|作(?!协|物)|做|进行|现场|书面|交流|登台|代表|在会上|汇报|介绍|通报|发言|推介|表态|说明|致辞|致词|简要|详细|上台|主要|重点|一一"
)


def _speak(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """区水利局、双槐镇分别作了发言, 听取了区总工会关于…的汇报: bodies that spoke."""
    text = page.text
    begin = _clause(text, start, low)
    yield from _on_the_spot(page, start, low)
    heard = _HEARD.search(text, begin, start)
    if heard and "审议" not in text[heard.end() : start]:
        at = next((m.start() for m in _OF_WHAT.finditer(text, heard.end() + 2, end)), start)
        yield from (_Take(found, "participate", "heard") for found in bodies_before(text, heard.end(), at, exact=True))
        return
    if text.startswith(("会", "人", "材料", "稿", "词", "书", "提纲", "要点", "单位"), end):
        return
    for cut in _CUT.finditer(text, begin + 2, end):
        at = trimmed(text, begin, cut.start(), edges("adverb"))
        at = trimmed(text, begin, at, edges("tail")) if sort_of(text[max(begin, at - LONGEST) : at]) is None else at
        if at - begin >= 2 and sort_of(text[max(begin, at - LONGEST) : at]):
            yield from _list(page, cut.start(), low, "participate", "spoke")
            return
        if cut.group() in ("作", "做", "进行", "围绕", "就", "对"):
            return


_HEARD = re.compile("(?:听取|听)了?(?:来自)?")
_OF_WHAT = re.compile("关于|的|工作|开展|情况|对(?!外)|就(?!业)|汇报|介绍|近期|20|相关")


_AT = re.compile(
    r"(?:随后|接着|之后|下午|上午|当天|在现场|会后|[^，。\n]{0,12}?日)?，?(?:[^，。；\n]{0,8}＃+(?:一行|等)?)?(?:还|又|先后|首先)?(?:在|来到|走进|深入|到|走访)(?P<name>[^，。；、\n＃]{3,26}?)(?P<shop>(?:的)?(?:生产|智能)?车间(?:里|内)?|生产线|厂区|项目现场|校园|营区|展厅)?(?:里|内)?[，＃]"
)
_VISITABLE = frozenset(("firm", "school", "health", "force", "science", "media", "society"))
_WITHIN = re.compile(r".*(?:产业园区?|工业园区?|园区|开发区|高新区|经开区|集聚区|工业区|街道|[镇乡村])(?=.{3,}$)")


def _on_the_spot(page: _Page, at: int, low: int) -> Iterator[_Take]:
    """在中盛集团，司马长青听取负责人的介绍: a visited body whose people reported or talked."""
    text = page.text
    begin = back_to(text, at, max(low, at - _FAR), "。；\n")
    if at - begin > 160:
        return
    match = _AT.match(text, begin, at + 1)
    if match is None:
        return
    left, right = match.span("name")
    name = text[left:right]
    inside = _WITHIN.match(name)
    if inside and sort_of(name) in ("firm", None):
        left, name = left + inside.end(), name[inside.end() :]
    sort = sort_of(name)
    shop = match["shop"] and "车间" in match["shop"] and 3 <= len(name) <= 12  # 在丰禾纺织车间
    if (sort in _VISITABLE and is_name(name, sort)) or (shop and not NO_NAME.search(name) and not GENERIC.match(name)):
        yield _Take(Found(left, right), "inspected", "on_the_spot")


_ATTENDS = re.compile(
    r"了?(?:会议|活动|仪式|调研|检查|督导|督查|视察|座谈|培训|比赛|演练|考察|走访|慰问|本次|此次|了|。|，|；|签约|会|大会|首场|动员|推进|启动|揭牌|开工|现场|上述|整个|部分|相关|当天|监督|巡查|救援|暗访|观看|讨论|接访|义诊|捐赠|庆典|典礼)|$"
)


def _attend(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """区法院、区检察院列席会议: bodies that were there."""
    text = page.text
    if text.startswith(("赶赴", "赶到"), start) or _ATTENDS.match(text, end):
        yield from _list(page, start, low, "participate", "attended")


def _host(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """活动由区总工会、区妇联主办: by whom it is held."""
    if not page.text.startswith(("方", "单位", "权", "地", "城市"), end):
        yield from _list(page, start, low, "convene", "hosted")


def _hold(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """区教育局召开会议, 区总工会、区妇联联合举办比赛: the subject of the clause held it."""
    text = page.text
    begin = _clause(text, start, low)
    at = text.rfind("在", begin, start)
    takes: list[_Take] = []
    if text[begin] != MARK and not _ORGANISES.search(text, begin + 2, start):  # a person holds it, or some are brought together
        if at > begin + 2:
            takes = list(_list(page, at, low, "convene", "convened"))  # 区教育局|在文化广场举行
        takes = takes or list(_list(page, start, low, "convene", "convened"))
    if takes and text.endswith(edges("site"), low, takes[0].found.left):
        return
    for take in takes:
        name = text[take.found.left : take.found.right]
        sort = sort_of(name)
        if sort in ("division", "village"):
            continue
        if sort == "zone":  # a jurisdiction, like 丹阜区, unless it is a town or a zone by name
            named = _TOWN.search(name) or len(name) >= 5
            if not named or _CONGRESS.search(text, end, end + 16):
                continue
        yield take
    if text.startswith("组织", start):
        match = _ORGANISED.match(text, end, min(high, end + 90))
        if match:
            yield from (
                _Take(found, "participate", "organised") for found in bodies_before(text, end, match.end("list"), exact=True)
            )


# 县政府组织|县环保局、县市容局等多部门|开展
_ORGANISED = re.compile(
    r"了?(?P<list>[^，。；\n＃]{4,80}?)等?(?:\d+[余多]?[家个])?(?:相关|有关|职能|多个?)*(?:部门|单位|人员|干部|干警|职工)*(?:，在|，到|，对|开展|深入|赴|走进|走上|来到|召开|举行|在|对|前往|参加|联合)"
)
_CONGRESS = re.compile("人大|代表大会|党代会|人代会")
_TOWN = re.compile(r".(?:镇|乡|街道|苏木|团场)$")


def _made(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """由区总工会、区妇联组成的慰问团: who sent the team."""
    by = page.text.rfind("由", _clause(page.text, start, low), start)
    if by >= 0:
        yield from (_Take(found, "participate", "made_of") for found in bodies_before(page.text, by + 1, start, exact=True))


def _led(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """率经发科、党政办|一行5人: the departments that somebody leads."""
    takes = list(_list(page, start, low, "participate", "led"))
    if takes and page.text.endswith(_LEADS, low, takes[0].found.left):
        yield from takes


_JOINTLY = re.compile(
    r"(?P<list>[^，。；\n]{3,40}?)(?=宣布|开展|召开|举行|举办|对|到|赴|在|深入|进行|走进|，|联合|主办|共同|组成|组织(?!部)|督导|检查|调研|视察)"
)


def _jointly(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """区人大常委会会同区委组织部宣布: the body that acts, and the one that acts with it."""
    text = page.text
    match = _JOINTLY.match(text, end, high)
    if match is None:
        return
    yield from _list(page, start, low, "convene", "jointly")
    yield from (_Take(found, "participate", "jointly") for found in bodies_before(text, end, match.end(), exact=True))


_TALK_BEFORE = re.compile("与|和|同|跟")


def _talk(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """与中盛集团、丰禾公司座谈, 丰禾公司与经开区签约: both sides of a talk."""
    text = page.text
    yield from _on_the_spot(page, start, low)
    if text.startswith("会", end) and not text.startswith(("会谈", "签"), start):
        return
    begin = _clause(text, start, low)
    at = start
    while text.endswith(edges("talk"), begin, at):
        at -= next(len(word) for word in edges("talk") if text.endswith(word, begin, at))
    joints = [(joint, _other_side(text, joint.end(), at)) for joint in _TALK_BEFORE.finditer(text, begin, at)]
    joint, others = next(((joint, others) for joint, others in joints if others), (joints[0][0] if joints else None, []))
    if not others and text.startswith(("对接", "交流"), start):
        yield from _look(page, start, end, low, high)
    if joint is None:
        return
    yield from (_Take(found, "participate", "talked_with") for found in others)
    if text.startswith(("签", "缔"), start):
        stop = trimmed(text, begin, joint.start(), edges("adverb"))
        if stop <= begin and _FOR.search(text, max(low, begin - 24), begin):
            stop = begin - 1  # 代表经开区管委会，分别与…签订
        yield from (_Take(found, "participate", "signed") for found in bodies_before(text, _sentence(text, stop, low), stop))


_ON_WHAT = re.compile("就(?!业)|在(?!线)|围绕|正式|共同|现场|成功")


def _other_side(text: str, start: int, end: int) -> list[Found]:
    """与某公司就某项目|签订: the other side of a talk, also before what it is about."""
    others = bodies_before(text, start, end, exact=True)
    about = None if others else _ON_WHAT.search(text, start + 3, end)
    return bodies_before(text, start, about.start(), exact=True) if about else others


_FOR = re.compile("代表[^，。]{3,20}，$")
_MOVES = re.compile(
    r"(?:[一二三四五六七八九十\d]+余?人)?(?:的)?(?:一行)?(?:[一二三四五六七八九十\d]+余?人)?(?:成员|在|到|来|赴|莅|深入|先后|对|听取|走进|实地|，|进驻|前往|参观|考察|就|抵达|认真|围绕|组织|召开|于|首先|还|通过|边|一|向|$)"
)
_ORGANISES = re.compile("组织(?!部)")
_NUMBERED = re.compile(r"第[一二三四五六七八九十\d]+|联合|综合|专项")
_TEAM = re.compile(r"(?:代表团|考察团|访问团|观摩团|慰问团|采访团|参访团|视察团|考察组|工作队)$")
_PARTY = ("党政", "政府", "经贸", "党委政府", "师市", "学习", "企业家", "友好", "招商")


def _team(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """省统计局调研组到…调研, 市第二督导组莅临, 某县党政代表团来…考察: a team that came."""
    text = page.text
    if not _MOVES.match(text, end) or _clause(text, start, low) == start:
        return
    left = max(_clause(text, start, low), title_start(text, end, max(low, start - 24)))
    while text.startswith(edges("lead"), left):
        left += next(len(word) for word in edges("lead") if text.startswith(word, left))
    before = text[left:start]
    if (
        text[max(low, left - 3) : left].endswith(edges("setup"))
        or not 2 <= len(before) <= 24
        or NO_NAME.search(before)
        or GENERIC.match(before)
        or _ORGANISES.search(before)
    ):
        return
    whole, rule = Found(left, end), "team"
    if before in _PARTY:
        place = _place_of_leader(page, left)
        if place:
            yield _Take(whole, "participate", rule, place)
    elif _TEAM.search(text[start:end]) or (before[0] != "第" and _NUMBERED.search(before)):
        yield _Take(whole, "participate", rule)
    elif sort_of(before) in ("organ", "society", "science") and not COMMITTEE.fullmatch(before):
        yield _Take(Found(left, start), "participate", "team_of")
    elif before[0] in "省市区县州国中":
        yield _Take(whole, "participate", rule)


def _place_of_leader(page: _Page, at: int) -> str | None:
    """The jurisdiction of who leads the team: 某县县长某某率|党政代表团."""
    leader = next((n for n in reversed(page.named_between(at - 24, at)) if at - 8 <= n.np_end <= at), None)
    return next((t.place for t in leader.titles if t.place), None) if leader else None


def _look(page: _Page, start: int, end: int, low: int, high: int) -> Iterator[_Take]:
    """市教育局到双槐镇调研: a body that looks at the work of others."""
    text = page.text
    if text.startswith(("组", "团", "员", "队", "长", "会"), end):
        return
    begin = _clause(text, start, low)
    if text[begin] == MARK:
        return  # a person goes
    for cut in _GOES.finditer(text, begin + 2, end):
        at = trimmed(text, begin, cut.start(), edges("adverb"))
        at -= 2 * text.endswith("一行", begin, at)
        if at - begin >= 2 and sort_of(text[max(begin, at - LONGEST) : at]):
            spans = bodies_before(text, begin, at)
            if spans and text.endswith((*_LEADS, "陪同", "邀请"), low, spans[0].left):
                return
            for found in spans:
                if sort_of(text[found.left : found.right]) in ("organ", "society", "science"):
                    yield _Take(found, "participate", "toured")
            return


_GOES = re.compile(
    r"一行|组织(?!部)|开展|先后|到(?!会)|赴|来(?!宾)|深入|莅临|走进|对(?!外)|就(?!业)|前往|(?:调研|视察|检查|督导|督查|考察|走访|慰问|巡查|暗访|对接|指导|交流)(?![组团员队])"
)

_RULES: dict[str, Callable[[_Page, int, int, int, int], Iterator[_Take]]] = {
    "people": _people,
    "unit": _unit,
    "speak": _speak,
    "attend": _attend,
    "host": _host,
    "hold": _hold,
    "talk": _talk,
    "team": _team,
    "look": _look,
    "made": _made,
    "led": _led,
    "jointly": _jointly,
    "heads": _host,
}
# Rules that read only the headline and the sentence that names the occasion.
_OWN_SENTENCE = frozenset(("hold", "look", "team", "talk", "jointly"))
# Rules that find no body where a person stands right before the mark.
_AFTER_NAMES = frozenset(("attend", "hold", "people", "led", "host"))
_DELEGATION = frozenset(("代表团", "考察团", "访问团"))


# ------------------------------------------------------------------ an occasion and its bodies


def attending(
    reading: Reading, told: Sequence[Told], namings: Sequence[Naming], speeches: Sequence[Speech], places: Places
) -> tuple[Told, ...]:
    """The article's occasions (with the spans of their names in its text), each with the bodies that took part by name.

    What was said in a speech names nobody present. What is told behind another occasion is that one's.
    """
    if not told:
        return ()
    text = _masked(reading.text, namings, speeches)
    automaton, sorts = _marks()
    marks = tuple((start, end, sorts[index]) for index, start, end in automaton.find_matches_as_indexes(text))
    ordered = sorted(namings, key=lambda n: n.start)
    page = _Page(text, reading, places, ordered, [n.start for n in ordered], marks)
    whole = sentences(reading.text)
    own = [_own_sentence(reading, span, whole) for _, span in told]
    begins = sorted({begin for begin, _ in own})
    result = []
    read: dict[tuple[int, bool], dict[str, EventBody]] = {}  # what several occasions of one sentence share
    for index, (event, span) in enumerate(told):
        low = own[index][0] if index else reading.body_start
        following = bisect_right(begins, own[index][0])
        high = begins[following] if following < len(begins) else len(text)
        key = (low, event.kind == "meeting")
        if key not in read:
            read[key] = _told_of(page, event, own[index], low, high, first=index == 0)
        bodies = tuple({**read[key], **_represented(page, event, low, high, read[key])}.values())
        result.append((event if bodies == event.bodies else replace(event, bodies=bodies), span))
    return tuple(result)


def _own_sentence(reading: Reading, span: Span, whole: Sequence[Span]) -> Span:
    at = bisect_left(reading.origin, span[0])
    index = bisect_right(whole, (at, len(reading.text))) - 1
    return whole[index] if index >= 0 and at < whole[index][1] else (at, at)


def _told_of(page: _Page, event: Event, own: Span, low: int, high: int, *, first: bool) -> dict[str, EventBody]:
    """The bodies that the text names: first what is told of the occasion, then what only the headline has."""
    found: dict[str, EventBody] = {}
    _collect(page, event, found, low, high, headline=False, own=own)
    if first:
        _collect(page, event, found, 0, page.reading.body_start, headline=True, own=own)
    if event.kind != "meeting":
        for left, right in _visited(page, own, low, high):
            _add(page, found, left, right, "inspected", "visited")
        for left, right in _comforted(page, low, high):
            _add(page, found, left, right, "inspected", "comforted")
    return found


def _add(page: _Page, found: dict[str, EventBody], left: int, right: int, role: BodyRole, rule: str) -> None:
    for name in _named(page.text[left:right], page, ""):
        if name not in found:
            found[name] = EventBody(name, role, (page.reading.clause(left, right),), rule)


_VISIT = re.compile(
    r"(?:到|赴|来到|走进|深入|走访|莅临)(?!会)(?P<name>[^，。、；＃\n]{3,24}?)(?=，|开展|调研|视察|检查|考察|督导|慰问|参加|走访|参观|宣讲|举行|举办|为|。|对|进行|学习|指导)"
)
_CONTACT = re.compile("座谈|汇报|交流|交谈|听取|上了一|讲了一|手中|手里|捐赠|赠送|签")


def _visited(page: _Page, own: Span, low: int, high: int) -> Iterator[Span]:
    """到中盛集团调研 … 座谈会上: the one body visited, whose people reported or talked."""
    spans = [
        m.span("name")
        for m in _VISIT.finditer(page.text, *own)
        if sort_of(m["name"]) in _VISITABLE or m["name"].endswith(("法院", "检察院", "中院"))
    ]
    yield from _offices_visited(page, own, low, high)
    boss = any(t.class_ == "enterprise" for n in page.named_between(low, high) for t in n.titles)
    if len(spans) == 1 and (boss or _CONTACT.search(page.text, own[0], high)):
        left, right = spans[0]
        if is_name(page.text[left:right], sort_of(page.text[left:right])):
            yield left, right


# 先后来到军分区、武警中队、人武部|走访慰问
_COMFORTED = re.compile(
    r"(?:来到|到|赴|前往|深入|走进|走访慰问了?|慰问了?|看望了?)(?P<units>[^，。；：\n＃]{4,90}?)(?:驻地|等地|等单位|等)?(?:，?(?:走访慰问|进行慰问|看望慰问|开展慰问|慰问|看望)|[，。])"
)
_COMFORTS = re.compile("慰问|送温暖")
_TALKS_THERE = re.compile(
    "(?:与|同|和)[^，。；]{0,10}官兵[^，。；]{0,6}(?:座谈|交谈|交流|谈心|坐下来|握手)|[^，。]{0,6}听取[^，。]{0,12}(?:汇报|介绍)"
)


def _comforted(page: _Page, low: int, high: int) -> Iterator[Span]:
    """The units of the army and the fire brigade that leaders went to comfort, where they talked with the men."""
    text = page.text
    for match in _COMFORTED.finditer(text, low, high):
        begin, stop = _sentence(text, match.start(), low), match.end()
        if not _COMFORTS.search(text, begin, min(high, stop + 30)) or not _TALKS_THERE.search(text, stop, high):
            continue
        for found in bodies_before(text, match.start("units"), match.end("units"), exact=True):
            if sort_of(text[found.left : found.right]) == "force":
                yield found.left, found.right


def _offices_visited(page: _Page, own: Span, low: int, high: int) -> Iterator[Span]:
    """到市住建委调研，听取主任高某介绍: an office whose own people are told of there."""
    there = {t.body for n in page.named_between(low, high) for t in n.titles if t.body}
    for match in _VISIT.finditer(page.text, *own):
        if sort_of(match["name"]) == "organ" and is_name(match["name"], "organ") and there & set(_named(match["name"], page, "")):
            yield match.span("name")


_HEADS = re.compile("董事长|总经理|经理|总裁|厂长|校长|院长|会长|党委书记")
_MASS = ("党校", "总工会", "工会", "工商联", "妇联", "科协", "文联", "侨联", "残联", "支部", "总支")
_REPRESENTED = frozenset(("firm", "school", "health", "science", "society"))


def _represented(page: _Page, event: Event, low: int, high: int, found: Mapping[str, EventBody]) -> dict[str, EventBody]:
    """The firms, schools and associations whose heads were there, as such; not those that ``found`` has in other words."""
    there = {a.person for a in event.appearances}
    others = list(found)[:_MANY]
    heads: dict[str, EventBody] = {}
    for naming in page.named_between(low, high):
        if naming.name not in there:
            continue
        for title in naming.titles:
            if not title.body or title.status is not None or not _HEADS.search(title.post):
                continue
            body = title.body.removesuffix("党委")
            sort = sort_of(body)
            known = sort in _REPRESENTED or (sort is None and title.class_ == "enterprise")
            new = known and body not in heads and not body.endswith(_MASS) and is_name(body, "firm")
            if new and not any(body in other or other in body for other in others):
                clause = page.reading.clause(naming.np_start, naming.np_end)
                heads[body] = EventBody(body, "participate", (clause,), "represented")
    return heads


_MANY = 60


def _collect(page: _Page, event: Event, found: dict[str, EventBody], low: int, high: int, *, headline: bool, own: Span) -> None:
    at = bisect_left(page.marks, (low, 0, ""))
    while at < len(page.marks) and page.marks[at][0] < high:
        start, end, sort = page.marks[at]
        at += 1
        if sort == "none" or (page.text[start - 1] == MARK and sort in _AFTER_NAMES):
            continue
        if headline and (
            sort not in _OWN_SENTENCE or (sort == "team" and any(b.rule.startswith("team") for b in found.values()))
        ):
            continue
        if not headline and sort in ("hold", "look") and not own[0] <= start < own[1]:
            continue
        if sort == "heads" and event.kind != "activity":
            continue  # what a meeting sets somebody to do
        if event.kind == "meeting" and (sort == "look" or (sort == "team" and page.text[start:end] not in _DELEGATION)):
            continue
        before = ""
        for take in _RULES[sort](page, start, end, low, high):
            left, right, shared = take.found
            organ = page.text[left:right] + shared
            if headline and organ.endswith("常委会"):
                continue
            if take.before:
                level = take.before[-1] if take.before[-1] in LEVEL_CHARS else ""
                names: tuple[str, ...] = (take.before + organ.removeprefix("师市").removeprefix(level),)
            else:
                names = _named(organ, page, before)
            for name in names:
                before = name
                if name not in found:
                    found[name] = EventBody(name, take.role, (page.reading.clause(left, right),), take.rule)


# ------------------------------------------------------------------ names resolved

_OFFICIAL = (("中级人民法院", "中院"), ("人民法院", "法院"), ("人民检察院", "检察院"), ("中级法院", "中院"))


def _shortened(organ: str, text: str) -> str:
    """The paper's own short name of a court, where the article has it: 丹阜区检察院 for 丹阜区人民检察院."""
    for long, short in _OFFICIAL:
        if organ.endswith(long):
            place = organ.removesuffix(long)
            if short == "中院" and place.endswith("市") and place[:-1] + short in text:
                return place[:-1] + short
            if place[-1:] + short in text or place + short in text:
                return place + short
            return organ
    return organ


_SESSION = re.compile(r"第?[一二三四五六七八九十]+届")
_INNER = re.compile(r"(.+?(?:政协|人大常委会|人大))(?:办公[厅室]|.{2,8}[室委处])$")
_INNER_ITEM = re.compile(r"[\u4e00-\u9fff]{1,6}(?:室|委员会|工委|处)$")
_DEPARTMENT = re.compile("组织部|宣传部|统战部|政法委")
_OF_COMMITTEE = re.compile("(.+(?:委|党委|工委))(?:组织部|宣传部|统战部|政法委|办|办公室|社工部|老干部局|编办)$")
_UNIT_OF_TOWN = re.compile("[镇乡]$|街道$|公司$|集团$")
_OFFICE = re.compile("[局办委所部院]$|中心$")
_LEAGUE = frozenset(("团省委", "团市委", "团县委", "团区委", "团州委", "团旗委"))
_OWN_NAME = ("民盟", "民建", "民革", "民进", "农工党", "九三学社", "致公党", "台盟", "国家", "中国", "全国", "武警", "驻")


@cache
def _alone() -> frozenset[str]:
    return frozenset(row["form"] for row in table("body_endings") if row["alone"])


def _named(organ: str, page: _Page, before: str) -> tuple[str, ...]:
    """The body's name with its place, or the two names of a Party committee and a government told in one: 区委区政府.

    ``before``: the body before it in the list, whose place or house it may share.
    """
    places = page.places
    organ = _shortened(organ, page.text)
    if organ in _LEAGUE:
        return ("团" + (places.at_level(organ[1]) or organ[1]) + "委",)
    house = HOUSE.fullmatch(organ)
    if house:
        place, _ = places.split(house["place"] + "委")
        whole = place or house["place"]
        return whole + house["one"], whole + "政府"
    inner = _INNER.match(before)
    if inner and _INNER_ITEM.fullmatch(organ):
        return (inner[1] + organ,)  # 市政协办公厅、研究室
    department = _DEPARTMENT.fullmatch(organ)
    if department:
        committee = _OF_COMMITTEE.match(before)
        if committee:
            return (committee[1] + organ,)  # 旗委组织部、统战部
        return (places.home + "委" + organ,) if places.home and not _UNIT_OF_TOWN.search(places.home) else (organ,)
    if organ == "办公室" and before.endswith(HAS_OFFICE):
        return (before + organ,)
    place, rest = places.split(_SESSION.sub("", organ))
    if place and organ.startswith(place[:-1]) and not organ.startswith(place) and len(place) > 2:
        return (organ,)  # 岳阳中院: the paper's own short name
    level = before[:1]
    if place is None and level in LEVEL_CHARS and not places.at_level(level) and len(rest) <= 12 and _OFFICE.search(rest):
        return (level + rest.removeprefix(level),)  # 旗财政局、审计局, where the page does not name the banner
    if place is None and before and len(rest) <= 6 and (shared := places.split(before)[0]) and _OFFICE.search(rest):
        if rest.startswith(shared[:-1]):
            return (rest,)  # 双槐卫生院 behind 双槐镇
        return (shared + rest,)  # 县委办、发改局、运管所
    if organ.startswith(_OWN_NAME):
        return (organ,)
    if place is None and (places.is_government(organ) or rest in _alone()) and (places.home or "")[:-1] not in rest:
        return ((places.home or "") + rest,)
    return ((place or "") + rest,)
