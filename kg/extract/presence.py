"""Presence: who does what in each sentence. A verb of presence is given to the people who are its subject.

The subject is the last group of names before the verb; it lasts over commas until another subject, and into the next sentence
for 他 and 她. What follows a verb of saying up to the full stop is what was said, and puts nobody in the room.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple, cast

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import lexicon
from kg.extract.people import Naming
from kg.model import Role


class Act(NamedTuple):
    """One person's verb: ``at`` is where the verb stands, ``note`` is "weak" or "go" for verbs that alone prove little."""

    naming: Naming
    role: Role
    verb: str
    at: int
    end: int
    sentence: tuple[int, int]
    rule: str
    note: str = ""


class Speech(NamedTuple):
    """A verb of saying and what follows it; ``speaker`` is None where the meeting speaks."""

    speaker: str | None
    verb: str
    start: int
    end: int


class _Verb(NamedTuple):
    start: int
    end: int
    form: str
    role: Role
    note: str


_PARTY_IS = re.compile("(?:随行|随同|同行|陪同)(?:前来|考察|调研|检查|视察)?的[^，。；：]{0,16}(?:有|是|包括)：")
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’]?|\n|$)")
_QUOTE = re.compile(r"“[^“”\n]*”|《[^《》\n]*》")
# Somebody else begins: the subject before no longer holds.
_OTHER_SUBJECT = re.compile(
    r"(?:，|；|：|。)(?:[^，；：。]{0,6}(?:时|中|后|上|下|间|里|日|午)，)?(?:据悉|据了解|会议(?!室|由)|大会|全会|"
    r"会上(?!，?[\u4e00-\u9fff]{2,3}(?:强调|指出|要求))|与会|各(?!位)|相关|有关|全[区县市省镇乡州体]|部分|部门|"
    r"单位|企业|大家|群众|"
    r"代表们|委员们|专家(?!组)|村民|居民|记者|双方|项目|活动|仪式|老师|学生|孩子|员工|职工|工作人员|志愿者|干部|\d+[余多]?[名位]|"
    r"党员|演出|比赛|本次|此次|这次|目前|近年来|去年以来|今年以来|通过|要(?!求)|确保|切实|"
    r"[\u4e00-\u9fff]{2,10}、[\u4e00-\u9fff]{2,14}(?:负责人|负责同志)[^，。；]{0,16}陪同|"
    r"[\u4e00-\u9fff]{0,10}(?:部门|单位|镇|乡|街道|局|企业|负责人|负责同志)(?:负责人|负责同志|主要负责人|"
    r"主要负责同志|代表)?(?:汇报|介绍|通报|表态|发言|分别|作|参加|陪同))"
)
_CALLED = frozenset("简统俗号职名著堪通别昵敬誉并全自")  # 以下简|称, 堪|称
_HELPED_MAKE = re.compile("了?(?:《|[^，。；]{0,24}(?:起草|制定|编写|编纂|修订))")  # 先后参与《条例》等法规的起草: a career
_SAYS = frozenset(
    [
        "指出",
        "强调",
        "要求",
        "表示",
        "说",
        "说道",
        "提出",
        "希望",
        "勉励",
        "寄语",
        "号召",
        "叮嘱",
        "嘱咐",
        "嘱托",
        "告诉",
        "回应",
        "回答",
        "答复",
        "透露",
        "坦言",
        "感慨",
        "直言",
        "提醒",
        "呼吁",
        "鼓励",
        "解释",
        "承诺",
        "建议",
        "补充",
        "谈到",
        "谈及",
        "称",
        "讲道",
        "感叹",
        "总结道",
        "指示",
    ]
)
# 讲话精神, 主持人: the form of a verb that is none.
_NOT_VERB_AFTER = re.compile(
    r"精神|稿|员(?![工会])|人(?!参|出)|下(?=，|召开|，)|制度|机制|办法|方案|意见(?!建议)|规定|条例|报告(?=精神)|名单|范围|"
    r"对象|组(?!织|长)|团|队(?!伍|员|前|赴|深|到|来|走)|中心|"
    r"工作(?:的|要求|汇报|机制|责任|座谈|会|力度|部署|组)|材料|函|证|台(?!风)|站|点(?!评)|示范|基地|园|大?户|面积|力度|实效|成果|结果|率|费|标准|指标"
)
_BEFORE_ANYTHING = frozenset(["来到", "走进", "深入", "赴", "到", "作", "做"])  # 作人大工作报告, 到人事局
_NOT_VERB_BEFORE = re.compile(
    r"(?:重要|系列|主旨|的|了解|听|意见[和与、]|听取|听取了|学习|贯彻|传达|落实|根据|按照|围绕|总体|统一|决策|安排|周密|明确|"
    r"具体|基本|有关|相关|工作|目标|任务|作战|战略|深入|巡视|督查|专项|执法|监督|开展|进行|接受|加强|强化|负责|"
    r"配合|做好|组织|定期|随机|经常|严格|全面|认真|不|未|将|拟|准备|计划|要|须|请|欢迎|邀请|可|应|能)$"
)
_OF_A_MEETING = re.compile("大?会(?:(?![见商同晤谈议场])|议(?!精神|文件|内容|议程|决定|决议|部署|有关|相关|议题|情况))")
_INSPECTS_HOW = re.compile(r"(?:进行|开展|全面|专题|实地|深入|随机|督查|巡视|专项|认真|暗访|执法|组织)$")
# Verbs that as often are nouns: 工作部署, 听取汇报.
_NOUNS = frozenset(
    [
        "部署",
        "安排",
        "要求",
        "指示",
        "讲话",
        "发言",
        "汇报",
        "通报",
        "介绍",
        "点评",
        "检查",
        "督查",
        "督导",
        "调研",
        "考察",
        "视察",
        "走访",
        "慰问",
        "看望",
        "总结",
        "动员",
        "传达",
        "研究",
        "讨论",
        "交流",
        "座谈",
        "参观",
        "宣讲",
        "推介",
        "建议",
        "希望",
        "分析",
        "说明",
        "辅导",
        "肯定",
        "反馈",
        "巡查",
        "抽查",
        "参与",
        "启动",
        "签约",
        "接种",
        "投票",
        "审议",
        "表示",
        "承诺",
        "提醒",
        "鼓励",
        "解释",
        "动员部署",
        "安排部署",
        "现场办公",
        "调度",
        "带领",
        "率领",
        "陪同",
        "补充",
        "批评",
        "交办",
    ]
)
_PURPOSES = frozenset(
    [
        "分析",
        "研究",
        "部署",
        "安排",
        "传达",
        "听取",
        "讨论",
        "审议",
        "动员",
        "总结",
        "通报",
        "安排部署",
        "动员部署",
        "交流",
        "进行",
    ]
)
_CONVENES = frozenset(["主持召开", "组织召开", "召集召开", "召开"])
_GOES_TO_GUIDE = re.compile("(?:到|赴|来|深入|前往)[^，。；]{2,16}$")  # 赴青石镇指导防御台风
_CONVENES_HIMSELF = re.compile("(?:，?(?:先后|立即|随即|紧急|连续|再次|及时|专题))?")  # 区长江某先后召开会议
# 先后慰问了三组老党员郑某: what they are stands between the visit and the name.
_MET_BY_NOUN = re.compile(r"(?:看望|慰问|走访|探望|拜访|来到|走进|询问)(?:慰问)?(?:了)?[^，。；：]{0,24}$")
_GOVERNED = re.compile(
    r"(?:学习|贯彻|传达|落实|学习贯彻|深入学习|认真学习|按照|根据|遵照|围绕|以|受|被|把|将|感谢|接替|接过|继|"
    r"(?:传达|学习|观看|收看|播放|收听)了|聆听|引用|重温|观看|纪念|缅怀|坚持|为指导|关于|转达|转交|委托|免去|任命|决定|提名|接受|审议了|选举|补选|"
    r"推选|聘请了?|当选为?|含|包括|有关|作为|同志代|肯定了?|表扬了?|赞扬了?|评价了?)$"
)
_MET = re.compile(
    r"(?:看望|慰问|走访|走访慰问|看望慰问|会见|叮嘱|嘱咐|询问|问|对|向|给|与|同|和|跟|拉着|握着|握住|到|来到|"
    r"走进|告诉|听取|听了?|为|拜访|探望|拜会|陪同|陪|遇到|遇见|碰到|见到|帮扶|结对|迎接|接待|采访)(?:了)?$"
)
# 与来访的|江都市委书记于某会谈, 会见了前来考察的|…: whom one meets, behind what brought them
_GUEST = re.compile("(?<=[见待接迎与和同])了?(?:来访|到访|(?:前来|来|到)[^，。；]{0,10})的$")
_HE_AND = re.compile("(?<![其吉])[他她](?:和|与|同|带着|带领)$")
_WITH_ALL = re.compile("(?:与|和|同)[^，。；]{2,20}(?:群众|职工|党员|干部|师生|官兵|观众|代表|嘉宾|同志|市民|居民|村民)$")
_WATCH = re.compile("观看|观摩|出席|见证|收看|收听|聆听|参加|欣赏|过节")
_WITH = re.compile(r"(?:与|(?<!陪)同|和|跟|会同|偕)$")
# 虎某与郑某一同来到: whoever is named second goes along.
_WITH_HIM = re.compile("与|同|会同|偕同")
_GO_ALONG = re.compile(r"(?:等)?(?:一同|一起|一道)(?:前往|来到|走进|深入|到|赴|来|看望|走访|察看|调研)")
# 陇海马路街道等单位负责人参加: the noun just before the verb is its subject.
_NOUN_SUBJECT = re.compile(
    r"(?:负责人|负责同志|责任人|人员|成员|单位|部门|代表|干部|群众|志愿者|职工|师生|学生|领导|余人|多人|\d人|"
    r"[余多]名|[正副]职|班子|两委)(?:等)?(?:也|一同|分别|一起)?$"
)
_FOR_WHOM = re.compile("[为给向与对][^，。；]{0,12}$")  # 为师生上了一堂课
_CONTINUES = re.compile(
    r"(?:等[\u4e00-\u9fff]{0,10})?(?:、|，|及|以及|和)(?:[^，。；]{2,80}(?:负责人|负责同志|人员|成员|代表|干部|单位|部门)|各[^，。；]{2,24}$)"
)
# 报告团由甲、乙、丙4人组成: who makes up a group that came is there.
_MADE_UP = re.compile(r"(?:等)?\d*[名人位]?(?:同志)?组成")
# 以高某为团长的代表团, 郑某任组长的调研组.
_HEADS = re.compile(r"(?:为|(?P<post>任|担任))(?:团长|组长|领队)的")
# 传达县委高书记批示精神: whose spirit is studied is not there.
_SPIRIT = re.compile(r"(?:同志|书记|主席|[省市区县]长)?的?(?:系列)?(?:重要)?(?:讲话|批示|指示)[^，。]{0,6}精神")
_STUDIES = re.compile(r"(?:传达|学习|贯彻|落实|根据|按照)[^。；]{0,30}$")
# 对县长肖某关于…的提请报告进行审查: whose paper is dealt with
_PAPER = re.compile("(?:关于|《)[^，。；]{4,80}(?:报告|议案|说明)》?(?:进行了?|作了?)?(?:认真)?(?:审查|审议|表决)")
_WITH_SPIRIT = re.compile(r"[^，。；]{0,40}(?:讲话|批示|指示|会议|论述)[^，。；]{0,4}精神")
_THERE_WERE = re.compile(
    r"[^，。；\n]{0,16}(?P<verb>出席|参加|列席|陪同|到会祝贺|到会|就座|就坐)[^，。；\n]{0,14}的?(?:领导同志|领导|嘉宾|人员|同志)?，?"
    r"(?:还|分别)?(?:有|是)(?:[^，。；\n]{2,40}：|：|，)?"
)
_CHAIRED_BY = re.compile("(?:本次)?(?:大会|会议|全会)的?(?P<verb>执行主席)(?:是|为|有)?：")
_DECLARES = re.compile("宣布[^，。；]{0,20}(?:开工|投产|开幕|闭幕|启动|开馆|开园|开赛|奠基|投用|成立|开班|开业|揭牌)")
_CONGRATULATES = re.compile("(?:热烈|衷心|诚挚)?(?:祝贺|慰问)[，。]")
# 向他们表示节日的祝贺: a courtesy of the visit, no speech.
_WISHES_TO = re.compile("向[^，。；]{1,16}$")
_WISHES = re.compile("[^，。；]{0,8}(?:祝贺|慰问|问候|敬意|祝福)")
_SOMEBODY_ELSE = re.compile("主持人|监票人|大会|会议(?!室)|代表们|委员们")  # 随后进行了选举，主持人宣布…
_TAKES_CHAIR = re.compile("(?:同志)?主持")
_TO_REPORTER = re.compile(r"(?:对|向|告诉|接受)(?:本报|本台)?记者|接受采访")
_REACHES = frozenset("递送交拿放看听说谈想遇碰见感收得接提做")  # 把水递|到他手里, 看|到: how far another verb goes
_COMPANION = re.compile(r"(?:随行|陪同|同行|一同前来|一同调研|在场|现场)的(?:还有)?$|(?<![\u4e00-\u9fff])带(?:着|上)$")
# 听取了副主任孟某作的工作报告: who is heard speaks.
_HEARD = re.compile(r"(?:听取|审议|聆听|观看|收听|收看)(?:并审议|和审议)?了?$")
_REPORTS = re.compile(
    r"(?:等)?(?:同志)?(?:的[^，。；]{0,12}(?:汇报|介绍)|(?:局长|书记|主任|[区县市镇乡校院部]长)?(?:就|对|关于)[^，。；]{2,30}(?:汇报|介绍)|[^，。；]{0,30}(?:作|做|所作|所做|关于)[^，。；]{0,40}(?:报告|汇报|说明|发言|介绍|讲话|讲座|辅导|宣讲))"
)
# 温某带着县公安局局长连某暗访: who is taken along accompanies.
_LED = re.compile(r"(?:带着|带领|率领|率|偕|携|领着|带上)$")
_AT_HOME = re.compile(
    r"(?:[、和及][^，。；]{2,12}?)?(?:等)?(?:[\d一二三四五六七八九十]+[名位户])?(?:的)?(?:家(?:中|里)?|手(?:中|里|上)|床前|身边|等人家)"
)
_LIST_GOES_ON = re.compile(
    r"[\u4e00-\u9fff]{0,3}(?:等(?:[\u4e00-\u9fff]{0,6}(?:领导|人员|同志|干部|代表|负责人|成员|委员))?)?(?:(?:[、，]|以及|及|和)[^，。；]{2,24})*(?:、|，|以及|及|和|，以及|，及)|等"
)
_NAME_AND_TITLE = re.compile("[、和及][^，。；]{0,10}")
_UNDER_HIM = re.compile("下(?!乡|村|基层|矿|井|田)")
_UNDER = re.compile(
    r"(?:同志)?(?:等[\u4e00-\u9fff]{0,6})?(?:[和及][^，。；、]{0,12}(?:人员|同志|负责人|领导|部门))?(?:的)?(?:全程)?(?:陪同|带领|率领)下"
)


@cache
def _verbs() -> tuple[AhoCorasick, tuple[dict[str, str], ...]]:
    rows = lexicon.table("verbs")
    return AhoCorasick([row["form"] for row in rows], matchkind=MatchKind.LeftmostLongest), rows


@lru_cache(maxsize=8)  # every layer of an article asks
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of a reading; a line end ends one."""
    return tuple(match.span() for match in _SENTENCE.finditer(text) if match.group().strip())


def _verbs_in(text: str, start: int, end: int, quoted: list[tuple[int, int]]) -> list[_Verb]:
    automaton, rows = _verbs()
    short = [(m.start(), m.end()) for m in _QUOTE.finditer(text, start, end)]
    found = []
    for index, at, stop in automaton.find_matches_as_indexes(text[start:end]):
        at, stop = at + start, stop + start
        row = rows[index]
        if row["note"] == "skip" or any(a <= at < b for a, b in quoted) or any(a < at < b for a, b in short):
            continue
        form = row["form"]
        if _NOT_VERB_AFTER.match(text, stop) and form not in _BEFORE_ANYTHING:
            continue
        if form.endswith(("陪同", "带领", "率领")) and _UNDER_HIM.match(text, stop):
            continue  # 高某在区长江某陪同下到双槐镇调研: no verb of 高某
        before = text[max(start, at - 4) : at]
        if before[-1:] == "将" and row["role"] in ("attend", "chair", "observe"):
            continue  # 区长江水将出席会议: not yet
        if form.startswith("作") and before[-1:] == "工":
            continue  # 听取防汛工|作汇报
        if (form == "称" and before[-1:] in _CALLED) or (form == "参与" and _HELPED_MAKE.match(text, stop)):
            continue
        if text.startswith(("仪式", "典礼"), stop) or (form.endswith("慰问") and text.startswith(("金", "品", "信"), stop)):
            continue
        if form in _NOUNS and _OF_A_MEETING.match(text, stop):
            continue  # 参加了汇报|会
        if form in _NOUNS and _NOT_VERB_BEFORE.search(before) and not (row["role"] == "lead" and _INSPECTS_HOW.search(before)):
            continue
        found.append(_Verb(at, stop, form, cast(Role, row["role"]), row["note"]))
    return found


def acts(text: str, namings: Sequence[Naming], body_start: int) -> tuple[tuple[Act, ...], tuple[Speech, ...]]:
    """Every act of presence or speech in a reading, in order, and the speeches."""
    found: list[Act] = list(_listed(text, namings))
    speeches: list[Speech] = []
    last: tuple[Naming, ...] = ()
    starts = [n.start for n in namings]
    for start, end in sentences(text):
        inside = namings[bisect_left(starts, start) : bisect_left(starts, end)]
        if not inside and not last:
            speeches += _meeting_speaks(text, start, end)
            continue
        here, said, last = _sentence(text, start, end, inside, last if start >= body_start else ())
        found += here
        speeches += said
        if text[start:end].endswith("\n") and not inside:
            last = last[:1]
    return tuple(found), tuple(speeches)


_HEADING = re.compile(r"^[^\n，。]{0,20}(?P<verb>出席|参加|列席)(?:会议)?(?:人员|领导|单位)?(?:名单)?[:：]?[ ]*$", re.MULTILINE)


_PROSE_LINE = re.compile(r"\n[^\n]*。")


def _listed(text: str, namings: Sequence[Naming]) -> list[Act]:
    """Names under a heading 出席人员名单 or 列席人员, one a line, with or without their posts."""
    found: list[Act] = []
    headings = list(_HEADING.finditer(text))
    for index, heading in enumerate(headings):
        stop = headings[index + 1].start() if index + 1 < len(headings) else len(text)
        blank = _PROSE_LINE.search(text, heading.end(), stop)
        stop = blank.start() if blank else stop
        role: Role = "observe" if heading["verb"] == "列席" else "attend"
        for naming in namings:
            if heading.end() < naming.start < stop and not text[text.rfind("\n", 0, naming.start) + 1 : naming.np_start].strip(
                " 、"
            ):
                line_end = text.find("\n", naming.start)
                found.append(
                    Act(
                        naming,
                        role,
                        heading["verb"],
                        naming.start,
                        naming.end,
                        (naming.start, len(text) if line_end < 0 else line_end),
                        "listed",
                    )
                )
    return found


_MEETING_SPEAKS = re.compile(r"(?:会议|大会|全会)(强调|指出|要求|认为|号召|提出)")


def _meeting_speaks(text: str, start: int, end: int) -> list[Speech]:
    match = _MEETING_SPEAKS.search(text, start, end)
    return [Speech(None, match[1], match.end(), end)] if match else []


def _groups(text: str, inside: Sequence[Naming]) -> list[list[Naming]]:
    """Names of one enumeration together."""
    groups: list[list[Naming]] = []
    for naming in inside:
        if groups and naming.list_no is not None and groups[-1][-1].list_no == naming.list_no:
            groups[-1].append(naming)
        else:
            groups.append([naming])
    return groups


def _item_start(text: str, naming: Naming) -> int:
    """，|挂职干部杨某, ，|专家潘某、陈某: where the item of a list begins that ends with a name."""
    start = naming.np_start
    while naming.np_start - start < 10 and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    noun = naming.rule == "noun_name" or text[start : naming.np_start] in lexicon.forms("person_nouns")
    return start if noun else naming.np_start


_SET_OUT = re.compile(r"(?:前往|来到|走进|深入|到|赴|来)")


_PURPOSE_TOLD = re.compile("(?:(?!指出|强调|要求|并|讲话)[^，。；])*")
# Comfort without the word.
BRINGS = re.compile(
    "送(?:上|去|来)(?:了)?[^，。；]{0,16}?(?:慰问金|慰问品|节日(?:的)?问候|新春(?:的)?祝福|新年(?:的)?祝福|大米|棉被)"
)
_CLAUSE_BREAK = re.compile("[，。！？]")
_PRONOUN = re.compile(r"[“”\s]*(?:会上，|随后，|同时，|最后，|在[^，。]{2,20}，|对此，)?(?:他|她)(?!们)")
_IN_CHARGE = re.compile(r"(?:任组长|为组长|带队)")
_ENDS_CLAUSE = re.compile(r"(?:，|；)$")
_TOGETHER = re.compile(r"(?:亲切|深入|热情|等)?(?:交谈|座谈|交流|攀谈|拉|聊|见面|握手|谈|合影|面对面|进行|促膝|唠)")
_ADDRESSED = re.compile(r"(?:对|向|给|询问|为|告诉|看望|慰问|走访|会见|探望|拜访)(?:了)?$")
_AT_THEIR_DOOR = re.compile(r"(?:到|走进|看望|慰问|走访|交到|送到)[^，。]{0,60}$")
_SEVERALLY = re.compile(r"分[别头路组]$")
_TAKES_ALONG = frozenset(["率", "率领", "带领"])
_ACCOMPANIES = re.compile("[^，。；]{2,24}?(?:陪同|随同)")
_NEXT_STEP = re.compile(r"[，；并]")
_NO_DESTINATION = re.compile(r"(?:了|位|底|期|账|户)")
_NOUN_OR_OBJECT = re.compile(r"(?:的|了|并对|对)$")
_GIVES = re.compile(r"(?:作|进行)")
_LISTENS = re.compile(r"听取|听了")


def _sentence(
    text: str, start: int, end: int, inside: Sequence[Naming], last: tuple[Naming, ...]
) -> tuple[list[Act], list[Speech], tuple[Naming, ...]]:
    party = _PARTY_IS.search(text, start, end)
    if party and party.start() > start:
        # 江某到我县调研，随行的省市领导有：…: all behind the colon came along.
        here, speeches, last = _sentence(text, start, party.start(), [n for n in inside if n.start < party.start()], last)
        along = [Act(n, "accompany", "随行", n.start, n.end, (start, end), "companion") for n in inside if n.start >= party.end()]
        return [*(act._replace(sentence=(start, end)) for act in here), *along], speeches, last
    quoted = [
        (m.start(), m.end())
        for m in _QUOTE.finditer(text, start, end)
        if m.end() - m.start() > 16 or _CLAUSE_BREAK.search(m.group())
    ]
    outside = [n for n in inside if not any(a < n.start < b for a, b in quoted)]
    groups = _groups(text, outside)
    found: list[Act] = []
    said: list[Speech] = []
    announced = _THERE_WERE.match(text, start, end) or _CHAIRED_BY.match(text, start, end)
    if announced:
        # 应邀出席大会的还有：…: the verb stands before the list.
        there: Role = "observe" if announced["verb"] == "列席" else "accompany" if "陪" in announced["verb"] else "attend"
        after = [n for n in outside if n.start >= announced.end()]
        there_too = [n for n in after if not _TAKES_CHAIR.match(text, n.end)]
        chairs = [n for n in after if n not in there_too]  # 参加会议的有…，纪委副书记方某主持了会议
        found = [Act(n, there, announced["verb"], n.start, n.end, (start, end), "there_were") for n in there_too]
        found += [Act(n, "chair", "主持", n.start, n.end, (start, end), "subject_chair") for n in chairs]
        return found, said, last
    subject: tuple[Naming, ...] = ()
    subject_end = start
    pronoun = _PRONOUN.match(text, start)
    if last and pronoun:
        subject, subject_end = last[:1], start  # 他: of several the first
    elif (
        last
        and text.startswith(("随后", "接着", "期间", "一行"), start)
        and not outside
        and not _SOMEBODY_ELSE.search(text, start, end)
    ):
        subject, subject_end = last, start
    if not groups and not subject:
        return [], list(_meeting_speaks(text, start, end)), last
    verbs = _verbs_in(text, start, end, quoted)
    position = 0
    earlier = subject, subject_end
    masked_until = start
    attend_until = start
    chaired: tuple[Naming, ...] = ()  # who convened the meeting that is told
    clause_roles: set[str] = set()
    for verb in verbs:
        while position < len(groups) and groups[position][0].start < verb.start:
            group = groups[position]
            position += 1
            before = _words_before(text, start, group[0].np_start)
            if _COMPANION.search(before):
                found += _companions(group, before, (start, end))
                continue
            if group[0].start < masked_until:
                continue
            if last and _HE_AND.search(before):
                # 他和局长陈某先后来到: who is named goes along
                found += [Act(n, "accompany", "和", n.start, n.end, (start, end), "along") for n in group]
                subject, subject_end = last[:1], group[-1].np_end
                clause_roles = set()
                continue
            told = _told_by_frame(text, (start, end), group, before)
            if told is not None:
                found += told
                continue
            if (
                len(group) > 1
                and _WITH_HIM.fullmatch(text, group[0].np_end, group[1].np_start)
                and _GO_ALONG.match(text, group[-1].np_end)
            ):
                found += [Act(n, "accompany", "一同", n.start, n.end, (start, end), "along") for n in group[1:]]
                subject, subject_end = (group[0],), group[-1].np_end
                clause_roles = set()
                continue
            under = _UNDER.match(text, group[-1].np_end)
            if under:
                role: Role = "accompany" if "陪同" in under.group() else "lead"
                under_whom = group
                if subject and not clause_roles and _NAME_AND_TITLE.fullmatch(text, subject_end, group[0].np_start):
                    # 在高某副书记、县政协郑某副主席陪同下: the names before belong to the same list
                    under_whom, (subject, subject_end) = [*subject, *group], earlier
                found += [
                    Act(n, role, under.group()[-3:-1], under.start(), under.end(), (start, end), "under") for n in under_whom
                ]
                continue
            if _GOVERNED.search(before) and not _IN_CHARGE.match(text[group[-1].np_end : group[-1].np_end + 3]):
                continue
            met = (
                _MET.search(before)
                or (group[0].rule == "noun_name" and _MET_BY_NOUN.search(text[start : group[0].np_start]))
                or None
            )
            if subject and _LED.search(before):
                found += [Act(n, "accompany", before[-2:], n.start, n.end, (start, end), "led") for n in group]
                continue
            if met and subject and not _ENDS_CLAUSE.search(before):
                if _WITH.search(before) and _GO_ALONG.match(text, group[-1].np_end):
                    found += [Act(n, "accompany", "一同", n.start, n.end, (start, end), "along") for n in group]
                elif _WITH.search(before) and not _TOGETHER.match(text[group[-1].np_end : group[-1].np_end + 6]):
                    subject, subject_end = (*subject, *group), group[-1].np_end
                else:
                    note = "" if met.group().startswith("会见") else "weak"
                    found += [Act(n, "attend", met.group(), n.start, n.end, (start, end), "met", note) for n in group]
                    if "陪" in met.group():
                        subject, subject_end = tuple(group), group[-1].np_end
                        clause_roles = set()
                continue
            if met and not subject and _ADDRESSED.search(before):
                found += [Act(n, "attend", met.group(), n.start, n.end, (start, end), "met", "weak") for n in group]
                continue
            at_home = _AT_HOME.match(text, group[-1].np_end)
            late = "已故" in text[group[0].np_start - 14 : group[0].start]
            if at_home and not late and _AT_THEIR_DOOR.search(text[start : group[0].np_start]):
                found += [Act(n, "attend", at_home.group(), n.start, n.end, (start, end), "met", "weak") for n in group]
                continue
            if (
                subject
                and not clause_roles
                and subject_end > start
                and _LIST_GOES_ON.fullmatch(text, subject_end, _item_start(text, group[0]))
            ):
                subject, subject_end = (*subject, *group), group[-1].np_end
                continue
            if subject and not clause_roles and text[subject_end] == text[group[-1].np_end : group[-1].np_end + 1] == "就":
                # 高某委员就入学难、方某委员就文旅融合作了发言
                subject, subject_end = (*subject, *group), group[-1].np_end
                continue
            earlier = subject, subject_end
            subject, subject_end = tuple(group), group[-1].np_end
            clause_roles = set()
        if not subject or verb.start < masked_until or verb.start < subject_end:
            continue
        between = text[subject_end : verb.start]
        by_noun = _NOUN_SUBJECT.search(between) and not _FOR_WHOM.search(between)
        if by_noun and clause_roles and (between.count("，") or len(between) > 16):
            continue
        if (
            len(subject) > 1
            and verb.role == "lead"
            and _SEVERALLY.search(text[max(start, verb.start - 2) : verb.start])
            and (verb.form in ("带队", "带领", "率队", "率领", "率") or (verb.note == "go" and text[verb.start - 1] != "别"))
        ):
            # Groups that go to different places: nobody is said to be here.
            found += [Act(n, "attend", verb.form, verb.start, verb.end, (start, end), "apart", "apart") for n in subject]
            subject = ()
            continue
        if len(between) > 1 and (clause_roles or not _CONTINUES.match(between)) and _OTHER_SUBJECT.search(between):
            subject = ()
            continue
        comma = max(between.rfind("，"), between.rfind("；"))
        if comma >= 0:
            clause_roles = set() if comma + subject_end > attend_until else clause_roles
        if (
            verb.role == "lead"
            and clause_roles & {"attend", "accompany", "observe", "chair", "speak"}
            and not _NEXT_STEP.search(text[attend_until : verb.start])
        ):
            continue  # 参加调研, 陪同检查: the second verb is what they took part in
        if (
            verb.role == "attend"
            and verb.note == ""
            and clause_roles & {"accompany", "lead"}
            and verb.form in ("参加", "参与")
            and not _NEXT_STEP.search(text[attend_until : verb.start])
        ):
            continue
        if verb.form in _TAKES_ALONG and _ACCOMPANIES.match(text, verb.end):
            continue  # 孟某率有关部门负责人陪同考察
        if chaired == subject and verb.form in _PURPOSES and "，" in between and "并" not in between[comma:]:
            # 主持召开会议，通报暗访情况，分析当前形势: what the meeting is for
            if verb.form != "听取":  # 听取书记苗某的汇报: who is heard speaks
                masked_until = _PURPOSE_TOLD.match(text, verb.end, end).end()  # type: ignore[union-attr]
            continue
        if (
            len(subject) > 1
            and verb.form in ("一同", "共同", "一起")
            and verb.start == subject_end
            and _SET_OUT.match(text, verb.end)
        ):
            continue  # 高某、郑某一同到柳河镇调研: they went, nobody was taken along
        if len(subject) > 2 and verb.form in ("希望", "要求", "勉励", "鼓励", "叮嘱", "动员", "号召"):
            continue
        together = verb.form in ("一同", "共同", "一起") and _WATCH.match(text, verb.end)
        if together and verb.role == "accompany" and _WITH_ALL.search(text, start, verb.start):
            continue  # 市领导与干部职工|一同观看演出
        if verb.form in ("作", "做", "就", "讲", "发表", "进行") and not _makes_speech(text, verb, end):
            continue
        if verb.form == "到" and (text[verb.start - 1] in _REACHES or _NO_DESTINATION.match(text[verb.end : verb.end + 1])):
            continue
        if (
            verb.form
            in (
                "部署",
                "安排",
                "动员",
                "传达",
                "研究",
                "讨论",
                "介绍",
                "肯定",
                "分析",
                "汇报",
                "通报",
                "说明",
                "启动",
                "签约",
                "宣讲",
            )
            and _NOUN_OR_OBJECT.search(text[max(subject_end, verb.start - 2) : verb.start])
            and text[verb.end : verb.end + 1] in "，。、；"
            and (verb.role != "speak" or not _GIVES.search(between))
        ):
            continue
        role = verb.role
        if verb.form.startswith("宣布") and not clause_roles & {"attend", "speak"} and _DECLARES.match(text, verb.start):
            if "chair" in clause_roles:
                continue
            role = "attend"  # 县委书记宣布开工: who declares a thing begun is there for it
        if verb.role == "speak" and between not in ("", "所") and text.startswith("的", verb.end):
            continue  # 现场督办督察组|交办的问题: what another has said
        if verb.form == "指导" and not _GOES_TO_GUIDE.search(between):
            continue
        if verb.form == "召开" and (len(subject) > 1 or not _CONVENES_HIMSELF.fullmatch(between)):
            continue
        if verb.form == "表示" and len(subject) > 2 and _CONGRATULATES.match(text, verb.end):
            role = "attend"  # 五位领导莅临现场表示祝贺
        if verb.form == "表示" and _WISHES_TO.search(between) and _WISHES.match(text, verb.end):
            continue
        if verb.form in ("介绍", "汇报", "通报", "发言") and _LISTENS.search(between):
            continue
        if role == "speak" and (_TO_REPORTER.search(text, subject_end, verb.end + 4) or "记者" in text[verb.end : verb.end + 2]):
            masked_until = end
            continue
        comforts = verb.note == "go" and BRINGS.search(text, verb.end, min(end, verb.end + 120))  # 走进归侨宋某家，送上慰问金
        note = "" if comforts else verb.note
        for naming in subject:
            found.append(Act(naming, role, verb.form, verb.start, verb.end, (start, end), f"subject_{role}", note))
        clause_roles.add(role)
        chaired = subject if verb.form in _CONVENES else () if role == "speak" else chaired
        attend_until = verb.end
        if verb.form in _SAYS and position < len(groups) and groups[position][0].np_start == verb.end:
            # 叮嘱镇党委书记苗某: spoken to on the spot.
            found += [Act(n, "attend", verb.form, n.start, n.end, (start, end), "met", "weak") for n in groups[position]]
        noun = verb.form == "要求" and text[verb.start - 1] in "作出"  # 出席会议并作要求，副市长…: nothing said follows
        if verb.form in _SAYS and role == "speak" and not noun:
            stop = _speech_end(text, verb.end, end, groups[position:])
            said += [Speech(n.name, verb.form, verb.end, stop) for n in subject]
            masked_until = stop
    if not said:
        said += _meeting_speaks(text, start, end)
    tail = [g for g in groups[position:] if g[0].start >= masked_until]
    for group in tail:
        under = _UNDER.match(text, group[-1].np_end)
        before = _words_before(text, start, group[0].np_start)
        met = _MET.search(before)
        told = _told_by_frame(text, (start, end), group, before)
        if told is not None:
            found += told
            continue
        if subject and _COMPANION.search(before):
            found += _companions(group, before, (start, end))
            continue
        if subject and met and not _GOVERNED.search(before):
            found += [Act(n, "attend", met.group(), n.start, n.end, (start, end), "met", "weak") for n in group]
        elif not subject and not under and not _GOVERNED.search(before):
            subject = tuple(group)
    return found, said, _who_goes_on(found, subject, last)


def _who_goes_on(found: Sequence[Act], subject: tuple[Naming, ...], last: tuple[Naming, ...]) -> tuple[Naming, ...]:
    """Who 他 of the next sentence is: the last subject; of those who only went along, whom they accompanied."""
    names = {n.name for n in subject}
    if {act.role for act in found if act.naming.name in names} != {"accompany"}:
        return subject or last
    leader = next((act.naming for act in found if act.role in ("lead", "chair", "speak")), None)
    # 李某来我区调研。区长高某陪同。他指出: he is who came
    return (leader,) if leader is not None else last or subject


def _companions(group: Sequence[Naming], before: str, sentence: tuple[int, int]) -> list[Act]:
    """随行的还有副区长陈某, 带着局长王某: of the party; 在场的还有 …: there."""
    along = "行" in before[-3:] or "陪" in before or before.endswith(("带着", "带上"))
    role: Role = "accompany" if along else "attend"
    return [Act(n, role, before[-3:-1], n.start, n.end, sentence, "companion") for n in group]


def _told_by_frame(text: str, sentence: tuple[int, int], group: Sequence[Naming], before: str) -> list[Act] | None:
    """Acts of people whom the words on both sides place, without a verb of their own; None where no such words stand.

    ``before``: the characters before the group. 传达高书记讲话精神 puts nobody there.
    """
    after = group[-1].np_end

    def acts_as(role: Role, verb: str, rule: str) -> list[Act]:
        return [Act(n, role, verb, n.start, n.end, sentence, rule) for n in group]

    if _SPIRIT.match(text, after) or (_WITH_SPIRIT.match(text, after) and _STUDIES.search(text[sentence[0] : group[0].np_start])):
        return []
    if _PAPER.match(text, after):
        return []
    heads = _HEADS.match(text, after)
    if heads and (heads["post"] or before.endswith("以")):
        return acts_as("lead", "为", "heads")
    if _MADE_UP.match(text, after) and "由" in text[sentence[0] : group[0].np_start]:
        return acts_as("attend", "组成", "made_up")
    if _HEARD.search(before) and _REPORTS.match(text, after):
        return acts_as("speak", "报告", "heard")
    return None


def _words_before(text: str, start: int, end: int) -> str:
    """The last characters before a group of names, without what brought a guest: 会见了|前来考察的."""
    return _GUEST.sub("", text[max(start, end - 20) : end])[-6:]


_SPOKEN = re.compile(
    r"(?!为)(?:了|出)?[^，。]{0,44}?(?:讲话|发言|报告|部署|安排|点评|讲评|说明|动员|汇报|介绍|表态|总结|辅导|"
    r"宣讲|讲座|授课|通报|解读|讲解|致辞|检讨|分析|推介|演讲|感言|看法)"
)


def _makes_speech(text: str, verb: _Verb, end: int) -> bool:
    """作了表态发言, 就相关工作作具体部署, 做专题辅导."""
    if verb.form == "就":
        return False
    after = text[verb.end : min(end, verb.end + 50)].split("，", maxsplit=1)[0].split("。", maxsplit=1)[0]
    if verb.form == "讲":
        return after.startswith(("了", "授", "述", "“", "党课"))
    return bool(_SPOKEN.match(after))


def _speech_end(text: str, at: int, end: int, groups: Sequence[Sequence[Naming]]) -> int:
    """Where what was said ends: at the full stop, or where a titled name begins a clause with a verb of its own."""
    for group in groups:
        first = group[0]
        if first.np_start > at and text[first.np_start - 1] in "；。" and first.np_start > at + 4:
            return first.np_start
    return end
