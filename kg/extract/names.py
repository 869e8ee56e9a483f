"""Names of people: what may be one, where it ends, and what speaks for it. Nothing here decides without context."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from kg import lexicon
from kg.text import words
from kg.text.places import full_names, is_division

PUNCTUATION = "，。、；：！？（）“”‘’《》〈〉\n …—"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,7})+")
# Characters that a given name does not hold, and those that seldom end one but often begin what follows it.
_NEVER_GIVEN = set("地的了在是被你我他她它们这那哪什么与及或也还不没并而各每该至给着过啊吗呢吧说问谈把将最更却仍")
_SELDOM_LAST = {
    "都": 2.5,
    "让": 1.6,
    "致": 1.0,
    "等": 3.5,
    "就": 1.0,
    "由": 1.5,
    "其": 0.3,
    "本": 0.3,
    "各": 1.5,
    "和": 0.8,
    "同": 0.6,
    "在": 3.0,
    "对": 1.5,
    "向": 0.5,
    "率": 1.6,
    "带": 1.2,
    "曾": 0.6,
    "为": 1.6,
    "任": 1.0,
    "从": 2.0,
    "到": 1.5,
    "前": 0.8,
    "后": 1.0,
    "一": 0.6,
    "以": 2.0,
    "因": 1.8,
    "当": 1.0,
    "说": 2.0,
    "答": 2.0,
    "问": 1.5,
    "已": 2.0,
    "称": 1.0,
    "道": 0.6,
    "关": 0.8,
    "要": 2.0,
    "会": 1.0,
    "来": 0.9,
    "去": 1.0,
    "出": 1.2,
    "主": 0.8,
    "参": 1.2,
    "列": 1.0,
    "陪": 1.5,
    "强": 0.3,
    "指": 1.2,
    "表": 1.2,
    "代": 0.8,
    "分": 1.2,
    "深": 0.4,
    "先": 0.6,
    "还": 3.0,
    "介": 0.6,
    "作": 1.4,
    "受": 1.8,
    "做": 2.0,
    "及": 2.0,
    "副": 2.5,
    "市": 1.5,
    "区": 2.5,
    "县": 2.5,
    "局": 2.5,
    "办": 2.0,
    "委": 2.0,
    "部": 2.0,
    "院": 2.5,
    "校": 2.5,
    "村": 2.5,
    "镇": 1.5,
    "乡": 1.5,
    "省": 1.0,
    "厅": 2.5,
    "处": 2.0,
    "科": 0.8,
    "所": 2.0,
    "站": 2.5,
    "队": 2.5,
    "社": 1.5,
    "团": 1.0,
    "厂": 2.5,
    "馆": 2.5,
    "党": 1.0,
    "级": 2.0,
    "组": 2.5,
    "会议": 3.0,
    "路": 0.8,
    "街": 2.5,
    "号": 2.0,
    "个": 3.0,
    "名": 0.8,
    "位": 2.0,
    "届": 2.5,
    "次": 0.5,
    "人": 0.8,
    "家": 0.3,
    "店": 2.5,
    "公": 0.8,
    "司": 1.2,
    "中": 0.4,
    "上": 1.2,
    "下": 1.5,
    "内": 1.5,
    "外": 1.5,
    "时": 0.5,
    "年": 0.4,
    "月": 0.3,
    "日": 0.8,
    "点": 1.5,
    "元": 0.2,
    "案": 1.5,
    "度": 1.2,
    "法": 0.8,
    "心": 0.2,
}
_OPENING = tuple("“‘《〈")
# Verbs of one character that follow a name in features and headlines, but as often are part of it.
_WEAK = frozenset("进拉送种养办开建买卖收打干搞抓管教学住读写站坐走看想做作拿去来递调讲谈问听")
_ADDRESS = frozenset(
    [
        "老师",
        "师傅",
        "先生",
        "女士",
        "同志",
        "书记",
        "主任",
        "局长",
        "区长",
        "县长",
        "市长",
        "镇长",
        "部长",
        "校长",
        "院长",
        "医生",
        "大夫",
        "大姐",
        "大妈",
        "大爷",
        "阿姨",
        "叔叔",
        "经理",
        "总",
        "老板",
        "教授",
        "奶奶",
        "爷爷",
        "小姐",
        "某某",
        "某",
        "务",
        "选人",
        "选",
        "家村",
        "家庄",
        "家沟",
        "姓",
    ]
)
_PROVINCES = frozenset(("甘肃", "江苏", "江西", "安徽", "云南", "贵州", "海南", "黑龙", "辽宁", "浙江", "广东", "广西"))
_BORN_AS = frozenset("老" + which for which in "大二三四五六七八九十幺")  # the eldest son, the second …
_KINDS_OF_PLACE = frozenset("场厂镇县区市厅处所站队馆街店")
_ORGAN_LAST = set("办局委部院校厂镇县区市省厅处所站队社馆街组店村乡州路")


@cache
def _surnames() -> dict[str, str]:
    return {row["form"]: row["class"] for row in lexicon.table("surnames")}


@cache
def _word_surnames() -> frozenset[str]:
    return frozenset(row["form"] for row in lexicon.table("surnames") if row["note"] == "word")


@cache
def _function_words() -> frozenset[str]:
    """Words that begin what follows a name or a title, and so are none: 关于, 随后, 连忙."""
    return frozenset(lexicon.forms("boundaries")) | frozenset(lexicon.forms("followers")) | frozenset(lexicon.forms("verbs"))


def by_first(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """``forms`` by their first character, the longest first, so that most places of a text are done with one look."""
    grouped: dict[str, set[str]] = defaultdict(set)
    for form in forms:
        grouped[form[0]].add(form)
    return {first: tuple(sorted(group, key=lambda form: (-len(form), form))) for first, group in grouped.items()}


@cache
def _title_forms() -> frozenset[str]:
    return frozenset(prefix + form for form in lexicon.forms("posts") for prefix in ("", "副", "总"))


@cache
def _followers() -> dict[str, tuple[str, ...]]:
    joins = [form for form in lexicon.forms("boundaries") if len(form) > 1]
    return by_first({*lexicon.forms("followers"), *lexicon.forms("verbs"), *_title_forms(), *joins, *_WEAK})


def _follower(text: str, at: int) -> str:
    """The longest form that may follow a name and stands at ``at``; "" where none does."""
    forms = _followers().get(text[at : at + 1])
    if forms is None or not text.startswith(forms, at):
        return ""
    return next(form for form in forms if text.startswith(form, at))


@lru_cache(maxsize=1 << 16)
def shape_weight(name: str) -> float:
    """How much ``name`` looks like a person's name: about 1.5 for a common surname with two characters, below 0 for a word.

    Minority names with a dot weigh 3. -9 for what cannot be a name at all.
    """
    if "·" in name:
        return 3.0
    surname = surname_of(name)
    if not surname or not _HAN.fullmatch(name):
        return -9.0
    given = name[len(surname) :]
    if not 1 <= len(given) <= 2 or any(c in _NEVER_GIVEN for c in given):
        return -9.0
    if given in _BORN_AS:
        return 1.9  # 潘老六: the words of such a name say nothing against it
    weight = {"common": 1.2, "usual": 0.7, "rare": -0.6, "compound": 1.6}[_surnames()[surname]]
    if surname in _word_surnames():
        weight -= 0.4
    if len(given) == 2:
        weight += 0.4
    if name in _function_words() or given in _ADDRESS or (name[:2] in _function_words() and len(surname) == 1):
        return -9.0
    if name[-1] in "区县市" and is_division(name):
        return -9.0  # 徐汇区
    if surname == "曾" and given in lexicon.forms("verbs"):
        return -9.0  # 习近平同志曾指出
    if surname == "任" and (given[0] == "副" or given in lexicon.forms("posts")):
        return -9.0  # 由区长任组长
    if surname in "和与及都" and (given[0] in "要是会能应须省市县区州旗镇乡各" or words.everyday(given) > 500):
        return -9.0  # 书记和全体常委, 主席都要上一线
    if surname in _word_surnames() and surname in _function_words():
        # 和全体, 从队伍, 都拉家常: the surname is a word here, the rest another.
        weight -= (
            3.0 if words.everyday(given) > 50 or (len(given) == 1 and surname in "向对") or surname in "由以从都及还如" else 0.8
        )
    if surname in _word_surnames() and _surnames()[surname] == "usual" and len(given) == 2 and words.everyday(given) > 100:
        weight -= 1.5  # 查隐患, 多看看
    if _surnames()[surname] == "rare" and words.everyday(given) > 100:
        weight -= 2.5
    seen = words.everyday(name)
    if seen:
        weight -= 0.7 if seen < 5 else 1.3 if seen < 200 else 2.0
    # 金融办, 高兴地: a word of the dictionary and one character more.
    if len(name) == 3 and len(surname) == 1 and words.everyday(name[:2]) > 100:
        weight -= 2.0 if name[2] in _ORGAN_LAST or words.everyday(name[:2]) > 1000 else 0.9
    if len(name) == 3 and len(surname) == 1 and words.no_noun(name[:2]) and words.everyday(name[:2]) > 60:
        weight -= 1.0  # 陆续|报到
    if len(name) == 3 and name[:2] in _PROVINCES:
        weight -= 2.5  # 甘肃慧|通公司
    if given in _KINDS_OF_PLACE:
        weight -= 1.2  # 花场
    return weight - last_weight(name)


def is_place(name: str) -> bool:
    """唐山, 兰溪: a division without its unit."""
    return bool(full_names(name))


def is_word_surname(surname: str) -> bool:
    """Whether ``surname`` is an everyday word too: 和, 同, 高."""
    return surname in _word_surnames()


def last_weight(name: str) -> float:
    """How seldom a name ends with the last character of ``name``: 等, 就, 在 more often begin what follows."""
    return _SELDOM_LAST.get(name[-1], 0.0)


def surname_of(name: str) -> str:
    """欧阳雪 -> 欧阳, 虎岩 -> 虎; "" where no surname stands first. 呼延 needs more than one character after it to be 呼延."""
    known = _surnames()
    if len(name) > 2 and known.get(name[:2]) == "compound":
        return name[:2]
    return name[0] if name and name[0] in known else ""


_DONE = re.compile("[了着过](?!不起)|的是")  # behind a verb, never behind a name
_DOES = ("主持", "出席", "参加", "带队", "率队", "讲话", "陪同", "宣读", "列席")
_DONE_FIRST = frozenset("了着过的")
_DAY_BEHIND = re.compile(r"\d{1,2}(?:月|日[上下晚早一，])")


@lru_cache(maxsize=1 << 12)
def follow_weight(text: str, end: int) -> float:
    """How well a name may end at ``end``: 3 before punctuation or the end, about 2 before a verb or conjunction, -2 otherwise."""
    if end >= len(text) or text[end] in PUNCTUATION:
        return 1.5 if text[end : end + 1] in _OPENING else 3.0
    if not "\u4e00" <= text[end] <= "\u9fff":
        return 2.2 if _DAY_BEHIND.match(text, end) else 1.5  # 院长古某|9月1日一早
    if (text[end] == "的" and text[end - 1] in "作做") or (text[end] == "人" and text.startswith(_DOES, end + 1)):
        return -1.0  # 李潜作|的报告, 周益|人参加
    # 高原宣|读, 边疆签|订: a cut through a word.
    crossing = 1.5 if words.frequency(text[end - 1 : end + 1]) > 100 else 0.0
    done = text[end + 1 : end + 2] in _DONE_FIRST and _DONE.match(text, end + 1)
    if done and words.frequency(text[end]) and not words.frequency(text[end - 1 : end + 1]):
        return 1.9  # 董事长岑某|点了三道菜, but not 文静宣|读了
    form = _follower(text, end)
    if not form:
        begins_word = any(words.frequency(text[end : end + size]) for size in (2, 3, 4) if end + size <= len(text))
        return (0.6 if begins_word else -2.0) - crossing
    if len(form) == 1:
        after = text[end + 1 : end + 2]
        # 廖山和、李守民: a conjunction has something to join.
        if form in "和与及同跟" and (not after or (after in PUNCTUATION and after not in "“《") or after in "的等"):
            return -2.0  # 潘正和的陪同下, 韦小同等
        if form == "就" and after == "等":
            return -2.0  # 覃成就等委员: 就 begins a phrase, 等 ends a list
        if form == "为" and (not after or after in PUNCTUATION or after == "等"):
            return -2.0  # 石可为等出席
        if form == "为" and text.startswith(_DOES, end + 1):
            return -0.6  # 许可为|主持会议
        if after == form:
            return 0.0  # 石可为为检察长: the first one is the name's
        return (0.9 if form in _WEAK else 1.9) - (0.0 if form == "等" else crossing)
    if text[end - 1] == "为" and form in _title_forms():
        return 0.3  # 徐某|为组长
    return 2.2 + 0.1 * min(len(form), 4) - crossing


def _ends_in_title(name: str) -> bool:
    """木沙专员: the last part of a dotted name read on into the title behind it."""
    return any(name[-size:] in _title_forms() for size in (4, 3, 2) if len(name) > size + 1)


def _end_weight(text: str, at: int) -> float:
    """As follow_weight, for the last part of a dotted name: its sounds make words with what follows (艾合买提|到)."""
    if at >= len(text) or text[at] in PUNCTUATION:
        return 2.5
    if text[at] == "在":
        return 2.2
    form = _follower(text, at)
    return 2.2 if len(form) > 1 else 0.3 if form in _WEAK else 1.9 if form else -2.0


@cache
def _transcribed() -> re.Pattern[str]:
    """Names put together of elements of Mongolian, Tibetan or Yi names: 孟和巴图, 扎西多吉, 额尔敦图."""
    rows = lexicon.table("name_elements")
    elements = "|".join(sorted((row["form"] for row in rows if row["class"] != "last"), key=lambda form: (-len(form), form)))
    last = "".join(row["form"] for row in rows if row["class"] == "last")
    whole = "|".join(form for form in elements.split("|") if len(form) > 2)
    return re.compile(rf"(?:{elements})(?:(?:{elements}){{1,2}}[{last}]?|(?<=...)[{last}])|(?:{whole})")


@cache
def _element_beginnings() -> frozenset[str]:
    """The first two characters of elements: where none of them stands, the long expression need not be tried."""
    return frozenset(row["form"][:2] for row in lexicon.table("name_elements") if row["class"] != "last")


def _transcribed_at(text: str, start: int) -> int | None:
    """Where a transcribed name that starts at ``start`` ends, alone (扎西多吉) or behind a Han surname (佟其木格); else None."""
    beginnings = _element_beginnings()
    if text[start : start + 2] in beginnings and (match := _transcribed().match(text, start)):
        return match.end()
    if text[start + 1 : start + 3] in beginnings and text[start : start + 1] in _surnames():
        match = _transcribed().match(text, start + 1)
        return match.end() if match and len(match.group()) > 2 else None
    return None


def may_begin(text: str, start: int) -> bool:
    """Whether a name may begin at ``start``: with a surname, as a dotted or as a transcribed name."""
    return bool(surname_of(text[start : start + 3]) or "·" in text[start : start + 8] or _transcribed_at(text, start) is not None)


def is_transcribed(name: str) -> bool:
    """Whether ``name`` is put together of elements of Mongolian, Tibetan or Yi names."""
    return _transcribed_at(name, 0) == len(name)


@lru_cache(maxsize=1 << 11)  # several sites of an article ask
def candidates(text: str, start: int) -> tuple[tuple[int, float], ...]:
    """Every end that a name starting at ``start`` may have, with shape and follow weights added up."""
    dotted = _DOTTED.match(text, start)
    if dotted:
        end = dotted.end()
        # 古丽娜尔·阿不都率…: the last part ends before a follower.
        last = text.rfind("·", start, end) + 1
        best = max(
            range(last + 1, end + 1),
            key=lambda at: (
                _end_weight(text, at)
                - 3.0 * _ends_in_title(text[last:at])
                - 1.5 * (text[at - 1] in "等还也")
                + (0.35 if 2 <= at - last <= 4 else -0.6 * max(1, at - last - 4)),
                at,
            ),
        )
        return ((best, 3.0 + follow_weight(text, best)),)
    transcribed = _transcribed_at(text, start)
    if transcribed and (follow := follow_weight(text, transcribed)) > 0.5:
        return ((transcribed, 3.0 + follow),)
    found = []
    compound = text[start : start + 2] in _surnames()
    for size in (4, 3, 2) if compound else (3, 2):
        name = text[start : start + size]
        if len(name) == size and shape_weight(name) > -9:
            found.append((start + size, shape_weight(name) + follow_weight(text, start + size) - _cuts_a_verb(text, start, size)))
    return tuple(found)


_TURNS_TO = re.compile("向[^，。；]{1,16}?(?:介绍|汇报|通报|表示|赠送|捐赠|反映|说明|推介|致以|提出|讲述|送上|请教)")
_VISITS_US = re.compile("调研|考察|视察|检查|督导|督查|指导|参观|访问|慰问|对接|走访|学习|开展")


def _cuts_a_verb(text: str, start: int, size: int) -> float:
    """丰收作|表态发言: a name that ends inside a form that may follow the shorter one, where names seldom end; 方静回|了一趟."""
    end = start + size
    if size == 2 and text[start] == "来" and _VISITS_US.match(text, end):
        return 4.0  # 委员来|坛调研: to the place in one character
    if size == 3 and _TURNS_TO.match(text, end - 1) and shape_weight(text[start : end - 1]) > -9.0:
        return 2.0  # 副总经理王川向|来宾介绍
    if size >= 3 and _DONE.match(text, end) and shape_weight(text[start : end - 1]) > -9.0:
        return 2.0
    if size < 3 or text[end - 1] == "就" or last_weight(text[start:end]) < 0.8 or shape_weight(text[start : end - 1]) == -9.0:
        return 0.0
    return 1.2 if len(_follower(text, end - 1)) > 1 else 0.0


def possible_ends(text: str, start: int) -> tuple[int, ...]:
    """Where a name that starts at ``start`` may end, by its surname or dots alone."""
    dotted = _DOTTED.match(text, start)
    if dotted:
        return tuple(range(text.rfind("·", start, dotted.end()) + 2, dotted.end() + 1))
    transcribed = _transcribed_at(text, start)
    if transcribed:
        return (transcribed, start + 3, start + 2)
    return tuple(start + size for size in ((3, 4, 2) if text[start : start + 2] in _surnames() else (2, 3)))


STUDIES = frozenset(["学习", "传达", "贯彻", "落实", "缅怀", "纪念"])


_COUNTED_PEOPLE = re.compile("[两三四五六七八九十\\d][位名]$")


def names_ending_at(text: str, end: int, least: float = 0.3) -> tuple[tuple[int, float], ...]:
    """Every start of a name that ends at ``end``, with its shape weight; for words behind a name: 同志, 辞去, 等20名."""
    found = []
    if _COUNTED_PEOPLE.search(text, max(0, end - 3), end):
        return ()  # 成某、石某三位|同志
    for size in (2, 3, 4):
        name = text[max(0, end - size) : end]
        if len(name) == size and shape_weight(name) > least:
            before = text[end - size - 1 : end - size]
            free = (
                not before
                or before in PUNCTUATION
                or not "\u4e00" <= before <= "\u9fff"
                or before in "由和与及向对为以给请了去命受定名举选聘的"
                or text[max(0, end - size - 2) : end - size] in STUDIES  # 传达学习|石长河同志
                or text[max(0, end - size - 2) : end - size] in _function_words()
            )
            found.append((end - size, shape_weight(name) + (0.8 if free else -0.6)))
    return tuple(found)
