"""People: where names stand, where they end, and which posts the words around give them.

A name is taken at a site that speaks for one (after a title, before a verb of presence or speech, in a list of leaders); every
site proposes, and what the whole article proposes most often decides between two readings of the same site. A name once
taken is known in the whole article.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import lexicon
from kg.extract.bodies import Places
from kg.extract.names import (
    PUNCTUATION,
    STUDIES,
    by_first,
    candidates,
    follow_weight,
    is_place,
    is_transcribed,
    is_word_surname,
    last_weight,
    may_begin,
    names_ending_at,
    possible_ends,
    shape_weight,
    surname_of,
)
from kg.extract.posts import NOMINEE_TAIL, Title, heads_in, leans, parse_titles, title_start, whole_body
from kg.extract.reading import BLANKED, back_to
from kg.text import words
from kg.text.places import is_within


class TitleSpan(NamedTuple):
    """Concurrent titles as they stand: ``start``..``end`` in the reading, ``pieces`` as written, ``titles`` as read."""

    start: int
    end: int
    pieces: tuple[str, ...]
    titles: tuple[Title, ...]


class Naming(NamedTuple):
    """A person named at ``start``..``end`` of the reading; ``titles`` are those that the text gives there.

    ``np_start`` is where its noun phrase begins (its title, or the name), ``rule`` what took it.
    """

    start: int
    end: int
    name: str
    np_start: int
    np_end: int
    titles: tuple[Title, ...]
    title_span: tuple[int, int] | None
    rule: str
    list_no: int | None = None
    rank: int | None = None


class Proposal(NamedTuple):  # made by the hundred: several times faster than a frozen dataclass
    """One reading of a site: the name that may stand there, and what speaks for it."""

    start: int
    end: int
    score: float
    rule: str
    span: TitleSpan | None


_GROUP_SEP = re.compile(r"(?:（[^（）\n]{1,14}）)?(?:[、，]|兼任?|[ ]{0,2}|)(?:兼任?)?")
_AFTER_TITLE = re.compile(r"(?:（[^（）\n]{1,20}）)?(?:的|同志|[是有为]?：|[ ]{1,4})?")
_AFTER_LABEL = re.compile("(?:还|分别)?有[：，]?")  # 出席会议的区领导还有高某
_LIST_SEP = re.compile(r"(?:（[^（）\n]{1,16}）)?(?:、|和|及|与|以及|，(?=[\u4e00-\u9fff]{2,3}(?:[、和]|及各)))")
# 汤武出任应急管理局局长，原工商局局长钱文礼…: after an office taken the comma ends it.
_TAKES = re.compile(r"(?:现任|拟任|曾任|历任|出任|改任|担任|兼任|当选为?|连任|调任|转任|升任|任命为|接任|任|为)$")


# 部分团场负责人，市委书记周某: whoever they are, the comma ends them.
_UNNAMED = ("负责人", "负责同志", "干部", "成员", "代表", "有关领导", "相关领导", "部门领导", "单位领导")
_CLAUSE_BREAK = re.compile("[，。：]")


def _quoted(text: str, at: int) -> bool:
    """Inside a short name in quotes: “委员情·战疫行”, 《书记说》."""
    left = back_to(text, at, max(0, at - 12), "“《\n") - 1
    if left < 0 or text[left] not in "“《" or "”" in text[left:at] or "》" in text[left:at] or "\n" in text[left:at]:
        return False
    right = min((r for r in (text.find("”", at, at + 14), text.find("》", at, at + 14)) if r >= 0), default=-1)
    if right < 0 or _CLAUSE_BREAK.search(text[left:right]):
        return False
    return not (_CORRECTED_BEFORE.search(text, max(0, left - 6), left) or _CORRECTED_BEHIND.match(text, right + 1))


# “党委书记毕某”应为“镇长毕某”, 将“副市长高某”误为“常务副市长高某”: of the two the right one is told, in quotes as it is.
_CORRECTED_BEFORE = re.compile("(?:应为|应是|应作|更正为|改为)$")
_CORRECTED_BEHIND = re.compile("误(?:为|作|写|成|排|印|报)")


def title_spans(text: str, places: Places, names: frozenset[str] = frozenset()) -> tuple[TitleSpan, ...]:
    """All titles of a reading, concurrent ones together, left to right; ``names``: people, at whom a title begins."""
    single: list[tuple[int, int]] = []
    least = 0
    for start, end in heads_in(text):
        if single and start == single[-1][1]:
            # 区长助理 is one head; in 镇长段长河 the second is a name.
            if text[start:end] in ("助理", "秘书"):
                single[-1] = (single[-1][0], end)
            continue
        if _quoted(text, start):
            continue
        begin = title_start(text, start, least, names)
        bare = text[begin:start].removesuffix("常务副").removesuffix("副")
        if begin == least and single and 2 <= len(bare) <= 4 and shape_weight(bare) > 0.4:
            begin += len(bare)  # 院长王世文教授: a name between two titles
        elif (
            len(bare) == 1
            and text[begin - 1] == "和"
            and _opens_clause(text, begin - 2)
            and shape_weight(text[begin - 2 : begin + 1]) > 0.8
        ):
            begin += 1  # 。邓和荣副局长: 和 is the name's
        proposed = NOMINEE_TAIL.match(text, end)
        if proposed:
            end = proposed.end()  # 区长候选人沈某, 主席提名人选高某
            begin -= 2 if text.startswith(("、提名", "、拟任"), begin - 3) else 0  # 县委常委、提名副县长人选张某
        single.append((begin, end))
        least = end
    spans: list[TitleSpan] = []
    group: list[tuple[int, int]] = []
    for start, end in single:
        if group and (
            not _GROUP_SEP.fullmatch(text[group[-1][1] : start])
            or (
                "，" in text[group[-1][1] : start]
                and (_is_bare(text, group) or text.endswith(_UNNAMED, 0, group[-1][1]) or _named_first(text, start, end))
            )
            or ("，" in text[group[-1][1] : start] and _TAKES.search(text, max(0, group[0][0] - 4), group[0][0]))
        ):
            spans.append(_span(text, group, places))
            group = []
        group.append((start, end))
    if group:
        spans.append(_span(text, group, places))
    return tuple(spans)


def _opens_clause(text: str, at: int) -> bool:
    return at == 0 or (at > 0 and text[at - 1] in PUNCTUATION)


def _is_bare(text: str, group: list[tuple[int, int]]) -> bool:
    """16位部门的局长，区委书记高某: a head that 的 cuts off from its organ and that no name follows."""
    return len(group) == 1 and group[0][1] - group[0][0] <= 3 and text[group[0][0] - 1 : group[0][0]] == "的"


def _named_first(text: str, start: int, end: int) -> bool:
    """方某调研员，吕某某副主任: a name before its title begins another group."""
    own = _BEFORE_HEAD.match(text, start, end)
    return own is not None and len(own.group()) <= 4 and shape_weight(own.group()) > 0.8


_NOTE = re.compile(r"（(挂职|主持(?:全面|日常)?工作)[^）]*）")


def _span(text: str, group: list[tuple[int, int]], places: Places) -> TitleSpan:
    pieces = []
    for index, (start, end) in enumerate(group):
        nearby = text[end : group[index + 1][0]] if index + 1 < len(group) else text[end : end + 6]
        note = _NOTE.match(nearby)
        written = text[start:end]
        pointed = _UNIT_POINTED_AT.match(text, start + 1) if written.startswith("该") else None
        if pointed:
            piece = _last_named(text, pointed.group(), start) + written.removeprefix("该")
        elif written[0] in "我本" and (own := _OWN_UNIT.match(written)):
            piece = _last_named(text, own[1], start) + written[1:]
        elif len(written) <= 3 and (head := _UNIT_HEAD.fullmatch(written)):
            named = _last_named(text, head[1], start)
            piece = named + head[1] + written if named else written
        elif bare := _BARE_UNIT.match(written):
            piece = _last_named(text, bare.group(), start) + written
        else:
            piece = written.removeprefix("该")
        pieces.append(piece + (f"（{note[1]}）" if note else ""))
    titles = [whole_body(text, t, places) for t in parse_titles(pieces, places)]
    # 县四大班子领导、县法院院长方某: a label before another title is a group of its own.
    kept = tuple(t for t in titles if t.class_ != "list_label" or t is titles[-1])
    before = text[max(0, group[0][0] - 2) : group[0][0]]
    if before == "历届" and kept:
        kept = (kept[0]._replace(status="former", shared=True), *kept[1:])  # 历届区政协主席张某、杨某
    if len(kept) > 1 and before.endswith(("各", "全体", "部分", "有关", "相关")):
        kept = kept[1:]  # 各乡镇党委书记、县直机关工委书记方某
    return TitleSpan(group[0][0], group[-1][1], tuple(pieces), kept)


_UNIT_POINTED_AT = re.compile("街道|公司|集团|中心|社区|[镇乡县区市村局院校所站办]")
# 院党组副书记, 公司总经理, 农场党委书记: which one, an earlier sentence says.
_BARE_UNIT = re.compile(
    "支部(?=副?书记)|(?:公司|集团|农场|林场|医院|学校|学院|[院局校师团厂场矿])(?=(?:党委|党组|党总支|党支部|纪委|工会|团委|董事会)|(?:副?总)?经理|副?董事长)"
)
_OWN_UNIT = re.compile("[我本]([场团矿厂])(?=党委|党工委|领导|纪委|工会|副?[场团矿厂]长)")
_UNIT_HEAD = re.compile("副?([场团矿])长")  # 副场长, 团长: of the farm or regiment that the article names
_SEVERAL = re.compile("[各全]|[两三四五六七八九十几][省市区县州旗镇乡个家所]")
_DEICTIC_NAME = re.compile("[该我本]")
_NEAREST = 8  # mentions before it that a deictic is tried on


def _last_named(text: str, unit: str, start: int) -> str:
    """该镇党委书记, 公司总经理: the place or organ last named that ends with ``unit``, without it; "" where there is none."""
    at = text.rfind(unit, 0, start)
    for _ in range(_NEAREST):
        if at <= 0 or start - at >= 400:
            break
        begin = title_start(text, at, max(0, at - 16))
        name = text[begin:at]
        if len(name) >= 2 and name[-1] != unit and not _DEICTIC_NAME.search(name) and not _SEVERAL.match(name):
            return name
        at = text.rfind(unit, 0, at)
    return ""


@cache
def _person_nouns() -> AhoCorasick:
    return AhoCorasick(lexicon.forms("person_nouns"), matchkind=MatchKind.LeftmostLongest)


@cache
def _speaks() -> dict[str, tuple[str, ...]]:
    """Verbs whose subject is a person, for names that no title introduces; by their first character."""
    skip = {
        "要",
        "召开",
        "调度",
        "安排部署",
        "动员部署",
        "进行",
        "指导",
        "进行指导",
        "到",
        "代表",
        "总结",
        "建议",
        "评价",
        "开展",
        "参与",
        "安排",
        "研究",
        "介绍",
        "说明",
        "共同",
        "一同",
        "一起",
        "陪",
        "率",
        "赴",
        "走进",
        "深入",
        "来到",
        "前往",
        "提问",
        "动员",
        "启动",
        "种植",
        "投票",
        "认为",
        "希望",
        "就",
        "作",
        "做",
        "讲",
        "肯定",
        "部署",
        "讨论",
        "交流",
        "座谈",
        "参观",
        "传达",
        "分析",
        "补充",
        "发放",
        "授予",
        "批评",
        "称",
    }
    return by_first(row["form"] for row in lexicon.table("verbs") if row["form"] not in skip)


_BEFORE_VERB = re.compile(
    "(?:也|还|就|分别|先后|一行|在会上|在现场|在讲话中|在致辞中|首先|最后|随后|等|边走边|亲切|实地|深入|一边|"
    "代表[\u4e00-\u9fff、]{1,12}?|现场|当场|主动|再次|率队|到|来到|赴|走进|深入|带着|则|对)?"
)


def _verb_follows(text: str, at: int) -> bool:
    """Whether a verb that a person does stands at ``at``, perhaps after 还, 分别, 现场 …."""
    if _begins_with(_speaks(), text, at):
        return True
    match = _BEFORE_VERB.match(text, at)
    return match is not None and match.end() > at and _begins_with(_speaks(), text, match.end())


def _begins_with(forms: Mapping[str, tuple[str, ...]], text: str, at: int) -> bool:
    """Whether one of ``forms``, kept by their first character, stands at ``at``."""
    some = forms.get(text[at : at + 1])
    return some is not None and text.startswith(some, at)


_CLAUSE_MARK = re.compile("[，。；：！？”\n、）]")
_LEAD_STOPS = re.compile("[。；：！？\n]")


def _behind_lead(text: str, at: int) -> int:
    """Where a clause that begins at ``at`` goes on behind a lead of a few characters: 座谈会上，|高某指出."""
    while text.startswith(" ", at):
        at += 1
    comma = text.find("，", at, at + 10)
    if comma > at and text[comma - 1] in "时中上下后前日午处里内" and not _LEAD_STOPS.search(text, at, comma):
        return comma + 1
    return at


def _in_phrase(text: str, at: int) -> bool:
    """Whether ``at`` lies behind the first character of a phrase of four: 国家长|治久安."""
    return 0 < at <= len(text) - 3 and words.frequency(text[at - 1 : at + 3]) > 0


def _goes_on_as_words(text: str, pos: int, end: int) -> bool:
    """Whether what stands behind a title of many is a frequent word: 人大代表的|智慧和力量, 委员|陆续报到."""
    if words.frequency(text[pos : pos + 2]) <= 200:
        return False
    return text[end : end + 1] in ("和", "与", "及") if end - pos == 2 else not _person_behind(text, end, set())


def _addressed(text: str, span: TitleSpan) -> bool:
    """Whether a bare head stands behind a name that the article has elsewhere: 就江某某社长|关注的, it is that name's."""
    at = span.end - len(span.titles[-1].head) if span.titles else 0
    name = text[max(0, at - 3) : at]
    return span.start >= at - 3 and len(name) == 3 and name.isalpha() and surname_of(name) is not None and text.count(name) > 1


def propose(text: str, spans: tuple[TitleSpan, ...], body_start: int) -> list[Proposal]:
    """Every reading of every site of the article that may name a person."""
    found: list[Proposal] = []
    starts = {span.start for span in spans}
    for span in spans:
        label = bool(span.titles) and span.titles[-1].class_ == "list_label"
        at = (label and _AFTER_LABEL.match(text, span.end)) or _AFTER_TITLE.match(text, span.end)
        pos = at.end() if at else span.end
        if text[span.end : pos].startswith("：") and not span.titles:
            continue
        office = any(t.class_ != "other" for t in span.titles)
        named = any(t.body and t.class_ != "list_label" for t in span.titles)
        if _in_phrase(text, pos):
            continue
        phrase = len(text) >= pos + 4 and words.frequency(text[pos : pos + 4]) > 0  # 人大代表齐聚一堂
        delegate = bool(span.titles) and span.titles[-1].class_ == "delegate"
        after = text[pos + 1 : pos + 3]
        joined = text[pos : pos + 1] in _CONJUNCTIONS and words.frequency(after) > 300 and not after.endswith("等")
        for end, score in candidates(text, pos):
            if joined and end == pos + 2:
                continue  # 副县长和责|任单位
            # 高度重视: after a title a word is a name only before something that follows names.
            if label and (shape_weight(text[pos:end]) < 0.2 or text[pos] in "都和同就向对从"):
                continue  # 市领导都拉家常
            everyday = words.everyday(text[pos:end]) > 20
            word = -2.0 if everyday and (follow_weight(text, end) < 1.4 or _addressed(text, span)) else 0.0
            if (phrase and end < pos + 4) or (delegate and _goes_on_as_words(text, pos, end)):
                word = -4.0  # 人大代表的智慧和力量, 委员陆续报到
            score += word + (3.4 if office and named else 2.2 if office or named else 1.2)
            if office and named and not label and last_weight(text[pos:end]) < 1.0 and _SETTLES.match(text, end):
                score = max(score, 3.0)  # 管委会主任向前主持会议: a word, but nothing else can stand there
            found.append(Proposal(pos, end, score, "title_name", span))
        noted = _ETHNIC_NOTE.match(text, pos)
        if noted:
            found.append(Proposal(pos, noted.end(1), 6.0, "title_foreign_name", span))
        elif (
            office
            and named
            and not delegate
            and not any(p.start == pos and p.score > 2 and follow_weight(text, p.end) > 1 for p in found[-3:])
        ):
            foreign = _unsurnamed(text, pos)
            if foreign:
                found.append(Proposal(pos, foreign, 4.2, "title_foreign_name", span))
        elif span.titles and span.titles[-1].class_ == "list_label" and (whole := _whole_item(text, pos)):
            found.append(Proposal(pos, whole, 8.0, "title_foreign_name", span))
    nouns = _person_nouns().find_matches_as_indexes(text)
    begun = {start for _, start, _ in nouns}  # 82岁的|老党员: no name begins with another noun
    for _, noun_start, noun_end in nouns:
        pos = noun_end + (text[noun_end : noun_end + 1] == "”")
        if (noun_start and text[noun_start - 1] in "副总") or pos in begun or (not may_begin(text, pos)) or _in_phrase(text, pos):
            continue
        listed = 1.4 if "、" in text[max(0, noun_start - 14) : noun_start] else 0.0
        for end, score in candidates(text, pos):
            if listed and end - pos == 2 and words.everyday(text[pos:end]) > 200:
                continue  # 学生|宿舍、餐厅
            score += 0.6 if shape_weight(text[pos:end]) >= 1.5 else 0.0
            score += 2.6 if end - pos == 3 and _HOUSE_OF.match(text, end) else 0.0
            if end - pos >= 3 or (follow_weight(text, end) > 1.8 and not text.endswith(_MAKES_DO, 0, noun_start)):
                found.append(
                    Proposal(
                        pos,
                        end,
                        score
                        - 0.3
                        + (
                            listed
                            if _LIST_TAIL.match(text, end)
                            or text[end : end + 1] == "、"
                            or text[end : end + 2] in ("先后", "分别")
                            else 0.0
                        ),
                        "noun_name",
                        None,
                    )
                )
    found += _untitled(text, body_start, starts, spans)
    found += _listed(text, spans)
    return found


_MAKES_DO = ("引导", "组织", "动员", "鼓励", "带动", "帮助", "方便", "发动", "督促", "支持", "指导")  # 引导牧民|储草
_HOUSE_OF = re.compile("家(?=[，。、中里])")  # 退休工人于光彩家: a word, but it has a home
_SETTLES = re.compile(
    "(?:来到|深入|走进|率队|带队|率领|指出|强调|表示|要求|说[，：])|"
    "等?(?:出席|参加|列席|陪同|主持|讲话|宣读|致辞|作(?:了)?(?:表态|交流|工作|动员)|随同|到会)"
)
_ETHNIC_NOTE = re.compile(r"([\u4e00-\u9fff·]{2,8})（(?:女，|男，)?[\u4e00-\u9fff]{1,6}族[，）]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,6}")
_NOT_FOREIGN = re.compile(
    r"^[来之向从由于对和及为以将把使让给他她它其]|^齐聚|"
    r"[的了在和是对把被等为由与及会议工作人员领导部门各区县市镇委局长办公]|^(?:一|两|二|三|四|五|六|七|八|九|十|"
    r"几|多|全|以|拟|有|无|没|未|已|再|又|并|也|还|就|任|调任|转任|升任|接任|述|带|抓|负|分|共|同|均|出|参|列|主|陪|率|接|责|包|挂|履|签|述|牵|亲|先|后|现|"
    r"兼|集|组|从|因|上|下|进|到|赴|发|作|做|宣|讲|说|指|强|要|表)"
)


_TURNS_TO = re.compile("[向对就为与同][^，。；、]{2,24}?(?:汇报|介绍|表示|通报|表达|说明|提出|作|进行|致|赠|颁|讲)")


def _delimited(text: str, end: int) -> bool:
    """A mark of an enumeration or clause: what ends here needs no guess about what follows."""
    return text[end : end + 1] in ("、", "，", "。", "；")


def _unsurnamed(text: str, pos: int) -> int | None:
    """The end of a name without a Han surname after an office, 州长扎西多吉、: delimited, no word of the dictionary."""
    match = _HAN_RUN.match(text, pos)
    if match is None:
        return None
    for end in range(min(match.end(), pos + 5), pos + 1, -1):
        name = text[pos:end]
        follow = follow_weight(text, end)
        if _TURNS_TO.match(text, end - 1):
            continue  # 区长仁增才让|向考察组汇报
        common = 200 if _SETTLES.match(text, end) else 0
        if end - pos == 2 and 2.5 <= follow < 3 and words.everyday(name) <= common and not _NOT_FOREIGN.search(name):
            return end  # 旗委书记兴安主持召开
        if follow >= 1.85 and not _NOT_FOREIGN.search(name) and (end - pos > 2 or _delimited(text, end)):
            pieces = words.cut(name)
            everyday = sum(len(piece) for piece in pieces if len(piece) > 1 and words.frequency(piece) > 60)
            # 瓦西里夫、: a word may hide in the sounds of a name that the marks bound.
            if not words.frequency(name) and (not everyday or (2 * everyday <= len(name) and _delimited(text, end))):
                return end
    return None


_ITEM = re.compile("[\u4e00-\u9fff]{4,6}(?=、)")


def _whole_item(text: str, pos: int) -> int | None:
    """The end of a name that fills the first item behind a label, 旗领导乌恩吉乐图、: no verb cuts it short."""
    item = _ITEM.match(text, pos)
    if item is None or _unsurnamed(text, pos) != item.end():
        return None
    cuts = [end for end, _ in candidates(text, pos) if end < item.end()]
    if any(_begins_with(_speaks(), text, end) or words.frequency(text[end : item.end()]) for end in cuts):
        return None  # 县领导江水率队、
    return item.end()


_OFFICE_AFTER = re.compile(
    r"(?:同志)?(?:（[^（）\n]{1,12}）)?(?:以[\d,，]+票[^，。；\n]{0,6}当选为?|(?:为|系|是)现任|由(?=[^，。；\n]{3,24}(?:调任|转任|升任|提任|改任))|"
    r"因(?=年龄|到龄|工作|身体|患病|退休|达到|已|调任|另有任用|组织)|(?:再次|全票|高票|继续)当选为?|"
    r"(?:是|系)(?=[^，。；\n]{2,8}人，(?:先后|历任|曾))|是(?=[^，。；\n]{2,16}(?:村民|居民|贫困户|老党员|五保户|脱贫户|职工|残疾人)[，。])|因[^，。；]{2,16}(?:辞去|不再担任|卸任)|(?:历|曾|先后|现)任|曾担任|先后担任|"
    r"当选为|连任|续任|当选|转任|转赴|调任|升任|受聘为?|不再担任|担任|出任|"
    r"兼任|改任|任|为|的(?=[\u4e00-\u9fff、]{3,30}职务)|，(?=[\u4e00-\u9fff]{2,20}(?:[，。；]|$)))"
)


_BEFORE_HEAD = re.compile(
    r"[\u4e00-\u9fff]{2,18}?(?=(?:副|常务副)?(?:院长|区长|县长|市长|局长|书记|主任|部长|主席|校长|镇长|"
    r"乡长|会长|检察长|组长|秘书长|政委|行长|处长|科长|所长|站长|队长|支队长|董事长|总经理|教授|专员|"
    r"州长|盟长|旗长|厅长|常委(?!会)|厂长|园长|庭长|调研员|巡视员)|委员(?:就|代表|说|认为|建议|提出|表示|作?发言|在发言))"
)
_CONJUNCTIONS = frozenset("和与及")
_ORGAN_ENDS = frozenset("院局委办会校部处中心协大府联学司团站馆社行室科庭")  # what a name before its title stands behind
_BARE_HEAD = re.compile("(?:书记|主席|主任|部长|[省市区县州镇乡局]长)(?!们|会|团|台|处|办)")
_PARTY = re.compile(r"同志|一行|等(?:一行|领导|同志|\d+[名位人])")
_NOTE_BEHIND = re.compile(r"[（，](?:女|男|[\u4e00-\u9fff]{1,5}族)[，）]")
_SEX_BEHIND = re.compile("，[男女]，[\u4e00-\u9fff\\d]")  # 方某，男，汉族: nobody but a person
_BLANKS = re.compile(r" {1,8}")


# 马某就当前工作提出了要求, 白某介绍新任职干部情况, 石某作工作报告
_SAYS_ABOUT = re.compile(
    r"(?:就|对(?!口)|围绕)[^，。；\n]{2,30}(?:提出|(?<!工)作出?|讲|强调|发表|进行)|介绍(?!信)|"
    r"(?:作|做)[^，。；\n]{0,10}(?:报告|讲话|发言|总结|说明)"
)

# 江某在全区防汛工作会议上要求
_SAYS_AT = re.compile("在[^，。；\n]{2,30}(?:会|会上|会议上|时|中|上)(?:强调|指出|要求)")


# First characters of all that the expressions below look for, so that most places are done with one look.
_MAY_STAND_BEHIND = frozenset(
    "同一等（，以为系是由因再全高继曾先后历现当连续转调升受不担出兼改任的 就对围介作做也还分在首最随边亲实深代主率到来赴走带则"
)


def _person_behind(text: str, end: int, starts: set[int]) -> tuple[float, str] | None:
    """What stands behind a place where a name may end, if it speaks for a person: weight and rule."""
    if text[end : end + 1] not in _MAY_STAND_BEHIND:
        return (0.0, "name_verb") if _begins_with(_speaks(), text, end) else None
    if _verb_follows(text, end) or _PARTY.match(text, end):
        return 0.0, "name_verb"
    if _SAYS_AT.match(text, end):
        return 0.4, "name_verb"
    if _SAYS_ABOUT.match(text, end):
        return -0.5, "name_verb"  # words do that, too: only for what looks like a name
    if _NOTE_BEHIND.match(text, end):
        return (3.0 if _SEX_BEHIND.match(text, end) else 1.5), "name_note"
    office = None if text.startswith("作为", end - 1) else _OFFICE_AFTER.match(text, end)
    if office and (office.end() in starts or text[office.end() - 1] not in "，为任"):
        return (3.6 if office.end() in starts else 1.4), "name_office"
    blanks = _BLANKS.match(text, end)
    if blanks and blanks.end() in starts:
        return 3.4, "name_table"
    return None


def _untitled(text: str, body_start: int, starts: set[int], spans: tuple[TitleSpan, ...]) -> list[Proposal]:
    """Names that no title introduces: by the verb, office, list or act that stands beside them."""
    return [
        *_opening_clauses(text, body_start, starts),
        *_before_words(text),
        *_before_titles(text, sorted(starts | _later_pieces(text, spans))),
        *_in_acts(text, starts),
    ]


def _opening_clauses(text: str, body_start: int, starts: set[int]) -> list[Proposal]:
    """虎岩指出 …, 刘沣调研 …: at the start of a clause, before a verb that a person does, an office or a note."""
    found: list[Proposal] = []
    clauses = (0, *(mark.end() for mark in _CLAUSE_MARK.finditer(text)))
    for pos in dict.fromkeys(_behind_lead(text, at) for at in clauses):
        if pos >= len(text) or not may_begin(text, pos):
            continue
        if "·" in text[pos : pos + 8]:
            # 尼·华旦加在揭牌仪式上…: a dotted name at the start of a clause needs no verb right behind.
            for end, score in candidates(text, pos):
                if 1.8 <= follow_weight(text, end) < 3.0 and "·" in text[pos:end] and not _NOT_FOREIGN.search(text[pos:end]):
                    found.append(Proposal(pos, end, score, "name_verb", None))
        behind = {end: said for end in possible_ends(text, pos) if (said := _person_behind(text, end, starts))}
        if not behind:
            continue
        for end, score in candidates(text, pos):
            if end not in behind:
                continue
            weight, rule = behind[end]
            if rule == "name_verb":
                weight += 0.4 if pos < body_start else 0.0
                weight += 0.4 if shape_weight(text[pos:end]) >= 1.0 and end - pos > 2 else 0.0
            found.append(Proposal(pos, end, score + weight, rule, None))
    return found


_BEHIND = re.compile(
    r"同志|辞去|等\d+[名位人]|等人(?=[，。参出列陪])|等(?=老(?:同志|领导|干部|党员|专家|战士|党))|"
    r"因[^，。；\n]{1,12}(?:卸任|不再担任|辞去|离任)|(?:等人?)?的?(?:全程)?陪同下(?!乡|村|基层)"
)
_OFFICIAL_BEHIND = ("同志辞去", "同志因", "同志任", "同志为", "同志不再", "同志兼任", "同志担任", "辞去", "因")


def _before_words(text: str) -> list[Proposal]:
    """熊某同志任 …, 接受孟某辞去 …, 王某等20名代表: a name before a word that stands behind names."""
    found = []
    for match in _BEHIND.finditer(text):
        official = text.startswith(_OFFICIAL_BEHIND, match.start())
        for start, score in names_ending_at(text, match.start(), -3.2 if official else 0.3):
            # 因年龄原因卸任, 在周某某的陪同下: nobody but a person does that.
            under = match.group().endswith("陪同下")
            if under and text[start - 1 : start] not in "在、和与及":
                continue
            bonus = 4.0 if match.group()[0] == "因" else 3.6 if official else 2.4 if under else 1.0
            found.append(Proposal(start, match.start(), score + bonus, "name_behind", None))
    return found


def _later_pieces(text: str, spans: tuple[TitleSpan, ...]) -> set[int]:
    """Where the titles of a group behind the first begin: 石某书记、|白某书记."""
    groups = [span for span in spans if len(span.pieces) > 1]
    return {mark.end() for span in groups for mark in _LIST_MARK.finditer(text, span.start, span.end)}


def _before_titles(text: str, starts: Iterable[int]) -> list[Proposal]:
    """钱国旗院长: a name before its title, after an organ or at the start of a clause."""
    found = []
    for start in starts:
        if _BARE_HEAD.match(text, start + text.startswith("副", start)):
            # 学习江某某书记、石某某书记的讲话: names cut off from a head that has no organ
            found += [
                Proposal(at, start, score + 1.2, "name_title", None)
                for at, score in names_ending_at(text, start, 0.5)
                if start - at == 3 and (score > 1.8 or text[at - 1 : at] == "、")
            ]
            found += [
                Proposal(start - size, start, 4.0, "name_title", None)
                for size in (4, 5, 6)
                if start >= size and is_transcribed(text[start - size : start]) and not surname_of(text[start - size : start])
            ]
            continue
        head = _BEFORE_HEAD.match(text, start)
        if head is None:
            continue
        if is_transcribed(head.group()):
            found.append(Proposal(start, head.end(), 4.0, "name_title", None))  # 传达格桑邓珠县长的讲话
        for at, score in names_ending_at(text, head.end()):
            if at == start or text[at - 1] in _ORGAN_ENDS or text[at - 2 : at] in STUDIES:
                organ = 0.6 if at > start else 0.0
                size = 1.6 if head.end() - at > 2 else 1.0 + organ
                found.append(Proposal(at, head.end(), score + organ + size, "name_title", None))
    return found


_ACT_BEFORE = re.compile(
    r"(?:任命|免去|免除|接受|提名|补选|选举|推选|决定|同意|由|邀请|聘请了?|聘任|以|对|与|同|和|向|为|给)(?=[\u4e00-\u9fff])"
)
_OFFICE_TAKEN = re.compile(r"(?:同志)?(?:（[^）]{1,12}）)?(?:为|任|担任|代理)")
_ACT_BEHIND = re.compile(
    r"(?:同志)?(?:（[^）]{1,12}）)?(?:为|任|担任|代理|等\d+[名位人]|(?P<loses>(?:等人?)?辞去|的?辞职|结束[^，。；\n]{2,30}挂职|"
    r"(?:的|(?<=同志))[\u4e00-\u9fff、]{3,30}(?:职务|请求))|主持|带队|陪同|宣读|主讲|授课|作)"
)
_RELIEVES = ("免去", "免除", "接受", "同意")


def _in_acts(text: str, starts: set[int]) -> list[Proposal]:
    """任命李某为 …, 由区长王某主持: a name between an act and what it does."""
    found = []
    for match in _ACT_BEFORE.finditer(text):
        pos = match.end()
        if not may_begin(text, pos) or not any(_ACT_BEHIND.match(text, end) for end in possible_ends(text, pos)):
            continue
        for end, score in candidates(text, pos):
            taken = _OFFICE_TAKEN.match(text, end)
            if taken and (taken.end() in starts or (taken.end() - 2 in starts and taken.group().endswith("代理"))):
                # 决定明察代理检察长: whatever takes an office is a person.
                found.append(Proposal(pos, end, max(score + 1.8, 3.0), "act_name", None))
            elif behind := _ACT_BEHIND.match(text, end):
                # 免去年华的局长职务, 同意李某结束挂职: nothing but a person loses an office.
                loses = match.group() in _RELIEVES and behind["loses"] is not None
                found.append(Proposal(pos, end, max(score + 1.0, 3.0) if loses else score - 0.2, "act_name", None))
    return found


_LIST = re.compile(r"[\u4e00-\u9fff·]{2,12}(?:、[\u4e00-\u9fff·]{2,12}){1,60}")
_LIST_TAIL = re.compile(
    r"[两三四五六七八九十\d]+(?:[位名]|人为)|(?:等)?(?:[\u4e00-\u9fff、]{0,14}?领导|同志|一行|分别|共同|先后)?(?:作为[\u4e00-\u9fff]{2,12}在主席台|在主席台|在主会场|"
    r"出席|参加|列席|陪同|到会|与会|为|就座|参会|在场|当选|随同|一同|聆听|观看|参观)|等(?:人|同志|领导|"
    r"[\u4e00-\u9fff]{0,8}(?:同志|代表|委员|成员|老人|党员|职工|群众|干部|教师|企业家|专家|人物)|"
    r"[\u4e00-\u9fff]{0,8}领导|"
    r"\d*[名位]|\d+人|[两三四五六七八九十]+[名位])|[及和][\u4e00-\u9fff]{0,6}其他成员"
)


# 县领导张达,李生,阮石,…参加: an older manner; only behind a label.
_COMMA_LIST = re.compile(r"[\u4e00-\u9fff]{2,3}(?:，[\u4e00-\u9fff]{2,3}(?=，)){1,60}，[\u4e00-\u9fff]{2,12}")
_ITEM_MARKS = re.compile("[、，]")
_PLACES_LISTED = re.compile("[路乡镇村街庄屯小中园校](?=、|$)")
_SO_MANY = re.compile("([两三四五六七八九十])[位名]")
_LIST_MARK = re.compile("、")


def _lists(text: str) -> Iterator[re.Match[str]]:
    """Enumerations, each found by its first 、: an expression that begins with any character is slow to search."""
    done = 0
    for mark in _LIST_MARK.finditer(text):
        start = mark.start()
        while start > max(done, mark.start() - 12) and ("\u4e00" <= text[start - 1] <= "\u9fff" or text[start - 1] == "·"):
            start -= 1
        match = _LIST.match(text, start) if mark.start() >= done else None
        if match:
            done = text.rindex("、", start, match.end()) + 1  # 书记、院长王某走访了王某、赵某: a last item may lead on to another
            yield match


_PRESENT = re.compile("等?(?:同志)?(?:出席|参加|列席|陪同|到会|参会)")
_MADE = re.compile(r"(?:（[^（）]{1,8}）)?(?:当选为?|连任|担任|任|为)(?:新一届|本届)?")


def _listed(text: str, spans: tuple[TitleSpan, ...]) -> list[Proposal]:
    """王平、和平、高原等区领导参加; 县领导安全、计划、苗青: items that look like names, led by a label or followed by a verb."""
    labels = {span.end: span for span in spans if span.titles and span.titles[-1].class_ == "list_label"}
    found = []
    commas = (match for end in labels if (match := _COMMA_LIST.match(text, end)))
    for match in (*_lists(text), *commas):
        if len(_PLACES_LISTED.findall(match.group())) >= 2:
            continue  # 王店路、安叶路; 县二小、柳湾乡、白石镇
        label = next((end for end in range(match.start(), match.start() + 12) if end in labels), None)
        start = label if label is not None else match.start()
        items = []
        for part in _ITEM_MARKS.split(text[start : match.end()]):
            items.append((start, start + len(part)))
            start += len(part) + 1
        counted = _SO_MANY.search(text, items[-1][0], match.end())
        whole = counted is not None and "两三四五六七八九十".find(counted[1]) + 2 == len(items)
        readings = [_item(text, *item, first=index == 0, counted=whole) for index, item in enumerate(items[:-1])]
        # 甲、乙、丙带队赴企业、学校; 甲、乙及镇干部、派出所所长某某: the names end before another enumeration.
        for index in range(1, len(readings)):
            end = _last_item(text, *items[index], 0.5) if readings[index] is None else None
            if end is not None and (_verb_follows(text, end[1]) or text[end[1]] in "及和与"):
                items, readings = items[: index + 1], readings[:index]
                break
        # Behind a label and names alone the last one may be a word, too: 县领导安全、计划、关山等.
        least = -1.5 if label is not None and None not in readings else 0.5
        readings.append(_last_item(text, *items[-1], least))
        if sum(r is not None and r[2] > 0.5 for r in readings) >= 4:
            # 黄言了 among four names and more
            readings = [
                (a, b, -0.5) if r is None and 2 <= b - a <= 3 and surname_of(text[a:b]) else r
                for r, (a, b) in zip(readings, items, strict=True)
            ]
        good = [reading for reading in readings if reading is not None]
        if not good:
            continue
        sure = [reading for reading in good if reading[2] > 0.5]
        tail_at = good[-1][1] if readings[-1] is not None else match.end()
        led = label is not None or bool(_LIST_TAIL.match(text, tail_at))
        # 龙江、展翅为副市长: all of them words, but an office is given.
        made = _MADE.match(text, tail_at)
        office = made is not None and len(good) == len(items) and any(s.start == made.end() for s in spans)
        if not led and follow_weight(text, tail_at) < 1.8:
            continue
        # 市领导龙江、安全: the label before the first of them is everybody's.
        titles = [labels.get(a) for a, _, _ in good]
        if office:
            found += [
                Proposal(a, b, max(weight, -0.5) + 4.0, "list_name", span)
                for (a, b, weight), span in zip(good, titles, strict=True)
            ]
            continue
        # 区领导安全、计划参加会议: words all of them, but a label and a verb of presence leave nothing else.
        settled = label is not None and len(good) == len(items) and _PRESENT.match(text, tail_at) is not None
        many = (settled or whole or len(sure) >= (1 if label is not None else 2)) and len(good) >= 0.6 * len(items)
        trusted = led or len(sure) >= 4 or (len(items) >= 3 and len(good) == len(items))
        if many and trusted and (label is not None or whole or len(sure) >= 0.5 * len(good)):
            bonus = 1.6 if led else 0.8
            found += [
                Proposal(a, b, weight + 2.0 + bonus, "list_name", span) for (a, b, weight), span in zip(good, titles, strict=True)
            ]
    return found


def _last_item(text: str, start: int, end: int, least: float) -> tuple[int, int, float] | None:
    """The last item, which the text goes on behind: where its name ends is to be guessed; its weights are at least ``least``."""
    if is_transcribed(text[start:end]):
        return start, end, 3.0
    options = [(e, s) for e, s in candidates(text, start) if s > least and not (e < end and follow_weight(text, e) < 0)]
    best = max(options, key=lambda o: o[1], default=None)
    return (start, best[0], shape_weight(text[start : best[0]])) if best else None


def _item(text: str, start: int, end: int, *, first: bool, counted: bool) -> tuple[int, int, float] | None:
    """An item of an enumeration read as a name: start, end and shape weight; None where it is none.

    The marks on both sides settle where a name ends, so the last character counts little. ``counted``: the text says how many
    they are, as many as the items (走访了王某、赵某两位代表).
    """
    name = text[start:end]
    if is_transcribed(name):
        return start, end, 3.0
    if first and len(name) > 4:
        if is_transcribed(name[-4:]):
            return end - 4, end, 3.0
        for size in (3, 2):
            before, weight = name[:-size], shape_weight(name[-size:])
            least = -0.5 if counted or before.endswith(_CHOOSES) else 0.8
            if weight > least and start + 2 <= end - size and name[-size - 1 : 1 - size] not in _ABOUT:
                return end - size, end, weight
        return None
    weight = shape_weight(name)
    if weight > -9:
        weight += 0.8 * last_weight(name)
    return (start, end, weight) if weight > -2.9 and len(name) <= 4 else None


_CHOOSES = ("选举", "补选", "选出", "推选", "增选", "任命")  # 会议选举|王国梁: a verb that takes people
_ABOUT = ("关于", "对于", "由于")  # 关|于成武 is no name

THRESHOLD = {
    "page_memory": 2.5,
    "title_name": 2.2,
    "title_foreign_name": 2.5,
    "noun_name": 2.4,
    "name_verb": 3.3,
    "name_note": 3.0,
    "name_office": 3.0,
    "name_table": 3.0,
    "act_name": 2.4,
    "list_name": 0.5,
    "name_behind": 2.2,
    "name_title": 2.6,
}


def _always_longer(text: str, name: str) -> bool:
    """Whether ``name`` recurs, each time with the same character behind it that could belong to it."""
    at = text.find(name)
    longer = text[at : at + len(name) + 1]
    return (
        len(longer) > len(name) and text.count(name) >= 2 and text.count(longer) == text.count(name) and shape_weight(longer) > -1
    )


# A thing whose name begins with 长 stands behind other words, too; a name behind a title in 长 only behind what the title heads.
_LONG_THING = re.compile("[，。、；：对在把为是和与就将从向给于的了这条该]长(?=(?P<rest>.{2,4}))")


def _long_things(text: str) -> frozenset[str]:
    """What stands behind 长 where no title ends: 对长|宁渠, in two to four characters."""
    rests = [match["rest"] for match in _LONG_THING.finditer(text)]
    return frozenset(rest[:size] for rest in rests for size in range(2, len(rest) + 1))


def decide(text: str, proposals: list[Proposal]) -> list[Proposal]:
    """One reading a site: its own weight, and how many other sites of the article propose the same name."""
    long_things = _long_things(text)
    votes: dict[str, set[int]] = defaultdict(set)
    for p in proposals:
        if p.score >= THRESHOLD[p.rule] - 0.8:
            votes[text[p.start : p.end]].add(p.start)
    by_start: dict[int, list[Proposal]] = defaultdict(list)
    for p in proposals:
        by_start[p.start].append(p)
    chosen: list[tuple[float, Proposal]] = []
    longer = {name: _always_longer(text, name) for name in {text[p.start : p.end] for p in proposals} if len(name) == 2}

    def others(name: str, start: int) -> int:
        sites = votes.get(name, ())
        return len(sites) - (start in sites)

    def total(p: Proposal) -> float:
        return round(weight_of(p), 6)  # 0.7 + 1.9 - 0.2 is to reach 2.4

    def weight_of(p: Proposal) -> float:
        name = text[p.start : p.end]
        score = p.score + 0.5 * min(3, others(name, p.start))
        if len(name) == 2 and is_place(name) and any(name + unit in text for unit in "市县区州"):
            score -= 2.0  # 兰溪 of 兰溪市
        if longer.get(name):
            score -= 1.5  # 麻文和: 麻文 never stands without 和
        if text[p.start - 1 : p.start] == "长" and name in long_things:
            score -= 9.0  # 青石乡长宁渠, where 对长宁渠 is told of as well
        if len(name) == 3 and "·" not in name and not others(name, p.start) and others(name[:2], p.start):
            score -= 1.5  # 王平进校园: 王平 recurs, 王平进 does not
        return score

    for start in sorted(by_start):
        weighed = [(total(p), p.end, p.rule, p) for p in by_start[start]]
        passing = [w for w in weighed if w[0] >= THRESHOLD[w[2]]]
        if passing:
            best = max(passing, key=lambda w: w[:3])
            chosen.append((best[0], best[3]))
    # Two sites that overlap: the heavier reading stands.
    kept: list[tuple[float, Proposal]] = []
    for weight, p in chosen:
        if kept and p.start < kept[-1][1].end:
            if weight > kept[-1][0]:
                kept[-1] = weight, p
            continue
        kept.append((weight, p))
    return [p for _, p in kept]


_BOUNDED = re.compile("[\u4e00-\u9fff]{2,3}(?=[、，。；])")


def _extend_lists(text: str, chosen: list[Proposal], span_starts: set[int]) -> list[Proposal]:
    """副局长马立昆、樊石川: names that follow a titled one after 、 or 和, which no site of their own speaks for."""
    taken = {p.start: p for p in chosen}
    result = list(chosen)
    for p in chosen:
        end = p.end
        while True:
            sep = _LIST_SEP.match(text, end)
            if not sep or sep.end() in span_starts:
                break
            pos = sep.end()
            if pos in taken:
                break
            bonus = (
                3.0
                if p.span is not None and sep.group() == "、" and p.span.titles and p.span.titles[-1].shared
                else 2.2
                if p.span is not None and sep.group() == "、"
                else 1.2
            )
            options = [(e, s) for e, s in candidates(text, pos) if s + bonus >= 2.6]
            bounded = _BOUNDED.match(text, pos) if not options and bonus == 3.0 else None
            if bounded and surname_of(bounded.group()):
                options = [(bounded.end(), 0.0)]  # 县委常委严某、甄选、文采，: a word between names
            if not options:
                break
            best_end, score = max(options, key=lambda o: (o[1], o[0]))
            if text[sep.start() : pos] not in ("、",) and shape_weight(text[pos:best_end]) < 0.8:
                break
            new = Proposal(pos, best_end, score + bonus, "list_name", None)
            taken[pos] = new
            result.append(new)
            end = best_end
    return sorted(result, key=lambda p: p.start)


def occurrences(text: str, names: set[str], sure: set[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Every place where a known name stands, longest first, with care for words; ``sure``: sites already decided."""
    sites = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            sites.append((start, start + len(name), name))
            start = text.find(name, start + 1)
    found = []
    free = 0
    for start, end, name in sorted(sites, key=lambda site: (site[0], -site[1])):
        if start < free:
            continue
        free = end
        if words.everyday(name) > 20 and (start, end) not in sure:
            before = text[start - 1 : start]
            after = follow_weight(text, end)
            if after < 0 or (
                before
                and before not in PUNCTUATION + BLANKED
                and "\u4e00" <= before <= "\u9fff"
                and before not in "长记任席员委导和与及由对向让请为给以把导队官师生民"
            ):
                continue
        found.append((start, end, name))
    return found


def namings(
    text: str, places: Places, body_start: int, known: frozenset[str] = frozenset()
) -> tuple[tuple[Naming, ...], tuple[TitleSpan, ...]]:
    """Everybody named in a reading, with titles, in the order of the text; and all title spans."""
    spans = title_spans(text, places)
    chosen = _choose(text, spans, body_start, known)
    figures = {name for name in lexicon.forms("public_figures") if name in text}
    first = frozenset(text[p.start : p.end] for p in chosen) | figures
    # 张华平两位副区长: only a title that holds a name is read again.
    inside = _holds_any(text, spans, first)
    again = title_spans(text, places, first) if inside else spans
    if again != spans:
        # 张华平两位副区长: what was taken for a part of the title is a person.
        spans = again
        # 决定郑某副区长代理区长: with the name known the title begins after it, so its site is kept from the first pass.
        before = [p for p in chosen if p.rule == "name_title"]
        chosen = _choose(text, spans, body_start, known)
        chosen += [p for p in before if all(p.end <= c.start or c.end <= p.start for c in chosen)]
        chosen.sort(key=lambda p: p.start)
    names = {text[p.start : p.end] for p in chosen} | figures
    by_start = {p.start: p for p in chosen}
    found: list[Naming] = []
    for start, end, name in occurrences(text, names, {(p.start, p.end) for p in chosen}):
        p = by_start.get(start)
        span = p.span if p and p.end == end else None
        titles = span.titles if span else ()
        np_start = span.start if span else _noun_start(text, start) if p and p.rule == "noun_name" else start
        found.append(
            Naming(
                start,
                end,
                name,
                np_start,
                end,
                titles,
                (span.start, span.end) if span else None,
                p.rule if p and p.end == end else "memory",
            )
        )
    return tuple(_share(text, _lean(text, found, spans, places), spans)), spans


def _holds_any(text: str, spans: tuple[TitleSpan, ...], names: frozenset[str]) -> bool:
    """Whether a name stands inside a title."""
    titles = "\n".join(text[span.start : span.end] for span in spans)
    return any(name in titles for name in names)


_FREE_BEFORE = re.compile(
    r"(?:^|[，。；：！？、“”（\n ]|[和与及由对向让请为给以把同的在了]|学习|传达|贯彻|"
    r"书记|主任|[区县市州镇乡局部院校]长|主席|常委|领导)$"
)


def _remembered(text: str, known: frozenset[str]) -> list[Proposal]:
    """Names that another article of the page gives beyond doubt, where they stand free: between marks, before a verb."""
    found = []
    for name in sorted(known):
        at = text.find(name)
        while at >= 0:
            follow = follow_weight(text, at + len(name))
            if follow > 1 and _FREE_BEFORE.search(text, max(0, at - 3), at):
                found.append(Proposal(at, at + len(name), 1.5 + follow, "page_memory", None))
            at = text.find(name, at + 1)
    return found


def _with_memory(proposals: list[Proposal], remembered: list[Proposal]) -> list[Proposal]:
    """What the page knows of a name speaks for the readings of its sites; it stands alone only where no other site has it."""
    if not remembered:
        return proposals
    scores = {(p.start, p.end): p.score for p in remembered}
    raised = [p._replace(score=max(p.score, scores.pop((p.start, p.end), p.score))) for p in proposals]
    return raised + [p for p in remembered if (p.start, p.end) in scores]


def _noun_start(text: str, start: int) -> int:
    """无党派人士代表米粒: the noun phrase before a name, back to the last mark."""
    left = start
    while left > 0 and start - left < 14 and text[left - 1] not in PUNCTUATION and text[left - 1] != BLANKED:
        left -= 1
    return left if text[left - 1 : left] == "、" and not _NOT_ONE_PHRASE.search(text, left, start) else start


_NOT_ONE_PHRASE = re.compile("一行|走进|来到|看望|走访|慰问|探望|前往|赴")  # 、蔡某一行走进归侨|宋某家: no phrase of one name


def _choose(text: str, spans: tuple[TitleSpan, ...], body_start: int, known: frozenset[str]) -> list[Proposal]:
    proposals = _with_memory(propose(text, spans, body_start), _remembered(text, known))
    chosen = _extend_lists(text, decide(text, proposals), {span.start for span in spans})
    return [p for p in chosen if not _is_organ(text, p)]


_ORGAN_GOES_ON = re.compile(r"(?:[省市区县镇乡村](?!长)|街道|公司|集团|大学|中学|小学|医院|广场|大道|公园)")


def _is_organ(text: str, p: Proposal) -> bool:
    """金融办, 石桥铺街道: a site that no title speaks for must not read on into the name of an organ or place."""
    if p.rule in ("title_name", "title_foreign_name"):
        return False
    return bool(_ORGAN_GOES_ON.match(text[p.end : p.end + 2]))


_SENTENCE_END = re.compile("[。\n！？]")


def _lean(text: str, found: list[Naming], spans: tuple[TitleSpan, ...], places: Places) -> list[Naming]:
    """区政协主席和平、副主席上官秋: a bare title leans on the one before it; 虎岩书记: a title right after a name."""
    by_start = {span.start: span for span in spans}
    used = {n.title_span for n in found}
    titled = {n.name for n in found if n.titles}
    result: list[Naming] = []
    before: Naming | None = None
    for naming in found:
        if before is not None and _SENTENCE_END.search(text[before.end : naming.start]):
            before = None
        span = by_start.get(naming.end)
        housed = _housed(text, naming, places)
        if housed:
            naming = naming._replace(titles=housed)
        elif naming.titles and naming.title_span and (home := _elsewhere(text, naming, before, places)):
            pieces = next(s.pieces for s in spans if (s.start, s.end) == naming.title_span)
            naming = naming._replace(titles=parse_titles(pieces, replace(places, by_level=home)))
        elif naming.titles and naming.title_span and before is not None and leans(naming.titles[0], before.titles[-1]):
            pieces = next(s.pieces for s in spans if (s.start, s.end) == naming.title_span)
            naming = naming._replace(titles=parse_titles(pieces, places, before.titles[-1]))
        elif not naming.titles and span is not None and (span.start, span.end) not in used:
            near = before if before is not None and text[before.np_end : naming.start] in ("，", "、") else None
            naming = _titled_behind(text, naming, span, places, near, alone=naming.name not in titled)
        if naming.titles:
            before = naming
        result.append(naming)
    return result


_LEADS_GUESTS = re.compile(
    r"(?:率领|率|带领)(?P<place>[\u4e00-\u9fff]{2,8}?[市县区州旗])(?!委|政府)[^，。；\n]{0,8}(?:考察团|代表团|考察组|学习团)"
)


_GUESTS = re.compile("考察团|代表团|考察组|学习团|一行")


@lru_cache(maxsize=8)  # every title of an article asks
def _tells_of_guests(text: str) -> bool:
    return _GUESTS.search(text) is not None


def _elsewhere(text: str, naming: Naming, before: Naming | None, places: Places) -> tuple[tuple[str, str], ...] | None:
    """What bare levels mean in a title of guests, None where it is no guest's.

    甘谷县委书记高某、县委副书记方某: as for the one before in the list; 市长石某率领江城市党政考察团: the team's.
    """
    place = naming.titles[0].place
    if place is None or not _tells_of_guests(text):
        return None
    team = _LEADS_GUESTS.match(text, naming.end)
    if place != places.at_level(places.level(place)):
        return None  # another place by name
    if team and places.looks_like_place(team["place"]):
        whose = team["place"]
    elif (
        before is not None
        and before.titles[-1].place
        and _joins(text[before.np_end : naming.np_start])
        and _GUESTS.search(text, naming.end, naming.end + 160)
    ):
        whose = before.titles[-1].place
    else:
        return None
    own = place in text[naming.np_start : naming.start] or text[naming.np_start] in "我本"
    if own or whose == place or places.level(whose) != places.level(place) or is_within(whose, place):
        return None
    return tuple((level, whose if level == places.level(place) else name) for level, name in places.by_level)


_HOUSES = {
    "校长": re.compile("小学|中学|学校|大学|学院|职高|党校|[一二三四五六七八九十\\d][中小](?![队型学])"),
    "园长": re.compile("幼儿园"),
    "院长": re.compile("医院|卫生院|学院|研究院|敬老院|福利院|法院|中院"),
    "总经理": re.compile("公司|集团"),
    "经理": re.compile("公司|集团|合作社"),
    "董事长": re.compile("公司|集团"),
    "厂长": re.compile("厂"),
    "场长": re.compile("[农林牧]场"),
    "站长": re.compile("车站|水站|泵站|服务站|供电站|电站|工作站"),
    "馆长": re.compile("图书馆|文化馆|博物馆|纪念馆|档案馆|体育馆"),
}
_HOUSE_WITHIN = 160  # characters back to the house that a bare head belongs to


def _housed(text: str, naming: Naming, places: Places) -> tuple[Title, ...]:
    """到县二中看望，校长冷某介绍: a bare head belongs to the house last named that has such a head; () where it does not."""
    if not naming.title_span or len(naming.titles) != 1 or naming.titles[0].body is not None:
        return ()
    title = naming.titles[0]
    houses = _HOUSES.get(title.head)
    if houses is None or title.organ:
        return ()
    start = naming.title_span[0]
    for house in reversed(list(houses.finditer(text, max(0, start - _HOUSE_WITHIN), start))):
        begin = title_start(text, house.end(), max(0, house.end() - 24))
        name = text[begin : house.end()]
        if len(name) - len(house.group()) >= 1 and len(name) > 2 and not _SEVERAL.match(name) and name[0] not in "该本":
            place, rest = places.split(name)
            return (title._replace(body=(place or "") + rest, place=place, organ=rest),)
    return ()


_ORGAN = re.compile(
    r"(?:[由请以与和同对向受经在]|传达学习|学习|传达|贯彻)?(?P<organ>[\u4e00-\u9fff]{2,16}(?:院|局|办|厅|部|政府|中心|公司|集团|镇|乡|街道|大学|学校|中学|小学|幼儿园|"
    r"[省市区县州])|[\u4e00-\u9fff]{1,15}(?:委|政协|人大|人大常委会))$"
)


def _titled_behind(text: str, naming: Naming, span: TitleSpan, places: Places, near: Naming | None, *, alone: bool) -> Naming:
    """虎岩书记, 钱国旗院长: a bare head behind a name tells a post with its organ or its level, or where nothing else tells one.

    ``near``: who stands before this person in a list, with a title to lean on: 省农垦中心高某主任、方某副主任.
    ``alone``: no title of this person stands elsewhere in the article.
    """
    begin = title_start(text, naming.start, max(0, naming.start - 18))
    organ = _ORGAN.fullmatch(text, begin, naming.start)
    pieces = ((organ["organ"] if organ else "") + span.pieces[0], *span.pieces[1:])
    lean = near.titles[-1] if near is not None and not organ else None
    titles = tuple(whole_body(text, title, places) for title in parse_titles(pieces, places, lean))
    if not titles or titles[0].class_ == "list_label":
        return naming
    whose_is_told = titles[0].body is not None or titles[0].post == "总书记" or titles[0].class_ != "office"
    if not whose_is_told and not (alone and _BARE_HEAD.fullmatch(titles[0].post)):
        return naming
    return naming._replace(titles=titles, title_span=(span.start, span.end), np_end=span.end, rule="title_after_name")


def _share(text: str, found: list[Naming], spans: tuple[TitleSpan, ...]) -> list[Naming]:
    """Give shared titles to the names of a list, titles after a list to all of it, and number lists and ranks."""
    by_start = {span.start: span for span in spans}
    result: list[Naming] = []
    index = 0
    list_no = 0
    while index < len(found):
        run = [found[index]]
        while index + 1 < len(found):
            gap = text[run[-1].end : found[index + 1].np_start]
            if not _joins(gap):
                break
            index += 1
            run.append(found[index])
        index += 1
        run = _share_before(text, run)
        run = _share_after(text, run, by_start)
        if len(run) > 1:
            list_no += 1
            run = [_numbered(n, list_no, rank) for rank, n in enumerate(run, start=1)]
        result += run
    return result


_NAMES_JOIN = re.compile(r"(?:同志)?(?:（[^（）\n]{1,16}）)?(?:、|，|和|及|与|以及|；|、 | )(?:现场|以及|及)?")


def _joins(gap: str) -> bool:
    return bool(_NAMES_JOIN.fullmatch(gap)) or gap == ""


def _numbered(naming: Naming, list_no: int, rank: int) -> Naming:
    return naming._replace(list_no=list_no, rank=rank)


def _share_before(text: str, run: list[Naming]) -> list[Naming]:
    shared: tuple[Title, ...] = ()
    span: tuple[int, int] | None = None
    result = []
    for index, naming in enumerate(run):
        if naming.titles:
            shared = tuple(t for t in naming.titles if t.shared) if all(t.shared for t in naming.titles[-1:]) else ()
            span = naming.title_span
            result.append(naming)
        elif (
            shared
            and text[naming.np_start - 1] == "，"
            and shared[-1].class_ != "list_label"
            and not _between_titled(text, run, index)
        ):
            shared = ()  # 县委常委高某、郑某，田某参加: the comma ends whom the title covers
            result.append(naming)
        elif shared and shared[-1].status == "former" and text[naming.np_start - 1] != "、":
            shared = ()  # 原主任孟某与高某握手
            result.append(naming)
        elif shared:
            result.append(naming._replace(titles=shared, title_span=span, rule="shared_title"))
        else:
            result.append(naming)
    return result


def _between_titled(text: str, run: list[Naming], index: int) -> bool:
    """副县长郭某，杨某，县政协副主席陈某: where commas part all of them, the title goes on to the next one."""
    return index + 1 < len(run) and bool(run[index + 1].titles) and text[run[index].end : run[index + 1].np_start] == "，"


_COUNTED = re.compile(
    r"(?:及|和|以及)(?=[\u4e00-\u9fff]{0,6}其他成员)|等?(?:在家的?)?(?:[两三四五六七八九十]|\d{1,2})?[位名]?老?"
)


_COUNTER = re.compile(r"[位名]")


def _share_after(text: str, run: list[Naming], by_start: dict[int, TitleSpan]) -> list[Naming]:
    """王平、…上官秋等区领导; 陈静、张华平两位副区长."""
    end = run[-1].end
    match = _COUNTED.match(text, end)
    at = match.end() if match else end
    span = by_start.get(at) or by_start.get(end)
    if span is None or not span.titles:
        return run
    title = span.titles[0]
    counted = text[end : span.start]
    label = counted.startswith(("等", "及", "和", "以及")) and (
        title.place is not None and text[span.start : span.end] not in ("领导", "领导同志")  # 等领导 tells no post
        if title.class_ == "list_label"
        else title.head == "成员" and title.class_ == "ad_hoc"
    )  # 等区领导, 等主席团成员, 及主席团其他成员
    chosen = text.startswith("当选", span.end)  # 等42名委员|当选常务委员
    several = title.shared and not chosen and _COUNTER.search(counted) and len(run) > 1
    if not label and not several:
        return run
    return [
        n
        if n.titles
        else n._replace(
            np_end=span.end if n is run[-1] else n.np_end,
            titles=(title,),
            title_span=(span.start, span.end),
            rule="title_after_list",
        )
        for n in run
    ]


_ADDRESSED = re.compile(r"(?:书记|主任|主席|[省市区县州旗镇乡局厅部处科所院校站队会行]长|教授|总经理)$")
# 书记和主任, 各镇长: a character that is a surname elsewhere, or half of another word.
_NO_ADDRESS = re.compile(r"[\u4e00-\u9fff](?<![由和与及向对为以给请着把被让跟同说的听见说谢])$")


def short_forms(text: str, named: Sequence[Naming]) -> tuple[tuple[int, int, str], ...]:
    """苗书记, 建国同志: spans that name somebody of the article by surname and post or by given name, each with the full name.

    Only behind the full name, and only where one person of the article answers to it.
    """
    answers: dict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for naming in named:
        surname = surname_of(naming.name)
        first.setdefault(naming.name, naming.end)
        for title in naming.titles:
            head = _ADDRESSED.search(title.head)
            if head and surname and title.class_ == "office" and not is_word_surname(surname):
                answers[surname + head.group()].add(naming.name)
        if len(naming.name) - len(surname) == 2 and surname:
            answers[naming.name[len(surname) :] + "同志"].add(naming.name)
    taken = {at for naming in named for at in range(naming.start, naming.end)}
    found = []
    for form, names in sorted(answers.items()):
        if len(names) > 1:
            continue
        (name,) = names
        at = text.find(form, first[name])
        while at >= 0:
            if at not in taken and not _NO_ADDRESS.search(text, max(0, at - 1), at):
                found.append((at, at + len(form), name))
            at = text.find(form, at + 1)
    return tuple(sorted(found))
