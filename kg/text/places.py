"""Where a page is at home: the chain of jurisdictions that a bare 区委 or 我市 points to, nearest last.

Names come from the dated divisions and, for places they do not list (towns, zones, fictional or new ones), from the
page itself: the string before 区, 县, 镇 … that recurs with different neighbours.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg import lexicon
from kg.text import words

LEVELS = "省市州盟区县旗镇乡"
# Each form spelled out: an expression whose every way begins with a character of its own is looked for much faster.
_ZONE = (
    "城乡一体化示范区|经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|高新开发区|工业开发区|产业开发区|开发区|"
    "示范区|高新区|经开区|新区"
)
UNIT = (
    rf"(?:自治区|自治州|自治县|自治旗|特别行政区|{_ZONE}|新城区|林区|矿区|街道|苏木(?!达)|地区|省(?![会钱略心])|"
    "市(?![场民容面价值郊])|州|盟(?![友员])|区(?![域块间别分])|县(?!域)|旗(?![帜袍舰])|镇(?!静)|"
    "乡(?![村亲贤镇音土下一]))"
)
# Words that end like a place and are none, or are one only with more around them.
_NOT_PLACES = re.compile(
    r"(?:社区|小区|园区|景区|校区|辖区|警备区|片区|城区|郊区|灌区|山区|库区|牧区|老区|灾区|疫区|市区|厂区|功能区|聚集区|"
    r"集聚区|工业区|风景区|保护区|分洪区|物流区|仓储区|棚户区|"
    r"生活区|管控区|封控区|居住区|抛泥区|作业区|核心区|起步区|安置区|规划区|种植区|养殖区|施工区|集中区|住宅区|居民区|游览区|旅游区|各区|全区|我区|本区|该区|两区|县区|市县|区县|乡镇|城镇|(?<![^各全多乡])村镇|集镇|古镇|小镇|"
    r"重镇|建制镇|民族乡|老乡|家乡|故乡|下乡|回乡|返乡|城乡|入乡|"
    r"全县|我县|本县|该县|各县|全市|我市|本市|该市|各市|城市|超市|夜市|集市|股市|楼市|都市|上市|门市|全省|我省|"
    r"本省|该省|各省|全州|我州|该州|神州|强州|"
    r"全盟|我盟|联盟|加盟|全旗|我旗|红旗|国旗|党旗|全镇|我镇|该镇|各镇|全乡|我乡|该乡|各乡|县市区|省市|县乡|镇区|大市|大县|大省|大镇|强市|强县|"
    r"专区|特区|禁区|分区|军区|战区|大区|选区|学区|届镇|届乡|盲区|之乡|示范镇|示范乡|撤乡|并乡)$"
)
_STOP = set(
    "，。；：、！？（）“”‘’《》\n\t 　在到赴来对向与和及由为了的是从把将被给让等以于全我该本各两此其这那一二三四五"
    "六七八九十第0123456789个名位·.,;:()-—…%年月日□"
)
_STOP_OR_UNIT = frozenset(_STOP) | frozenset("省市州盟区县旗")
_UNIT_AT = re.compile(UNIT)
_ZONE_NAME = re.compile(_ZONE)
_NEVER_IN_NAMES = frozenset(lexicon.forms("boundaries")) | frozenset(
    [
        "副",
        "常务",
        "常务副",
        "原",
        "开发",
        "经济",
        "高新",
        "工业",
        "产业",
        "社会",
        "人民政府",
        "政协",
        "国家",
        "全国",
        "中心",
        "新城",
        "有关",
        "部门",
        "相关",
        "各级",
        "党员",
        "干部",
        "工作",
        "情况",
        "建设",
        "精神",
        "同志",
        "知县",
        "历史",
        "清代",
        "委",
        "上报",
        "报",
        "须",
        "好",
        "中共",
        "物流",
        "总厂",
    ]
)
_FOLLOWERS = frozenset(lexicon.forms("followers"))
_OFFICIAL_NEXT = re.compile(
    r"(?:委(?!员|托|派)|人民政府|政府|人大|政协|纪委|监委|[省市区县州盟旗镇乡]?长(?!期|江|城)|领导|法院|检察院|"
    r"公安局|教育局|党工委|党委|管委会|委员会|人武部)"
)


@cache
def _known() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Name -> the chains it may have, most recent use first."""
    chains: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for row in lexicon.divisions():
        chain = tuple(
            dict.fromkeys(
                part
                for part in (row["一级行政区"], row["二级行政区"], row["名称"])
                if part and part not in ("直辖", "省直辖", "自治区直辖", "省直辖县级行政单位")
            )
        )
        chains[row["名称"]].append((row["变更/弃用时间"] or "9999", chain))
    known = {
        name: tuple(dict.fromkeys(chain for _, chain in sorted(rows, key=lambda r: (r[0], r[1]), reverse=True)))
        for name, rows in chains.items()
    }
    # 黔东南州 and 管城区 are how the papers say it.
    for name, found in list(known.items()):
        bare, unit = _bare(name), name[-1]
        if bare + unit != name and len(bare) >= 2 and bare + unit not in known:
            known[bare + unit] = tuple((*chain[:-1], bare + unit) for chain in found)
    return known


_UNIT_TAIL = re.compile(r"(?:自治区|自治州|自治县|自治旗|特别行政区|地区|[省市州盟区县旗])$")
_PEOPLE_TAIL = re.compile(
    r"(?<=..)(?:(?:哈萨克|维吾尔|蒙古|土家|布依|柯尔克孜|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春|撒拉|东乡|保安|"
    r"裕固|仡佬|仫佬|毛南|傈僳|纳西|景颇|拉祜|布朗|普米|独龙|基诺|哈尼|朝鲜|各)族?|[回壮苗彝侗瑶白傣黎佤畲水土羌满藏怒京]族)+(?<=族)$|"
    r"(?<=..)(?:蒙古|维吾尔|哈萨克|回族|壮族|柯尔克孜|锡伯)$"
)


def _bare(name: str) -> str:
    bare = _UNIT_TAIL.sub("", name)
    return _PEOPLE_TAIL.sub("", bare)


@cache
def _known_sizes() -> dict[str, tuple[int, ...]]:
    """The last two characters of names -> the lengths of the names that end so, longest first."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for name in _known():
        if 2 <= len(name) <= 12:
            sizes[name[-2:]].add(len(name))
    return {ending: tuple(sorted(found, reverse=True)) for ending, found in sizes.items()}


@cache
def _short() -> dict[str, tuple[str, ...]]:
    """郑州 -> (郑州市,): divisions without their unit, where that leaves two characters or more."""
    short: dict[str, list[str]] = defaultdict(list)
    for row in lexicon.divisions():
        bare = _bare(row["名称"])
        if len(bare) >= 2 and bare != row["名称"] and row["名称"] not in short[bare]:
            short[bare].append(row["名称"])
    return {bare: tuple(names) for bare, names in short.items()}


_PART_OF_TOWN = re.compile("[老新东西南北中]?城[东西南北中关]?|市[东西南北中]")  # 老城遗产 names no 老城区


# Names of places that are everyday words or parts of any city: 江南, 新城, 平原.
_ANY_TOWN = re.compile(
    "[东西南北中前后上下江河湖海山城新古大老]{2}|平原|商城|新建|牡丹|天桥|路桥|吉利|河口|"
    "沙河|龙门|太平|兴国|长安|安宁|东坡|日照|白银|沿河|西夏|天河|[天泰黄庐恒衡江]山|西湖|南岳|鄂西|狮子山|井冈山|山海关"
)


def _well_known(bare: str) -> bool:
    """Whether a short name that texts often have can only be the place: 洛阳, a prefecture or a name of nothing else."""
    if _ANY_TOWN.fullmatch(bare) or any(len(chains_of(name)[0]) == 1 for name in _short()[bare]):
        return False  # provinces are named for many reasons
    city = any(len(chains_of(name)[0]) == 2 and name[-1] == "市" for name in _short()[bare])
    return words.place_name(bare) or (city and not words.everyday(bare))


@cache
def _short_names() -> tuple[AhoCorasick, tuple[str, ...]]:
    """An automaton of the short names that are no everyday words."""
    names = tuple(
        bare
        for bare in _short()
        if (words.everyday(bare) < 300 or _well_known(bare)) and not words.no_noun(bare) and not _PART_OF_TOWN.fullmatch(bare)
    )
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


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
    if name.endswith(("街道", "苏木")):
        return name[-2:]
    if name.endswith("地区"):
        return "地"
    return name[-1]


def named_places(text: str) -> Counter[str]:
    """Every jurisdiction that ``text`` names in full, with its count; linear in the length of the text."""
    found: Counter[str] = Counter()
    known, sizes = _known(), _known_sizes()
    for match in _UNIT_AT.finditer(text):
        end = match.end()
        least = len(match.group())
        for size in sizes.get(text[end - 2 : end], ()):
            if not least < size <= end:
                continue
            name = text[end - size : end]
            if name in known and (size > 2 or _starts_word(text, end - size, end)):
                if name[0] != "代" or size > 2 or text[end : end + 1] != "长":  # 代县长 is no head of 代县
                    found[name] += 1
                break
        else:
            other = unlisted_place(text, match.start(), end)
            if other:
                found[other] += 1
    return _zones_in_full(found)


def _zones_in_full(found: Counter[str]) -> Counter[str]:
    """开发区 and 经开区 count for 天水经开区 where that is the only zone named with more than its kind."""
    bare = [name for name in found if _ZONE_NAME.fullmatch(name)]
    full = [name for name in found if name not in bare and _ZONE_NAME.search(name)]
    for name in bare:
        own = [other for other in full if other.endswith(name)] or (full if name == "开发区" else [])
        if len(own) == 1:
            found[own[0]] += found.pop(name)
    return found


def is_zone(name: str) -> bool:
    """Whether a name is that of a development zone: 天水经开区, 滨海新区."""
    return _ZONE_NAME.search(name) is not None


def is_bare_zone(name: str) -> bool:
    """Whether a name tells only what kind of zone it is: 开发区, 经济开发区."""
    return _ZONE_NAME.fullmatch(name) is not None


def visits(text: str, name: str) -> bool:
    """Whether a text tells of guests from ``name``: 鹿亭县党政考察团来我区考察. It is then at home elsewhere."""
    return any(name in whose for whose in _guests(text))


@lru_cache(maxsize=64)  # every place that an article names asks
def _guests(text: str) -> tuple[str, ...]:
    """What stands before each team of guests in its clause, lines joined."""
    joined = text.replace("\n", "")
    return tuple(_CLAUSE.split(joined[max(0, match.start() - 30) : match.start()])[-1] for match in _GUESTS.finditer(joined))


_GUESTS = re.compile(
    r"(?:考察团|代表团|考察组|学习团|学习组|慰问团)(?:成员|人员)?(?:一行)?[^，。；\n]{0,6}(?:来|莅|抵达我|到访|到我|赴我)|"
    r"一行(?:[^，。；\n]{0,6})(?:来我|到我|莅临我|赴我)[省市州盟区县旗镇乡]"
)
_CLAUSE = re.compile("[，。；\n]")


_GOES_OUT = re.compile(
    r"(?:前往|赴|抵达|到)(?P<where>[^，。；\n]{2,30}?)(?:进行|开展)?(?:考察学习|学习考察|参观学习|学习交流|招商|取经|洽谈)"
)


def _goes_out_to(text: str, name: str) -> bool:
    """Whether a text tells of people who went to ``name`` to learn there: 前往鹿亭县考察学习. It is at home elsewhere."""
    return any(name in match["where"] for match in _GOES_OUT.finditer(text))


def beside_ours(text: str, name: str) -> bool:
    """Whether a place is named beside ours of the same level, and so is another: 衡泽市政协副主席某某，我市领导某某陪同."""
    return any(level == level_of(name) and whose.endswith(name) for whose, level in _beside(text))


@lru_cache(maxsize=64)  # every place that an article names asks
def _beside(text: str) -> tuple[tuple[str, str], ...]:
    """What stands before an organ of another place that our leaders are named behind, and the level of ours."""
    return tuple((text[max(0, match.start() - 12) : match.start()], match["level"]) for match in _THEN_OURS.finditer(text))


_THEN_OURS = re.compile(rf"(?:委|政府|人大|政协)[^。\n]{{2,40}}?[，、和]我(?P<level>[{LEVELS}])")


def _starts_word(text: str, start: int, end: int) -> bool:
    """Whether a name of two characters begins a word: 召开县委 and 同志和县长 hold no 开县 and no 和县."""
    if start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fff" or text[start - 1] in "省市州":
        return True
    at = max(0, start - 3)
    for piece in words.cut(text[at : end + 1]):
        if at == start:
            return text[start] != "和"
        at += len(piece)
    return False


def unlisted_place(text: str, unit_start: int, end: int) -> str | None:
    """The name that ends with the unit ``text[unit_start:end]``, going left to a word that no place name holds."""
    unit = text[unit_start:end]
    if text[end : end + 1] == "长" or unit in ("省", "自治区", "自治州", "地区"):
        return None  # 司马区长 is a person; every province is listed
    start = unit_start
    while start > 0 and unit_start - start < 8 and text[start - 1] not in _STOP_OR_UNIT:
        start -= 1
    return _named_before(text[start:unit_start], unit, text[max(0, start - 3) : start])


@lru_cache(maxsize=1 << 12)  # 全区, 召开县: a page says the same again and again
def _named_before(left: str, unit: str, before: str) -> str | None:
    """The name of a place at the end of ``left``, with the unit that follows it; ``before``: what stands in front of ``left``."""
    town = unit in ("街道", "镇", "乡", "苏木")
    zone = _ZONE_NAME.fullmatch(unit) is not None
    name = ""
    for piece in reversed(words.cut(left)):
        common = words.frequency(piece) > 400 and not town and not full_names(piece)
        everyday = len(piece) > 1 and (piece in _FOLLOWERS or common or piece.endswith("着"))
        if len(piece) > 3 or len(piece) + len(name) > 4 or piece in _NEVER_IN_NAMES or everyday:
            break
        name = piece + name
    if not name and not zone:
        return None
    if not name:
        hosts = ((before + left)[-size:] for size in (3, 2))
        name = next(filter(full_names, hosts), "")  # 滨州高新区: the unit 州 ends no name here
    if words.no_noun(name) and (words.everyday(name) > 10_000 if town else not zone):
        return None  # 历届县委, 照着县里的要求, 最后镇党委书记
    if town and len(name) == 4 and words.no_noun(name[:2]):
        return None  # 继续关心镇村
    if name.startswith("长") and before[-1:] in tuple("省市区县州旗镇乡局院校"):
        return None  # 县长杨大旗
    if zone:
        name = next((name[-size:] for size in (3, 2) if full_names(name[-size:])), name)  # 杭州湾|上虞新区
    ok = len(name) != 1 or (len(unit) > 1 and name not in "多几各街")
    return name + unit if ok and not _NOT_PLACES.search(name + unit) else None


_PAPER_NAME = re.compile(
    r"(?:今日|新|大)?([\u4e00-\u9fff]{2,4}?)(?:日报|晚报|时报|早报|晨报|商报|时讯|新闻|周报|周刊|快报|通讯|电视报|导报|新报|报|在线|发布|$)"
)


def _paper_place(paper: str | None) -> str:
    match = _PAPER_NAME.match(paper or "")
    if match is None or (words.everyday(match[1]) > 500 and not full_names(match[1])):
        return ""  # 健康周刊, 法制日报
    return match[1]


_STUDIES = ("传达", "传达了", "学习", "学习了", "贯彻")  # 传达了衡泽市会议精神: another's


_DEICTIC = re.compile(
    r"(?:我|全|本)(?P<own>[省市州盟区县旗镇乡])|(?<![\u4e00-\u9fff])(?P<bare>[省市州盟区县旗镇乡])(?:委|政府|人大|政协|长|领导)|"
    r"[由、和](?P<joined>[省市州盟区县旗镇乡])(?:委|政府|领导|长)"
)


def _deixis(text: str) -> Counter[str]:
    """How often a bare level stands for the place of the page: 我区, 全县, 市委."""
    return Counter(match[match.lastgroup or "own"] for match in _DEICTIC.finditer(text))


def find_place(page_text: str, paper: str | None) -> tuple[str, ...]:
    """The jurisdiction that the page is about, with what is known above it, nearest last.

    ``page_text``: the whole page; ``paper``: the name of the newspaper or None. () where the page names none.
    """
    counts = named_places(page_text)
    for name in [n for n in counts if visits(page_text, n) or _goes_out_to(page_text, n) or beside_ours(page_text, n)]:
        del counts[name]
    deixis = _deixis(page_text)
    total = max(1, sum(deixis.values()))
    short = _paper_place(paper)
    weight: dict[str, float] = {}
    for name, count in _candidates(page_text, counts, short).items():
        count -= sum(page_text.count(verb + name) for verb in _STUDIES)
        official = followed(page_text, name, _OFFICIAL_NEXT)
        score = count + 3.0 * official + (20.0 if short and name.startswith(short) else 0.0)
        if (
            name not in _known()
            and not _is_town(name)
            and not _ZONE_NAME.search(name)
            and count < 2
            and not official
            and not (short and name.startswith(short))
        ):
            continue
        if visits(page_text, name) or (len(_bare(name)) > 1 and visits(page_text, _bare(name))):
            continue  # where guests come from
        above = 1.0 + 0.5 * min(4, max(0, len(_below(name, counts)) - 1)) if level_of(name) in "市州盟" else 1.0
        weight[name] = score * above * _share(name) * (0.7 + 2.0 * deixis[level_of(name)] / total)
    if not weight:
        return _by_short_name(page_text, deixis)
    best = max(sorted(weight), key=lambda name: weight[name])
    if _is_town(best) and not deixis[level_of(best)]:
        county = _by_short_name(page_text, deixis)  # 我县 and towns only: the county that stands without its unit
        if county:
            return county
    if not deixis[level_of(best)] and max(deixis.values(), default=0) >= 3:
        # 我区, again and again, on a page that names the city and, without its unit, a district of it
        nearer = _by_short_name(page_text, deixis)
        if nearer and (best in nearer or not chains_of(best)):
            return nearer
    for upper in chains_of(best)[0][:-1] if chains_of(best) else ():
        # 廊坊市 and 三河市 below it are both 市: a bare 市委 is the higher one's, also where the page names its other counties.
        beside = len(_below(upper, counts) - {best})
        if level_of(upper) == level_of(best) and ((upper in weight and weight[best] < 3 * weight[upper]) or beside >= 2):
            best = upper
            break
    return tuple(_as_written(name, page_text) for name in _chain(best, counts, page_text))


def _below(upper: str, named: Counter[str]) -> set[str]:
    """The named divisions that lie in ``upper``."""
    return {name for name in named if is_within(name, upper)}


def is_within(name: str, upper: str) -> bool:
    """Whether a division lies in another: 三河市 in 廊坊市."""
    return any(upper in chain[:-1] for chain in chains_of(name)[:1])


def _as_written(name: str, page_text: str) -> str:
    """黔东南州 for 黔东南苗族侗族自治州 on a page that mostly says so."""
    if name.endswith("自治区"):
        return name
    short = _bare(name) + name[-1]
    if "自治" in name and name not in page_text:
        return short
    return short if page_text.count(short) > page_text.count(name) else name


_DATELINE = re.compile(
    r"^(?:本报|本网)?(?P<short>[\u4e00-\u9fff]{2,4}?)县?(?:新闻网|融媒|人大|政协|讯|网讯|第?\d+届|[一二三四五六七八九十]+届)",
    re.MULTILINE,
)


def article_place(text: str) -> tuple[str, ...]:
    """The listed jurisdiction that an article itself says it is of, in its first lines or before 县委, 政府 …; () where none."""
    listed = [n for n in named_places(text) if is_division(n) and level_of(n) in "区县旗市" and len(n) > 2]
    listed = [n for n in listed if not visits(text, n) and not beside_ours(text, n)]
    early = [n for n in listed if text.find(n) < 40]
    official = [n for n in listed if followed(text, n, _OFFICIAL_NEXT)]
    for names in ([n for n in early if n in official], official, early):
        if names:
            return _chain_as_written(min(names, key=lambda n: (text.find(n), n)), text)
    for match in _DATELINE.finditer(text, 0, 120):
        levels = _deixis(text)
        for name in full_names(match["short"]):
            if levels[level_of(name)]:
                return _chain_as_written(name, text)
    if len(listed) == 1 and f"我{level_of(listed[0])}" in text:
        return _chain_as_written(listed[0], text)  # 我县, and one county named besides the guests'
    return ()


def _chain_as_written(name: str, text: str) -> tuple[str, ...]:
    return tuple(_as_written(part, text) for part in _chain(name, Counter(), text))


def names_in_full_or_short(name: str) -> tuple[str, ...]:
    """丹阜区 -> (丹阜区, 丹阜): what leaves one character without its unit stands in full only. 天水经开区 is 经开区, too."""
    zone = _ZONE_NAME.search(name)
    if zone:
        return (name, zone.group(), "开发区")
    return (name, _bare(name)) if len(_bare(name)) > 1 else (name,)


def no_place(name: str) -> bool:
    """Whether ``name`` ends like a place and is none: 社区, 军分区, 我县."""
    return _NOT_PLACES.search(name) is not None and not is_division(name)


_HEAD_ENDS = re.compile("[局县市区镇乡校院所站会部处科队州省馆厅]长")  # 副局|长乐见 is of no 长乐


def _in_person(text: str, start: int) -> bool:
    """Whether a short name of a place is a person's, in a list or behind a title: 副县长廖|永平, 局长高安, 、刘|新民."""
    before, surname = text[start - 2 : start - 1], text[start - 1 : start]
    if surname in _surnames() and text.startswith("同志", start + 2):
        return True  # 路|正阳同志
    return (
        surname in _TITLE_ENDS
        or (before in _BEFORE_NAMES and surname in _surnames())
        or (surname == "、" and text[start + 2 : start + 3] == "、" and text[start : start + 1] in _surnames())
    )


_STREETS = re.compile("[路街巷桥镇乡村]|大道|大街|小区|广场|花园|酒店|公园")  # 仁和路 is not 仁和区


def _stands_for_place(text: str, start: int, end: int) -> bool:
    """Whether a division's short name is meant as such: not in 长治久安, 仁和路, 三都镇 or a person's name."""
    return not (
        _person_somewhere(text, start, end)
        or _STREETS.match(text, end)
        or words.frequency(text[start : start + 4])
        or (text[start] in "新大" and text[start + 1 : end + 1] in _short())  # 建设新|宁德
    )


def _person_somewhere(text: str, start: int, end: int) -> bool:
    """县长雷|永平 … 雷|永平汇报: what is a person's behind a title is the person's everywhere."""
    if _in_person(text, start):
        return True
    return start > 0 and text[start - 1] in _surnames() and _named_behind_title(text, text[start - 1 : end])


@lru_cache(maxsize=256)  # every place where the name stands asks
def _named_behind_title(text: str, name: str) -> bool:
    return any(_in_person(text, match.start() + 1) for match in re.finditer(re.escape(name), text))


_TITLE_ENDS = frozenset("长记任席员")
_BEFORE_NAMES = _TITLE_ENDS | frozenset("、")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon.forms("surnames"))


def short_named(text: str, least: int = 1) -> dict[str, str]:
    """Level -> the division of that level that ``text`` names most often without its unit (周口, 上虞).

    ``least``: how often it must, unless its first lines do.
    """
    automaton, names = _short_names()
    found = Counter(
        names[index]
        for index, start, end in automaton.find_matches_as_indexes(text)
        if not _HEAD_ENDS.match(text, start - 1) and _stands_for_place(text, start, end) and not visits(text, names[index])
    )
    best: dict[str, tuple[int, str]] = {}
    for bare, count in found.items():
        if count < least and text.find(bare) >= 60:
            continue
        for name in full_names(bare):
            level = level_of(name)
            best[level] = max(best.get(level, (0, "")), (count, name))
    return {level: name for level, (_, name) in best.items()}


def followed(text: str, name: str, pattern: re.Pattern[str]) -> int:
    """How often ``name`` stands in ``text`` with ``pattern`` right behind it."""
    count, at = 0, text.find(name)
    while at >= 0:
        count += pattern.match(text, at + len(name)) is not None
        at = text.find(name, at + 1)
    return count


def _is_town(name: str) -> bool:
    return name[-1] in "镇乡" or name.endswith(("街道", "苏木"))


def _share(name: str) -> float:
    """How much of its count speaks for a page's own place: towns and zones are named more often than they are it."""
    return 0.3 if _is_town(name) else 0.15 if _ZONE_NAME.fullmatch(name) else 0.5 if _ZONE_NAME.search(name) else 1.0


def _candidates(text: str, counts: Counter[str], paper_short: str) -> dict[str, float]:
    """Names with counts: those named in full, the places above them that the page names in short, and the paper's own."""
    found: dict[str, float] = {name: float(count) for name, count in counts.items()}
    for name in list(counts):
        for chain in chains_of(name)[:1]:
            for upper in chain[:-1]:
                bare = _bare(upper)
                if upper not in found and len(bare) >= 2 and bare in text and not upper.endswith(("省", "自治区")):
                    found[upper] = 0.5 * text.count(bare)
    levels = _deixis(text)
    for unit, name in short_named(text).items():
        count = text.count(_bare(name))
        if count >= 2 and name not in found and levels[unit]:
            found[name] = 0.4 * count
    for zone in (name for name in counts if _ZONE_NAME.search(name)):
        for name in (*full_names(zone[:2]), *full_names(zone[:3])):
            if levels[level_of(name)]:
                found.setdefault(name, float(text.count(_bare(name))))  # 清徐经济开发区 on a page that says 我县
    if paper_short and not any(name.startswith(paper_short) and not _ZONE_NAME.search(name) for name in found):
        level = levels.most_common(1)
        own = full_names(paper_short)[:1] or ((paper_short + level[0][0],) if level else ())  # 梧澜日报 that says 州委: 梧澜州
        found.update(dict.fromkeys(own, 1.0))
    return found


_SAYS_CITY = re.compile("市(?:委|政府|[\u4e00-\u9fff]{1,8}局)|全市|我市")


def _chain(name: str, counts: Counter[str], page_text: str) -> tuple[str, ...]:
    chains = chains_of(name)
    chains = tuple(c for c in chains if not any(part.endswith("地区") for part in c[:-1])) or chains
    if chains:
        # 鼓楼区 exists four times: the chain whose higher places the page names.
        return max(chains, key=lambda chain: (sum(page_text.count(_bare(part)) for part in chain[:-1]), -chains.index(chain)))
    if name[-1] in "市州盟省":
        return (name,)
    host = _host(name, counts) if _ZONE_NAME.search(name) else None
    if host:
        return (*_chain(host, counts, page_text), name)
    higher = {"镇": "区县市旗", "乡": "区县市旗", "道": "区县市旗"}.get(name[-1], "市州盟")
    above = [(page_text.count(other + name), counts[other], other) for other in counts if other[-1] in higher and other != name]
    if not above:
        return (
            (
                *_by_short_name(
                    page_text,
                    Counter({"市": 1}) if _SAYS_CITY.search(page_text) else Counter(),
                ),
                name,
            )
            if higher == "市州盟"
            else (name,)
        )
    parent = max(above)[2]
    return (*_chain(parent, Counter({n: c for n, c in counts.items() if n != name}), page_text), name)


def _host(zone: str, named: Counter[str]) -> str | None:
    """The division that a zone bears the name of, of several the one that is named: 建德市 of 建德经济开发区; else None."""
    bare = _ZONE_NAME.sub("", zone)
    hosts = [] if _PART_OF_TOWN.fullmatch(bare) else [name for name in full_names(bare) if level_of(name) in "市县区旗"]
    return next((name for name in hosts if name in named), hosts[0] if len(hosts) == 1 else None)


def _by_short_name(page_text: str, deixis: Counter[str]) -> tuple[str, ...]:
    """事关周口形象提升, 蕉城在线: a place that the page names without its unit, of a level that it points to."""
    levels = {level for level, count in deixis.items() if count}
    automaton, names = _short_names()
    found = Counter(
        names[index]
        for index, start, end in automaton.find_matches_as_indexes(page_text)
        if _stands_for_place(page_text, start, end) and not visits(page_text, names[index])
    )
    best: tuple[int, int, int, str] = (0, 0, 0, "")
    for bare, count in found.items():
        if count == 1 and words.everyday(bare) > 100 and not words.place_name(bare):
            continue  # 勠力同心
        for name in full_names(bare):
            chain = chains_of(name)
            if level_of(name) in levels and chain:
                best = max(best, (count, -len(chain[0]), deixis[level_of(name)], name))
    return chains_of(best[3])[0] if best[0] else ()
