"""The campaigns of an article: the drives, programmes and pushed tasks that its occasions serve or that it is about.

Campaigns are named by what surrounds them. Four kinds of mention are looked for: names that papers of many places use (a
lexicon), names that a mark of a campaign closes (……专项整治, ……攻坚战, “……”活动), the task that a meeting or an inspection
is named after (……工作推进会, 督导……工作), and 学习贯彻……精神. Mentions of one campaign are joined; where they stand decides
whether the article is about it: in the name of an occasion or the headline, in the lead as what the occasion is for, or
again and again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon import forms, table
from kg.model import Article, Campaign, Evidence

MOST = 5

_QUOTE = re.compile('[“”"‘’「」『』]')


# ------------------------------------------------------------------ the text without quotation marks


@dataclass(frozen=True, slots=True)
class _Plain:
    """The article without its quotation marks, that may stand anywhere in a name (村“两委”换届); offsets lead back."""

    text: str
    marks: tuple[int, ...]  # where in ``source`` the marks left out stand
    gaps: tuple[int, ...]  # where in ``text`` they would stand
    source: str

    @classmethod
    def of(cls, source: str) -> _Plain:
        marks = tuple(match.start() for match in _QUOTE.finditer(source))
        gaps = tuple(mark - count for count, mark in enumerate(marks))
        return cls(_QUOTE.sub("", source), marks, gaps, source)

    def origin(self, at: int) -> int:
        """The offset in the source of the character at ``at``."""
        return at + bisect_right(self.gaps, at)

    def inside(self, offset: int) -> int:
        """The offset in ``text`` for an offset in the source."""
        return offset - bisect_left(self.marks, offset)


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What a meeting or an inspection in the text is for: ``text[start:end]``, before the words that say so."""

    start: int
    end: int
    full: int  # where the words that say so end: 督导背街小巷整治工作|
    works: bool  # 工作 stands behind it: 督导背街小巷整治|工作
    rule: str


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where things stand in the plain text: the headline, the lead, the names of the occasions."""

    plain: _Plain
    head: int  # text[:head] is the headline
    lead: int  # text[head:lead] is the lead
    events: tuple[tuple[int, int], ...]  # names of events and what the occasions of headline and lead are for
    occasions: tuple[_Occasion, ...]
    places: tuple[str, ...]
    session: bool  # a session of an organ (常委会, 常务会议, 人大), whose agenda names much in passing

    def zone(self, start: int, end: int) -> str:
        if any(a <= start and end <= b for a, b in self.events):
            return "event"
        if end <= self.head:
            return "headline"
        return "lead" if start < self.lead else "body"


class _Mention(NamedTuple):  # there are many: a tuple is made and compared faster than a dataclass
    """A name of a campaign in the plain text. ``family`` is the name that its synonyms share, where the lexicon has one."""

    start: int
    end: int
    name: str
    sort: str  # drive | routine | named | task | spirit
    zone: str  # event | headline | lead | body
    rule: str
    family: str | None = None


# ------------------------------------------------------------------ cutting a name out of its clause

_STOP = re.compile(r"[、，,。！？!?；;：:\n\s()（）—…★●▲【】]")
_SMALL_EDGE = re.compile(
    "对(?![口标接])|就(?![业])|在(?![线职岗])|把|将(?![军])|为(?![民企])|以(?![案])|到(?![位])|向|从(?![严业])|由|是|了|的|等(?![级])|和(?![谐美平])|与|及|暨|并|或|于|给"
)
_SPLIT = re.compile("暨|、|以及|及(?![时])|和(?![谐美平])|与")
_YEAR = re.compile(
    r"首[轮批次届]|[春秋]季学期|(?:\d{4}|[二两]〇..)年度?|\d{1,2}月份?|[一二三四五六七八九十]+届|(?:今|去|明|本|全)年"
    r"|(?:第[一二三四五六七八九十\d]+|[一二三四五六七八九十]+届)(?:届|次|轮|批|期|季度|阶段)?"
)
_DIVISION = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:自治[区州县]|开发区|示范区|高新区|经开区|新区|街道|[省市县区州旗镇乡盟])"
    r"(?![区域划块级委场容民政村风城界际外内直治长情管])(?=[\u4e00-\u9fff]{4})"
)
_NO_DIVISION = re.compile(
    r"(?:小|社|片|园|景|山|灾|库|辖|矿|地|校|老|新社|城|工业|棚户|郊|牧|林|湖|库|禁|城|都|超|门|夜|早|菜|上|农贸|集|村|特色小|小城|文明|卫生|森林|园林|双拥模范|示范|智慧|海绵|环保)"
    r"[市县区镇乡]$"
)
_PUSH = re.compile(
    "^(?:打好|打赢|打响|加快|加强|强化|推进|推动|深入|全面|扎实|开展|做好|抓好|进一步|全力|大力|积极|持续|深化|学习|落实|贯彻|坚决|当前|近期|重点|相关|各项|的|了|"
    "我[省市县区镇乡]|全[省市县区镇乡]|[省市县区镇乡]委(?!员)|[省市县区镇乡]政府|本[市县区]|市(?![场民政容区域级县郊])|县(?![域级城乡区])|区(?![域块划级间])|省(?![级会际市])|辖区|督导|检查|调研|督查|实施|关于|迎接|启动|参加|指导|交流|考察|参观|由(?!中央))+"
)


@cache
def _edges() -> re.Pattern[str]:
    words = sorted(forms("campaigns_edges"), key=lambda w: (-len(w), w))
    return re.compile("|".join(words) + "|" + _SMALL_EDGE.pattern + "|" + _YEAR.pattern + "|" + _STOP.pattern)


def _left_edge(text: str, start: int, end: int) -> int:
    """Where the name that ends at ``end`` begins: behind the last word before it that is no part of a name."""
    at = max(start, end - 18)
    for match in _edges().finditer(text, at, end):
        at = match.end()
    return at


def _trimmed(scene: _Scene, start: int, end: int) -> tuple[int, int]:
    """The span without a place, a year, verbs of pushing before it and 工作 behind it."""
    text = scene.plain.text
    before = -1
    while before != start:
        before = start
        for pattern in (_YEAR, _PUSH):
            if (match := pattern.match(text, start, end)) and end - match.end() >= 3:
                start = match.end()
        for place in scene.places:
            if text.startswith(place, start) and end - start - len(place) >= 3:
                start += len(place)
        if (match := _DIVISION.match(text, start, end)) and not _NO_DIVISION.search(match.group()):
            start = match.end()
    for tail in ("工作", "项目", "任务", "情况", "重点", "环节"):
        if text.endswith(tail, start, end) and end - len(tail) - start >= 3:
            end -= len(tail)
    return start, end


# ------------------------------------------------------------------ rules: mentions of campaigns


@cache
def _known() -> tuple[AhoCorasick, tuple[dict[str, str], ...]]:
    rows = table("campaigns")
    return AhoCorasick([row["form"] for row in rows], matchkind=MatchKind.LeftmostLongest), rows


@cache
def _marks() -> AhoCorasick:
    return AhoCorasick(list(forms("campaigns_marks")), matchkind=MatchKind.LeftmostLongest)


def known_names(scene: _Scene) -> Iterator[_Mention]:
    """创卫, 党史学习教育, 疫情防控: names of the lexicon, wherever they stand."""
    automaton, rows = _known()
    for index, start, end in automaton.find_matches_as_indexes(scene.plain.text):
        row = rows[index]
        if _TWO_HANDS.match(scene.plain.text, end) or scene.plain.text[start - 1 : start] in _NUMERALS:
            continue
        yield _Mention(start, end, row["form"], row["class"], scene.zone(start, end), "known_name", row["family"])


# 统筹疫情防控和经济社会发展 is a slogan of the years of covid; 法治建设者, 防疫员 and 防灾减灾救灾委员会 are people and organs.
_TWO_HANDS = re.compile("(?:和|与|同)经济社会|[者员站]|委员会")
_NUMERALS = tuple("一二三四五六七八九十")  # “五清四乱” holds no 清四乱


def marked_names(scene: _Scene) -> Iterator[_Mention]:
    """道路交通安全专项整治, 打击非法采砂专项行动: a name that a mark of a campaign closes."""
    text = scene.plain.text
    for _, mark, end in _marks().find_matches_as_indexes(text):
        start, stop = _trimmed(scene, _left_edge(text, 0, mark), end)
        if mark - start >= 2 and not _NOT_MARKED.match(text, start, mark):
            yield _Mention(start, stop, text[start:stop], "marked", scene.zone(start, stop), "marked_name")


_NOT_MARKED = re.compile(
    r"(?:百日|[春夏秋冬]季|各项|一场|大型|全民|集中|各类|各种|一系列|系列|多项|这|该|此|本)|[^\u4e00-\u9fff]*$"
)

_ONE_QUOTE = (
    r"[“\"「『](?:[^“”\"「」『』\n，。；]{2,18}|[\u4e00-\u9fff]{2,8}，[\u4e00-\u9fff]{2,8}(?=[”\"」』]大讨论))[”\"」』][、和]?"
)
_QUOTED = re.compile(
    rf"({_ONE_QUOTE}(?:{_ONE_QUOTE}){{0,5}})"
    r"((?:(?![等暨和与及])[\u4e00-\u9fff]){0,10}?(?:活动|行动|工程|战役|大会战|攻坚战|计划|教育|评选|宣讲|整治|改革|换届|普查|工作法|竞赛|大讨论|大走访|大比武|年|月))(?!中心|基地|站|点|家)"
)
_IN_QUOTES = re.compile(r"[“\"「『]([^“”\"「」『』]+)[”\"」』]")
_QUOTED_WHOLE = re.compile(
    r"[“\"「『]([^“”\"「」『』\n，。；]{1,14}(?:工作法|行动|工程|活动|计划|战役|攻坚战|[\u4e00-\u9fff]{2}[年月]))[”\"」』]"
)


def quoted_names(scene: _Scene) -> Iterator[_Mention]:
    """“百场宣讲进基层”活动: a name in quotation marks before a word for a campaign."""
    plain, source = scene.plain, scene.plain.source
    for match in _QUOTED.finditer(source):
        quotes = list(_IN_QUOTES.finditer(source, match.start(1), match.end(1)))
        after = plain.inside(match.end())
        for quote in quotes:  # “三送一强”“一联三帮”活动 are two
            start, end = plain.inside(quote.start(1)), plain.inside(quote.end(1))
            if plain.text[start:end] in _known_forms() or _SLOGAN.search(quote.group(1)):
                continue
            last = quote is quotes[-1]
            whole = last and (end - start <= 3 or match[2] == "大讨论")
            name = plain.text[start : after if whole else end]
            yield _Mention(start, after if last else end, name, "named", scene.zone(start, end), "quoted_name")
    for pattern in (_QUOTED_WHOLE, _THEME):
        for match in pattern.finditer(source):
            start, end = plain.inside(match.start(1)), plain.inside(match.end(1))
            yield _Mention(start, end, plain.text[start:end], "named", scene.zone(start, end), "quoted_name")


_THEME = re.compile(r"以[“\"「『]([^“”\"「」『』\n。；]{4,30})[”\"」』]为主题的")
# “八一”, “迎中秋”, “忠诚、干净、担当”: a day, a wish, words of praise
_DAYS = "(?:八一|七一|五一|五四|六一|三八|七夕|中秋|国庆|元旦|春节|新春|元宵|端午|重阳|清明|新年|双节|两节)"
_SLOGAN = re.compile(
    rf"[！!？?]|图[一二三四]|^\d+$|^(?:(?:喜?迎|欢?庆|贺|话|度)?[ ·、]?{_DAYS}[ ·、]?(?:话发展)?)+$|"
    r"^(?:[\u4e00-\u9fff]{2}、){2}[\u4e00-\u9fff]{2}$"
)


def recurring_quotes(scene: _Scene) -> Iterator[_Mention]:
    """督导“一村一警”工作: a name in quotation marks in the name of an occasion that the article comes back to."""
    plain = scene.plain
    spans = [(m.group(1), plain.inside(m.start(1)), plain.inside(m.end(1))) for m in _QUOTE_ONLY.finditer(plain.source)]
    aimed = {name for name, start, end in spans if scene.zone(start, end) == "event"} - _known_forms()
    counts = Counter(name for name, _, _ in spans)
    for name, start, end in spans:
        named = counts[name] >= 2 or (_NAMES.fullmatch(name) is not None and not _SITES.match(plain.text, end))
        if not (name in aimed and named) or name.endswith("会") or _SLOGAN.search(name):
            continue
        if "台风" + name not in plain.text and not _HONOUR.search(name):
            yield _Mention(start, end, name, "named", scene.zone(start, end), "recurring_quote")


_HONOUR = re.compile("好人$|^最美|模范$|标兵$|之星$|能手$")  # 看望“中国好人”


def storms(scene: _Scene) -> Iterator[_Mention]:
    """台风“海葵”防御, 防御台风“海葵”: a storm by its name, where headline or occasion are for meeting it."""
    for low, high in ((0, scene.lead), *(span for span in scene.events if span[1] > scene.lead)):
        for match in _AGAINST_STORM.finditer(scene.plain.text, low, high):
            name = match["before"] or match["behind"]
            zone = scene.zone(match.start(), match.end())
            yield _Mention(match.start(), match.end(), f"防御台风{name}", "routine", zone, "storm", "防台抗台")


_AGAINST_STORM = re.compile(
    r"(?:防御|防抗|防范|抗击|迎战|应对|抵御)(?:今年)?(?:第?\d+号)?(?:强|超强)?台风"
    r"(?P<before>[\u4e00-\u9fff]{2,3}?)(?=[，。、；\s]|工作|紧急|防御|来袭|会|$)|"
    r"台风(?P<behind>[\u4e00-\u9fff]{2,3}?)(?=防御|防抗|防范|来袭)"
)
_SITES = re.compile("[^，。；]{0,3}[点区园村家馆店街户]")  # “五清四乱”整治点
_NAMES = re.compile("[\u4e00-\u9fff·]{4,12}")  # no slogan in two halves
_QUOTE_ONLY = re.compile(r"[“\"「『]([\u4e00-\u9fff+·、]{2,10})[”\"」』]")


def activities(scene: _Scene) -> Iterator[_Mention]:
    """百名专家山乡行活动: an activity with a name of its own but no quotation marks, where an occasion or the headline has it."""
    text = scene.plain.text
    for match in _ACTIVITY.finditer(text):
        close = match.start() - 2 * text.endswith("系列", 0, match.start())
        start, end = _trimmed(scene, _left_edge(text, 0, close), close)
        zone = scene.zone(start, end)
        quoted = end > start and _QUOTE.search(scene.plain.source, scene.plain.origin(start) - 1, scene.plain.origin(end - 1) + 2)
        if end - start >= 5 and zone != "body" and not quoted and not _COMMON.search(text, start, end):
            yield _Mention(start, end, text[start:end], "activity", zone, "activity")


_ACTIVITY = re.compile("活动(?!中心|基地|室|场|组|现场|周|月|年)")
_COMMON = re.compile(
    r"(?:慰问|捐赠|考察|参观|学习|交流|庆祝|采访|文体|纪念|签约|调研|走访|座谈|志愿服务|志愿者|主题|展|展示|展演|演出|比赛|义诊|督导|检查|观摩|培训|仪式|[月日])$|[的了\d]"
)


def spirits(scene: _Scene) -> Iterator[_Mention]:
    """学习贯彻党的二十大精神, 宣讲全会精神: named where an occasion or the headline is for it."""
    text = scene.plain.text
    for low, high in ((0, scene.head), *scene.events):
        zone = "event" if (low, high) in scene.events else "headline"
        for match in _SPIRIT.finditer(text, low, high):
            heard = _HEARD.search(text, max(0, match.start() - 4), match.start() + 1)
            only = zone == "headline" and not text[match.end() : high].strip() and _OF_A_MEETING.search(match.group())
            if (not heard or only) and not _ANY_MEETING.search(match.group()):
                yield _Mention(match.start(), match.end(), match.group(), "spirit", zone, "spirit")
        for match in _CONGRESS.finditer(text, low, high):
            if _STUDIED.search(text, max(0, match.start() - 24), match.end()):
                yield _Mention(match.start(), match.end(), f"学习贯彻{match.group()}精神", "spirit", zone, "congress")


_SPIRIT = re.compile(r"(?:(?:学习|宣传|贯彻|落实)+|宣讲(?!团))[^，。；\n\s团]{2,28}?(?:精神(?!文明)|重要讲话|思想(?!政治|大))")
_CONGRESS = re.compile("党的(?:十[六七八九]|二十)大|十[六七八九]届[一二三四五六七]中全会|二十届[一二三四]中全会")
_STUDIED = re.compile("学习|收看|观看|聆听|宣讲|传达")
_HEARD = re.compile("传达")
_OF_A_MEETING = re.compile("(?:全会|全委|大会|两会|次会议)[^，]{0,8}精神$")  # 传达学习全会精神 is all of the headline
_ANY_MEETING = re.compile(  # 落实全市会议精神
    "^(?:学习|宣传|贯彻|落实)+(?:[全本][省市区县州旗]|上级|近期|有关|重要|系列|相关|[省市区县州旗]委?|[省市区县州旗]里)*(?:会议|文件)精神$"
)


def jubilees(scene: _Scene) -> Iterator[_Mention]:
    """庆祝新中国成立70周年, 喜迎党的二十大: what an occasion celebrates."""
    for low, high in ((0, scene.lead), *(span for span in scene.events if span[1] > scene.lead)):
        for match in _JUBILEE.finditer(scene.plain.text, low, high):
            zone = scene.zone(match.start(), match.end())
            yield _Mention(match.start(), match.end(), match.group(), "jubilee", zone, "jubilee")


_JUBILEE = re.compile(
    r"(?:庆祝|纪念|庆|迎接|喜迎|献礼)[^，。；\n\s]{0,14}?(?:\d+|[一二三四五六七八九十]+)周年|建[县市区州旗镇乡国党军校院厂]\d+周年"
)


def _occasions(text: str, lead: int, events: Sequence[tuple[int, int]], head: int) -> Iterator[_Occasion]:
    """The occasions that the clauses of headline and lead and the given names of events tell of."""
    breaks = [0, *(match.end() for match in _CLAUSE.finditer(text, 0, lead)), lead]
    for low, high in ((0, lead), *(span for span in events if span[1] > lead)):
        for match in _MEETING.finditer(text, low, high):
            start = _clause_start(breaks, match.start(), low)
            close = _without_tail(text, start, match.end())
            if close is not None and not _ATTENDED.search(text, max(start, close - 4), close):
                works = _WORKS.search(text, close, match.end()) is not None
                yield _Occasion(_meeting_edge(text, start, close), close, match.end(), works, "meeting_task")
        for match in _ORGAN.finditer(text, low, high):
            start = _clause_start(breaks, match.start(), low)
            edge = _meeting_edge(text, start, match.start())
            yield _Occasion(edge, match.start(), match.end(), True, "organ_task")
        for match in _INSPECT.finditer(text, low, high):
            if not (match.start() >= head and _is_speech(text, match.start())):
                over = _OVER.search(text, match.end(), high)
                close = over.start() if over else high
                rule = "agenda" if "部署" in match.group() else "inspection_task"
                works = text.startswith("工作", close)
                yield _Occasion(match.end(), close, close + 2 * works, works, rule)
        for pattern in (_ABOUT, _OPENED):
            for match in pattern.finditer(text, low, high):
                works = text.startswith("工作", match.end(1))
                rule = "agenda" if match.group().endswith("部署") else "inspection_task"
                yield _Occasion(match.start(1), match.end(1), match.end(1) + 2 * works, works, rule)


def _clause_start(breaks: Sequence[int], at: int, low: int) -> int:
    return max(breaks[bisect_right(breaks, at) - 1], low)


def _is_speech(text: str, at: int) -> bool:
    """Whether a verb of speech stands before it in its sentence: what is demanded is no occasion."""
    return _SPEECH.search(text, _sentence(text, at, at)[0], at) is not None


_WORKS = re.compile("工作|专题")
_ATTENDED = re.compile("(?:出席|参加|主持|召开|列席|举行|聆听|旁听|召集|举办|观看|到|了|开)$")
_ORGAN = re.compile("(?:领导小组|指挥部|工作专班|联席会议)(?:办公室)?(?=召开|举行|组织|第|(?:全体|工作|专题)?会议)")
_MEETING = re.compile(
    r"(?:会议|大会|[^社协委究学合促谊金]会|仪式)(?=[召举开隆在上暨强要指昨今近日\d]|[，,。、；;：:！!（()\s]|$|并|的|结束|闭幕)"
)
_INSPECT = re.compile(
    "(?:调研|督导|督查|督办|检查|视察|暗访|夜查|调度|察看|查看|巡查|考察|研究部署|安排部署|部署|观摩|研学|专题学习|专题研究)(?![组员团长])(?!检查组|督[导查]组)"
    "(?:指导|检查|督导|调研|督查|考察|视察|我[省市县区]|全[省市县区]|了|辖区|当前|的)*"
)
_OVER = re.compile(r"(?:等)?(?:有关|相关)?(?:工作|情况|进展|落实|问题|时(?=强调|指出|要求)|事宜)|[，,。！？；;：:\n\s]|并|$")
_VISITED = "(?:调研|督导|检查|督查|暗访|视察|部署|调度|观摩|察看|巡查)"
_ABOUT = re.compile(
    r"(?:对|就|围绕)([^，。；\n\s]{3,40}?)(?:工作|情况|问题)*(?:等)?(?:工作|情况)?(?:进行|开展|作)了?[^，。；\n]{0,8}?" + _VISITED
)
_OPENED = re.compile(r"开展([^，。；\n\s]{2,20}?)(?:工作)?(?:专项|专题|现场|执法)?" + _VISITED)


def tasks(scene: _Scene) -> Iterator[_Mention]:
    """背街小巷综合整治现场推进会, 督导河渠周边环境治理工作: the task that an occasion is for."""
    for occasion in scene.occasions:
        if occasion.rule != "agenda":  # 部署交通秩序、农贸市场等工作: of an agenda only what has a name counts
            yield from _tasks(scene, occasion)


_CLAUSE = re.compile(r"[，,。！？!?；;：:\n\s]")


def _without_tail(text: str, start: int, end: int) -> int | None:
    """The end of the task in front of 工作推进会; None where nothing stands before it."""
    for word in ("会议", "大会", "仪式", "会"):
        if text.endswith(word, start, end):
            end -= len(word)
            break
    tails = _tails()
    cut = True
    while cut:
        cut = False
        for size in (5, 4, 3, 2, 1):
            if end - size >= start and text[end - size : end] in tails:
                end -= size
                cut = True
                break
        if (match := _ORDINAL.search(text, max(start, end - 10), end)) is not None:
            end = match.start()
            cut = True
    return end if end - start >= 2 else None


_ORDINAL = re.compile(r"(?:第?[一二三四五六七八九十\d]+(?:次|轮|批|阶段|季度|期)|首次|\d{4}年度?|[（(][^（()）]{1,4}[)）])$")


@cache
def _tails() -> frozenset[str]:
    return frozenset(forms("campaigns_tails"))


@cache
def _tasks_end() -> tuple[str, ...]:
    return tuple(sorted(forms("campaigns_tasks"), key=lambda w: (-len(w), w)))


@cache
def _not_tasks() -> frozenset[str]:
    return frozenset(forms("campaigns_nottasks"))


@cache
def _not_task_ends() -> tuple[str, ...]:
    rows = table("campaigns_nottasks")
    return tuple(sorted(row["form"] for row in rows if len(row["form"]) >= 4 and row["note"] != "whole"))


def _meeting_edge(text: str, start: int, end: int) -> int:
    """Behind the last 召开, 举行 …; 和 and 暨 stay, a meeting may have two tasks."""
    at = max(start, end - 40)
    for match in _OPENS.finditer(text, at, end):
        if end - match.end() >= 2:
            at = match.end()
    return at


_OPENS = re.compile(
    "召开|举行|举办|组织(?!换届)|参加|出席|主持|开展|召集|全[省市县区镇乡州旗]|我[省市县区镇乡州旗]"
    "|在(?![线职岗建])|对(?![口标接])|就(?!业)|将|为(?![民企])"
)


def _tasks(scene: _Scene, occasion: _Occasion) -> Iterator[_Mention]:
    """The tasks of one occasion, which may have several (复审暨疫苗接种工作推进会)."""
    text = scene.plain.text
    cuts = [*_SPLIT.finditer(text, occasion.start, occasion.end)]
    cuts = [m for m in cuts if not _VERBS_ONLY.match(text, m.end(), occasion.end)]  # 规划与整治提升: one task
    starts, ends = [occasion.start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), occasion.end]
    for begin, close in zip(starts, ends, strict=True):
        first, last = _trimmed(scene, begin, close)
        name = text[first:last]
        if _is_task(name, (occasion.works and close == occasion.end) or text.startswith("工作", last)):
            yield _Mention(first, last, name, "task", scene.zone(first, last), occasion.rule)
        elif text.startswith("项目", last) and _is_project(name):
            yield _Mention(first, last + 2, f"{name}项目", "task", scene.zone(first, last), occasion.rule)


_VERBS_ONLY = re.compile(
    "(?:整治|提升|建设|管理|保护|利用|开发|发展|治理|管护|推进|落实|改造|修复|规划|服务|监管|防治)+(?:工作|情况|$)"
)


def _is_project(name: str) -> bool:
    """天文小镇首批|项目, but not 重点|项目, 三个|项目, a firm's project."""
    return 4 <= len(name) <= 14 and not _CLAUSAL.search(name) and not _NO_TASK.search(name) and not _NO_PROJECT.search(name)


_CLAUSAL = re.compile("[了也】【]|重点$|连续[一二三四五六七八九十\\d]+年")
_NO_PROJECT = re.compile("重点|重大|部分|各|等|多个|民生|在建|新建|招商|投资|合作|产业$|集中|公司|集团|企业|厂$|生产线")


def _is_task(name: str, works: bool) -> bool:
    """Whether a name is that of a task: it ends in a noun of work, or 工作 stood behind it; organs and persons are none."""
    if _CREATES.fullmatch(name):
        return True
    if not 3 <= len(name) <= 20 or _NO_TASK.search(name) or _CLAUSAL.search(name) or name in _not_tasks():
        return False
    if name.endswith(_not_task_ends()):
        return False
    return name.endswith(_tasks_end()) or (works and len(name) >= 4)


_CREATES = re.compile("(?:创建|争创|创)[\u4e00-\u9fff0-9A]{4,18}(?:[省市县区镇乡]|城市|基地)")  # 创建国家级旅游度假区
_NO_TASK = re.compile(
    r"^(?:交流|考察|学习|参观)..$|^[组员]|汇报了|^中共|.调研.|.督导.|人大|政协|政法委|市委|县委|区委|常委|党委|党组|委员|代表|干部|会$|会议|全会|[公协商学]会|[局院部厅办委处科队厂校店村组站所园]$|[省市县区镇乡]$|公司|同志|书记|主任|[区县市]长|领导|讲话|精神|"
    r"先进|优秀|表彰|年度|年终|上半年|下半年|季度|述职|总结|签约|揭牌|[\d]"
)


def comforts(scene: _Scene) -> Iterator[_Mention]:
    """走访慰问驻区部队官兵: the army comforted, in the headline or as the occasion, is 双拥."""
    for low, high in ((0, scene.head), *scene.events):
        for match in _COMFORTS.finditer(scene.plain.text, low, high):
            zone = scene.zone(match.start(), match.end())
            yield _Mention(match.start(), match.end(), "双拥", "routine", zone, "comfort", "双拥模范城创建")


_COMFORTS = re.compile("慰问[^，。；、\n]{0,12}?(?:部队|官兵|驻军|驻地武警|指战员)")

Rule = Callable[[_Scene], Iterator[_Mention]]
RULES: tuple[Rule, ...] = (
    *(known_names, quoted_names, recurring_quotes, storms, marked_names, activities, spirits, jubilees, comforts, tasks),
)


# ------------------------------------------------------------------ joining mentions, deciding


@dataclass(frozen=True, slots=True)
class _Group:
    """The mentions of one campaign in text order."""

    mentions: tuple[_Mention, ...]

    def zones(self) -> frozenset[str]:
        return frozenset(m.zone for m in self.mentions)

    def sorts(self) -> frozenset[str]:
        return frozenset(m.sort for m in self.mentions)


def _fold(name: str) -> str:
    return _SIGN.sub("", name)


_SIGN = re.compile(r"[^\w]")


def _key(mention: _Mention) -> str:
    """What mentions of one name have in common: the family of the lexicon, else the bare name."""
    return mention.family or f"{mention.sort} {_core(mention.name)}"


def _grouped(mentions: Sequence[_Mention]) -> tuple[_Group, ...]:
    """Join the mentions of one campaign: first those of one family or one name, then by place and spelling.

    A mention that stands only inside the quoted name of another campaign is left out (战疫 in “战疫情、助产业”活动). Of a text
    with more names than any article has, the names of its occasions and those that recur are kept.
    """
    named: dict[str, list[_Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.family is None, m.start, -m.end, m.rule)):
        named.setdefault(_key(mention), []).append(mention)
    if len(named) > _MOST_NAMES:
        ranked = sorted(named, key=lambda k: (all(m.zone in ("lead", "body") for m in named[k]), -len(named[k])))
        named = {key: named[key] for key in sorted(ranked[:_MOST_NAMES], key=list(named).index)}
    touching, held = _neighbours(mentions)
    groups: list[list[str]] = []
    for key in named:
        home = next((g for g in groups if any(_joins(named, touching, key, other) for other in g)), None)
        if home is None:
            groups.append([key])
        else:
            home.append(key)
    return tuple(
        _Group(tuple(sorted((m for key in keys for m in named[key]), key=lambda m: (m.start, m.end, m.rule))))
        for keys in groups
        if not all(held.get(m, frozenset()) - set(keys) for key in keys for m in named[key])
    )


_MOST_NAMES = 100


def _joins(named: dict[str, list[_Mention]], touching: frozenset[tuple[str, str]], key: str, other: str) -> bool:
    """Whether some name of the one is that of the other (each name once), or they stand in one place."""
    if (key, other) in touching or (other, key) in touching:
        return True
    return any(_same(one, two) for one in _by_name(named[key]) for two in _by_name(named[other]))


def _neighbours(mentions: Sequence[_Mention]) -> tuple[frozenset[tuple[str, str]], dict[_Mention, frozenset[str]]]:
    """The pairs of names that stand in one place, and for each mention the quoted names that hold it; one pass over the text."""
    touching: set[tuple[str, str]] = set()
    held: dict[_Mention, frozenset[str]] = {}
    open_ones: list[_Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.sort != "named", m.rule)):
        open_ones = [m for m in open_ones if m.end >= mention.start]
        for other in open_ones:
            if _stand_together(other, mention):
                touching.add((_key(other), _key(mention)))
            if other.sort == "named" and mention.end <= other.end and _key(other) != _key(mention):
                held[mention] = held.get(mention, frozenset()) | {_key(other)}
        open_ones.append(mention)
    return frozenset(touching), held


def _stand_together(one: _Mention, other: _Mention) -> bool:
    """One in the other, or a routine that closes a drive (以案促改|警示教育)."""
    if one.family is not None and other.family is not None:
        return (one.end == other.start and other.sort == "routine") or (other.end == one.start and one.sort == "routine")
    return one.start < other.end and other.start < one.end and not _is_apart(one, other)


def _by_name(mentions: Sequence[_Mention]) -> tuple[_Mention, ...]:
    return tuple({(m.sort, m.name): m for m in mentions}.values())


def _same(one: _Mention, other: _Mention) -> bool:
    """Whether two names are of one campaign.

    Two names of the lexicon: by family, or because one holds the other (换届选举 in 村两委换届选举). Others: the one is the
    site of the other, or they are spelled alike.
    """
    if one.family is not None and other.family is not None:
        return one.family == other.family or _is_part(one.name, other.family) or _is_part(other.name, one.family)
    if _is_site(one, other) or _is_site(other, one):
        return True
    return not _is_apart(one, other) and _alike(_core(one.name), _core(other.name))


def _is_apart(one: _Mention, other: _Mention) -> bool:
    """A quoted name that holds a name of the lexicon and more is a campaign of its own: “我为创卫添光彩”."""
    if one.family is None and other.family is None:
        return False
    longer, shorter = (one, other) if len(one.name) >= len(other.name) else (other, one)
    return longer.sort == "named" and len(longer.name) - len(shorter.name) > 3 and shorter.name in longer.name


def _is_site(one: _Mention, other: _Mention) -> bool:
    """大数据产业园建设 beside 项目建设: the one is the place of the other."""
    return one.family == "重点项目建设" and other.sort == "task" and _SITE.search(other.name) is not None


_SITE = re.compile("(?:园|厂|路|桥|项目|工程|基地|中心|楼|站|小镇)(?:区|项目)?建设$")


@lru_cache(maxsize=4096)
def _is_part(name: str, family: str) -> bool:
    """The name is part of a name of the family: 换届选举 of 村两委换届选举, 信访工作 of 信访维稳."""
    part = _core(name)
    return len(part) >= 2 and any(part in form for form in _synonyms()[family])


@lru_cache(maxsize=4096)
def _alike(left: str, right: str) -> bool:
    """One name holds the other, or they share most of their pairs of characters."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(short) >= 2 and short in long:
        return True
    a, b = Counter(pairwise(left)), Counter(pairwise(right))
    return bool(a and b) and 2 * sum((a & b).values()) >= 0.6 * (sum(a.values()) + sum(b.values()))


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for row in table("campaigns"):
        names.setdefault(row["family"], []).append(row["form"])
    return {family: tuple(forms) for family, forms in names.items()}


@lru_cache(maxsize=4096)
def _core(name: str) -> str:
    """The name without signs, verbs of study and 工作."""
    return _CORE.sub("", _fold(name))


_CORE = re.compile("^(?:学习|宣传|贯彻|落实|宣讲|创建|深入|开展)+|(?:工作|活动|精神|任务)+$")


def _verdict(scene: _Scene, group: _Group, crowd: int) -> str | None:
    """By which right the article is about a campaign; None where it only mentions it."""
    zones, strong = group.zones(), bool(group.sorts() & {"drive", "named", "marked"})
    if "event" in zones:
        return "event_name"
    if "headline" in zones:
        return "headline"
    count = len(group.mentions)
    if count >= 2 and "lead" in zones and "activity" in group.sorts():
        return "lead"
    if strong and "lead" in zones and (count >= 3 or (crowd <= 3 and not scene.session)):
        return "lead"
    if (strong and count >= 4) or count >= 6:
        return "repeated"
    if any(_is_vehicle(scene, m) for m in group.mentions):
        return "vehicle"
    if any(_is_pursued(scene, m) for m in group.mentions):
        return "pursued"
    return None


def _is_vehicle(scene: _Scene, mention: _Mention) -> bool:
    """以乡风文明行动为抓手, 能力作风建设年活动领导小组: what the work hangs on, or what a special office was set up for."""
    return mention.sort != "spirit" and _VEHICLE.match(scene.plain.text, mention.end) is not None


_VEHICLE = re.compile(
    "[\u4e00-\u9fff]{0,6}?(?:为(?:抓手|契机|载体|主线|牵引|切入点|突破口|平台)|领导小组|指挥部|工作专班|指导组|督导组)"
)


def _is_pursued(scene: _Scene, mention: _Mention) -> bool:
    """深化“万人助万企”活动: carried out by name, told and not demanded, or dealt with by the meeting, and not one of a list."""
    if mention.sort not in {"drive", "named", "marked"}:
        return False
    text = scene.plain.text
    start, end = _sentence(text, mention.start, mention.end)
    if _DEALT.search(text, mention.end, end) and _DEALS.search(text, start, mention.start):
        return True
    pursued = _PURSUED.search(text, max(start, mention.start - 10), mention.start)
    if not pursued or _LISTED.match(text, mention.end) or text[mention.start - 1] == "、":
        return False
    told = not _DEMAND.search(text, start, end)
    return told or bool(_RUNNING.match(pursued.group()) and _DRIVE_WORD.search(text, mention.end - 4, mention.end + 3))


_PURSUED = re.compile(r"(?:把|用好|巩固|开展|深化|推进|落实|实施|启动|做好|抓好|参加|参与)[^，。；、\d]{0,4}$")
_RUNNING = re.compile("把|用好|深化|巩固")  # even where it is demanded, it is on: 把“万人助企”行动落到车间里
_DRIVE_WORD = re.compile("活动|行动")
_LISTED = re.compile("(?:活动|工作)?、")
_DEMAND = re.compile("要求|强调|指出|表示|要|必须|应当?|提出|希望|号召|下一步|将")
_DEALS = re.compile("会议?(?:还|并)?(?:就|对)")
_DEALT = re.compile("(?:进行|作)了?[^，。；]{0,4}(?:安排|部署|研究)")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span, at most 120 characters either side."""
    left = max(0, start - 120)
    for match in _STOPS.finditer(text, left, start):
        left = match.end()
    stop = _STOPS.search(text, end, min(len(text), end + 120))
    return left, stop.start() if stop else min(len(text), end + 120)


_STOPS = re.compile("[。！？；\n]")

_VERDICTS = ("event_name", "headline", "lead", "repeated", "vehicle", "pursued", "directed", "heard")


def _main_first(item: tuple[_Group, str]) -> tuple[int, int, int]:
    group, verdict = item
    tier = _VERDICTS.index(verdict)
    zones = group.zones()
    if "event" in zones and "headline" in zones:
        tier = -1
    return tier, -len(group.mentions), group.mentions[0].start


_BOUNDED = re.compile("(?:工程|计划|行动|战役)$")


def _label(group: _Group) -> _Mention:
    """The mention whose name stands for the group: from the name of an occasion or the headline, the fuller one."""
    order = {"event": 0, "headline": 1, "lead": 2, "body": 3}
    known = [m for m in group.mentions if m.family is not None]
    marked = [m for m in group.mentions if m.sort == "marked"]
    if known and marked and all(m.sort == "routine" for m in known):
        known = marked  # 道路交通安全综合整治 is the drive, 道路交通安全 the work
    best = min(known or group.mentions, key=lambda m: (order[m.zone], -len(m.name), m.start))
    if best.sort == "task":  # 教育基金会“桃李计划”项目签约: what the marks bound is the name
        quoted = (m for m in group.mentions if m.sort == "named")
        best = next((m for m in quoted if _BOUNDED.search(m.name) and m.zone == best.zone and m.name in best.name), best)
    if len(_named(best.name)) == 2 and best.family is not None:  # 援疆, where the article also says 对口援疆
        return next((m for m in known if m.name == best.family), best)
    return best


def campaigns(article: Article, event_names: Sequence[tuple[str, int, int]]) -> tuple[Campaign, ...]:
    """The campaigns that the article is about, the main one first, at most five.

    ``event_names`` are the names of the article's occasions with their offsets in ``article.text``; it may be empty. Each
    campaign has the clause that names it, the rule by which it counts, and its other spellings in the article.
    """
    if _NOTICE.search(article.headline):
        return ()
    scene = _scene(article, event_names)
    mentions = tuple(dict.fromkeys(m for rule in RULES for m in rule(scene)))
    groups = _grouped(mentions)
    crowd = sum(1 for g in groups if "lead" in g.zones() and not g.zones() & {"event", "headline"})
    judged = [(g, v) for g in groups if (v := _verdict(scene, g, crowd)) is not None] or _only_topic(scene, groups)
    return tuple(_campaign(scene, g, v) for g, v in sorted(judged, key=_main_first)[:MOST])


def _only_topic(scene: _Scene, groups: Sequence[_Group]) -> list[tuple[_Group, str]]:
    """Of an article that names none in headline, lead or occasions: the drive it comes back to most, three times at least,
    or else the work that it tells somebody to have directed (现场指挥抗洪抢险工作).
    """
    drives = [g for g in groups if len(g.mentions) >= 3 and g.sorts() & _STRONG]
    told = [g for g in groups if len(g.mentions) >= 2 and any(_is_directed(scene, m) for m in g.mentions)]
    since = [g for g in groups if any(m.sort in _STRONG and _SINCE.match(scene.plain.text, m.end) for m in g.mentions)]
    drives = drives or since
    heard = [] if drives or told or not scene.session else [g for g in groups if any(_is_heard(scene, m) for m in g.mentions)]
    verdict = "repeated" if drives else "directed" if told else "heard"
    best = max(drives or told or heard[:1], key=lambda g: (len(g.mentions), -g.mentions[0].start), default=None)
    return [(best, verdict)] if best is not None else []


_STRONG = frozenset(("drive", "named", "marked"))
_SINCE = re.compile("(?:活动|工作|行动)?(?:深入)?(?:开展|启动|实施|推行)以来")  # “三进三问”活动开展以来, 干部下了田


def _is_heard(scene: _Scene, mention: _Mention) -> bool:
    """会议听取乡村振兴工作情况汇报: what a session heard of first."""
    text = scene.plain.text
    return (
        mention.family is not None
        and _HEARS.search(text, max(0, mention.start - 12), mention.start) is not None
        and _HEARD_OF.match(text, mention.end) is not None
    )


_HEARS = re.compile("听取(?:和审议|并审议)?了?[^，。；、]{0,10}$")
_HEARD_OF = re.compile("[^，。；、]{0,12}(?:汇报|报告)")


def _is_directed(scene: _Scene, mention: _Mention) -> bool:
    text = scene.plain.text
    if mention.family is None or not _DIRECTED.search(text, max(0, mention.start - 6), mention.start):
        return False
    start, end = _sentence(text, mention.start, mention.end)
    return not _DEMAND.search(text, start, end)


_DIRECTED = re.compile("(?:指挥|部署|督战|督导|检查|投入|参加|参与|开展)$")


_NOTICE = re.compile("(?:通告|公告|启事|公示|招聘|简章|监测表|价格表|一览表|须知)$|招生|（广告）")


def _scene(article: Article, event_names: Sequence[tuple[str, int, int]]) -> _Scene:
    plain = _Plain.of(article.text)
    head = plain.inside(article.body_start)
    events = tuple(sorted((plain.inside(a), plain.inside(b)) for _, a, b in event_names))
    lead = _lead_end(plain.text, head)
    occasions = tuple(_occasions(plain.text, lead, events, head))
    aims = tuple((o.start, o.full) for o in occasions if o.start >= head and _is_aim(plain.text, o))
    names = (plain.text[:head], *(plain.text[a:b] for a, b in events))
    session = any(_SESSION.search(name) for name in names)
    return _Scene(plain, head, lead, events + aims, occasions, _places(article.place), session)


def _is_aim(text: str, occasion: _Occasion) -> bool:
    """Whether what stands before the occasion is its purpose; an agenda of four and more is none."""
    return occasion.end - occasion.start <= 40 and text.count("、", occasion.start, occasion.end) < 3


_SESSION = re.compile("常委会|常务会|常委（扩大）|人大|政协|全委|全体会议|全会|党代会|党组会|中心组|民主生活会|代表大会")


def _lead_end(text: str, head: int) -> int:
    """The lead: the first paragraph up to its first sentence of speech, at most four sentences or 300 characters."""
    while head < len(text) and text[head] in "\n \u3000":
        head += 1
    paragraph = text.find("\n", head, head + 80)
    if paragraph >= 0 and "。" not in text[head:paragraph]:
        head = paragraph + 1  # a line of date and credits
    limit = min(len(text), head + 300)
    paragraph = text.find("\n", head, limit)
    limit = paragraph if paragraph >= 0 else limit
    at = head
    for count in range(4):
        stops = [i for mark in "。！？" if (i := text.find(mark, at, limit)) >= 0]
        end = min(stops) + 1 if stops else limit
        if count and _SPEECH.search(text, at, end):
            break
        at = end
    return max(at, min(limit, head))


_SPEECH = re.compile("强调|指出|要求|表示|说[，：]|提出|认为")


_NATIONALITY = re.compile("(?:[\u4e00-\u9fff]{1,3}族)+(?:自治)?(?=[区县州旗]$)")


def _places(chain: Sequence[str]) -> tuple[str, ...]:
    """The names of the article's places, longest first, also without the nationality of an autonomous one."""
    names = {short for name in chain for short in (name, _NATIONALITY.sub("", name)) if len(short) >= 3}
    return tuple(sorted(names, key=lambda n: (-len(n), n)))


def _campaign(scene: _Scene, group: _Group, verdict: str) -> Campaign:
    label = _label(group)
    name = label.family if label.family is not None and _is_loose(label) else _named(label.name)
    others = sorted({_named(m.name) for m in group.mentions} - {name}, key=lambda n: (-len(n), n))
    return Campaign(name, (_clause(scene.plain, label),), f"{label.rule}/{verdict}", tuple(others))


def _is_loose(label: _Mention) -> bool:
    """Whether a mention says little of its family (投资说明会 of 招商引资), or much more than a name."""
    return len(label.name) > 10 or label.name.endswith(("会", "考察"))


def _named(name: str) -> str:
    """巡察工作 is 巡察, but 廉政工作 stays: 工作 goes where what is left is a name."""
    short = name.removesuffix("工作")
    return short if len(short) >= 4 or short in _known_forms() else name


@cache
def _known_forms() -> frozenset[str]:
    return frozenset(forms("campaigns"))


def _clause(plain: _Plain, mention: _Mention) -> Evidence:
    """The clause around a mention, in the article's own characters."""
    text = plain.text
    start = max(
        (m.end() for m in _CLAUSE.finditer(text, max(0, mention.start - 80), mention.start)), default=max(0, mention.start - 80)
    )
    after = _CLAUSE.search(text, mention.end, min(len(text), mention.end + 80))
    end = after.start() if after else min(len(text), mention.end + 80)
    first, last = plain.origin(start), plain.origin(end - 1) + 1
    return Evidence(first, last, plain.source[first:last])


def campaigns_of(name_and_context: str, found: Sequence[Campaign]) -> tuple[str, ...]:
    """Which of the article's campaigns an event serves: those that its name or lead clause names.

    ``name_and_context``: the event's name and the sentence that tells of it. Where that names none, the only campaign of the
    article, if its evidence stands there.
    """
    if not found:
        return ()
    text = _core(name_and_context)
    named = tuple(c.name for c in found if any(_core(name) in text for name in (c.name, *c.aliases)))
    if named or len(found) != 1:
        return named
    quotes = (_fold(evidence.quote) for evidence in found[0].evidence)
    return (found[0].name,) if any(quote and (quote in text or text in quote) for quote in quotes) else ()
