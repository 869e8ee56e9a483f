"""Events: the occasions an article reports, with kind, name, date and place; and who was there, in which role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from kg import lexicon
from kg.extract.bodies import Places
from kg.extract.people import Naming
from kg.extract.presence import BRINGS, Act, Speech, sentences
from kg.extract.reading import Reading, back_to
from kg.model import Appearance, Event, EventKind, Role, Venue
from kg.text import dates


class Anchor(NamedTuple):
    """A phrase that names an occasion: ``start``..``end`` its name, ``weight`` what speaks for its having taken place."""

    start: int
    end: int
    name: str
    kind: EventKind
    sentence: tuple[int, int]
    weight: float
    rule: str
    convened: bool = False  # 召开, 举行 stands with it
    who: frozenset[str] = frozenset()  # whose tour it is, where several part on one day


_HOLD = r"(?:上了一[堂节场]|讲了一[堂节]|(?<=题)讲|召开|举行|举办|召集|组织召开|主持召开|开幕|闭幕|召开了|举行了|举办了|迎来了?)"
_NOT_YET = re.compile(
    r"(?:将|拟|定于|计划|即将|陆续|相继|筹备|筹办|准备|届时|适时|决定|要|应|须|定期|每[年月周季]|不定期|会前|自(?!治)|每次|坚持|"
    r"通过|多次|先后|累计|共)(?:于)?(?:[\u4e00-\u9fff\d]{0,8})(?:召开|举行|举办|开展|组织)$"
)
_AFTER_NO = re.compile(
    r"(?:等)?(?:精神|召开后|要求|期间|以来|以后|后，|闭幕后|结束后|部署的|确定的|提出的|制度|机制|代表(?!大会)|的?代表团|"
    r"(?:\d+|[一二三四五六七八九十]+)余?[次场](?!会)|纪要|材料|筹备|通知|方案|室|场|中心|厅|的(?:决策|要求|部署|精神|召开|任务)|决议|决定|报告(?!会))"
)
_WHO_TOURS = re.compile(r"的[^，。；]{0,10}(?:委员|代表)[^，。；]{0,10}?(?:来到|到|赴|深入|走进|视察|参观|分组)")
_BEFORE_NO = re.compile(r"(?:学习|贯彻|传达|落实|贯彻落实|学习贯彻|按照|根据|结合|围绕|迎接|服务保障|总结|参照)[^，。；]{0,24}$")
_INSPECT = (
    r"(?:参观调研|参观考察|参观视察|考察学习|学习考察|观摩学习|调研督导|督导调研|调研指导|督导检查|检查指导|考察调研|调研考察|"
    r"暗访督导|走访慰问|看望慰问|慰问(?![金品信团电演])|走访|看望|调研|督导|督查|督办|暗访|明察暗访|视察|检查|巡查|考察|夜查|现场办公|"
    r"巡河|巡林|察看|查看|抽查|接访|约访|核查|督战|指导|执法检查)"
)
_RESCUE = (
    r"(?:指挥|指导|组织|开展|参与|部署|调度)(?:现场)?(?:抢险|救援|救治|扑救|灭火|救灾|查灾|转移|处置|调查处理|善后|抗洪|防汛)"
)
_BARE = frozenset(
    [
        "会议",
        "大会",
        "全会",
        "活动",
        "仪式",
        "典礼",
        "座谈会",
        "会",
        "比赛",
        "节",
        "宣传",
        "接种",
        "签约",
        "揭牌",
        "座谈",
        "捐款",
        "捐赠",
        "宣讲",
        "志愿服务",
        "论坛",
        "演出",
        "晚会",
        "展览",
        "培训班",
        "讲座",
        "全体会议",
        "常委会",
        "常委会议",
        "代表大会",
        "演练",
        "联赛",
    ]
)


@cache
def _meeting_end() -> re.Pattern[str]:
    forms = sorted(lexicon.forms("meetings"), key=lambda f: (-len(f), f))
    return re.compile(
        "(?:"
        + "|".join(map(re.escape, forms))
        + ")(?![员场议室馆堂计签谈费徽歌心晤面址所长社商]|见(?!面)|的(?:召开|成功))(?:（[^）]{1,6}）(?:会议)?)?"
    )


@cache
def _kinds() -> dict[str, EventKind]:
    return {row["form"]: row["kind"] for row in lexicon.table("meetings")}  # type: ignore[misc]


_QUOTED = re.compile(r"“[^”]*”")
_NO_PART_OF_NAME = re.compile(
    r".*(?:主持召开[了的]?|组织召开[了的]?|召开[了的]?|举行[了的]?|举办[了的]?|承办的?|主办的?|主持了?|出席了?|参加了?|列席了?|参与|"
    r"组织(?!建设|生活|工作|部|部长)了?|开展了?|启动了?|进行了?|传达了?|来到|走进|前往|赴|听取了?|观看了?|在|了(?:一[堂节场次个])?|由|"
    r"随后|接着|该|此次|本次|这次|上午|下午|晚上|当晚|同时|标志着|和全[省市区县](?=.{3})|开好|闭幕的|开幕的|"
    r"日(?=\D)|天|宣布|一次[^，。]{0,8}的|的(?=第[一二三四五六七八九十\d]+[次届轮]))",
    re.DOTALL,
)


def _name_before(text: str, floor: int, end: int, start: int) -> int:
    """Where the name that ends at ``end`` begins: after the last word that names no occasion, never inside quotes."""
    left = start
    while left > floor:
        c = text[left - 1]
        if c == "”":
            opening = text.rfind("“", floor, left - 1)
            if opening < 0 or left - opening > 40:
                break
            left = opening
            continue
        if c in "，。：；！？\n□“《》" or start - left > 45:
            break
        left -= 1
    segment = text[left:start]
    # Cut after the last word of holding, outside quotes.
    bare = _QUOTED.sub(lambda m: "＃" * len(m.group()), segment)
    match = _NO_PART_OF_NAME.match(bare)
    offset = match.end() if match else 0
    # 创建…, 为…服务活动 keep their first verb; a name of nothing is none.
    return left + offset


_LEADING_PLACE = re.compile(
    r"^(?!加强|推进|深化|创建|落实|服务|政协)(?:[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|省|(?<!城)市|州|县(?!城)|(?<![小社城辖园片灾景校厂库任])区|旗|镇|乡|街道)|[全我本][省市区县州旗镇乡]|"
    r"[市区县镇省州](?=[\u4e00-\u9fff]{6}))(?=(?!委|政府|人大|政协|纪委|法院|检察院)[\u4e00-\u9fff“0-9]{4})"
)


_QUOTED_CLAUSES = re.compile(r"“[^“”\n]*[，。！？][^“”\n]*”")
_LONG_PHRASE = re.compile(r"[\u4e00-\u9fff“”、—]{0,26}")  # 博览会、投资峰会全区动员会议: a meeting about activities
_SAME_PHRASE = re.compile(r"[\u4e00-\u9fff“”]{0,12}")
_ANOTHER_BEGINS = re.compile(_HOLD + "|出席|参加|，|在|到|于")


def meetings(reading: Reading) -> list[Anchor]:
    """Meetings and activities by name: 召开……推进会, ……会议在……召开, 出席……仪式."""
    text = reading.text
    found = []
    for begin, stop in sentences(text):
        ends = list(_meeting_end().finditer(text, begin, stop))
        if not ends:
            continue
        quoted = [(m.start(), m.end()) for m in _QUOTED_CLAUSES.finditer(text[begin:stop])]
        floor = begin
        for match, following in zip_longest(ends, ends[1:]):
            end = match.end()
            if match.start() < floor:
                continue  # 人大常委会召开第二十次|会议: within the name just taken
            if (
                following is not None
                and (_SAME_PHRASE if _kinds().get(following.group()) != "meeting" else _LONG_PHRASE).fullmatch(
                    text, end, following.start()
                )
                and not _ANOTHER_BEGINS.search(text[end : following.start()])
                and _kinds().get(match.group()) == "activity"
            ):
                continue  # 疫苗接种工作推进会: the longer name
            if any(a <= match.start() - begin < b for a, b in quoted):
                continue
            anchor = _judge(text, begin, stop, floor, match.start(), end, match.group(), reading.body_start)
            if anchor is not None:
                found.append(anchor)
                floor = anchor.end
    for match in _DELIBERATES.finditer(text):
        begin, stop = next((s for s in sentences(text) if s[0] <= match.end() <= s[1]), (0, len(text)))
        if not _BEFORE_NO.search(text, begin, match.start()):
            name = match.group()
            found.append(Anchor(match.start(), match.end(), name, "meeting", (begin, stop), 2.0, "deliberated", convened=True))
    return found


# 参加城关代表团审议: the groups of a congress, at which leaders sit in.
_DELIBERATES = re.compile(
    r"参加(?:了)?[^，。；：\n“”]{0,14}(?:代表团|小组|联组|界别|讨论组)[^，。；：\n“”]{0,4}(?:审议|讨论|协商)(?!会|了|的|时?发言)|"
    r"(?:来到|到)[^，。；：\n“”]{2,12}代表团，[^。，\n]{0,10}(?:审议|讨论)(?!会)|"
    r"(?:(?<=会议)|(?<![\u4e00-\u9fff]))(?:(?!会议)[\u4e00-\u9fff]){1,8}代表团(?:分组|分团|集中|继续|全体会议)?(?:审议|讨论)(?=《|政府|工作|现场|[^，。；]{0,4}报告)"
)


_ENDS_IN_HOLD = re.compile(_HOLD + r"(?:了|的)?$")
_GREETED = re.compile("迎来了?$")
_IN_ORDER_TO = re.compile("为了?(?:进一步|深入|扎实|切实|全面|更好地?)*(?:开展|启动|组织)$")
_ENDS_IN_OPENING = re.compile(r"(?:开展了?|启动了?|组织了?|发起)$")
_HELD_AFTER = re.compile(
    r"(?:（[^）]{1,8}）)?(?:，)?(?:(?:\d{1,2}月)?\d{1,2}日(?:[上下]午|晚)?|昨[日天](?:[上下]午)?|今[日天](?:[上下]午)?|近日|日前)?(?:在[^，。；]{2,30})?(?:工作)?(?:隆重|顺利|成功|正式|如期|胜利|圆满|"
    r"全面|(?:通过|采取|采用|以)[^，。；]{2,20}(?:形式|方式))?(?:召开|举行|举办|开幕|闭幕|启动|开始|拉开|落幕|走进|开讲|开赛|开锣|开班|开营|结业|收官|进行)(?!后|以来|期间)|"
    r"于[^，。；]{4,14}(?:召开|举行|选举|决定|表决|通过|审议)"
)
_PASSED_AFTER = re.compile(r"(?:审议|表决)?通过[）)，。]")
_WILL_BE = re.compile(r"[^，。]{0,20}(?:将|拟|定于|即将)|(?:下个?[周月]|明[天日]|后天)")
_ENDS_IN_ATTENDING = re.compile(r"(?:主持|出席|参加|列席|主持了|出席了|参加了)$")
_ENDS_IN_AT = re.compile(r"在$")
_PURPOSE = re.compile(r"[^，。；]{4,24}")
_PURPOSE_VERB = re.compile(r"，?(?:专题)?(?:研究|部署|听取|传达|学习|审议|分析|安排|调度)")


# 县九届人大常委会举行第十三次会议: the committee is who meets, its meeting what is held.
_CONVENES = re.compile("(?:召开|举行)了?第[^，。；]{1,8}次[^，。；]{0,4}会议")


def _judge(text: str, begin: int, stop: int, floor: int, at: int, end: int, suffix: str, body_start: int) -> Anchor | None:
    start = _name_before(text, floor, end, at)
    name = text[start:end]
    before = text[back_to(text, start, max(begin, start - 80), "，；：。\n") : start]
    after = text[end : end + 14]
    kind = _kinds().get(suffix.split("（", maxsplit=1)[0], "meeting")
    if _AFTER_NO.match(text, end):
        return None
    held_before = _ENDS_IN_HOLD.search(before) is not None
    opened = _ENDS_IN_OPENING.search(before) is not None
    held_after = _HELD_AFTER.match(text[end : end + 50]) is not None
    if not held_before and not held_after and (_BEFORE_NO.search(before) or _BEFORE_NO.search(name)):
        return None
    if end < body_start + 200 and _PASSED_AFTER.match(after):
        held_after = True
    not_yet = _NOT_YET.search(before) if held_before else None
    in_turn = not_yet and not_yet.group().startswith(("相继", "先后")) and _DAY_TOLD.search(text, begin, start)
    if (not_yet and not in_turn) or (opened and _IN_ORDER_TO.search(before)):
        return None
    if name.endswith(("节", "季")) and _GREETED.search(before):
        return None  # 迎来了收获季节
    if held_after and _WILL_BE.match(after):
        return None
    attended = _ENDS_IN_ATTENDING.search(before) is not None
    if attended and _WHO_TOURS.match(text, end):
        return None  # 出席县人大会议的代表来到…: the session is only whose members they are
    bare = name in _BARE or len(name) <= len(suffix)
    headline = end <= body_start
    on_it = _ENDS_IN_AT.search(before) is not None and text[end : end + 1] == "上"
    weight = 1.2 * on_it + 1.6 * held_before + 1.6 * held_after + 0.9 * opened + 0.8 * attended + 0.6 * headline
    if _SO_MANY.match(name):
        return None  # 举办2次书画展: a sum
    if bare and not (held_before or held_after or (attended and suffix not in _BARE)):
        return None
    if weight < 0.8:
        return None
    stripped = _LEADING_PLACE.sub("", name) if not bare else name
    start += len(name) - len(stripped)
    name = stripped
    convened = _CONVENES.match(text, end, stop) if suffix == "常委会" else None
    if convened:
        end = convened.end()
        name = text[start:end]
    if bare and held_before and name in ("会议", "会", "大会"):
        # 主持召开会议研究…: the purpose names it.
        purpose = _PURPOSE.match(text[end : end + 30])
        if purpose and _PURPOSE_VERB.match(purpose.group()):
            end += len(purpose.group())
            name = text[start:end]
    return Anchor(
        start,
        end,
        name.strip("“ ") if name.count("“") != name.count("”") else name,
        kind,
        (begin, stop),
        weight,
        "held" if held_before or held_after else "attended" if attended else "opened" if opened else "headline",
        held_before or held_after or opened,
    )


_SO_MANY = re.compile(r"(?:\d+|[两二三四五六七八九十]+)余?[次场期]")
_OBJECT = re.compile("(?:" + _INSPECT + "|对接)" + r"(?![组团队员])(?:了)?(?P<object>[^，。；！？\n]{0,40})")


_INSPECTS = re.compile(_INSPECT)
_INSPECTS_LATER = re.compile(r"[^，。；]{0,60}?(?:，[^，。；]{0,40}?)?(" + _INSPECT + "|" + _RESCUE + "|对接(?=[^，。]{2}))")


_HURRIES = frozenset(["赶赴", "赶到", "奔赴", "赶往"])
# 立即赶赴现场，指挥抢险救援工作
_RESCUES = re.compile(rf"[^，。；]{{1,16}}，?(?:现场|全力)?(?P<what>{_RESCUE}[^，。；]{{0,8}})")


# 率队到外地开展招商引资工作, 一行到柳湾镇推进养殖产业相关工作
_DOES_THERE = re.compile(
    r"(?:率队|带队|率团|带领[^，。；]{2,12}|率领?[^，。；]{2,12})?(?P<go>(?:到|赴|来|前往)[^，。；]{2,24}?，?(?:(?:开展|推进)[^，。；]{2,14}?(?:工作|招商引资)|(?:开展|进行)?(?:招商引资|招商推介|招商洽谈|招商)(?=[，。])))"
)


def inspections(reading: Reading, acts: Sequence[Act]) -> list[Anchor]:
    """Tours and inspections by the verb that somebody leads with: 督导背街小巷整治工作."""
    text = reading.text
    found = []
    seen: set[int] = set()
    for act in acts:
        apart = act.note == "apart"  # 分别带队走访慰问: an occasion at which nobody is said to be with another
        if (act.role != "lead" and not apart) or act.at in seen:
            continue
        seen.add(act.at)
        begin, stop = act.sentence
        does = _DOES_THERE.match(text, act.at, stop)
        if does and not _INSPECTS.search(text, act.at, does.end()):
            start = does.start("go")
            found.append(Anchor(start, does.end(), does["go"], "inspection", (begin, stop), 1.8, "inspection"))
            continue
        rescue = _RESCUES.match(text, act.end, stop) if act.verb in _HURRIES else None
        if rescue:
            start = rescue.start("what")
            found.append(Anchor(start, rescue.end(), rescue["what"], "inspection", (begin, stop), 1.8, "inspection"))
            continue
        if act.note == "go":
            continue
        match = _INSPECTS.search(text, act.at, act.end)
        at = match.start() if match else act.at
        if match is None:
            # 带队…调研, 率队赴…考察, 带领…到…督导
            later = _INSPECTS_LATER.match(text, act.end, stop)
            if later is None:
                continue
            at = later.start(1)
        found.append(_inspection(text, at, begin, stop, reading.body_start, 2.0))
    return found


_APART = re.compile(
    r"分[别头路组](?:率队|带队|率|带领|来到|到|深入|前往|走进|赴)|分赴|兵分[两三四五六七]路|"
    r"分(?:成|为)?[两三四五六七八九\d]+(?:路|个?[\u4e00-\u9fff]{0,4}组)|"
    r"分组(?:对|赴|到|开展|进行|深入|走访)|带队，?分组"
)


_APART_LATER = re.compile(r"(?:班子|领导|成员)[^。\n]{0,12}分组(?:对|赴|到|开展|进行|深入|走访)")
_SEVERALLY_TO = re.compile(
    r"(?:等)?分别(?:率队|带队|率[^，。]{0,8}?|带领[^，。]{0,8}?)?(?:到|赴|深入|前往|来到|走进)(?P<sites>[^，。；\n]{2,50}?)"
    rf"(?:开展|进行|实地)?(?P<act>{_INSPECT})"
)


def _tells_of_parting(text: str, act: Act) -> bool:
    """Whether the sentence of an act says that several go different ways: who goes where is told later."""
    return act.naming.list_no is not None and _APART.search(text, act.naming.end, act.sentence[1]) is not None


def paired_tours(reading: Reading, namings: Sequence[Naming]) -> list[Anchor]:
    """高某、郑某分别到甲镇、乙镇检查: as many tours as people, where as many places are named."""
    text = reading.text
    lists: dict[int, list[Naming]] = {}
    for naming in namings:
        if naming.list_no is not None:
            lists.setdefault(naming.list_no, []).append(naming)
    found: list[Anchor] = []
    for members in lists.values():
        match = _SEVERALLY_TO.match(text, members[-1].np_end)
        sites = [site for site in _SITE_SEP.split(match["sites"].removesuffix("等")) if site] if match else []
        if match is None or len(sites) != len(members) or members[0].start < reading.body_start:
            continue
        begin, stop = next(s for s in sentences(text) if s[0] <= match.start() < s[1])
        tour = _inspection(text, match.start("act"), begin, stop, reading.body_start, 2.0)
        found += [tour._replace(who=frozenset([naming.name])) for naming in members]
    return found


def apart_tours(reading: Reading, acts: Sequence[Act], lead_end: int) -> list[Anchor]:
    """领导分五路慰问: the tours of an article whose lead says that the groups went to different places, one for each leader."""
    text = reading.text
    parting = _APART.search(text, 0, lead_end) or _APART_LATER.search(text, lead_end)
    if not parting:
        return []
    found = []
    seen: set[str] = set()
    leading: dict[int, set[str]] = {}
    for act in acts:
        if (
            act.role == "lead"
            and act.note != "apart"
            and act.at >= max(reading.body_start, parting.end())
            and not _tells_of_parting(text, act)
        ):
            leading.setdefault(act.at, set()).add(act.naming.name)
    sentence_of = {act.at: act.sentence for act in acts}
    for at in sorted(leading):
        if leading[at] & seen:
            continue
        seen |= leading[at]
        begin, stop = sentence_of[at]
        later = _INSPECTS_LATER.match(text, at, stop)
        tour = _inspection(text, later.start(1) if later else at, begin, stop, reading.body_start, 2.0)
        found.append(tour._replace(who=frozenset(leading[at])))
    return found if len(found) > 1 else []


_TO_THE_MARK = re.compile(r"[^，。；：\n]*")
_ABOUT = re.compile(r"(?:就|对|围绕)([^，。；]{2,30})$")


def _inspection(text: str, at: int, begin: int, stop: int, body_start: int, weight: float) -> Anchor:
    match = _OBJECT.match(text, at)
    if match is None:
        end = at + len(_TO_THE_MARK.match(text[at : min(stop, at + 20)])[0])  # type: ignore[index]
        return Anchor(at, end, text[at:end], "inspection", (begin, stop), 0.0, "inspection")
    end = match.end()
    name = match.group()
    if len(name) > 30:
        end = at + 30
    clause = back_to(text, at, max(begin, at - 80), "，；：。\n")
    about = _ABOUT.search(
        text[clause:at].removesuffix("进行").removesuffix("开展").removesuffix("全面").removesuffix("专题").removesuffix("实地")
    )
    start = at
    if len(match["object"]) < 2 and about:
        start = clause + about.start(1)
    elif len(match["object"]) < 2 and (goes := _GOES_TO.search(text, clause, at)):
        start = goes.start()  # 来我县参观|考察
    kind: EventKind = "activity" if text.startswith("对接", at) else "inspection"
    headline = 0.6 if at < body_start else 0.0
    return Anchor(start, end, text[start:end].strip(), kind, (begin, stop), weight + headline, "inspection")


_GOES_TO = re.compile("(?:到|赴|来|深入|莅临|前往)(?!会)[^，。；]{2,16}$")
_HEAD_INSPECTS = re.compile(
    r"(?:到|赴|来|莅临?|深入|在|走进)(?!会)[^，。\n ]{2,16}?(?:开展|进行)?(?:专题|实地|专项|参观|学习)?(?=" + _INSPECT + ")"
)
_BODY_INSPECTS = re.compile(
    r"(?:^|[，。\n日午近前] ?)(?P<body>[\u4e00-\u9fff“”]{1,20}?(?:委|局|政协|人大|人大常委会|纪委|监委|法院|"
    r"检察院|代表团|考察团|调研组|督导组|检查组|视察组|考察组|巡察组|专家组|指导组|一行|办事处|工会|妇联|团委|"
    r"执法检查组))(?:(?<=[团组])，)?(?:[一二三四五六七八九十\d]+[人行]*)?(?:组织[^，。；]{0,20}|先后|一行|深入|实地)?(?:(?:到|赴|"
    r"来|深入|莅临|来到|走进|对|就)[^，。；]{1,30}?)?(?:开展|进行)?(?:专题|实地|专项)?(?=" + _INSPECT + ")"
)


# 出席会议的委员先后来到高铁站等地参观视察: deputies and members on the tour of a session
_MEMBERS_TOUR = re.compile(
    r"(?:委员|代表)们?(?:[\u4e00-\u9fff]{0,5}地)?(?:先后|分组|集中|一行)?(?:来到|到|赴|深入|走进)[^，。；]{2,40}?(?:进行|开展)?(?=(?:参观|集中)?视察)"
)
_NEW_DAY = re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?:[上下]午)?，")


def body_inspections(reading: Reading) -> list[Anchor]:
    """A tour told of a body: 县人大常委会开展水污染防治法执法检查."""
    text = reading.text
    limit = _lead_end(text, reading.body_start)
    found = []
    for match in _HEAD_INSPECTS.finditer(text, 0, reading.body_start):
        found.append(
            _inspection(
                text,
                match.end(),
                *next((s for s in sentences(text) if s[0] <= match.end() < s[1]), (0, len(text))),
                reading.body_start,
                0.9,
            )
        )
    for match in _MEMBERS_TOUR.finditer(text, reading.body_start, limit):
        begin, stop = next((s for s in sentences(text) if s[0] <= match.end() < s[1]), (0, len(text)))
        found.append(_inspection(text, match.end(), begin, stop, reading.body_start, 1.8))
    for match in _BODY_INSPECTS.finditer(text):
        if match.start() >= limit and not _NEW_DAY.match(text, text.rfind("\n", 0, match.start("body")) + 1):
            continue
        begin, stop = next((s for s in sentences(text) if s[0] <= match.end() < s[1]), (0, len(text)))
        found.append(_inspection(text, match.end(), begin, stop, reading.body_start, 0.9))
    return found


_ALSO = re.compile(
    r"(?:^|[。\n])(?:(?:当[天日](?:[上下]午|晚上|晚)?|随后|次日|同日|"
    r"\d+日(?:[上下]午)?)，)(?P<who>[^，。]{2,30}?)还(?:先后|分别)?(?P<act>(?:到|来到|深入|赴|前往|走访|看望|"
    r"参加|出席|与|和|同)[^。！？\n]{4,60})"
)


_TALKS_WITH = re.compile(r"(?:与|和|同)[^，。]{2,20}(?:交流|座谈|交谈|会谈)[^，。]{0,4}")


def further_occasions(reading: Reading, namings: Sequence[Naming]) -> list[Anchor]:
    """当天上午，汪某还到盐店社区与居民交流: another occasion of somebody, told in one sentence."""
    text = reading.text
    found = []
    for match in _ALSO.finditer(text, reading.body_start):
        if not any(match.start("who") <= n.start < match.end("who") for n in namings):
            continue
        begin, stop = next((s for s in sentences(text) if s[0] <= match.start("act") < s[1]), (match.start(), match.end()))
        inspects = _INSPECTS.search(match["act"])
        start = match.start("act") + (inspects.start() if inspects else 0)
        end = min(match.end("act"), start + 30)
        talk = _TALKS_WITH.search(match["act"])
        if talk and not inspects:
            start, end = match.start("act") + talk.start(), match.start("act") + talk.end()
        name = text[start:end].split("，")[0]
        found.append(
            Anchor(start, start + len(name), name, "inspection" if inspects else "activity", (begin, stop), 2.0, "further")
        )
    return found


_IN_TURN = re.compile(
    r"会议?结束后，(?P<name>我[省市县区州旗](?:接续|立即|随即|随后|紧接着|马上|迅速)召开(?:了)?(?:视频|专题|专门)?会议)"
)


def meetings_in_turn(reading: Reading) -> list[Anchor]:
    """全省会议结束后，我市随即召开会议: the meeting of a lower level behind that of a higher one."""
    return [
        Anchor(
            match.start("name"),
            match.end("name"),
            match["name"],
            "meeting",
            next((s for s in sentences(reading.text) if s[0] <= match.start() < s[1]), match.span()),
            2.0,
            "in_turn",
            True,
        )
        for match in _IN_TURN.finditer(reading.text, reading.body_start)
    ]


def _lead_end(text: str, body_start: int) -> int:
    """The end of the second sentence of the body, or of its first paragraph."""
    at = body_start
    for _ in range(2):
        stop = text.find("。", at)
        if stop < 0:
            return len(text)
        at = stop + 1
    paragraph = text.find("\n", body_start)
    return max(at, paragraph if 0 < paragraph < body_start + 400 else at)


_QUOTES_AND_BLANKS = re.compile(r"[“”‘’《》（）\s]|[\u4e00-\u9fff]{0,0}")


def _fold(name: str) -> str:
    return _QUOTES_AND_BLANKS.sub("", name)


def _alike(a: str, b: str) -> float:
    a, b = _fold(a), _fold(b)
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return 1.0 if min(len(a), len(b)) > 2 else 0.5
    left, right = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    return 2 * len(left & right) / max(1, len(left) + len(right))


_WHEN = re.compile(r"(?:同日|当[日天]|次日|随后|会后|之后|当晚|下午|上午|晚上|\d+日|另外|此外|期间)")


def choose(reading: Reading, namings: Sequence[Naming], acts: Sequence[Act]) -> list[Anchor]:
    """The occasions of an article: one anchor each, in the order of the text."""
    text = reading.text
    lead_end = _lead_end(text, reading.body_start)
    pairs = paired_tours(reading, namings)
    apart = pairs or apart_tours(reading, acts, lead_end)
    everything = [*meetings(reading), *apart]
    tours = inspections(reading, acts) + body_inspections(reading)
    # Beside tours in pairs others may be told; where the parting is told of, only before it.
    told = min((a.sentence[0] for a in apart), default=len(text)) if not pairs else len(text)
    everything += [
        a
        for a in tours
        if a.start < told
        and all(a.sentence != x.sentence for x in apart)
        and (pairs or not apart or a.start < reading.body_start or not _APART.search(text, *a.sentence))
    ]
    everything.sort(key=lambda a: (a.start, -a.end))
    head = [a for a in everything if a.start < reading.body_start]
    body = [a for a in everything if a.start >= reading.body_start]
    toured = [h for h in head if h.kind == "inspection"]
    visited = {a.sentence for a in body if a.kind == "inspection" and any(_alike(a.name, h.name) >= 0.6 for h in toured)}
    # 率队到学校召开座谈会并慰问教师 under the headline 慰问教师: the talk belongs to the visit.
    body = [a for a in body if a.name not in _BARE or a.sentence not in visited]
    picked: list[Anchor] = []
    extra = [*further_occasions(reading, namings), *meetings_in_turn(reading)]
    body = [a for a in body if all(a.sentence != x.sentence for x in extra)]
    entries = _entries(text, reading.body_start)
    for anchor in body:
        if anchor.who:
            picked.append(anchor)
            continue
        entry = bisect_right(entries, anchor.start)
        beside = [p for p in picked if bisect_right(entries, p.start) == entry or _again(text, entries, p, anchor)]
        same = next((p for p in beside if _same(text, p, anchor, lead_end)), None)
        if same is None:
            if _counts(text, anchor, beside, text.find("\n", anchor.start) if entries else lead_end, reading.body_start):
                picked.append(anchor)
        elif (
            len(_fold(anchor.name)) > len(_fold(same.name))
            and same.kind == anchor.kind
            and anchor.start < lead_end
            and _fold(same.name) in _fold(anchor.name)
        ):
            picked[picked.index(same)] = anchor._replace(weight=max(anchor.weight, same.weight))
    if not picked and not head:
        picked = at_the_occasion(reading) or talks(reading, acts) or lectures(reading, acts)
        picked = picked or pictured(reading) or openings(reading) or untold(reading, acts)
    if not picked and head:
        picked = [max(head, key=lambda a: (a.weight, -a.start))]
    if picked and head and not apart:
        picked = _after_headline(text, picked, head, reading.body_start, acts)
    extra += talks_besides(reading, acts, picked)
    return sorted([*picked, *(extra if picked else [])], key=lambda a: a.start)


_ENTRY = re.compile(r"^[ ]*(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}日|同日)", re.MULTILINE)


def _entries(text: str, body_start: int) -> tuple[int, ...]:
    """Where the entries of a chronicle begin, lines with a day of their own; () for an article that is none."""
    found = tuple(match.start() for match in _ENTRY.finditer(text, body_start))
    lines = text.count("\n", body_start) + 1
    return found if len(found) >= 3 and 2 * len(found) > lines else ()


def _again(text: str, entries: Sequence[int], a: Anchor, b: Anchor) -> bool:
    """Whether two entries of a chronicle tell of one occasion: the same name on the same day."""
    days = [_ENTRY.match(text, entries[at - 1]) if (at := bisect_right(entries, x.start)) else None for x in (a, b)]
    first, second = days
    return _fold(a.name) == _fold(b.name) and bool(first and second and first["day"] == second["day"])


_JOINED_BY_HOLD = re.compile(
    r"(?:(?:\d{1,2}月)?\d{1,2}日(?:[上下]午|晚)?)?(?:在[^，。]{2,16}?|[^，。]{0,4})(?:举行|召开)(?:了|其)?"
)
_ANOTHER_DAY = re.compile(r"\n[^，。\n]{0,8}(?:\d+日|次日|同日|同一天|当天[上下]午|近日)")
_COMMITTEE = re.compile("(?:人大|政协|[省市区县旗州]委)常委会")


def _same(text: str, a: Anchor, b: Anchor, lead_end: int) -> bool:
    if a.kind == b.kind and 0 <= b.start - a.end <= 22 and _JOINED_BY_HOLD.fullmatch(text[a.end : b.start]):
        return True  # 人代会第一次会议举行第三次全体会议
    if a.kind == b.kind == "inspection":
        # One tour goes on over the article, unless another day begins.
        between = text[a.sentence[0] : b.start]
        return not (b.start > lead_end and _ANOTHER_DAY.search(text[max(a.end, b.sentence[0] - 1) : b.start]) and between)
    if a.kind != b.kind and "inspection" in (a.kind, b.kind):
        return False
    if b.name in _BARE:
        return True
    first, second = _COMMITTEE.search(a.name), _COMMITTEE.search(b.name)
    if first and second and first.group() != second.group():
        return False
    return _alike(a.name, b.name) >= 0.5 or _in_short(_fold(b.name), _fold(a.name))


def _in_short(short: str, name: str) -> bool:
    """Whether ``short`` leaves out characters of ``name`` and changes none: 升旗仪式 of “庆国庆·升国旗”仪式."""
    rest = iter(name)
    return len(short) >= 4 and all(c in rest for c in short)


_OVER_TIME = re.compile(r"以来|去年|全年|累计|多次|持续|扎实")
_DAY_TOLD = re.compile(r"\d日|近日|日前|昨[日天]|当[日天]")
_AFTER_AT = re.compile(r"在[^，。]{0,30}$")
_THEREAFTER = re.compile(r"后，")
_OWN_DAY = re.compile(
    r"[ ]*(?:当天|当日|(?:\d{4}年)?(?:\d{1,2}月)?\d+日|次日|同日|会后|随后|[^，。]{0,8}结束后|"
    r"[^，。]{0,4}会前，[^，。]{0,16}\d日)"
)
_PART_OF_TOUR = re.compile(r"(?:座谈|汇报|反馈|现场|交流|调研)")
_AND_HOLDS = re.compile("[，、]?并(?:现场|就地|随即)?(?:主持)?召开了?(?:[^，。]{0,12})?$")
_OTHER_TIME = re.compile(r"\d+日|次日|回到|[上下]午|当?晚")
# 检查结束后，在街道会议室|召开座谈会
_ELSEWHERE = re.compile("(?:结束|之后|随后)后?，[^，。]{0,6}在[^，。]{1,16}(?:会议室|会议中心|礼堂|办公楼)")
_STUDIED = re.compile(r"(?:学习|贯彻|传达)")


def _counts(text: str, anchor: Anchor, picked: Sequence[Anchor], lead_end: int, body_start: int) -> bool:
    """Whether an anchor is an occasion of its own beside those already picked."""
    early = anchor.start < lead_end
    if anchor.rule == "opened" and _OVER_TIME.search(text[anchor.sentence[0] : anchor.start]):
        return False
    if (
        anchor.rule == "opened"
        and anchor.start > text.find("。", body_start) > 0
        and not _DAY_TOLD.search(text[anchor.sentence[0] : anchor.start])
    ):
        return False  # 去年开展……活动: a yearly account
    if picked and anchor.name.endswith(("宣誓仪式", "就职仪式")):
        return False  # at the end of the session that elected
    if not picked:
        return anchor.weight >= 0.8 and (early or anchor.weight >= 1.6)
    tour = next((p for p in picked if p.kind == "inspection"), None)
    sentence = text[anchor.sentence[0] : anchor.start]
    if anchor.kind == "inspection":
        if any(p.kind != "inspection" for p in picked):
            # 会前, 会后 and looks at sites belong to the meeting; a tour of its own has its own time or stands in the lead.
            return (
                early
                and _AFTER_AT.search(text[anchor.sentence[0] : anchor.start]) is not None
                and _THEREAFTER.search(text[anchor.end : anchor.end + 30]) is not None
            ) or (bool(_OWN_DAY.match(sentence)) and anchor.weight >= 2 and not early)
        return True
    if tour is not None:
        if _AND_HOLDS.search(sentence) and "联席" not in anchor.name and not _OTHER_TIME.search(sentence[-24:]):
            return False  # 实地查看圩堤，并召开灾后重建工作会议: at the end of the tour
        if _PART_OF_TOUR.search(anchor.name) and not _OTHER_TIME.search(sentence[-60:]) and not _ELSEWHERE.search(sentence):
            return False
        return anchor.convened and anchor.weight >= 1.6
    if _STUDIED.search(sentence[-12:]):
        return False
    return anchor.convened and anchor.weight >= 1.6 and (early or bool(_WHEN.search(sentence[-40:])))


_TIME_TOLD = re.compile(r"\d日|次日|[上下]午|当?晚")


def _own_time(text: str, anchor: Anchor, tours: Sequence[Anchor]) -> bool:
    """Whether a meeting in the body has a time or a hall of its own: 下午召开的座谈会; not that of a tour told before it."""
    begin = max((t.end for t in tours if anchor.sentence[0] <= t.start < anchor.start), default=anchor.sentence[0])
    before = text[begin : anchor.start]
    return anchor.convened and (_TIME_TOLD.search(before) is not None or _ELSEWHERE.search(before) is not None)


_TALK_OF_TOUR = re.compile("座谈|汇报会|交流会|反馈会|现场会$|碰头会")


def _after_headline(text: str, picked: list[Anchor], head: list[Anchor], body_start: int, acts: Sequence[Act]) -> list[Anchor]:
    """The kind of a tour that ends in a meeting is the headline's; the headline may name the occasion of the first paragraph."""
    best = max(head, key=lambda a: (a.weight, -a.start))
    if best.kind == "inspection":
        # 调研 in the headline: a talk at its end belongs to the tour.
        tours = [p for p in picked if p.kind == "inspection"]
        others = [p for p in picked if p.kind != "inspection" and (_own_time(text, p, tours) or not _TALK_OF_TOUR.search(p.name))]
        if len(others) < len(picked) - len(tours):
            return [*(tours or [best._replace(sentence=picked[0].sentence)]), *others]
    if any(_alike(best.name, p.name) >= 0.4 and best.kind == p.kind for p in picked):
        return picked
    if (
        len(picked) == 1
        and picked[0].kind != best.kind
        and "inspection" in (best.kind, picked[0].kind)
        and (picked[0].name in _BARE or (best.rule == "held" and best.weight >= 2 and picked[0].kind == "inspection"))
    ):
        return [picked[0]._replace(name=best.name, kind=best.kind)]
    return picked


_IN_PICTURE = re.compile(r"(?:正在|正|在)(?:进行|开展|忙着|抓紧|加紧)?(?P<what>[\u4e00-\u9fff]{4,14}?)(?=[，。、；]|$)")


_AT_THE = re.compile(r"(?:^|(?<=[。\n]))(?P<name>[\u4e00-\u9fff]{0,8}(?:会|仪式|典礼|论坛))上，", re.MULTILINE)


def at_the_occasion(reading: Reading) -> list[Anchor]:
    """签约仪式上，…: an occasion that only the sentence about what was done there names."""
    match = _AT_THE.search(reading.text, reading.body_start)
    suffix = _meeting_end().search(match["name"]) if match else None
    if match is None or suffix is None:
        return []
    kind = _kinds().get(suffix.group(), "meeting")
    sentence = next(s for s in sentences(reading.text) if s[0] <= match.start("name") < s[1])
    return [Anchor(match.start("name"), match.end("name"), match["name"], kind, sentence, 1.0, "at_the_occasion")]


_SHOWS = frozenset(["参观", "观看", "观摩", "做客", "祭扫", "瞻仰", "敬献", "植树", "献血", "接种"])
_HANDLES = re.compile("调度(?:了)?[^，。；\n]{4,30}")
_VISITS = re.compile(
    r"(?:参观|观看|观摩|做客|瞻仰)(?:了)?[^，。；\n]{3,30}|(?:向[^，。；]{2,16})?敬献[^，。；\n]{2,10}|[^，。；]{0,12}?祭扫[^，。；\n]{0,12}|"
    r"(?:一起|共同)?(?:义务)?植树(?!点|节)|(?:无偿)?献血|接种[^，。；\n]{0,8}疫苗"
)
_WITH_WHOM = re.compile("(?:与|和|同)[^，。；]{2,60}$")
_WITH_GUESTS = re.compile("(?:与|和|同)[^，。；]{2,60}(?:一行|代表|客人|客商)$")
_SIGNS = re.compile("签[订署](?:了)?[^，。；]{0,20}?(?:协议书?|合同|备忘录|责任书)|签约")
_TALKS = re.compile(r"(?:亲切)?(?:会见|接见|接待|会谈)(?:了)?[^，。；\n]{2,30}")


_NEAR = 100  # characters that a verb and what it governs take up


def _several(acts: Sequence[Act]) -> frozenset[int]:
    """Where verbs stand that more than one person is the subject of."""
    names: dict[int, set[str]] = {}
    for act in acts:
        names.setdefault(act.at, set()).add(act.naming.name)
    return frozenset(at for at, who in names.items() if len(who) > 1)


def talks(reading: Reading, acts: Sequence[Act]) -> list[Anchor]:
    """田某会见中盛集团客人, 观看了演出: talks with guests and shows, where nothing else is told."""
    met = {act.sentence for act in acts if act.rule == "met"}
    several = _several(acts)
    for act in acts:
        host = act.verb == "接待" and act.sentence in met
        if host or act.verb in ("会见", "接见", "会谈", "亲切会见"):
            match = _TALKS.match(reading.text, act.at)
            if match:
                return [Anchor(act.at, match.end(), match.group().removesuffix("一行"), "meeting", act.sentence, 1.0, "talks")]
        near = max(act.sentence[0], act.at - _NEAR), min(act.sentence[1], act.at + _NEAR)
        whom = _WITH_GUESTS if act.verb == "座谈" and act.at not in several else _WITH_WHOM
        if act.verb in ("座谈", "座谈交流", "会谈") and whom.search(reading.text, near[0], act.at):
            return [Anchor(act.at, act.end, act.verb, "meeting", act.sentence, 1.0, "talks")]
        signs = _SIGNS.search(reading.text, *near) if act.verb in ("签约", "签订", "签署", "见证") else None
        if signs:
            return [Anchor(signs.start(), signs.end(), signs.group(), "activity", act.sentence, 1.0, "talks")]
        if act.verb == "调度" and act.at >= reading.body_start:
            match = _HANDLES.match(reading.text, act.at)
            if match:
                return [Anchor(act.at, match.end(), match.group(), "meeting", act.sentence, 1.0, "talks")]
        if (act.verb in _SHOWS or act.note == "go") and act.at >= reading.body_start:
            match = _VISITS.search(reading.text, act.at, act.sentence[1])
            if match:
                return [Anchor(match.start(), match.end(), match.group(), "activity", act.sentence, 1.0, "visits")]
    return []


_MET_BEFORE = re.compile("(?:会前|会后|活动前|开幕前|期间|当天|当日)[^，。；]{0,6}，")


def talks_besides(reading: Reading, acts: Sequence[Act], picked: Sequence[Anchor]) -> list[Anchor]:
    """会前，高某会见了客商代表; 高某与郑某会谈。 on a visit: talks with guests beside another occasion."""
    text = reading.text
    taken = {anchor.sentence for anchor in picked}
    names: dict[tuple[int, int], set[str]] = {}
    for act in acts:
        names.setdefault(act.sentence, set()).add(act.naming.name)
    for act in acts:
        begin, stop = act.sentence
        talk = act.verb in ("会见", "会谈", "亲切会见") and act.rule.startswith("subject") and act.at >= reading.body_start
        if not talk or not picked or act.sentence in taken or any(p.rule == "talks" for p in picked):
            continue
        met = len(names[act.sentence]) > 1
        whole = met and act.verb == "会谈" and act.end >= stop - 1 and _WITH_WHOM.search(text, max(begin, act.at - _NEAR), act.at)
        if whole or _MET_BEFORE.match(text, begin):
            match = _TALKS.match(text, act.at)
            end = match.end() if match and not whole else act.end
            start = whole.start() if whole else act.at
            return [Anchor(start, end, text[start:end].removesuffix("一行"), "meeting", act.sentence, 1.0, "talks")]
    return []


_OPENS = re.compile(
    r"(?:^|(?<=[，。；日\n—]))(?P<name>[\u4e00-\u9fff“”（）]{3,24}?(?:正式|隆重|盛大|顺利|同日|同时)?"
    r"(?:开业|开工|竣工|通车|投产|揭牌|挂牌|开馆|开园|首映|奠基|投用))(?=[，。])"
)
_WILL_OPEN = re.compile("将|拟|即将|计划|已经|以来|争取|确保|推动|加快")


def openings(reading: Reading) -> list[Anchor]:
    """清河大桥正式通车, 银行大楼盛大开工: what begins, where the first sentences name no ceremony."""
    text, stop = reading.text, _lead_end(reading.text, reading.body_start)
    match = _OPENS.search(text, reading.body_start, stop)
    if match is None or _WILL_OPEN.search(match["name"]):
        return []
    sentence = next(s for s in sentences(text) if s[0] <= match.start("name") < s[1])
    return [Anchor(match.start("name"), match.end("name"), match["name"], "activity", sentence, 1.0, "opening")]


_LECTURES = re.compile(
    r"(?:讲授|[上讲作做授]|进行)了?(?:一[堂场次节])?(?:题为[^，。]{2,40}的|“[^”]{2,40}”)?"
    r"(?P<name>[\u4e00-\u9fff]{0,8}(?:党课|(?:思政|廉政|专题|公开|法治|安全)课|讲座|辅导|辅导报告|形势报告|专题报告|宣讲))(?=[，。；])|"
    r"(?P<plain>宣讲[^，。；]{2,20}精神|授课(?=。))"
)


def lectures(reading: Reading, acts: Sequence[Act]) -> list[Anchor]:
    """高某为全区党员干部上专题党课: a lecture, where the first sentences name no other occasion."""
    stop = _lead_end(reading.text, reading.body_start)
    for act in acts:
        if act.role != "speak" or not reading.body_start <= act.at < stop:
            continue
        first, last = max(act.sentence[0], act.at - _NEAR), min(act.sentence[1], act.at + _NEAR)
        match = _LECTURES.search(reading.text, first, last)
        if match and match.start() <= act.at < match.end():
            named = "name" if match["name"] else "plain"
            return [Anchor(match.start(named), match.end(named), match[named], "activity", act.sentence, 1.0, "lecture")]
    return []


_DIED = re.compile("(?:逝世|去世|病逝|辞世|生平|简历)$")  # obituaries and careers tell of no occasion
_TO_COME = re.compile("下个?[周月]|明[天日]|即将|将于|将在")
_MEETS = re.compile("会议|座谈会|反馈会")


def untold(reading: Reading, acts: Sequence[Act]) -> list[Anchor]:
    """An occasion that no phrase names though people chair or attend it: the headline names it (巡察组向市委反馈巡察情况)."""
    first, last = reading.body_start, _lead_end(reading.text, reading.body_start) + 300
    strong = [a for a in acts if first <= a.at < last and not a.note and a.role in ("chair", "attend", "observe", "lead")]
    headline = reading.text[: reading.body_start].strip().split("\n")[-1].split(" ")[0]
    if not strong or _DIED.search(headline) or _TO_COME.search(headline):
        return []
    if reading.body_start < 5:
        told = dict.fromkeys(act.sentence for act in strong)
        brings = next((m for sentence in told if (m := BRINGS.search(reading.text, *sentence))), None)
        return [Anchor(*brings.span(), brings.group(), "activity", strong[0].sentence, 0.8, "untold")] if brings else []
    at = reading.text.find(headline)
    meets = any(a.role in ("chair", "observe") for a in strong) or _MEETS.search(reading.text[reading.body_start :])
    looks = strong[0].role == "lead" or _INSPECTS.search(headline) is not None
    kind: EventKind = "inspection" if looks else "meeting" if meets else "activity"
    return [Anchor(at, at + len(headline), headline[:40], kind, strong[0].sentence, 0.8, "untold")]


_DATE_FIRST = re.compile(r"[ ]*(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_ENDS_IN_SITE = re.compile(r"(?:工地|现场|内|上|里|口|侧|处|旁|中|公园|广场|小区|街道|园|场|村|镇|路)$")
_AT_LEISURE = re.compile(r"(?:休闲|嬉戏|游玩|赏|越冬|盛开|玩耍|绽放)")


def pictured(reading: Reading) -> list[Anchor]:
    """What a caption with a date shows when it names no occasion: 施工人员正在安装……."""
    text = reading.text
    if reading.body_start or len(text) > 400 or not _DATE_FIRST.match(text):
        return []
    begin, stop = sentences(text)[0]
    match = next(
        (m for m in _IN_PICTURE.finditer(text, begin, stop) if not _ENDS_IN_SITE.search(m["what"])),
        None,
    )
    if match is None or _AT_LEISURE.search(text[begin:stop]):
        return []
    return [Anchor(match.start("what"), match.end("what"), match["what"], "activity", (begin, stop), 1.0, "pictured")]


_PLACE_HELD = re.compile(r"在(?P<place>[^，。；、]{2,20}?)(?:隆重|顺利|正式)?(?:召开|举行|举办|开幕|闭幕|启动)")
_PLACE_TOUR = re.compile(
    r"(?:到|赴|深入|来到|走进|前往|莅临|对|在)(?P<place>[^，。；]{2,30}?)(?:，|等地|一线|实地|专题|就|开展|进行|"
    r"看望|走访|慰问|调研|督导|检查|视察|考察|暗访|督查|指导|察看|查看|现场)"
)


_NO_PLACE = re.compile(r"[“”□]|会议|声中|[下中]$|工作|情况$|^(?:近|昨|今|此|这)|(?:之际|时|期间|节|后|前)$")


def _place(text: str, anchor: Anchor) -> str | None:
    begin, stop = anchor.sentence
    pattern = _PLACE_TOUR if anchor.kind == "inspection" else _PLACE_HELD
    match = pattern.search(text, begin, stop)
    if match is None:
        return None
    place = match["place"].strip()
    return place if not _NO_PLACE.search(place) else None


_SITE_SEP = re.compile(r"、|和|及")


def _sites(text: str, place: str | None) -> tuple[str, ...]:
    if place is None or "、" not in place:
        return ()
    return tuple(part for part in _SITE_SEP.split(place.removesuffix("等")) if part)


_YEAR = re.compile(r"\d{4}")


class Calendar:
    """The dates of an article, and which of them an occasion has; built once an article."""

    def __init__(self, text: str, published: str | None, body_start: int) -> None:
        """``text``: the reading; ``published``: EDTF issue date or None."""
        # 7月13日讯: when it was sent, not when it was.
        self._dated = [(m, v) for m, v in dates.dated(text, published) if not text.startswith(("讯", "电", "消息"), m.end)]
        self._text = text
        self._body_start = body_start

    def of(self, anchor: Anchor, first: bool) -> str | None:
        """The date of an occasion: before its name in its sentence, else its sentence's, else the lead's for the first."""
        begin, stop = anchor.sentence
        inside = [(m, v) for m, v in self._dated if begin <= m.start < stop and m.limit not in ("since", "until", "ahead")]
        before = [(m, v) for m, v in inside if m.start < anchor.start]
        if before and not (first and before[-1][1] and _YEAR.fullmatch(before[-1][1])):
            return before[-1][1]
        year_only = first and inside and inside[0][1] and _YEAR.fullmatch(inside[0][1])
        if inside and inside[0][0].start < anchor.end + 40 and not year_only:
            return inside[0][1]
        if first:
            body = self._text.find("。", self._body_start)
            lead = [
                (m, v)
                for m, v in self._dated
                if self._body_start <= m.start < max(body, self._body_start + 120) and m.limit not in ("since", "until", "ahead")
            ]
            if lead:
                return next((v for _, v in lead if v and not _YEAR.fullmatch(v)), lead[0][1])  # 启动2018年文化节: its name
        else:
            earlier = [
                (m, v) for m, v in self._dated if m.start < anchor.start and self._text.rfind("\n", 0, anchor.start) < m.start
            ]
            if earlier and anchor.kind != "activity":
                return earlier[-1][1]
        return None


def sworn_in(reading: Reading, namings: Sequence[Naming], appointed: frozenset[str]) -> list[Act]:
    """新任命人员进行了宪法宣誓, 新当选的同志作了表态发言: those whom the article tells to be elected or appointed."""
    text = reading.text
    found = []
    for match in _NEWLY.finditer(text, reading.body_start) if appointed else ():
        sentence = next(((s, e) for s, e in sentences(text) if s <= match.start() < e), match.span())
        role: Role = "attend" if match["what"].startswith("宣誓") else "speak"
        for name in sorted(appointed):
            naming = next((n for n in namings if n.name == name and n.start >= reading.body_start), None)
            if naming is not None:
                found.append(Act(naming, role, match["what"], match.start(), match.end(), sentence, "sworn_in"))
    return found


_NEWLY = re.compile(
    r"(?:(?<!等)新(?:当选|任命|任职|任|选举产生)|[两二三四五六七八九十\d]+[位名]|被任命)的?"
    r"(?:(?:领导)?(?:人员|同志|成员|干部|主任|局长))?[^，。；\n]{0,16}?(?P<what>宣誓|表态发言|供职发言|任职发言|见面发言)"
)


_SAME_DAY = ("in_turn", "talks")


def events(
    reading: Reading,
    namings: Sequence[Naming],
    acts: Sequence[Act],
    speeches: Sequence[Speech],
    places: Places,
    published: str | None,
) -> tuple[tuple[Event, tuple[int, int]], ...]:
    """The occasions of an article with appearances and bodies, each with the span of its name in the article's text."""
    text = reading.text
    anchors = choose(reading, namings, acts)
    if not anchors:
        return ()
    calendar = Calendar(text, published, reading.body_start)
    share = _assign(
        text,
        anchors,
        [*acts, *_met_on_tour(text, anchors, namings, acts, speeches, reading.body_start)],
        namings,
        reading.body_start,
    )
    result: list[tuple[Event, tuple[int, int]]] = []
    for index, anchor in enumerate(anchors):
        appearances = _appearances(reading, anchor, share[index], {n.name for n in namings if n.titles})
        place = _place(text, anchor)
        date = calendar.of(anchor, index == 0) or (calendar.of(anchor, True) if anchor.who or anchor.rule in _SAME_DAY else None)
        if result and _ELSEWHERE.search(text, anchor.sentence[0], anchor.start):
            date = result[-1][0].date  # 检查结束后，在街道会议室召开座谈会: the same day
        event = Event(
            name=anchor.name,
            kind="activity" if _COMFORTS.match(anchor.name) else anchor.kind,
            date=date,
            place=place,
            evidence=(reading.clause(anchor.start, anchor.end),),
            rule=anchor.rule,
            appearances=appearances,
            sites=_sites(text, place),
        )
        result.append((event, reading.span(anchor.start, anchor.end)))
    return tuple(result)


# The guideline counts 走访 among inspections; 看望慰问 and 慰问 are no look at anybody's work.
_COMFORTS = re.compile(
    r"(?:(?:到|赴|来|深入|莅临|前往)[^，。；]{2,16}(?<!走访))?(?:看望)?慰问|看望(?:[^，。]{0,14})(?:委员|代表|巡察组)"
)


def _assign(
    text: str, anchors: Sequence[Anchor], acts: Sequence[Act], namings: Sequence[Naming], body_start: int
) -> list[list[Act]]:
    """Each act to the occasion it belongs to: the one its sentence names, else the last one named before it, else the first.

    Of tours on which several part, to the one whose leader the act or its sentence names.
    """
    share: list[list[Act]] = [[] for _ in anchors]
    parted = [i for i, a in enumerate(anchors) if a.who]
    first = min((anchors[i].start for i in parted), default=0)
    for act in acts:
        if parted and act.role == "lead" and act.sentence[0] < first and _tells_of_parting(text, act):
            continue
        own = [i for i in parted if act.naming.name in anchors[i].who and act.role != "chair"]
        if not own and parted:
            begin, stop = act.sentence
            named = {n.name for n in namings if begin <= n.start < stop}
            own = [i for i in parted if named & anchors[i].who] if act.at >= first else []
        if len(own) == 1 and not any(a.sentence == act.sentence and not a.who for a in anchors):
            lead = act.note == "apart" and act.naming.name in anchors[own[0]].who
            share[own[0]].append(act._replace(role="lead", note="") if lead else act)
            continue
        own = [i for i, a in enumerate(anchors) if a.sentence == act.sentence]
        if act.at < body_start:
            index = 0
        elif own:
            nearest = min(
                own,
                key=lambda i: (
                    abs(anchors[i].start - act.at)
                    if anchors[i].kind != "inspection" or act.role == "lead"
                    else abs(anchors[i].start - act.at) + 5,
                    i,
                ),
            )
            index = nearest
        else:
            earlier = [i for i, a in enumerate(anchors) if a.start < act.at]
            index = earlier[-1] if earlier else 0
        share[index].append(act)
    return share


_TALKED_ABOUT = re.compile(
    r"(?:学习|贯彻|弘扬|传承|缅怀|纪念|关于|按照|根据|落实|以|像|讲到|讲起|说起|起|清代|明代|时任|原|已故|提名|包联|分管|牵头)$"
)


_SAID_OF = re.compile(r"关于[^。；]{2,60}(?:指示|批示|讲话|要求|部署)(?:精神)?")
_FROM_AFAR = re.compile("打来电话|来电|致电|批示|贺信|来信|委托")


def _met_on_tour(
    text: str,
    anchors: Sequence[Anchor],
    namings: Sequence[Naming],
    acts: Sequence[Act],
    speeches: Sequence[Speech],
    body_start: int,
) -> list[Act]:
    """Named people on a tour who have no verb of presence: 艾尔肯领着志愿者分发热汤. They were met there."""
    if not anchors or anchors[0].kind == "meeting":
        return []
    seen = {act.naming.name for act in acts} | set(lexicon.forms("public_figures"))
    whole = [(s, e) for s, e in sentences(text)]
    found = []
    for naming in namings:
        if (
            naming.name in seen
            or naming.start < body_start
            or naming.rule == "act_name"
            or any(s.start <= naming.start < s.end for s in speeches)
        ):
            continue
        before = text[max(0, naming.np_start - 4) : naming.np_start]
        spoken = text.count("“", 0, naming.start) > text.count("”", 0, naming.start)
        sentence = next(((s, e) for s, e in whole if s <= naming.start < e), (naming.start, naming.end))
        if _FROM_AFAR.search(text, naming.end, sentence[1]) or _SAID_OF.match(text, naming.end, sentence[1]):
            continue
        if spoken or _TALKED_ABOUT.search(before) or any(t.status in ("former", "nominee") for t in naming.titles):
            continue
        seen.add(naming.name)
        found.append(
            Act(naming, "attend", text[naming.end : naming.end + 2], naming.start, naming.end, sentence, "met_on_tour", "weak")
        )
    return found


_ROLE_ORDER: tuple[Role, ...] = ("chair", "lead", "speak", "attend", "accompany", "observe")


_FORMAL = ("作", "做", "致", "发言", "讲话", "发表", "宣读", "宣布")


def _appearances(reading: Reading, anchor: Anchor, acts: Sequence[Act], titled: set[str]) -> tuple[Appearance, ...]:
    """One record a person and role, first evidence first; weak verbs only for people without another role."""
    by_person: dict[str, dict[Role, Act]] = {}
    order: list[str] = []
    inspection = anchor.kind == "inspection"
    titled |= {a.naming.name for a in acts if a.role in ("lead", "chair")}
    for act in sorted(acts, key=lambda a: (bool(a.note), a.at)):
        name = act.naming.name
        if act.note == "apart" or (
            name in lexicon.forms("public_figures") and not (act.role in ("chair", "lead") and not act.note)
        ):
            continue
        roles = by_person.setdefault(name, {})
        if name not in order:
            order.append(name)
        role = act.role
        if act.rule == "heads" and not inspection:
            role = "attend"  # 会见以郑某为团长的考察团
        if role == "lead" and not inspection and anchor.kind == "meeting":
            continue
        if act.note == "go" and not (inspection and not roles):
            if not (anchor.kind == "activity" and not roles):
                continue
            role = "attend"
        if act.note == "weak" and roles:
            continue
        if role == "attend" and inspection and "lead" in roles:
            continue
        if (
            role == "lead"
            and act.rule != "under"
            and anchor.kind == "activity"
            and act.sentence != anchor.sentence
            and act.sentence[0] > anchor.sentence[0]
        ):
            if "lead" in roles:
                continue
            role = "attend"
        if (
            role == "speak"
            and (inspection or anchor.kind == "activity")
            and name not in titled
            and act.rule != "under"
            and not act.verb.startswith(_FORMAL)
        ):
            role = "attend"  # a villager's words on a tour are no speech
            if roles:
                continue
        if (
            role in ("lead",)
            and act.rule != "under"
            and ("accompany" in roles or "attend" in roles)
            and inspection
            and act.at > roles.get("accompany", roles.get("attend", act)).at
        ):
            continue
        roles.setdefault(role, act)
    lists = _lists(acts)
    first_at = {name: min(a.at for a in roles.values()) for name, roles in by_person.items() if roles}
    result = []
    for name in sorted(first_at, key=lambda n: first_at[n]):
        for role in _ROLE_ORDER:
            found = by_person[name].get(role)
            if found is None:
                continue
            naming = found.naming
            label = next((t.post for t in naming.titles if t.class_ == "list_label"), None)
            members = lists.get(naming.list_no or 0, (naming,))
            listed = naming.list_no is not None
            result.append(
                Appearance(
                    person=name,
                    role=role,
                    verb=found.verb,
                    evidence=(reading.clause(naming.np_start, found.end if found.end > naming.np_start else naming.end),),
                    rule=found.rule,
                    list=naming.list_no,
                    rank=naming.rank,
                    list_size=len(members) if listed else None,
                    open=listed and _is_open(reading.text, members),
                    list_label=label,
                    order="by_stroke" if listed and _by_stroke(reading.text, members) else None,
                    venue=_venue(reading.text, found, members),
                )
            )
    return tuple(result)


def _lists(acts: Sequence[Act]) -> dict[int, tuple[Naming, ...]]:
    """The enumerations of the article by number, each in its order."""
    members: dict[int, dict[int, Naming]] = {}
    for act in acts:
        if act.naming.list_no is not None and act.naming.rank is not None:
            members.setdefault(act.naming.list_no, {})[act.naming.rank] = act.naming
    return {number: tuple(named[rank] for rank in sorted(named)) for number, named in members.items()}


_ENDS_OPEN = re.compile(r"(?:（[^（）\n]{1,16}）)?等(?P<count>\d+)?")
_STROKES = re.compile(r"姓氏?笔[画划]")


def _is_open(text: str, members: Sequence[Naming]) -> bool:
    """甲、乙、丙等: not everybody is named; 等3人 after three names is a full list."""
    match = _ENDS_OPEN.match(text, members[-1].end)
    return match is not None and (match["count"] is None or int(match["count"]) != len(members))


def _by_stroke(text: str, members: Sequence[Naming]) -> bool:
    """（按姓氏笔画为序） beside the list: then its order says nothing of rank."""
    first, last = members[0].np_start, members[-1].end
    return bool(_STROKES.search(text, max(0, first - 24), first) or _STROKES.search(text, last, last + 24))


_VENUES: dict[str, Venue] = {"主会场": "main", "分会场": "branch", "视频": "video"}
_VENUE_BEHIND = re.compile(r"主会场|分会场|(?<=通过)视频|(?<=以)视频")
_VENUE_BEFORE = re.compile(r"(主会场|分会场)(?:参加(?:会议)?的|的)?(?:还有)?[，：]?$")


def _venue(text: str, act: Act, members: Sequence[Naming]) -> Venue | None:
    """在主会场参加, 在各分会场收听收看, 通过视频参加 between the names and the verb; 在主会场，甲、乙 before them."""
    behind = _VENUE_BEHIND.search(text, members[-1].end, max(act.end, members[-1].end))
    before = _VENUE_BEFORE.search(text, act.sentence[0], max(act.sentence[0], members[0].np_start))
    found = behind.group() if behind else before[1] if before else None
    return _VENUES[found] if found else None
