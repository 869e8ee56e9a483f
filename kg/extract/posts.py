"""Titles: where one begins and ends, and what post of which body it names.

A title is jurisdiction + organ + post: 管城回族区 + 区委 + 副书记. Going left from the head of a title (书记, 局长), it begins
after the last word that no organ's name holds. Concurrent titles share what the later ones leave out: 区纪委书记、监委主任.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import lexicon
from kg.extract.bodies import Places
from kg.extract.reading import back_to
from kg.model import PostClass, PostStatus
from kg.text import words
from kg.text.places import is_division

_STATUS: tuple[tuple[str, PostStatus], ...] = (
    ("原", "former"),
    ("时任", "former"),
    ("前任", "former"),
    ("前", "former"),
    ("退休", "former"),
    ("已故", "former"),
    ("卸任", "former"),
    ("代理", "acting"),
    ("代", "acting"),
    ("挂职", "seconded"),
    ("拟任", "nominee"),
    ("提名", "nominee"),
)
NOMINEE_TAIL = re.compile("(?:提名|推荐|建议|初步)?(?:候选人|人选)")
_ENDS_NOMINEE = re.compile(NOMINEE_TAIL.pattern + "$")
_NEW = re.compile(
    r"^(?:现任|新任|新当选的?|新一任|刚到任的?|新到任的?|新上任的?|继任|现|兼任|兼|担任|任|为|暨|中共|中国共产党|"
    r"由|我们|我|本(?=[区县市省州局镇乡院校])|该)+(?=.{2})"
)
_MODIFIER = (
    r"(?:常务|第一|第[二三四五六]|执行|专职|兼职|名誉|荣誉|资深|驻会|高级|代理|代|首席|轮值|联席|总)*副?(?:一级|二级|"
    r"三级|四级|一|二|三|四|正|副)?"
)
_UNITS = {
    "部长": "部",
    "局长": "局",
    "厅长": "厅",
    "处长": "处",
    "科长": "科",
    "股长": "股",
    "所长": "所",
    "站长": "站",
    "台长": "台",
    "馆长": "馆",
    "院长": "院",
    "署长": "署",
    "司长": "司",
    "行长": "行",
    "组长": "组",
    "队长": "队",
    "检察长": "检察院",
    "总队长": "总队",
    "支队长": "支队",
    "大队长": "大队",
    "指挥长": "指挥部",
}
_PLACE_HEADS = {
    "省长": "省",
    "市长": "市",
    "区长": "区",
    "县长": "县",
    "州长": "州",
    "盟长": "盟",
    "旗长": "旗",
    "镇长": "镇",
    "乡长": "乡",
    "村长": "村",
    "苏木达": "苏木",
}
_UNIT_COMPLETE = re.compile(
    r"(?:[部局厅处科股所站台馆院署司行组队会委办团校社厂园]|中心|总队|支队|大队|公司|集团|银行|学校|中学|小学|大学|指挥部|专班)$"
)
PARTY_PARTS = (
    r"(?:组织部|宣传部|统一战线工作部|统战部|政法委员会|政法委|社会工作部|农村工作部|农工部|对外联络部|群众工作部|老干部局)"
)
_LEVEL = r"(?:自治区|街道|苏木(?!达)|[省市区县州盟旗镇乡地村])"
_PARTY_DEPARTMENT = re.compile(rf"^(?P<committee>.*?(?:委|工委|党工委|党委))?(?P<part>{PARTY_PARTS})$")
_CONSULT = re.compile(
    r"^(?:政协|人民政协|中国人民政治协商会议)(?:第[一二三四五六七八九十]+届)?(?P<place>.+?)(?:第?[一二三四五六七八九十]+届)?(?:委员会)?$"
)
_SESSION = re.compile(r"第?[一二三四五六七八九十]+届")
_NAMED_ORGANS = re.compile(
    r"(?:人大常委会|人民代表大会常务委员会|人大|人民代表大会|政协|纪委监委|纪检监察工委|纪工委|监察工委|纪委|"
    r"监委|纪律检查委员会|监察委员会)$"
)


class Title(NamedTuple):
    """One title read: ``post`` without the place's name, ``body`` resolved.

    ``place`` and ``organ`` are kept for what a next title leaves out.
    """

    post: str
    body: str | None
    class_: PostClass
    status: PostStatus | None
    head: str
    shared: bool  # several names in a row may share it
    place: str | None  # the jurisdiction it names or implies, resolved
    organ: str  # the organ as written, without place


@cache
def _heads() -> dict[str, dict[str, str]]:
    return {row["form"]: row for row in lexicon.table("posts")}


@cache
def _head_automaton() -> tuple[AhoCorasick, tuple[str, ...], frozenset[str]]:
    heads, not_heads = tuple(_heads()), lexicon.forms("notposts")
    forms = (*heads, *not_heads)
    return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest), forms, frozenset(not_heads)


def heads_in(text: str) -> list[tuple[int, int]]:
    """Spans of the heads of titles in ``text``, left to right; 书记员, 主席台 and the like are none."""
    automaton, forms, not_heads = _head_automaton()
    return [
        (end - 1, end + 1) if text.startswith("支书记", end - 2) else (start, end)  # 党总|支书|记: 书记
        for index, start, end in automaton.find_matches_as_indexes(text)
        if forms[index] not in not_heads and not (text[end - 1] == "长" and _begins_place(text, end - 1))
    ]


def _begins_place(text: str, at: int) -> bool:
    """Whether the last character of a head begins the name of a division: 吉林省|长春市."""
    return any(is_division(text[at : at + size]) for size in (3, 4))


@cache
def _boundaries() -> frozenset[str]:
    return frozenset(lexicon.forms("boundaries")) | frozenset(v for v in lexicon.forms("verbs") if len(v) > 1) - frozenset(
        [
            "督导",
            "检查",
            "调查",
            "指导",
            "研究",
            "交流",
            "参与",
            "考察",
            "调度",
            "督查",
            "督察",
            "总结",
            "巡视",
            "反馈",
            "接待",
            "开展",
            "宣讲",
            "动员",
            "安排",
            "点评",
            "通报",
            "巡查",
            "视察",
            "辅导",
            "启动",
            "建议",
            "评价",
            "辅导",
            "讲授",
            "推介",
            "植树",
            "观摩",
            "接种",
            "捐赠",
        ]
    )


_OPEN_QUOTE, _CLOSE_QUOTE = "“‘《", "”’》"
_HARD = set("，。；：！？\n（）　□＃【】")
_DEICTIC_START = re.compile(
    rf"^(?:{_LEVEL}(?:委|政府|人大|政协|纪委|监委|法院|检察院|直|[\u4e00-\u9fff]{{1,12}}(?:局|委|办|院|会|部|厅|"
    "中心|公司|集团|[镇乡]|街道)))"
)


# Words before an office that the segmenter cuts across: 鲁正|当选|区监委主任.
_TAKES_OFFICE = re.compile(
    r"等?\d+[人名位]为|现任|拟任|曾任|历任|拟提名为|拟提拔为|拟推荐为|当选为?|连任|担任|出任|改任|兼任|任命[为]?|免去|免除|不再担任|"
    r"公示前任|已是|(?:的|还)有|身为|辞去|接替|主持召开|[两三四五六七八九几]位"
)


def _apart(piece: str) -> tuple[str, ...]:
    """The pieces of a piece of the segmenter: 和 ends what it takes for a name (陈|明心和|政府)."""
    if piece in ("和县", "一向"):
        return tuple(piece)
    return (piece[:-1], "和") if len(piece) > 1 and piece[-1] == "和" and not words.everyday(piece) else (piece,)


def title_start(text: str, head_start: int, least: int, names: frozenset[str] = frozenset()) -> int:
    """Where the title whose head starts at ``head_start`` begins; never before ``least``.

    ``names``: words at which it ends on the left because they are people of the article.
    """
    left = head_start
    quotes = 0
    while left > least and head_start - left < 45:
        c = text[left - 1]
        if c in _CLOSE_QUOTE:
            opening = back_to(text, left - 1, max(least, left - 20), _OPEN_QUOTE) - 1
            if opening < max(least, left - 20) or text[opening] not in _OPEN_QUOTE or quotes:
                break
            quotes += 1
            left = opening
            continue
        if c == "）" and (bracket := _bracketed_place(text, left, head_start)) is not None and bracket >= least:
            left = bracket
            continue
        if c in _HARD or c in _OPEN_QUOTE or c in "、 □":
            break
        left -= 1
    for at in range(head_start, left, -1) if names else ():
        if text[left:at][-4:] in names or text[left:at][-3:] in names or text[left:at][-2:] in names:
            left = at
            break
    for match in _TAKES_OFFICE.finditer(text, left, head_start):
        left = match.end()
    segment = text[left:head_start]
    if not segment:
        return left
    # 县长余某和县领导: the segmenter knows a 和县; 组长卜一向市委书记…: and 一向.
    pieces = [part for piece in words.cut(segment) for part in _apart(piece)]
    start = head_start
    bounds = _boundaries()
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        own_end = piece in ("所", "站") and start == head_start  # 镇财政所|所长
        if len(piece) > 1 and piece.endswith("着"):
            break  # 一直牵挂着|市委书记
        if piece in bounds and not own_end and not (piece == "中" and index + 1 < len(pieces)):
            break
        if piece.isdigit() and start == head_start:
            break
        if piece in ("及", "跟", "同") or (
            piece in ("和", "与")
            and not _joined_organ("".join(pieces[:index]), text[start:head_start])
            and not _IN_PLACE.match(text, start - 2)
        ):
            break
        if piece in names:
            break
        start -= len(piece)
    if text.startswith("代", start) and text.startswith("同志", start - 2):
        start += 1  # 江某同志代市长李某作报告: stands in for the mayor, who is not acting
    return _skip_to_place(text, start, head_start)


# 区委党校（行政学院）常务副校长: the other name of an organ.
_OTHER_NAME = re.compile("(?<=[校院局委办联])（[\u4e00-\u9fff、]{2,20}(?:院|团|局|办|委|会|中心)）$")
_FIRM_BEHIND = re.compile("[\u4e00-\u9fff]{0,20}(?:公司|集团)")


def _bracketed_place(text: str, end: int, head_start: int) -> int | None:
    """Where （东莞） begins inside 华南（东莞）建设公司, （行政学院） behind 区委党校; None for other brackets."""
    other = _OTHER_NAME.search(text, max(0, end - 24), end)
    if other:
        return other.start()
    opening = text.rfind("（", max(0, end - 7), end)
    if opening < 0 or not _FIRM_BEHIND.match(text, end, head_start) or not "\u4e00" <= text[opening - 1 : opening] <= "\u9fff":
        return None
    return opening if all("\u4e00" <= c <= "\u9fff" for c in text[opening + 1 : end - 1]) else None


_JOINS_NAMES = re.compile(
    r"(?:自然资源|国土资源|卫生|文化|人力资源|住房|商务|农业|科技|科学|教育|市场|政务服务|信息|工业|交通|发展|"
    r"民族|水利|林业|环境|安全|应急|市容|城市管理|经济|财政|审批|统计|体育|广播|新闻|旅游|宗教|人口|监察|司法|"
    r"内务|预算|社会|外事|机关|民主|党建|经贸|数据|行政|公共|城乡|规划|生态|劳动|就业|医疗|食品|质量|质量技术|"
    r"知识产权|保障|老龄|妇女|港澳|侨务|监督|法制|提案|联络|文史|学习|组织|宣传)$"
)


# 中和街道, 太和镇: 和 in the name of a place.
_IN_PLACE = re.compile("(?![省市区县镇乡村])[\u4e00-\u9fff]和(?:街道|镇|乡|社区|村)")
_ENDS_LIKE_ORGAN = re.compile(r"(?:局|委|委员会|厅|办|部|中心|院|处|科|所|分局|大队|支队|集团)(?:常务|第一|[一二三四]级)?副?$")


def _joined_organ(before: str, after: str) -> bool:
    """和 inside 自然资源和规划局: it joins two fields of one organ, and what stands after it ends like an organ."""
    return bool(_JOINS_NAMES.search(before)) and bool(_ENDS_LIKE_ORGAN.search(after)) and not _DEICTIC_START.match(after)


def _skip_to_place(text: str, start: int, head_start: int) -> int:
    """Cut what stands before the first named place when it is no part of an organ: 辖区内的 … 管城回族区委."""
    segment = text[start:head_start]
    for marker in ("我", "该", "本"):
        at = segment.find(marker)
        if 0 < at < len(segment) - 1 and segment[at + 1] in "省市区县州盟旗镇乡局院校":
            return start + at
    return start


def parse_titles(pieces: Sequence[str], places: Places, before: Title | None = None) -> tuple[Title, ...]:
    """Read concurrent titles in their order, each taking what it leaves out from the one before.

    ``before``: the title that the first may lean on.
    """
    titles: list[Title] = []
    for piece in pieces:
        for part in _split_concurrent(piece):
            title = _parse(part, titles[-1] if titles else before, places)
            if title is not None:
                titles.append(_of_committee(title, part, titles))
    return _party_group_of(titles) if pieces and pieces[0].startswith(("党组", "党委")) else tuple(titles)


def _party_group_of(titles: list[Title]) -> tuple[Title, ...]:
    """党组书记、公安局局长: a party group that names no organ is that of the office behind it."""
    if len(titles) > 1 and titles[0].head == "书记" and titles[1].organ and titles[1].body:
        first, second = titles[:2]
        if not second.organ.endswith(("党组", "党委")) and second.organ not in _UNITS_OWN and second.class_ == "office":
            owner = _OWNED_TAIL.sub("", second.body or "")
            return (first._replace(body=owner + first.organ), *titles[1:])
    return tuple(titles)


_BARE_DEPARTMENT = re.compile(PARTY_PARTS)


def _of_committee(title: Title, written: str, earlier: Sequence[Title]) -> Title:
    """第九师党委常委、副政委、组织部部长: a department without its committee belongs to the committee named before it."""
    if not _BARE_DEPARTMENT.match(written):
        return title
    committee = next((t.body for t in reversed(earlier) if t.body and t.body.endswith(("党委", "工委"))), None)
    return title._replace(body=committee) if committee else title


_CONCURRENT = re.compile(r"兼任|兼|暨(?=[\u4e00-\u9fff]{2,}(?:书记|主任|长))")


def _split_concurrent(piece: str) -> list[str]:
    parts = _CONCURRENT.split(piece)
    return [part for part in parts if part]


_ACTING = re.compile("^代理?")
_OF_PRESIDIUM = re.compile("^$|(?:大会|会议|主席团)$")
_RANKS_SHARED = frozenset(["教授", "工程师", "医师", "律师", "研究员"])


def gives_post(head: str) -> bool:
    """False for a head that introduces people and is no post: 联系人."""
    row = _heads().get(head)
    return row is None or row["note"] != "no_post"


def _parse(written: str, before: Title | None, places: Places) -> Title | None:
    text, status = _strip_status(written)
    match = _HEAD_AT_END().search(text)
    if match is None:
        return None
    organ, modifier, head = text[: match.start()], match["modifier"] or "", match["head"]
    organ, status = _organ_status(organ, status)
    organ = organ.removesuffix("其他")  # 大会主席团其他成员
    if head in ("人大代表", "人民代表大会代表"):
        head = "人大代表"
        organ = organ.removesuffix("级")  # 市级人大代表
    if modifier.startswith(("代理", "代")):
        status, modifier = status or "acting", _ACTING.sub("", modifier)
    if head in ("党组成员", "党委委员", "党工委委员", "党委成员"):
        organ += "党工委" if head.startswith("党工委") else head[:2]
    if head == "常委会委员" and organ.endswith("人大"):
        organ, head = organ + "常委会", "委员"
    if head == "主席" and modifier in ("常务", "执行") and _OF_PRESIDIUM.search(organ):
        modifier, head = "", modifier + head  # 大会主席团执行主席: several at once, unlike a society's 执行主席
    row = _heads()[head]
    if row["note"] == "historical":
        return Title(head, None, "other", "former", head, False, None, "")
    class_: PostClass = row["class"]  # type: ignore[assignment]
    shared = row["seat"] == "shared" or "副" in modifier or status == "former" or head in _RANKS_SHARED
    post, body, place, short = _place_title(organ, modifier, head, before, places)
    class_ = _refine_class(class_, post, head, body)
    return Title(post, body, class_, status, head, shared, place, short)


@cache
def _HEAD_AT_END() -> re.Pattern[str]:
    heads = sorted(_heads(), key=lambda f: (-len(f), f))
    return re.compile(rf"(?P<modifier>{_MODIFIER})(?P<head>{'|'.join(map(re.escape, heads))})$")


_IN_BRACKETS = re.compile(r"（[^）]*）(?![\u4e00-\u9fff]*(?:公司|集团))")


def _strip_status(text: str) -> tuple[str, PostStatus | None]:
    status: PostStatus | None = None
    text = text.strip(" 的")
    if "（挂职）" in text or "（挂）" in text:
        status, text = "seconded", text.replace("（挂职）", "").replace("（挂）", "")
    elif "（主持" in text:
        status = "in_charge"
    text = _IN_BRACKETS.sub("", text)
    proposed = _ENDS_NOMINEE.search(text)
    if proposed:
        status, text = "nominee", text[: proposed.start()]
    while True:
        stripped = _NEW.sub("", text)
        for form, meaning in _STATUS:
            if (
                stripped.startswith(form)
                and len(stripped) > len(form) + 1
                and not stripped.startswith(("前进", "前锋", "前门", "原平", "原阳", "代县", "原州", "前郭"))
            ):
                stripped, status = stripped[len(form) :], meaning
                break
        if stripped == text:
            return text, status
        text = stripped


def _organ_status(organ: str, status: PostStatus | None) -> tuple[str, PostStatus | None]:
    """区卫健委新任党组书记: words about the office-taking inside a title."""
    for form, meaning in (
        ("新任", None),
        ("现任", None),
        ("时任", "former"),
        ("原", "former"),
        ("挂职", "seconded"),
        ("代理", "acting"),
    ):
        if organ.endswith(form):
            return organ.removesuffix(form), status or meaning  # type: ignore[return-value]
        if form in ("新任", "现任", "时任") and form in organ:
            return organ.replace(form, ""), status or meaning  # type: ignore[return-value]
    return organ, status


_LEVEL_TWICE = re.compile("[省市区县州旗](?:委|政府|人大|政协|纪委|监委|人武部)")
_UNIT = re.compile(
    "[\u4e00-\u9fff（）]*?(?:公司|集团|厂|银行|学校|[中小]学|大学|学院|医院|卫生院|研究[院所]|[农林]场|报社|电视台)(?!党委.*公司)"
)
_UNITS_OWN = frozenset(["工会", "纪委", "团委", "党委", "党组", "党总支", "党支部", "董事会", "监事会", "办公室"])


def _unit_of(before: Title | None) -> str | None:
    """The firm, school or hospital of the title before, without its own inner body: 宇通集团党委 -> 宇通集团."""
    match = _UNIT.match(before.body) if before is not None and before.body is not None else None
    if match is None or before is None or before.body is None:
        return None
    rest = before.body[match.end() :]
    return match.group() if not rest or rest in _UNITS_OWN else None


def leans(title: Title, before: Title) -> bool:
    """Whether a title leaves its body to the one before: 副主席 after 区政协主席, 工会主席 after a firm's 总经理."""
    if title.body is None or (title.organ in _INNER_OFFICES and before.body is not None and before.place is not None):
        return True  # 法院副院长高某，政治部主任方某、办公室主任石某
    if title.organ in _ZONES_OWN and before.organ.endswith(_ZONES_OWN):
        return True  # 市示范区党工委书记马某、管委会主任宋某
    if title.organ not in _UNITS_OWN or before.body is None:
        return False
    own_party = title.organ in _PARTY_GROUPS and before.body.endswith(title.organ)
    return own_party or _unit_of(before) is not None


_ZONES_OWN = ("党工委", "管委会")
_PARTY_GROUPS = frozenset(["党委", "党组", "党工委", "党总支", "党支部"])
_OF_SESSION = re.compile(r"届(?:人大|政协|委员会|区委|市委|县委|省委)")
_LEAGUE = re.compile(rf"(?:共青)?团(?P<level>{_LEVEL})委")
_LEVEL_WORD = re.compile(r"(省|市|区|县|州|镇|乡|村)级")


def _place_title(
    organ: str, modifier: str, head: str, before: Title | None, places: Places
) -> tuple[str, str | None, str | None, str]:
    """post, body, place and short organ of a title split into organ, modifier and head."""
    consult = _CONSULT.match(organ)
    if consult and places.looks_like_place(consult["place"]):
        organ = consult["place"] + "政协"
    if organ in _UNITS_OWN and (unit := _unit_of(before)):
        part = "" if organ in _INNER_OFFICES or head.startswith(organ) else organ
        return part + modifier + head, unit + organ, before.place if before else None, organ
    place, rest = places.split(organ, before.place if before else None)
    if place and rest.startswith(places.level(place)) and _LEVEL_TWICE.match(rest):
        rest = rest[len(places.level(place)) :]  # 西城区区委
    if rest == "党校" and before and before.organ == "委" and before.place == place:
        rest = "委党校"
    rest = _SESSION.sub("", rest) if _SESSION.match(rest) or _OF_SESSION.search(rest) else rest
    simple = modifier + head
    league = _LEAGUE.fullmatch(organ)
    if league:
        city = places.at_level(league["level"]) or ""
        return (
            "团" + league["level"] + "委" + simple,
            city + "团" + league["level"] + "委",
            city or None,
            "团" + league["level"] + "委",
        )
    if head in _PLACE_HEADS and rest in ("", "政府", "人民政府"):
        unit = _PLACE_HEADS[head]
        if place is None or (places.level(place) != unit and not organ):
            place = before.place if before and before.place and places.level(before.place) == unit else places.at_level(unit)
        elif organ and not organ.endswith(("区", "县", "市", "省", "州", "盟", "旗", "镇", "乡", "村", "府", "苏木")):
            place = organ + unit
        return simple, place or unit, place, ""
    if not organ:
        return _carried(simple, head, before, places)
    if head == "领导" or head.endswith("领导"):
        level = places.level(place) if place else ""
        rest = "" if rest == "上" else rest  # 州上领导, as papers of the north-west say
        of_organ = _NAMED_ORGANS.fullmatch(rest) is not None  # 区人大常委会领导
        body = place + rest if place and of_organ else place
        return (level + rest + head if of_organ or len(rest) < 5 else head), body or None, place, rest
    level = places.level(place) if place else ""
    if rest in ("委", "党委") and place and (rest == "委" or level in ("自治区",)):
        return level + rest + simple, place + rest, place, rest
    party = _PARTY_DEPARTMENT.match(
        rest + (_UNITS.get(head, "") if head == "部长" and not rest.endswith("部") and "副" not in modifier else "")
    )
    if party:
        committee = (
            party["committee"]
            or (before.organ if before and before.organ.endswith("委") and before.place == place else "")
            or "委"
        )
        part = party["part"]
        post = part + "长" if part.endswith("部") and head == "部长" and not rest.endswith("部") else part + simple
        whose = place or (before.place if before else None) or places.home
        return post, (whose or "") + committee.removeprefix(level), whose, committee
    if _NAMED_ORGANS.fullmatch(rest):
        of_town = places.town if rest == "人大" and head == "主席" else None  # counties have a 常委会主任
        seat = place or (before.place if before else None) or of_town or places.home
        level = places.level(seat) if seat else ""
        return level + rest + simple, (seat or "") + rest, seat, rest
    ending = _UNITS.get(head)
    if ending and "副" not in modifier and not rest.endswith(ending) and not _UNIT_COMPLETE.search(rest) and rest:
        rest += ending
    level_word = _LEVEL_WORD.fullmatch(organ)
    if level_word and head.endswith(("河长", "林长", "田长", "湖长", "路长")):
        return organ + simple, places.at_level(level_word[1]) or level_word[1], places.at_level(level_word[1]), ""
    if head in ("党组成员", "党委委员", "党工委委员", "党委成员"):
        if not place and len(rest) <= 3:
            return simple, (_owner(before) or places.home or "") + rest, before.place if before else places.home, rest
        return simple, (place or "") + rest, place, rest
    if head in ("审判委员会委员", "检察委员会委员"):
        return simple, (place or "") + rest, place, rest
    if not _SPELT_LIKE_PARTY.search(rest) and rest.endswith(
        ("党委", "党工委", "工委", "党组", "党支部", "党总支", "机关党委", "纪工委", "管委会", "党群工作部")
    ):
        tail = next(t for t in _PARTY_TAILS if rest.endswith(t))
        post = tail + simple
        if not place and not rest.removesuffix(tail):
            zone = places.zone if tail in ("管委会", "党工委", "纪工委", "团工委") else None
            whose = None if before and before.organ in ("委", "") else _owner(before)
            owner = whose or zone or places.home
            return post, (owner or "") + tail, before.place if before else zone or places.home, rest
        if not place and rest == "机关工委":
            place = places.home
        return post, (place or "") + rest, place, rest
    if rest == "办事处" and not place and (street := places.at_level("街道")):
        return rest + simple, street + rest, street, rest
    if not place and rest in _INNER_OFFICES and before and before.body and before.place:
        # 县政协副秘书长、办公室主任: the office of the house just named.
        house = before.body if before.organ in ("政府", "人民政府") else _owner(before) or ""
        return simple, house + rest, before.place, rest
    if not place and places.is_government(rest):
        place = (before.place if before and before.place else None) or places.home
        if place is not None and place == places.town and _NOT_OF_TOWNS.search(rest):
            place = next((p for level in "县区市旗" if (p := places.at_level(level))), None)
        return simple, (place or "") + rest, place, rest
    return simple, ((place or "") + rest) or None, place, rest


_PARTY_TAILS = ("党支部", "党总支", "党工委", "机关党委", "纪工委", "团工委", "管委会", "党群工作部", "党委", "党组", "工委")
_NOT_OF_TOWNS = re.compile("公安局|法院|检察院|监委|交警大队|消防救援大队|教育局|民政局|水利局|财政局$")
_SPELT_LIKE_PARTY = re.compile("(?:社|妇|(?<!机)关)工委$")  # 关工委 cares for the young, 机关工委 is a party committee
_INNER_OFFICES = ("办公室", "办公厅", "研究室", "机关党委", "政治部", "政治处")
_OWNED_TAIL = re.compile(r"(?:党组|党委|党工委|党支部|党总支|管委会|办事处|人民政府|政府|政治部|政治处)$")


def _owner(before: Title | None) -> str | None:
    """The body behind the title before, without its party group: 区教育局党组 -> 区教育局."""
    if before is None or before.body is None:
        return None
    return _OWNED_TAIL.sub("", before.body)


_LEVEL_AND_ABOVE = re.compile("副?(?P<level>[市县区州旗厅处科])级以上")
_PARTY_TAIL = re.compile(r"(?:党组|党委|党工委)$")


def _carried(simple: str, head: str, before: Title | None, places: Places) -> tuple[str, str | None, str | None, str]:
    """A title that names no organ takes that of the title before: 党组书记、局长."""
    if head == "检察长" and (before is None or "检察院" not in (before.body or "")):
        return simple, (places.home or "") + "检察院", places.home, "检察院"
    if head == "政协委员" and before is None:
        return head, (places.home or "") + "政协", places.home, "政协"
    above = _LEVEL_AND_ABOVE.match(head)
    if above:  # 等副市级以上领导: of the place that has the level, as far as the text knows one
        whose = places.at_level(above["level"]) or places.home
        return simple, whose, whose, ""
    if head == "领导" or head.endswith(("级干部", "级领导")):
        return simple, places.home, places.home, ""
    if head == "常委会组成人员":
        return simple, (places.home or "") + "委", places.home, "委"
    if before is None or before.body is None:
        return simple, None, None, ""
    if head == "主席" and before.organ in ("党委", "委") and before.place and places.level(before.place) == "自治区":
        return simple, before.place, before.place, ""  # 自治区党委常委、副主席: of its government
    house = _PARTY_TAIL.sub("", before.organ)
    if house != before.organ and _NAMED_ORGANS.fullmatch(house) and head not in ("书记", "副书记", "成员", "委员"):
        # 区政协党组书记、主席: the party group's house has the chair.
        return (places.level(before.place) if before.place else "") + house + simple, _owner(before), before.place, house
    if before.organ == "委" and head in ("秘书长", "副秘书长", "常委", "委员", "书记", "副书记"):
        level = places.level(before.place) if before.place else ""
        return level + "委" + simple, before.body, before.place, before.organ
    if _NAMED_ORGANS.search(before.organ) or (
        before.organ.endswith("委")
        and (head in ("书记", "常委", "委员") or (head in ("主任", "主席") and not before.organ.endswith(("党委", "党工委"))))
    ):
        level = places.level(before.place) if before.place else ""
        return (
            (level + before.organ + simple if _NAMED_ORGANS.search(before.organ) else simple),
            before.body,
            before.place,
            before.organ,
        )
    if head in ("书记", "副书记") or (head == "委员" and before.organ.endswith(("党委", "党工委"))):
        return simple, before.body, before.place, before.organ
    if before.head in _PLACE_HEADS and not before.organ:
        return simple, before.place, before.place, ""
    return simple, _owner(before), before.place, _PARTY_TAIL.sub("", before.organ)


_AD_HOC = re.compile(
    r"(?:领导小组|指挥部|专班|工作组|督导组|工作队|联席会议|督查组|检查组|巡察组|巡视组|(?<!人大)主席团)(?:办公室)?$"
)
_FIRM_OR_SOCIETY = re.compile(r"(?:公司|集团|厂|银行|合作社|商会|协会)$")
_FIRM = re.compile(r"(?:公司|集团|厂|合作社)$")


def _refine_class(class_: PostClass, post: str, head: str, body: str | None) -> PostClass:
    if body and _AD_HOC.search(body):
        return "ad_hoc"
    if body and class_ == "office" and _FIRM_OR_SOCIETY.search(body) and head not in ("书记",):
        return "enterprise" if _FIRM.search(body) else "other"
    if head in ("委员",) and "政协" in post:
        return "delegate"
    if head == "组长" and body is None:
        return "ad_hoc"
    return class_


_SHORT_BODY = re.compile(r"^(?:项目|现场|总)?(?:指挥部|领导小组|工作专班|专班|组委会|筹委会)$")


def whole_body(text: str, title: Title, places: Places) -> Title:
    """指挥部指挥长 of 重点项目建设指挥部: a body named by its last word alone, completed from the article's own longer name.

    A presidium is that of the session the article names: 大会主席团 -> 丹阜区第七届人民代表大会第三次会议主席团; a 委员
    without an organ is the session's.
    """
    if title.class_ == "ad_hoc" and title.head in _PRESIDIUM_HEADS and _PRESIDIUM.fullmatch(title.organ):
        presidium = "主席团" if "主席团" in text and title.head != "大会执行主席" else ""
        session = _session(text, places)
        return title._replace(body=session + presidium or None, organ=presidium)
    if title.head == "委员" and title.body is None:
        house = _SESSION_OF_HOUSE.match(_session(text, places))
        return title._replace(body=(house[1] or house[2] or "") + "政协", organ="政协", class_="delegate") if house else title
    if not _SHORT_BODY.match(title.organ):
        return title
    longest = _longest_body(text, title.organ, places)
    if not longest:
        return title
    place, rest = places.split(longest)
    return title._replace(body=(place or title.place or "") + rest, organ=rest)


_PRESIDIUM_HEADS = ("常务主席", "执行主席", "大会执行主席", "成员")
_PRESIDIUM = re.compile("(?:本次)?(?:大会|会议)?(?:主席团)?")
_SESSION_OF_HOUSE = re.compile(
    "(?:([\u4e00-\u9fff]*)政协第?[一二三四五六七八九十]+届|政协([\u4e00-\u9fff]*?)第?[一二三四五六七八九十]+届)"
)
_NUMBER = "第?[一二三四五六七八九十]+"
_CONGRESS = re.compile(
    rf"(?:人大|政协)?{_NUMBER}届(?:人大|政协|人民代表大会|委员会)?{_NUMBER}次(?:全体)?会议|"
    rf"中国共产党[\u4e00-\u9fff]{{1,16}}?{_NUMBER}次代表大会"
)


@lru_cache(maxsize=64)
def _session(text: str, places: Places) -> str:
    """An article's longest name for a session, with its place: 区七届人大三次会议 -> 丹阜区七届人大三次会议; "" for none."""
    named = sorted({part for pair in places.by_level for part in pair}, key=lambda name: (-len(name), name))
    longest = ""
    for match in _CONGRESS.finditer(text):
        whose = next((name for name in named if text.endswith(name, 0, match.start())), "")
        house = "政协" if whose and text.endswith("政协" + whose, 0, match.start()) else ""
        longest = max(longest, house + whose + match.group(), key=len)
    if longest.startswith("中国共产党"):
        return longest
    place, rest = places.split(longest)
    return (place or "") + rest


@lru_cache(maxsize=64)
def _longest_body(text: str, organ: str, places: Places) -> str:
    """The article's longest name of a body that ends with ``organ``; "" where it has no longer one."""
    longest = ""
    for match in re.finditer(re.escape(organ), text):
        name = text[title_start(text, match.start(), max(0, match.start() - 30)) : match.end()]
        place, rest = places.split(name)
        if place is not None and len(name) > len(longest) and not _SHORT_BODY.match(rest):
            longest = name
    return longest


def with_status(title: Title, status: PostStatus | None) -> Title:
    """The title with the status that its surroundings give it, where it has none of its own."""
    return title._replace(status=title.status or status)
