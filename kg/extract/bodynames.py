"""The names of bodies in running text: what ends like one, and enumerations of them read from right to left.

Items between 、 are names as they stand; only the leftmost one must be cut from its clause. People and their titles stand blotted
out in the text that is read here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from kg.extract.posts import title_start
from kg.extract.reading import back_to
from kg.lexicon import table

MARK = "＃"  # stands for a character of a person, a title or a speech


class Found(NamedTuple):
    """A name in an enumeration: the reading from ``left`` to ``right``, and what the items share (文昌、平安|街道)."""

    left: int
    right: int
    shared: str = ""


# ------------------------------------------------------------------ the names of bodies


@cache
def _endings() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """The sort of each ending; and for the last characters of endings, how long those are, longest first."""
    sorts = {row["form"]: row["sort"] for row in table("body_endings")}
    sizes: dict[str, set[int]] = defaultdict(set)
    for form in sorts:
        sizes[form[-1]].add(len(form))
    return sorts, {last: tuple(sorted(found, reverse=True)) for last, found in sizes.items()}


@cache
def _bare() -> frozenset[str]:
    """What ends a name and is none by itself: 街道, 公司; 总工会 is, that of the place at hand."""
    return frozenset(row["form"] for row in table("body_endings") if row["sort"] != "no" and not row["alone"]) | _NO_BODY


_SHORT_SOCIETIES = frozenset(("残联", "妇联", "文联", "科协", "侨联"))  # 物价局、残联等单位
_NO_BODY = frozenset(
    ("机关", "重点企业", "施工企业", "党政考察组", "救援队伍", "慰问组", "有限公司", "有限责任公司", "股份有限公司")
)


def sort_of(name: str) -> str | None:
    """Of which sort a body is by the longest ending of its name: 区发改委 -> organ, 建中集团 -> firm; None for 各部门, 车间."""
    sorts, sizes = _endings()
    for size in sizes.get(name[-1:], ()):
        sort = sorts.get(name[-size:])
        if sort is not None and size <= len(name):
            return None if sort == "no" else sort
    return None


GENERIC = re.compile(
    r"(?:苏木(?:乡|镇)|乡镇(?!企业)|镇街|街镇|镇办|各(?!界)|新(?!区|华|闻|疆|城|建|材)|今后|首次|全(?![国椒南州])|有关|相关|该|本|我|(?:[区市县省州]|中央)直(?!机关工委|工委|属机关工委)|职能|成员|下级|上级|其他|其它|同(?![仁心济方])|多|部分|"
    r"民主党派|组织|被|法检|两院|(?:公司|集团|学校|学院|医院|企业)(?=.{1,6}$)|所属|直属|历届|部门|[一两三四五六七八九十几\d]+[个家所名位余多]|一些|许多|主要|参会|与会|驻|受邀|基层|辖区|中层|以上|随行|在场|当地|承办|主办|协办|驻村|双方|两地|共同)"
)
NO_NAME = re.compile(
    r"[《》“”，。！？；：（）\n\s□＃—]|工作委|在(?!线)|相关|有关|各[级部单]|内设|所属|下属|成员|人员|班子(?!$)|举行|召开|举办|(?:工作|情况|问题|活动|会议|推进|发展|精神|意见|要求|干部|群众|人民)(?:[委办部局院所站社镇乡村区])$|建设[办部院所站社镇乡村区]$|[主承协]办$|协商会$|(?<=.)(?<!社会)组织(?!部)|组成|各委|各[部办局]|"
    r"(?:进一步|要求|强调|指出|表示|认真|参观|察看|查看|详细|了解|负责人|书记|主任|同志)"
)
COMMITTEE = re.compile("[省市区县州旗盟镇乡团师]委|[省市区县州旗镇乡]政府|地委|行署")
HOUSE = re.compile(
    r"(?P<place>.{0,12}?[省市区县州旗盟镇乡])(?P<one>党?委)(?:、|和)?(?:(?P<level>[省市区县州旗盟镇乡])?(?P<two>人民政府|政府))"
)


def is_name(name: str, sort: str | None) -> bool:
    """Whether a piece of text is the name of a body: 区发改委, 建中集团; not 各部门, 会议中心, 我区."""
    if sort is None or len(name) > 28 or name in _bare():
        return False
    if len(name) < 3 and not COMMITTEE.fullmatch(name) and name not in _SHORT_SOCIETIES:
        return False
    return not GENERIC.match(name) and not NO_NAME.search(name)


LONGEST = 8  # no ending is longer


# ------------------------------------------------------------------ enumerations, from right to left

_GENERIC_TAIL = re.compile(
    r"(?:各|相关|有关|职能|成员|主管|牵头|责任|参建|省|市|区|县|州|中央|镇|乡|街道|街|办|村|社区|直|级|属|部门|单位|企业|高校|院校|园区|系统|机构|组织|"
    r"行业|站所|委办局|窗口|新闻|媒体|商会|医院|学校|银行|金融|公司|项目|[\d余多个家几数、和及的两三四五六七八九十]|主要|分管|班子|党政|所在|部分|"
    r"基层|涉及|对口|驻地|主流|重点|骨干|民主党派|被巡察|党组织|全体|工作人员|人员|负责人|负责同志|同志|代表|领导|干部|成员|专家)*"
)


@cache
def edges(where: str) -> tuple[str, ...]:
    """The words of the lexicon that stand at one edge of names, longest first."""
    return tuple(
        sorted((row["form"] for row in table("body_edges") if where in row["where"].split("、")), key=lambda w: (-len(w), w))
    )


def trimmed(text: str, start: int, end: int, words: tuple[str, ...]) -> int:
    """Where an item ends without the words that only lead on: 区发改委|等相关单位主要."""
    start = max(start, end - 60)
    at = text.rfind("等", max(start, end - 26), end)
    if at > start and "，" not in text[at:end] and _GENERIC_TAIL.fullmatch(text, at + 1, end) and not text.startswith("等级", at):
        end = at
    while end > start and text[end - 1] == " ":
        end -= 1
    while text.endswith(words, start, end) and not text.endswith(("党组成员", "党委成员"), start, end):
        end -= next(len(word) for word in words if text.endswith(word, start, end))
    return end


_AND = re.compile("以及|和|及|与|暨|同")


def bodies_before(text: str, start: int, end: int, *, exact: bool = False) -> list[Found]:
    """The spans of the bodies in the enumeration that ends at ``end``, in the order of the text.

    It is read leftwards until an item that is no body; with ``exact`` a name begins at ``start``. Where 等4家企业 closes it,
    names need no 公司.
    """
    found: list[Found] = []
    right, skipped = trimmed(text, start, end, edges("adverb")), 0
    counted = _FIRM.search(text, right, end) is not None
    while right > start:
        if (count := _COUNT.search(text, max(start, right - 18), right)) is not None:
            counted, right = counted or (not found and _FIRM.search(count.group()) is not None), count.start()
        if sort_of(text[max(start, right - LONGEST) : right]) is None:
            close, right = right, trimmed(text, start, right, edges("tail"))
            counted = counted or (not found and _FIRM.search(text, right, close) is not None)
        left = back_to(text, right, start, "、，；：＃□\n —")
        if _SECOND_HOUSE.match(text, left) and text[left - 2 : left] == "委、":
            left = back_to(text, left - 1, start, "、，；：＃□\n —")  # 旗委、政府与某集团: one piece
        inner = text[left - 1 : left] == "、" if left > start else exact and counted
        spans, begin = _of_piece(text, left, right, inner=inner, counted=counted)
        if not spans and found and (shared := _shared(text, found[-1], left, right)):
            spans = [Found(left, right, shared)]
        if spans:
            found += spans
        elif inner and (found or not skipped) and skipped < 3 and 1 < right - left <= 18:
            skipped += 1
            begin = left
        else:
            break
        if begin > left or left == start:
            break
        right = left - 1
        if text[right] == "，":
            if not text.endswith(PEOPLE_ENDS, start, right) and not _organ_item(text, start, right):
                break
        elif text[right] == MARK:
            while right > start and text[right - 1] in _BETWEEN:
                right -= 1
        elif text[right] != "、":
            break
    named = found[::-1]
    if all(sort_of(text[f.left : f.right]) in ("division", "village") and not f.shared for f in named) and not counted:
        return []
    return named


LEVEL_CHARS = frozenset("省市区县州盟旗")


def _organ_item(text: str, start: int, end: int) -> bool:
    """区人大常委会办公室，|区财政局、审计局: an item by itself between commas, with the level before it on both sides."""
    left = back_to(text, end, start, "、，；：＃□\n —。")
    item = text[left:end]
    return item[:1] in LEVEL_CHARS and item[0] == text[end + 1 : end + 2] and is_name(item, sort_of(item))


_SHARED = ("街道办事处", "街道", "管区", "镇", "乡", "社区", "法院", "检察院", "农场", "林场", "中学", "小学", "派出所", "管理区")


def _shared(text: str, behind: Found, left: int, right: int) -> str:
    """文昌、平安、归德街道: what the item shares with the one behind it."""
    last = text[behind.left : behind.right] + behind.shared
    ending = next((e for e in _SHARED if last.endswith(e) and len(last) > len(e) + 1), "")
    if not ending or not 2 <= right - left <= 5 or not (2 <= len(last) - len(ending) <= 5):
        return ""
    sort = sort_of(text[left:right])
    item = text[left:right]
    if item in edges("field"):
        return ""  # 住建、交通和青石街道: departments in short
    plain = sort is None or (sort == "division" and ending.endswith("院"))
    return ending if plain and item.isalpha() and not GENERIC.match(item) and not NO_NAME.search(item) else ""


_COUNT = re.compile(
    r"等?的?[数多两三四五六七八九十\d]+[余多]?[家个](?:企业|公司|成员单位|部门单位|单位|商会|协会|银行|媒体|部门|高校)(?:主要|有关|相关)?(?:负责人|代表|高管)?$"
)
_FIRM = re.compile("家(?:企业|公司|单位|商会|协会|银行|媒体)")
PEOPLE_ENDS = ("负责人", "人员", "成员", "代表", "同志", "领导", "干部", "职工", "师生", "官兵", MARK)
_BETWEEN = frozenset("＃、和及与等")


def _of_piece(text: str, left: int, right: int, *, inner: bool, counted: bool) -> tuple[list[Found], int]:
    """The bodies of one item, last first, and where the reading may go on: at ``left`` where the item is all names."""
    first = left
    while first < right and text[first] in "和及与同暨":
        first += 1
    if first == right:
        return [], left
    whole_item = inner or first > left
    piece = text[first:right]
    if whole_item:
        if counted and 1 < len(piece) <= 14 and not NO_NAME.search(piece) and not GENERIC.match(piece):
            return [Found(first, right)], left
        if is_name(piece, sort_of(piece)) and not _AND.search(piece):
            return [Found(first, right)], left
    spans: list[Found] = []
    at = right
    for joint in reversed(list(_AND.finditer(text, first + 2, right))):
        close = (
            trimmed(text, first, joint.start(), edges("tail")) if sort_of(text[first : joint.start()]) is None else joint.start()
        )
        one, two = text[first:close], text[joint.end() : at]
        if one in edges("field") and is_name(two, sort_of(two)):
            return [*spans, Found(joint.end(), at)], left  # 国土和青石街道
        if sort_of(one) is None or sort_of(one) == "division":
            continue
        if is_name(two, sort_of(two)) or (two == "办公室" and one.endswith(HAS_OFFICE)):
            spans.append(Found(joint.end(), at))
            at = close
        elif len(two) < 2 or (sort_of(two) is None and _NOBODY.search(two)):
            at = close
    name = text[first:at]
    if whole_item and is_name(name, sort_of(name)):
        return [*spans, Found(first, at)], left
    if sort_of(text[max(first, at - LONGEST) : at]) is None:
        return spans, left + 1 if spans else left
    committee = text.rfind("委、", first, at)
    two_houses = committee >= 0 and _SECOND_HOUSE.fullmatch(text, committee + 2, at) is not None
    begin = max(first, title_start(text, committee if two_houses else at, first))
    while begin < at and text.startswith(edges("lead"), begin, at):
        begin += next(len(word) for word in edges("lead") if text.startswith(word, begin, at))
    name = text[begin:at]
    if is_name(name, sort_of(name)) and not (_PARTS_OF.match(text, at) and COMMITTEE.fullmatch(name)):
        return [*spans, Found(begin, at)], begin
    return spans, left + 1 if spans else left


_SECOND_HOUSE = re.compile("[省市区县州旗盟镇乡]?(?:人民)?政府")
HAS_OFFICE = ("领导小组", "指挥部", "委员会")
_PARTS_OF = re.compile("(?:各|有关|相关|直属|所属)+(?:部门|单位)")  # 市政府有关部门: some of them, not the government
_NOBODY = re.compile("各|相关|有关|部分|全体|所属|驻|单位|企业|部门")
