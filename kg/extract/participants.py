"""Bodies that take part in an occasion: who convened it, and whose people were there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.bodies import Places
from kg.extract.people import Naming
from kg.extract.posts import title_start
from kg.extract.presence import Speech
from kg.extract.reading import Reading, back_to
from kg.model import BodyRole, EventBody, EventKind

_ORGAN = re.compile(
    r"(?:常委班子|理论学习中心组|中心组|人大常委会|人大|政协|政府|纪委监委|纪委|监委|党工委|管委会|工委|党委|"
    r"党组|常委会|领导小组办公室|领导小组|指挥部办公室|指挥部|办公室|政法委|组织部|宣传部|统战部|巡察办|巡察组|"
    r"居委会|村委会|委员会|分局|总队|支队|大队|中队|派出所|供电公司|公司|集团|银行|支行|分行|医院|学校|大学|学院|"
    r"中学|小学|幼儿园|第?[一二三四五六七八九十]+[中小]|中心|研究院|协会|商会|学会|联合会|总工会|工会|妇联|"
    r"团[省市区县]委|文联|科协|残联|侨联|工商联|"
    r"(?:研究|联络|督查|政研|信访|秘书|机要)室|法院|检察院|人武部|代表团|考察团|宣讲团|专班|街道办事处|办事处|街道|集聚区|开发区|高新区|经开区|镇|乡|局|"
    r"委|办|厅|部队|部|院|戒毒所|监狱|所|站|总社|供销社|合作社|基地)$"
)
# The last characters of these words: where none stands, no title need be cut. To be kept with them.
_ORGAN_LAST = frozenset("子组会大协府委室部办局队所司团行院校学园中小心联厅镇乡区道处狱站社地班")
_PEOPLE = re.compile(
    "负责人|负责同志|有关同志|相关同志|领导班子成员|班子成员|领导班子|党政正职|一把手|全体成员|办公室全体成员|工作人员|志愿者"
)
_PEOPLE_TAIL = re.compile(
    r"(?:等)?(?:\d+[个多家余]*)?(?:(?:相关|有关|职能|区直|市直|县直|省直|部门|单位|企业|镇街|乡镇|村|"
    r"社区)[、和]?){0,5}(?:的)?(?:主要|有关|相关|分管|班子|全体|部分|党政|具体)*"
    rf"(?:{_PEOPLE.pattern})"
)
_PEOPLE_BEFORE = frozenset("等个多家余、和相关有职能区直市县省部门单位企业镇街乡村社的主要分管班子全体党政具")
_REPORT = r"(?:了)?[\u4e00-\u9fff]{0,6}(?:发言|汇报|介绍|说明|表态|通报|推介)"
# Every branch begins with a character of its own: such an expression is searched fast.
_SPEAKS = re.compile(
    f"作{_REPORT}|做{_REPORT}|进行{_REPORT}|汇报了|通报了|介绍了|书面发言|交流发言|表态发言|分别介绍|分别汇报|分别发言|分别表态|"
    "先后介绍|先后汇报|先后发言|先后表态|依次介绍|依次汇报|依次发言|依次表态"
)
_SPOKE = re.compile(rf"(?:分别|先后|还|现场|依次|在会上|登台)*(?:{_SPEAKS.pattern})")
_SPOKE_BEFORE = frozenset("分别先后还现场依次在会上登台")
_ATTENDED = re.compile(
    r"(?:参加|出席|陪同|列席|参会|聆听|观摩|随同|参与)(?:了)?(?:会议|活动|仪式|调研|检查|督导|视察|座谈|培训|比赛|。|，|签约)"
)
_HOLDS = re.compile(r"(?:联合|组织|共同|隆重)?(?:召开|举行|举办|主办|承办|组织开展|开展|启动|组织\d|共同组织)")
_TALKS = re.compile(
    r"(?:与|和|同)(?P<list>[\u4e00-\u9fff、“”·]{2,50}?)(?:进行)?(?:亲切|深入|面对面)*(?:座谈|交流|洽谈|签订|签约|对接|签了约|签署)"
)
_VISITED = re.compile(
    r"(?:到|赴|来到|走进|深入|走访(?:慰问)?|看望(?:慰问)?|慰问)(?:了)?(?P<list>[\u4e00-\u9fff\d“”、]{2,50}?(?:集团|"
    r"公司|戒毒所|监狱|学校|小学|中学|大学|学院|研究院|科学院|法院|检察院|医院|福利院|敬老院|部队|大队|支队|中队))"
    r"(?=等地|等处|等单位|等企业|等部队|开展|调研|走访|，|视察|检查|学习|考察|参观|对接|看望|慰问|。|实地|指导)"
)
# 与颐高、引航等8家企业洽谈: the names of firms need no 公司 where they are counted.
_FIRMS = re.compile(
    r"(?:与|和|同)(?P<list>[^，。；\n＃□]{2,60}?)等?[两三四五六七八九十\d]+[余多]?家(?:企业|公司|单位|商会)(?:负责人)?"
    r"(?:进行|分别|现场)*(?:了)?(?:签|洽谈|对接|座谈|达成|举行)"
)
_TOURS = re.compile(
    r"(?:^|(?<=[，。\n日午近前□ ]))(?P<list>[\u4e00-\u9fff]{1,16}(?:局|委|人大常委会|人大|政协|纪委监委|纪委|"
    r"法院|检察院|代表团|考察团|调研组|督导组|检查组|视察组|考察组|工会|妇联|"
    r"团委))(?:[一二三四五六七八九十\d]+[人行]*)?(?:一行)?(?:组织[^，。；＃]{0,20}|开展)?(?:(?:到|赴|来|深入|"
    r"莅临|来到|走进)[^，。；]{1,30}?)?[^，。；＃]{0,12}(?:督导|调研|视察|检查|考察|督查|走访|慰问|对接|巡查)",
    re.MULTILINE,
)
_GENERIC = re.compile(
    r"^(?:各|新|民主党派|今后|首次|一届|全(?!国)|有关|相关|该|本|我|区直|市直|县直|省直|职能|成员|下级|上级|其他|同|多个|"
    r"部分|所属|直属|两|三(?!星)|四|五|六|七|八|九|十|几|\d+个?|一些|许多|主要|参会|与会|受邀|基层|辖区|镇、|"
    r"乡、|县级|区级|市级|中层|以上)|(?:各部门|相关部门|有关单位|各单位|部门|单位|各镇|各街道|各乡镇)$"
)
_PURE_PLACE = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,8}(?:省|市|(?<!集聚)(?<!开发)(?<!高新)(?<!经开)(?<!示范)区|县|州|旗)|全[市区县]|"
    r"我[市区县]|[省市区县镇乡])$"
)
_BARE = frozenset(
    [
        "办事处",
        "街道",
        "居委会",
        "村委会",
        "领导小组",
        "指挥部",
        "办公室",
        "委员会",
        "管委会",
        "工会",
        "公司",
        "集团",
        "学校",
        "医院",
        "中心",
        "部门",
        "银行",
        "开发区",
        "高新区",
        "经开区",
    ]
)
_VENUE = re.compile(r"(?:会议中心|会展中心|活动中心|文化中心|体育中心|政务中心|礼堂|广场|会议室|报告厅)$")
_SESSION = re.compile(r"第?[一二三四五六七八九十]+届")
_JURISDICTIONS = ("开发区", "高新区", "经开区", "示范区", "新区", "集聚区")
_SITES = (*_JURISDICTIONS, "镇", "乡", "街道")
_AT_PLACE = re.compile(r"(?:在|到|赴|来|深入|走进)[^，。]{2,24}$")
_MARK = "＃"


def bodies_in(
    reading: Reading,
    sentence: tuple[int, int],
    index: int,
    all_sentences: Sequence[tuple[int, int]],
    places: Places,
    namings: Sequence[Naming],
    speeches: Sequence[Speech],
    kind: EventKind,
) -> tuple[EventBody, ...]:
    """Bodies said by name to have taken part in the occasion whose name stands in ``sentence``, first evidence first.

    ``all_sentences``: those of the article's occasions, so that what is told after another one is not taken for this.
    What was said in a speech names nobody present.
    """
    text = _masked(reading.text, namings, speeches)
    begin = sentence[0] if index else reading.body_start
    stop = min((s[0] for s in all_sentences if s[0] > sentence[0]), default=len(text))
    found: dict[str, EventBody] = {}

    def take(start: int, end: int, role: BodyRole, rule: str, no_body: tuple[str, ...] = ()) -> None:
        before = ""
        for left, right in reversed(_pieces(text, start, end)):
            if text.endswith(_JURISDICTIONS if role == "convene" else no_body, left, right):
                continue  # a jurisdiction, like 丹阜区
            before = body = _resolve(text[left:right], places, before)
            if body not in found:
                found[body] = EventBody(body, role, (reading.clause(left, right),), rule)

    for match in _HOLDS.finditer(text, sentence[0], sentence[1]):
        left = _clause_start(text, match.start(), sentence[0])
        if not _AT_PLACE.search(text, left, match.start()):
            take(left, match.start(), "convene", "convened")
    for match in (
        [*_TOURS.finditer(text, 0, reading.body_start), *_TOURS.finditer(text, sentence[0], sentence[1])]
        if kind != "meeting"
        else []
    ):
        take(match.start("list"), match.end("list"), "participate", "toured")
    for core, pattern, before, rule in (
        (_PEOPLE, _PEOPLE_TAIL, _PEOPLE_BEFORE, "people_of"),
        (_SPEAKS, _SPOKE, _SPOKE_BEFORE, "spoke"),
    ):
        for at in _starts(text, begin, stop, core, pattern, before):
            if at > begin:
                take(_list_start(text, at, begin), at, "participate", rule)
    for match in _ATTENDED.finditer(text, begin, stop):
        take(_list_start(text, match.start(), begin), match.start(), "participate", "attended")
    for match in _TALKS.finditer(text, begin, stop):
        take(match.start("list"), match.end("list"), "participate", "talked_with")
    for match in _FIRMS.finditer(text, begin, stop):
        for item in _ITEM.finditer(text, match.start("list"), match.end("list")):
            name = item.group().removesuffix("等")
            if len(name) > 2 and name not in found:
                found[name] = EventBody(name, "participate", (reading.clause(*item.span()),), "firms")
    if kind != "meeting":
        for match in _VISITED.finditer(text, sentence[0], sentence[1]):
            take(match.start("list"), match.end("list"), "inspected", "visited", _SITES)
    return tuple(found.values())


def _starts(
    text: str, begin: int, stop: int, core: re.Pattern[str], pattern: re.Pattern[str], before: frozenset[str]
) -> Iterator[int]:
    """Where the matches of ``pattern`` begin, which is ``core`` with words of the characters ``before`` in front of it.

    An expression that begins with words that may be missing is tried at every character; its core is found at once.
    """
    least = begin
    for found in core.finditer(text, begin, stop):
        at = found.start()
        while at > least and (text[at - 1] in before or text[at - 1].isdecimal()):
            at -= 1
        match = pattern.search(text, at, stop)
        if match:
            yield match.start()
        least = found.end()


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
            parts += text[at:start], _BLOT.sub(_blotted, text[max(at, start) : end])
            at = end
    return "".join((*parts, text[at:]))


_BLOT = re.compile("[^\n。]+")


def _blotted(match: re.Match[str]) -> str:
    return _MARK * len(match.group())


def _clause_start(text: str, at: int, least: int) -> int:
    return back_to(text, at, least, "，。；：\n□")


def _list_start(text: str, at: int, least: int) -> int:
    """Going left over an enumeration: to the sentence's start, a colon, or a blotted speech."""
    return back_to(text, at, least, "。；：\n□")


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The bodies of an enumeration that ends at ``end``, going left until an item that is none."""
    items: list[tuple[int, int]] = []
    right, skipped = end, 0
    while right > start:
        right = _trimmed(text, start, right)
        left = title_start(text, right, start) if text[right - 1] in _ORGAN_LAST else right
        if _is_organ(text[left:right]):
            items.append((left, right))
        elif (not items and skipped) or skipped > 2 or not _ITEM.fullmatch(text, back_to(text, right, start, "、"), right):
            break
        else:
            skipped += 1
            left = back_to(text, right, start, "、，及")
        before = _separator(text, start, left)
        if before == left:
            break
        right = before
    return items


_ITEM = re.compile(r"[\u4e00-\u9fff]{2,18}")
_TRIM = (
    *("等", "各自", "主要", "有关", "相关", "职能", "分管", "区直", "市直", "县直"),
    *("部门", "单位", "班子成员", "负责人", " ", "”"),
)


def _trimmed(text: str, start: int, end: int) -> int:
    """Where an item of an enumeration ends without the words that only lead on to its people: 区发改委|等相关单位."""
    while text.endswith(_TRIM, start, end):
        end -= next(len(word) for word in _TRIM if text.endswith(word, start, end))
    return end


def _separator(text: str, start: int, end: int) -> int:
    """Where the separator begins that ends at ``end``: 、, 以及, a blotted person with or without 和; ``end`` without one."""
    if text.endswith("以及", start, end):
        return end - 2
    at = end - 1 if text.endswith(("、", "，", "及", "和", "与"), start, end) else end
    while at > start and text[at - 1] == _MARK:
        at -= 1
    return at


def _is_organ(name: str) -> bool:
    """Whether a piece of text is the name of a body: 区发改委, 建中集团; not 各部门, 会议中心, 我区."""
    return (
        3 <= len(name) <= 28
        and name not in _BARE
        and _MARK not in name
        and bool(_ORGAN.search(name))
        and not _GENERIC.search(name)
        and not _PURE_PLACE.match(name)
        and not _VENUE.search(name)
        and not _NO_ORGAN.search(name)
    )


_NO_ORGAN = re.compile(
    r"(?:工作|情况|问题|活动|建设|会议|推进|发展|精神|意见|要求|干部|基层|人民|群众|常委)(?:委|办|部|局|院|所|站|社|镇|乡)?$|[《》，。]"
)


_INNER = re.compile(r"(.+?(?:政协|人大常委会|人大))(?:办公[厅室]|.{2,8}[室委处])$")
_INNER_ITEM = re.compile(r"[\u4e00-\u9fff]{1,6}(?:室|委员会|工委|处)$")


def _resolve(organ: str, places: Places, before: str) -> str:
    """The body's name with its place; ``before``: the body before it in the list, whose place or house it may share."""
    inner = _INNER.match(before)
    if inner and _INNER_ITEM.fullmatch(organ):
        return inner[1] + organ  # 市政协办公厅、研究室
    place, rest = places.split(_SESSION.sub("", organ))
    if place is None and before and len(rest) <= 6 and (shared := places.split(before)[0]) and _OFFICE.search(rest):
        return shared + rest  # 县委办、发改局、运管所
    if place is None and places.is_government(organ) and (places.home or "")[:-1] not in rest:
        return (places.home or "") + rest
    return (place or "") + rest


_OFFICE = re.compile("[局办委所]$")
