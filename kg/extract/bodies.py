"""Bodies by name: which jurisdiction an organ belongs to, and what a bare 区委 or 我市 means in this article."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.text import places as gazetteer
from kg.text import words

_UNIT = (
    r"(?:自治区|自治州|自治县|自治旗|特别行政区|开发区|示范区|高新区|经开区|新区|街道|苏木(?!达)|地区|省|市(?![场容民]|政(?!府|协))|州|盟|"
    r"区(?![域块])|县(?!域)|旗|镇|乡(?!村|一体)|(?<!农)村(?!镇)|社区)"
)
_EXPLICIT = re.compile(rf"^((?:[\u4e00-\u9fff]{{2,9}}?{_UNIT})+)(?P<rest>.*)$")
_DEICTIC = re.compile(r"^(?:我|本|该|全)?(?P<level>自治区|街道|苏木(?!达)|[省市区县州盟旗镇乡地村])(?P<rest>.*)$")
# 市场监管局, 乡村振兴局: the first character is no level.
_NOT_DEICTIC = re.compile(
    r"^(?:市场|市监局|市政(?!府|协)|市容|市民|乡村|区域|区块|县域|地震|地方|地质|地税|地理|地铁|村镇|镇域|旗帜|省道|"
    r"州际|地产|地下|村级|街道)"
)
_GOVERNMENT = re.compile(
    r"(?:局|分局|委|办|厅|委员会|办公室|法院|检察院|中心|人武部|武装部|工会|妇联|团委|文联|科协|残联|侨联|工商联|关工委|妇工委|"
    r"红十字会|政府|人大|政协|监委|纪委|党校|大队|支队|指挥部|领导小组|巡察办|巡察组|督查室|研究室|组织部|宣传部|"
    r"统战部|政法委|社工委)$"
)
# What a bare 法院, 民政局 or 党校 belongs to; firms, schools and villages name themselves.
_SELF_NAMED = re.compile(
    r"(?:公司|集团|大学|学院|中学|小学|银行|医院|企业|项目|协会|商会|学会|研究院|研究所|第[一二三四五六七八九十]+\w*组)$"
)
_OF_THE_STATE = ("中央", "国务院", "全国", "国家")
# Organs whose own name stands before the place: 民盟鹿亭县总支部.
_OWN_NAME = (
    "民盟",
    "民建",
    "民革",
    "民进",
    "农工党",
    "九三学社",
    "致公党",
    "台盟",
    "国网",
    "国家税务",
    "国家统计",
    "中国",
    "中铁",
    "中建",
    "驻",
)
_PROVINCE = re.compile(
    "新疆|西藏|广西|宁夏|内蒙古|黑龙江|河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海"
)
_ORGAN_AFTER = ("委", "政府", "人民政府", "人大", "政协", "纪委", "监委", "法院", "检察院", "直", "级")


@dataclass(frozen=True, slots=True)
class Places:
    """What the article and its page know of jurisdictions. ``home``: the nearest one of the page, or None."""

    home: str | None
    by_level: tuple[tuple[str, str], ...]  # level -> the jurisdiction a bare level points to

    def at_level(self, level: str) -> str | None:
        """The jurisdiction that a bare 区, 市, 县 … means here, or None."""
        return dict(self.by_level).get(level)

    @property
    def zone(self) -> str | None:
        """The development zone that the article knows of: a bare 管委会 or 党工委 is of a zone; None where there is none."""
        return next((place for _, place in self.by_level if gazetteer.is_zone(place)), None)

    @property
    def town(self) -> str | None:
        """The town, township or street that the article knows of; None where there is none."""
        return next((place for level, place in self.by_level if level in _TOWN_LEVELS), None)

    @staticmethod
    def level(place: str) -> str:
        """管城回族区 -> 区, 西关街道 -> 街道, 红河州 -> 州."""
        return gazetteer.level_of(place)

    @staticmethod
    def looks_like_place(name: str) -> bool:
        """Whether ``name`` ends like a jurisdiction."""
        return bool(_EXPLICIT.match(name)) or gazetteer.is_division(name)

    @staticmethod
    def is_government(organ: str) -> bool:
        """Whether an organ without a place before it belongs to the place at hand: 公安局 does, 宇通集团 does not."""
        return bool(_GOVERNMENT.search(organ)) and not _SELF_NAMED.search(organ) and not organ.startswith(_OF_THE_STATE)

    def split(self, organ: str, before: str | None = None) -> tuple[str | None, str]:
        """Split an organ as written into its jurisdiction, resolved, and the rest; ``before``: that of the title before.

        衡泽市丹阜区教育局 -> (丹阜区, 教育局); 区教育局 -> (丹阜区, 教育局) at home in 丹阜区; 宇通集团 -> (None, 宇通集团).
        """
        return _split(self, organ, before)


_AUTONOMOUS = re.compile("^自治(?=[县州旗])")
# 七届区政协; 市委 before the zone's own committee: 中共衡泽市委柳湾经济开发区工作委员会.
_BEFORE_ORGAN = re.compile(
    "^(?:第?[一二三四五六七八九十]+届(?=[省市区县州盟旗](?:委|人大|政协))|[新上本]一?届|"
    "[\u4e00-\u9fff]{0,6}市委(?=[\u4e00-\u9fff]+区(?:工作委员会|工委|党工委)$))"
)


@lru_cache(maxsize=1 << 12)
def _split(places: Places, organ: str, before: str | None) -> tuple[str | None, str]:
    organ = _AUTONOMOUS.sub("", organ)
    organ = _BEFORE_ORGAN.sub("", organ.removeprefix("中共").removeprefix("中国共产党"))
    if organ.startswith(_OWN_NAME):
        return None, organ
    if organ.startswith("区党委") and places.at_level("自治区"):
        organ = "自治" + organ  # 区党委副书记: a district's committee is 区委
    own = next((place for _, place in places.by_level if place[0] == "全" and organ.startswith(place[:-1])), None)
    if own:
        return own, organ.removeprefix(own[:-1]).removeprefix(own[-1])  # 全州县: 全 is no 我
    deictic = _DEICTIC.match(organ)
    if deictic and not _NOT_DEICTIC.match(organ):
        level = deictic["level"]
        ours = organ[0] in "我本"  # 衡泽市政协副主席某某，我市领导某某: not that of the title before
        place = before if before and places.level(before) == level and not ours else places.at_level(level)
        rest = deictic["rest"]
        # 市管城回族区…: the level of a higher place before a named one.
        inner = _EXPLICIT.match(rest)
        if inner and not place:
            return _nearest(inner[1]), inner["rest"]
        return (place, rest) if place else (level, rest)
    explicit = _EXPLICIT.match(organ)
    if explicit and gazetteer.no_place(explicit[1]) and not gazetteer.is_division(_nearest(explicit[1])):
        explicit = None  # 廊坊军分区, but 长春市宽城区
    if explicit and _is_word(explicit[1]):
        return _split(places, organ[len(explicit[1]) - 1 :], before)  # 学习市委书记…的讲话, 组建县农业局
    if explicit and not _NOT_DEICTIC.match(organ):
        return _nearest(explicit[1]), explicit["rest"]
    for size in range(min(6, len(organ) - 1), 1, -1):
        names = gazetteer.full_names(organ[:size])
        if names and organ[size:].startswith(_ORGAN_AFTER):
            return next((n for n in names if places.level(n) in organ[size : size + 1]), names[0]), organ[size:]
    return None, organ


def _is_word(place: str) -> bool:
    """组建县, 学习市, 最后镇: an everyday word and a bare level, not a place."""
    least = 700 if place[-1] in "市区县州旗" else 10_000 if place[-1] in "镇乡" else None
    return least is not None and words.everyday(place[:-1]) > least and not gazetteer.is_division(place)


_LINK_OF_CHAIN = re.compile(rf"[\u4e00-\u9fff]{{1,9}}?{_UNIT}")


def _nearest(chain: str) -> str:
    """衡泽市丹阜区 -> 丹阜区; 新疆塔什库勒县 -> 塔什库勒县; the page's own full name for 管城区."""
    if gazetteer.is_division(chain):
        return chain
    parts = _LINK_OF_CHAIN.findall(chain)
    last: str = parts[-1] if parts else chain
    for size in range(len(chain), len(last), -1):
        if gazetteer.is_division(chain[-size:]):
            return chain[-size:]
    for size in range(len(last) - 1, 2, -1):
        if gazetteer.is_division(last[-size:]) and (last[:-size] == "省" or gazetteer.full_names(last[:-size])):
            return last[-size:]  # 龙岩漳平市, 贵州|省长顺县
    for size in (3, 2):
        if _PROVINCE.fullmatch(last[:size]) and len(last) - size >= 3:
            return last[size:]
    return last


_TOWN_LEVELS = ("镇", "乡", "街道", "苏木")
_OUR_TOWN = re.compile("[我全](?:[镇乡](?![村镇])|街道|苏木)")
_OUR_COUNTY = re.compile("[我全][县区市旗]")
_ENDS_IN_TOWN = re.compile(r"[镇乡]$|街道$|苏木$")


def places_of(text: str, page_place: tuple[str, ...]) -> Places:
    """What bare levels mean in an article: the page's own places, unless the article is at home in another of the same level."""
    named = gazetteer.named_places(text)
    official = Counter({name: count + 2 * gazetteer.followed(text, name, _OFFICIAL) for name, count in named.items()})
    by_level = {gazetteer.level_of(name): name for name in page_place}
    ranked = sorted(official, key=lambda n: (-official[n], text.find(n), n))
    moved: dict[str, str] = {}
    for name in ranked:
        if gazetteer.visits(text, name) or gazetteer.beside_ours(text, name):
            continue  # 清涧县党政考察团来我县: 我县 is another
        level = gazetteer.level_of(name)
        own = by_level.get(level)
        if own is not None and gazetteer.is_bare_zone(name) and gazetteer.is_zone(own):
            continue  # 开发区 on a page of 柳湾经开区
        if own is None:
            if not _ENDS_IN_TOWN.search(name) or official[name] >= 1:
                moved.setdefault(level, name)
        elif (
            own not in named
            and level not in moved
            and (
                official[name] >= 3
                or (gazetteer.is_division(name) and len(name) > 2 and text.find(name) < 120)
                or (_ENDS_IN_TOWN.search(name) and text.find(name) < 40)
            )
            and not _within(own, text)
        ):
            moved[level] = name
    by_level.update({level: name for level, name in moved.items() if level not in by_level or by_level[level] not in named})
    for level, name in gazetteer.short_named(text, least=2).items():
        by_level.setdefault(level, name)
    home = page_place[-1] if page_place else (ranked[0] if ranked and official[ranked[0]] >= 2 else None)
    if home is not None and not _ENDS_IN_TOWN.search(home):
        home = by_level.get(gazetteer.level_of(home), home)
    found = Places(home, tuple(sorted(by_level.items())))
    if found.town and _OUR_TOWN.search(text) and not _OUR_COUNTY.search(text):
        return replace(found, home=found.town)  # 我镇: a bare 党委书记 is the town's
    return found


_OFFICIAL = re.compile(r"(?:委|政府|人大|政协|纪委|[省市区县州旗盟镇乡]?[长委]|领导|召开|举行)")


def _within(place: str, text: str) -> bool:
    """Whether the article names the place in short: 丹阜 for 丹阜区."""
    return len(place) > 2 and place[:-1] in text
