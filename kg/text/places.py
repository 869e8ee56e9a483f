"""Where a page is at home: the chain of jurisdictions that a bare 区委 or 我市 points to, nearest last.

Names come from the dated divisions and, for places they do not list (towns, zones, fictional or new ones), from the
page itself: the string before 区, 县, 镇 … that recurs with different neighbours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from kg import lexicon
from kg.text import words

LEVELS = "省市州盟区县旗镇乡"
UNIT = r"(?:自治区|自治州|自治县|自治旗|特别行政区|开发区|示范区|高新区|经开区|新区|新城区|林区|矿区|街道|地区|[省市州盟区县旗镇乡])"
# Words that end like a place and are none, or are one only with more around them.
_NOT_PLACES = re.compile(r"(?:社区|小区|园区|景区|校区|辖区|片区|城区|郊区|灌区|山区|库区|牧区|老区|灾区|疫区|市区|地区|厂区|库区|功能区|聚集区|集聚区|工业区|风景区|保护区|"
                         r"生活区|管控区|封控区|居住区|各区|全区|我区|本区|该区|两区|县区|市县|区县|乡镇|城镇|村镇|集镇|古镇|小镇|重镇|老乡|家乡|故乡|下乡|回乡|返乡|城乡|入乡|"
                         r"全县|我县|本县|该县|各县|全市|我市|本市|该市|各市|城市|超市|夜市|集市|股市|楼市|都市|上市|门市|全省|我省|本省|该省|各省|全州|我州|该州|神州|"
                         r"全盟|我盟|联盟|加盟|全旗|我旗|红旗|国旗|党旗|全镇|我镇|该镇|各镇|全乡|我乡|该乡|各乡|中国|县市区|省市|县乡|镇区|专区|特区|禁区|分区|军区|战区|大区|选区|学区)$")
_STOP = set("，。；：、！？（）“”‘’《》\n\t 　在到赴来对向与和及由为了的是从把将被经给让等以于全我该本各两此其这那一二三四五六七八九十第0123456789个名位·.,;:()-—…%年月日")
_UNIT_AT = re.compile(UNIT.replace("[省市州盟区县旗镇乡]", "省(?![会钱略心])|市(?![场民容面价值郊])|州|盟(?![友员])|区(?![域块间别分])|县(?!域)|旗(?![帜袍舰])|镇(?!静)|乡(?![村亲贤镇音土下])"))
_NEVER_IN_NAMES = frozenset(lexicon.forms("boundaries")) | frozenset("副 常务 原 开发 经济 高新 工业 产业 社会 人民政府 政协 国家 全国 中心 新城 有关 部门 相关 各级 党员 干部 工作 情况 建设 精神 同志 知县 历史 清代 委".split())
_SURNAMES = frozenset(lexicon.forms("surnames"))
_FOLLOWERS = frozenset(lexicon.forms("followers"))

_OFFICIAL_NEXT = re.compile(r"(?:委(?!员|托|派)|人民政府|政府|人大|政协|纪委|监委|[省市区县州盟旗镇乡]?长(?!期|江|城)|领导|法院|检察院|公安局|教育局|党工委|党委|管委会|委员会|人武部)")


@cache
def _known() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Name -> the chains it may have, most recent use first."""
    chains: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for row in lexicon.divisions():
        chain = tuple(dict.fromkeys(part for part in (row["一级行政区"], row["二级行政区"], row["名称"]) if part and part not in ("直辖", "省直辖", "自治区直辖", "省直辖县级行政单位")))
        chains[row["名称"]].append((row["变更/弃用时间"] or "9999", chain))
    return {name: tuple(dict.fromkeys(chain for _, chain in sorted(rows, key=lambda r: (r[0], r[1]), reverse=True))) for name, rows in chains.items()}


@cache
def _short() -> dict[str, tuple[str, ...]]:
    """郑州 -> (郑州市,): names of provinces and prefectures without their unit, and of counties where that leaves two characters or more."""
    short: dict[str, list[str]] = defaultdict(list)
    for name in _known():
        bare = re.sub(r"(?:[\u4e00-\u9fff]族)*(?:自治区|自治州|自治县|特别行政区|地区|[省市州盟区县旗])$", "", name)
        bare = re.sub(r"(?:壮族|回族|维吾尔|土家族苗族|藏族羌族|布依族苗族|苗族侗族)$", "", bare)
        if len(bare) >= 2 and bare != name:
            short[bare].append(name)
    return {bare: tuple(names) for bare, names in short.items()}


def chains_of(name: str) -> tuple[tuple[str, ...], ...]:
    """All chains that the dated divisions give ``name``, newest first; () for a name they do not list."""
    return _known().get(name, ())


def is_division(name: str) -> bool:
    """Whether the dated divisions list ``name``."""
    return name in _known()


def full_names(short: str) -> tuple[str, ...]:
    """郑州 -> ("郑州市",); () for what is no short name of a division."""
    return _short().get(short, ())


def level_of(name: str) -> str:
    """The character of the level that a bare 区委, 市委 … would use for ``name``: 管城回族区 -> 区, 红河州 -> 州."""
    if name.endswith("自治区"):
        return "自治区"
    if name.endswith("街道"):
        return "街道"
    if name.endswith("地区"):
        return "地"
    return name[-1]


def named_places(text: str) -> Counter[str]:
    """Every jurisdiction that ``text`` names in full, with its count; linear in the length of the text."""
    found: Counter[str] = Counter()
    known = _known()
    for match in _UNIT_AT.finditer(text):
        end = match.end()
        for size in range(min(12, end), len(match.group()), -1):
            if text[end - size:end] in known:
                found[text[end - size:end]] += 1
                break
        else:
            name = unlisted_place(text, match.start(), end)
            if name:
                found[name] += 1
    return found


def unlisted_place(text: str, unit_start: int, end: int) -> str | None:
    """The name that ends with the unit ``text[unit_start:end]``, going left word by word until a word that no place name holds."""
    start = unit_start
    while start > 0 and unit_start - start < 8 and text[start - 1] not in _STOP and text[start - 1] not in "省市州盟区县旗":
        start -= 1
    pieces = words.cut(text[start:unit_start])
    name = ""
    for piece in reversed(pieces):
        everyday = len(piece) > 1 and (piece in _FOLLOWERS or (words.frequency(piece) > 1500 and text[unit_start:end] in "省市州盟区县旗"))
        if len(piece) > 3 or len(piece) + len(name) > 4 or piece in _NEVER_IN_NAMES or everyday:
            break
        name = piece + name
    whole = name + text[unit_start:end]
    if text[end:end + 1] == "长" and name in _SURNAMES:
        return None  # 司马区长 is a person
    zone = text[unit_start:end] in ("开发区", "示范区", "高新区", "经开区", "新区")
    ok = len(name) >= 2 or (len(name) == 1 and end - unit_start > 1 and name not in "多几各街") or (zone and not name)
    return whole if ok and not _NOT_PLACES.search(whole) else None


def _paper_place(paper: str | None) -> str:
    match = re.match(r"([\u4e00-\u9fff]{2,6}?)(?:日报|晚报|时报|早报|晨报|商报|时讯|新闻|周报|快报|通讯|电视报|导报|新报|报)", paper or "")
    return re.sub(r"^(?:今日|新|大)", "", match[1]) if match else ""


def find_place(page_text: str, paper: str | None) -> tuple[str, ...]:
    """The jurisdiction that the page is about, with what is known above it, nearest last.

    ``page_text``: the whole page; ``paper``: the name of the newspaper or None. () where the page names none.
    """
    counts = named_places(page_text)
    weight: dict[str, float] = {}
    deixis = {level: len(re.findall(rf"(?:我|全|本){level}|(?<![\u4e00-\u9fff]){level}(?:委|政府|人大|政协|长)|[，。、由]{level}(?:委|政府|领导)", page_text)) for level in LEVELS}
    short = _paper_place(paper)
    for name, count in counts.items():
        official = len(re.findall(re.escape(name) + _OFFICIAL_NEXT.pattern, page_text))
        weight[name] = count + 3 * official
        if short and name.startswith(short):
            weight[name] += 20
        if name[-1] in "镇乡" or name.endswith("街道"):
            weight[name] *= 0.3
        if deixis.get(level_of(name)):
            weight[name] *= 1.5 + min(1.0, deixis[level_of(name)] / 10)
    if short and not any(name.startswith(short) for name in weight):
        for name in full_names(short):
            weight[name] = weight.get(name, 0) + 8
    if not weight:
        return _city_by_short_name(page_text)
    best = max(sorted(weight), key=lambda name: weight[name])
    return _chain(best, counts, page_text)


def _chain(name: str, counts: Counter[str], page_text: str) -> tuple[str, ...]:
    chains = chains_of(name)
    if chains:
        # 鼓楼区 exists four times: the chain whose higher places the page names.
        return max(chains, key=lambda chain: (sum(page_text.count(part) + page_text.count(part[:-1]) for part in chain[:-1]), -chains.index(chain)))
    if name[-1] == "市":
        return (name,)
    higher = {"镇": "区县市旗", "乡": "区县市旗", "道": "区县市旗"}.get(name[-1], "市州盟")
    above = [(page_text.count(other + name), counts[other], other) for other in counts if other[-1] in higher and other != name]
    if not above:
        return (*_city_by_short_name(page_text), name) if higher == "市州盟" else (name,)
    parent = max(above)[2]
    return (*_chain(parent, Counter({n: c for n, c in counts.items() if n != name}), page_text), name)


def _city_by_short_name(page_text: str) -> tuple[str, ...]:
    """事关周口形象提升: a city that the page names without its unit."""
    if not re.search("市(?:委|政府|[\u4e00-\u9fff]{1,8}局)|全市|我市", page_text):
        return ()
    best: tuple[int, str] = (0, "")
    for bare, names in _short().items():
        cities = [name for name in names if name.endswith("市") and len(chains_of(name)[0]) == 2 and words.frequency(bare) < 300]
        if cities and (count := page_text.count(bare)):
            best = max(best, (count, cities[0]))
    return chains_of(best[1])[0] if best[0] else ()
