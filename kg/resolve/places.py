"""The places of a corpus: one chain for each, found from the pages' own chains and the dated divisions.

A chain lists names from the highest to the nearest: ``("河南省", "郑州市", "管城回族区")``. Pages know more or less of it, and
print long and short names (管城区); here all of them lead to one chain. ``PlaceBook.locate`` divides a body's name into its
place and its organ, and completes what the page leaves out (区委 in a page of 丹阜区).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from kg.lexicon import divisions
from kg.model import Record
from kg.resolve.model import Place
from kg.resolve.titles import fold

Chain = tuple[str, ...]
_PEOPLES = ("壮|回|维吾尔|藏|苗|彝|土家|蒙古|满|布依|侗|瑶|白|哈尼|黎|哈萨克|傣|畲|傈僳|东乡|仡佬|拉祜|佤|水|纳西|羌|土|"
            "仫佬|锡伯|柯尔克孜|景颇|达斡尔|撒拉|布朗|毛南|塔吉克|普米|阿昌|怒|鄂温克|京|基诺|保安|裕固|独龙|鄂伦春|"
            "门巴|珞巴|朝鲜|各")
_HAN = r"[\u4e00-\u9fff]"
_ETHNIC = re.compile(rf"(?<={_HAN})(?:(?:{_PEOPLES})族)+(?:自治)?(?=[区州县旗乡镇])|(?<={_HAN})自治(?=[州县旗])")
_ZONE = ("(?:(?:经济|技术|高新|产业|先进|制造业|循环|农业|旅游|综合|工业|化工|物流|文化){1,4}"
         "(?:开发区|集聚区|示范区|园区|新区|园))|"
         "开发区|高新区|经开区|新区|示范区|集聚区|合作区|保税区|管理区|风景区|度假区|试验区")
_TOWNSHIP = re.compile(r"([\u4e00-\u9fff]{1,5}?(?:镇|街道|苏木|(?<![城下])乡(?!村|镇|贤)))")
_VILLAGE = re.compile(r"([\u4e00-\u9fff]{1,5}?(?:村|社区))(?=党|村|居|支|委|两委|$)")
# A jurisdiction that the corpus has no chain for (塔什库勒县委): two characters or more before the sign of its kind.
_UNKNOWN = re.compile(r"([\u4e00-\u9fff·]{1,7}?(?:自治县|自治州|自治旗|地区|[市区县旗盟州省]))")
_ORGAN_INSIDE = re.compile(r"银行|公司|集团|大学|学院|医院|协会|商会|委员|政府|[局委厅部院会党团处办所站队]|开发|"
                           r"[小社园新景校灾库矿片城军辖郊山]区|集聚|示范|都市|城市")
_NAMED_ZONE = re.compile(rf"[\u4e00-\u9fff]{{2,10}}?(?:{_ZONE})(?=[管党工纪]|$)")
# A zone without its own name (经开区党工委): the one that the article, the page or the city has.
_BARE_ZONE = re.compile(rf"(?:{_ZONE})(?=[管党工纪]|$)")
_NATIONAL = re.compile(r"^(?:中央|国家|全国|国务院|中国|中华|最高人民|中共中央|中纪委|解放军|武警部队)")
# 市场监管局, 乡村振兴局: the character is part of the organ's name.
_NOT_DEIXIS = re.compile(r"^(?:市(?:场|政(?!府|协)|容|民|值|域)|区(?:域|块)|县(?:域|城)|乡(?:村|镇)|村镇|镇[守静]|州城|省[城会])")
_DEIXIS = re.compile(r"^[省市州盟区县旗镇乡]")


def short_place(name: str) -> str:
    """A place's name without the names of peoples: 管城回族区 -> 管城区, 恩施土家族苗族自治州 -> 恩施州."""
    return _ETHNIC.sub("", name)


def stem_place(name: str) -> str:
    """A place's name without the sign of its kind: 丹阜区 -> 丹阜; a single character stays whole (郊区)."""
    short = short_place(name)
    stem = re.sub(rf"(?:{_ZONE}|街道|地区|[省市区县旗州盟镇乡村])$", "", short)
    return stem if len(stem) > 1 else short


@lru_cache(maxsize=1 << 16)
def level_of(chain: Chain) -> str | None:
    """省, 市, 县, 乡 or 村 of the last place of a chain; a city below a city is of county level."""
    if not chain:
        return None
    name, above = chain[-1], level_of(chain[:-1])
    if re.search(r"(?:村|社区)$", name):
        return "村"
    if re.search(r"(?:镇|乡|街道|苏木)$", name):
        return "乡"
    if name in _municipalities() or re.search(r"(?:省|自治区|特别行政区)$", name):
        return "省"
    if re.search(rf"(?:[区县旗]|{_ZONE})$", name):
        return "县" if not name.endswith("地区") else "市"
    if re.search(r"[市州盟]$", name):
        return "县" if above in ("市", "县") else "市"
    return None if above is None else "乡" if above == "县" else None


@dataclass(frozen=True, slots=True)
class Located:
    """A body's name divided: the place it belongs to, the organ, and whether the text named the place."""

    place: Chain
    organ: str
    explicit: bool
    national: bool = False
    level: str | None = None  # where the place is not known but its level is: 省农科院

    @property
    def name(self) -> str:
        """The nearest jurisdiction and the organ: 丹阜区 + 教育局."""
        return self.place[-1] + self.organ if self.explicit and self.place else self.organ


@cache
def _division_rows() -> Mapping[str, tuple[tuple[Chain, str, int, int, str], ...]]:
    """Name -> (chain, code, first year, last year, new codes), of all divisions; short names lead there too."""
    rows: dict[str, list[tuple[Chain, str, int, int, str]]] = defaultdict(list)
    for row in divisions():
        province, city, name = row["一级行政区"], row["二级行政区"], row["名称"]
        above = [part for part in (province, city) if part not in ("", name) and "直辖" not in part]
        chain = (*above, name)
        entry = (chain, row["代码"], int(row["启用时间"] or 0), int(row["变更/弃用时间"] or 9999), row["新代码"])
        rows[name].append(entry)
        if short_place(name) != name:
            rows[short_place(name)].append(entry)
    return {name: tuple(sorted(entries)) for name, entries in rows.items()}


@cache
def _municipalities() -> frozenset[str]:
    return frozenset(row["名称"] for row in divisions() if row["级别"] == "省级" and row["名称"].endswith("市"))


@cache
def _longest_division() -> int:
    return max(map(len, _division_rows()))


def in_order(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether ``part`` is a subsequence of ``whole``."""
    rest = iter(whole)
    return all(item in rest for item in part)


def nearest(chain: Chain, *levels: str) -> Chain:
    """The chain cut after its last place of one of the levels; () where it has none."""
    for size in range(len(chain), 0, -1):
        if level_of(chain[:size]) in levels:
            return chain[:size]
    return ()


@lru_cache(maxsize=1 << 16)
def county(chain: Chain) -> Chain:
    """The jurisdiction that a local paper is about: the nearest county, else city, else province."""
    return nearest(chain, "县") or nearest(chain, "市") or nearest(chain, "省")


def related(a: Chain, b: Chain) -> bool:
    """Whether one place lies in the other, or is it."""
    short, long = sorted((a, b), key=len)
    return bool(short) and long[: len(short)] == short


def is_zone(name: str) -> bool:
    """Whether a name is that of a development zone, a scenic area and the like: a place for its officials, no division."""
    return bool(re.search(rf"(?:{_ZONE})$", name))


def zone_kind(name: str) -> str:
    """What a zone's name ends in: 产业集聚区 of 临漪县产业集聚区; "" where it is no zone."""
    found = re.search(rf"(?:{_ZONE})$", name)
    return found[0] if found else ""


def consistent(chain: Chain) -> Chain:
    """A chain without what cannot stand above the places below it: no city holds a prefecture (云硐市/梧澜州), no county a city.

    >>> consistent(("云硐市", "梧澜州"))
    ('梧澜州',)
    """
    for size in range(len(chain) - 1, 0, -1):
        upper, lower = _depth(chain[size - 1]), _depth(chain[size])
        if upper is not None and lower is not None and (upper > lower or upper == lower != _DEPTH_OF_CITY):
            return chain[size:]
    return chain


_DEPTHS = (("省|自治区|特别行政区", 0.0), ("州|盟|地区", 1.0), ("市", 1.5), ("区|县|旗", 2.0), ("镇|乡|街道|苏木", 3.0),
           ("村|社区", 4.0))
_DEPTH_OF_CITY = 1.5  # a city stands in a prefecture, and a city of county level in a city


def _depth(name: str) -> float | None:
    """How deep a place stands by the sign of its kind; None where it has none."""
    if name in _municipalities():
        return 0.0
    if is_zone(name):
        return 2.5
    kind = next((sign for sign in ("特别行政区", "自治区", "地区", "社区", "街道", "苏木") if name.endswith(sign)), name[-1:])
    return next((depth for kinds, depth in _DEPTHS if kind in kinds.split("|")), None)


class PlaceBook:
    """All chains of a corpus; built once from its records, never changed."""

    def __init__(self, chains: Iterable[Chain], texts: Iterable[tuple[Chain, str, str]] = (),
                 named: Iterable[tuple[Chain, str, str]] = ()) -> None:
        """``chains``: as the records have them; ``texts``: (chain, source, text) of each record, read for 鹿亭县青石镇;
        ``named``: (chain, source, name) of each body and place that a record names: the county's own pages say whose township it
        is, the city's which zones it has."""
        raw = Counter(tuple(fold(name) for name in chain if name) for chain in chains)
        raw.pop((), None)
        known = sorted(raw)
        spelled = {chain: tuple(_official(chain[: i + 1]) for i in range(len(chain))) for chain in known}
        spelled = _agree_on_spelling(spelled)
        texts = tuple(texts)
        full = _complete(set(spelled.values()), _made_cities(text for _, _, text in texts))
        self._chains: dict[Chain, Chain] = {chain: full[spelled[chain]] for chain in known}
        self._seen: dict[Chain, Chain] = {}
        self._by_name: dict[str, tuple[Chain, ...]] = _index(self._chains)
        self._papers = frozenset(self._chains.values())
        cities = {city for chain in self._papers if (city := nearest(chain, "市"))}
        self._city = next(iter(cities)) if len(cities) == 1 else ()
        self._longest = max(map(len, self._by_name), default=0)
        self._in_text, self._in_corpus = self._explicit_townships(texts)
        self._zones: defaultdict[Chain, set[str]] = defaultdict(set)
        self._named_by_city = self._read_names(named)

    def chain(self, raw: Chain) -> Chain:
        """The full chain of a record's own chain."""
        full = self._seen.get(raw)
        if full is None:
            key = tuple(fold(name) for name in raw if name)
            full = self._seen[raw] = self._chains.get(key, key)
        return full

    def presumed(self, chain: Chain) -> Chain:
        """The chain with the corpus's only city above a county whose own papers do not say where it lies. A presumption to weigh
        people by (who moves from county to county does so within a city), never a fact to write down."""
        alone = (chain[:1] in self._papers or chain[:1] in self._named_by_city) and level_of(chain[:1]) == "县"
        if alone and self._city and chain[0] not in _division_rows():
            return (*self._city, *chain)
        return chain

    @property
    def chains(self) -> tuple[Chain, ...]:
        """All known chains with all their upper parts, sorted."""
        return tuple(sorted({chain[:size] for chain in self._chains.values() for size in range(1, len(chain) + 1)}))

    def aliases(self, chain: Chain) -> tuple[str, ...]:
        """Other names under which the corpus knows a place."""
        return tuple(sorted(name for name, chains in self._by_name.items() if chain in chains and name != chain[-1]))

    def find(self, name: str, context: Chain = ()) -> Chain:
        """The chain of a place by its name alone, nearest to ``context``; () where it is not known or not certain."""
        return self._choose(self._by_name.get(fold(name), ()), (), context)

    def locate(self, name: str, context: Chain, source: str = "", text_key: str = "") -> Located:
        """Divide a body's name; ``context`` is the full chain of its record, ``source`` and ``text_key`` where it stands."""
        rest = name
        if _NATIONAL.match(rest):
            return Located((), rest, False, national=True, level="中央")
        place: Chain = ()
        while rest:
            found, size = self._prefix(rest, place, context)
            if not size:
                break
            place, rest = found, rest[size:]
        if not place and (deictic := _DEIXIS.match(rest)) and not _NOT_DEIXIS.match(rest):
            place, rest, level = self._deixis(rest, deictic[0], context)
            if not place:
                return Located((), rest, False, level=level)
        township = _TOWNSHIP.match(rest) or _VILLAGE.match(rest)
        if township and not _ORGAN_INSIDE.search(township[1][:-2]):
            return Located(self._township(township[1], place, context, source, text_key), rest[township.end():], True)
        if place:
            return Located(place, rest, True)
        if (bare := _BARE_ZONE.match(rest)) and (chain := self._zone(bare[0], context, source, text_key)):
            return Located(chain, rest[bare.end():], True)
        zone = _NAMED_ZONE.match(rest)
        if zone and not _ORGAN_INSIDE.search(stem_place(zone[0])):
            above = nearest(context, "市") or nearest(context, "省")
            return Located((*above, zone[0]), rest[zone.end():], True)
        unknown = _UNKNOWN.match(rest)
        if unknown and not _ORGAN_INSIDE.search(unknown[1][:-1]) and len(unknown[1]) > 2:
            return Located((unknown[1],), rest[unknown.end():], True)
        return Located(county(context), rest, False)

    def _prefix(self, rest: str, place: Chain, context: Chain) -> tuple[Chain, int]:
        """The place that ``rest`` begins with, and the length of its name; 0 where it begins with none."""
        for size in range(min(self._longest, len(rest)), 1, -1):
            found = self._choose(self._by_name.get(rest[:size], ()), place, context)
            if found:
                return found, size
        for size in range(min(_longest_division(), len(rest)), 1, -1):
            rows = _division_rows().get(rest[:size], ())
            if rows and (found := self._choose(tuple(sorted({self._adopt(row[0]) for row in rows})), place, context)):
                return found, size
        return (), 0

    def _adopt(self, chain: Chain) -> Chain:
        """A division's chain in the spelling of the corpus, where the corpus has the place."""
        for known in self._by_name.get(chain[-1], ()):
            if in_order(known, chain) or in_order(chain, known):
                return known
        return chain

    @staticmethod
    def _choose(options: Sequence[Chain], place: Chain, context: Chain) -> Chain:
        """The one option below ``place``; without a place the one nearest to the context, or the only one."""
        if place:
            below = [chain for chain in options if chain[: len(place)] == place and len(chain) > len(place)]
            return below[0] if len(below) == 1 else ()
        if len(options) == 1:
            return options[0]
        ranked = sorted(options, key=lambda chain: (-_shared(chain, context), len(chain), chain))
        if len(ranked) > 1 and _shared(ranked[0], context) > _shared(ranked[1], context):
            return ranked[0]
        return ()

    def _deixis(self, rest: str, sign: str, context: Chain) -> tuple[Chain, str, str | None]:
        level = {"省": "省", "市": "市", "州": "市", "盟": "市", "区": "县", "县": "县", "旗": "县", "镇": "乡", "乡": "乡"}[sign]
        for size in range(len(context), 0, -1):
            name = context[size - 1]
            if name.endswith(sign) or (sign == "省" and level_of(context[:size]) == "省"):
                return context[:size], rest[1:], None
        if level == "市" and self._city and self._city[-1].endswith(sign) and self.presumed(context) != context:
            return self._city, rest[1:], None  # 州委 in a page of a county that does not say where it lies
        return (), rest, level

    def _township(self, name: str, place: Chain, context: Chain, source: str, text_key: str) -> Chain:
        if place:
            return (*place, name)
        for where in (text_key, source):
            if where and len(self._in_text.get((where, name), ())) == 1:
                return (*next(iter(self._in_text[where, name])), name)
        home = nearest(context, "县")
        if home:
            return (*home, name)
        owners: set[Chain] = self._in_corpus.get(name, set())
        if len({(owner[:-1], stem_place(owner[-1])) for owner in owners}) == 1:  # one county, perhaps under two names
            return (*min(owners), name)
        return (*county(context), name)

    def _read_names(self, named: Iterable[tuple[Chain, str, str]]) -> frozenset[Chain]:
        """Take down whose townships the counties' own pages name, and the zones; the counties that the city's pages name more
        than once."""
        times: Counter[Chain] = Counter()
        for raw, source, name in named:
            context = self.chain(raw)
            if zone := _NAMED_ZONE.match(name):
                found = self.locate(zone[0], context).place
                if found and found[-1] == zone[0] and is_zone(zone[0]):
                    self._zones[found].add(source)
            if (township := _TOWNSHIP.match(name)) and level_of(county(context)) == "县" and not _UNKNOWN.match(name):
                self._in_corpus[township[1]].add(county(context))
            elif context == self._city and (unknown := _UNKNOWN.match(name)) and level_of((unknown[1],)) == "县":
                times[unknown[1],] += 1
        return frozenset(chain for chain, number in times.items() if number > 1)

    def _zone(self, bare: str, context: Chain, source: str, text: str) -> Chain:
        """The zone that a bare name stands for: the only fitting one in the article, else on the page, else in the city."""
        city = nearest(context, "市")
        fitting = [chain for chain in self._zones if _shortens_zone(bare, chain[-1]) and related(chain[:-1], city)]
        for here in ([chain for chain in fitting if chain[-1] in text],
                     [chain for chain in fitting if source in self._zones[chain]], fitting):
            if len(here) == 1:
                return here[0]
        return ()

    def _explicit_townships(self, texts: Iterable[tuple[Chain, str, str]]
                            ) -> tuple[dict[tuple[str, str], set[Chain]], defaultdict[str, set[Chain]]]:
        """Where a text names county and township together: per text, per source, and over the corpus."""
        local: dict[tuple[str, str], set[Chain]] = defaultdict(set)
        corpus: defaultdict[str, set[Chain]] = defaultdict(set)
        counties = {name: chains for name, chains in self._by_name.items() if len(chains) == 1 and level_of(chains[0]) == "县"}
        if not counties:
            return local, corpus
        pattern = re.compile(f"({'|'.join(sorted(map(re.escape, counties), key=lambda n: (-len(n), n)))})"
                             r"([\u4e00-\u9fff]{1,4}?(?:镇|街道|乡(?!村|镇)))")
        for _, source, text in texts:
            for match in pattern.finditer(text):
                owner = counties[match[1]][0]
                local[text, match[2]].add(owner)
                local[source, match[2]].add(owner)
                corpus[match[2]].add(owner)
        return local, corpus


def _shortens_zone(bare: str, zone: str) -> bool:
    """经开区 for 青竹经济开发区, 高新区 for 梧澜高新技术产业开发区."""
    return bare != zone and bare[-1] == zone[-1] and in_order(bare, zone)


def _shared(chain: Chain, context: Chain) -> int:
    return len(set(chain) & set(context))


def _official(chain: Chain) -> str:
    """The long name of the last place of a chain by the dated divisions, where its upper places allow only one."""
    name = chain[-1]
    rows = [row for row in _division_rows().get(name, ()) if in_order([short_place(p) for p in chain[:-1]],
                                                                     [short_place(p) for p in row[0][:-1]])]
    names = {row[0][-1] for row in rows}
    return next(iter(names)) if len(names) == 1 else name


def _agree_on_spelling(spelled: Mapping[Chain, Chain]) -> dict[Chain, Chain]:
    """Short and long names of one place in the corpus's own chains: the longer one for both."""
    longest: dict[str, str] = {}
    for chain in spelled.values():
        for name in chain:
            short = short_place(name)
            if len(name) > len(longest.get(short, "")):
                longest[short] = name
    return {raw: tuple(longest[short_place(name)] for name in chain) for raw, chain in spelled.items()}


def _complete(chains: set[Chain], made: Collection[str] = ()) -> dict[Chain, Chain]:
    """Each chain with what the others, and the divisions, know above it; as it is where two places share its name."""
    full: dict[Chain, Chain] = {}
    by_last: dict[str, set[Chain]] = defaultdict(set)
    for chain in chains:
        for size in range(1, len(chain) + 1):
            by_last[chain[size - 1]].add(chain[:size])
    for chain in sorted(chains):
        known = _longest_only({other for other in by_last[chain[-1]] if in_order(chain, other)})
        best = next(iter(known)) if len(known) == 1 else chain
        rows = {row[0] for row in _division_rows().get(best[-1], ()) if in_order(best, row[0])}
        full[chain] = next(iter(rows)) if len(rows) == 1 else best
    full = {chain: _risen(whole, by_last) for chain, whole in full.items()}
    above = {city for whole in full.values() if (city := nearest(whole, "市")) and city[-1] not in made}
    if len(above) == 1:  # cities that a text says were counties stand below the only other one
        city = next(iter(above))
        full = {chain: _below(whole, city) if any(name in made for name in whole) else whole for chain, whole in full.items()}
    # What a division adds above a city holds for all the places below the city.
    heads = {chain: whole for chain, whole in full.items() if whole != chain}
    return {chain: _with_head(whole, full, heads) for chain, whole in full.items()}


def _risen(chain: Chain, by_last: Mapping[str, Collection[Chain]]) -> Chain:
    """A county that became a city or a district stays where it was: 云硐市 in 梧澜州, where the corpus knows 云硐县 there. Not
    so a city that bears the name of its own county (衡阳市, 衡阳县), nor one that the divisions know."""
    name = chain[0]
    if name[-1] not in "市区" or name in _division_rows():
        return chain
    above = {other[:-1] for sign in "县旗" for other in by_last.get(f"{stem_place(name)}{sign}", ()) if len(other) > 1}
    if len(above) == 1 and stem_place((city := next(iter(above)))[-1]) != stem_place(name):
        return (*city, *chain)
    return chain


_MADE_CITY = re.compile(r"撤销([\u4e00-\u9fff]{2,8}?)县(?:的建制)?[,,、;;](?:同时)?(?:设立|成立|新设)(?:县级)?\1市")


def _made_cities(texts: Iterable[str]) -> frozenset[str]:
    """Cities of county level, by the decision that made them of a county of their name (撤销云坪县,设立云坪市); the divisions
    know what is above theirs."""
    found = {f"{match[1]}市" for text in texts if "撤销" in text for match in _MADE_CITY.finditer(text)}
    return frozenset(name for name in found if name not in _division_rows())


def _below(chain: Chain, city: Chain) -> Chain:
    """A chain with a city of county level in it, as one of the city above: what else stands below that city lies beside it."""
    rest = tuple(name for name in chain if name not in city)
    if len(rest) > 1 and rest[0].endswith("市") and level_of((*city, rest[1])) == "县" and rest[1][-1] in "县区旗":
        rest = rest[1:]
    return (*city, *rest)


def _with_head(chain: Chain, full: Mapping[Chain, Chain], heads: Mapping[Chain, Chain]) -> Chain:
    for size in range(len(chain) - 1, 0, -1):
        upper = chain[:size]
        whole = heads.get(upper)
        if whole is None and upper not in full:
            rows = {row[0] for row in _division_rows().get(upper[-1], ()) if in_order(upper, row[0]) and len(row[0]) == 2}
            whole = next(iter(rows)) if len(rows) == 1 else None
        if whole:
            return (*whole, *chain[size:])
    return chain


def _longest_only(chains: set[Chain]) -> set[Chain]:
    """Without those that are part of another one of the set."""
    return {chain for chain in chains if not any(chain != other and in_order(chain, other) for other in chains)}


def _index(chains: Mapping[Chain, Chain]) -> dict[str, tuple[Chain, ...]]:
    index: dict[str, set[Chain]] = defaultdict(set)
    for raw, chain in chains.items():
        for size in range(1, len(chain) + 1):
            index[chain[size - 1]].add(chain[:size])
            index[short_place(chain[size - 1])].add(chain[:size])
        index[raw[-1]].add(chain)
    return {name: tuple(sorted(found)) for name, found in sorted(index.items())}


def code_at(chain: Chain, on: date | None) -> str | None:
    """The division code of a place at a date (today's where no date is known); None where it is not in the table."""
    rows = [row for row in _division_rows().get(chain[-1], ()) if in_order([short_place(p) for p in chain[:-1]],
                                                                          [short_place(p) for p in row[0][:-1]])]
    codes = {row[1] for row in rows if (row[3] == 9999 if on is None else row[2] <= on.year <= row[3])}
    return next(iter(codes)) if len(codes) == 1 else None


def place_book(records: Sequence[Record]) -> PlaceBook:
    """The places of a corpus. Independent of the order of the records."""
    return PlaceBook((record.place for record in records), ((record.place, record.source, record.text) for record in records),
                     ((record.place, record.source, name) for record in records for name in _named(record)))


def _named(record: Record) -> Iterable[str]:
    """The bodies of posts and events, and the places of events."""
    yield from (post.body for post in record.posts if post.body)
    for event in record.events:
        yield from (body.name for body in event.bodies)
        yield from filter(None, (event.place, *event.sites))


def place_nodes(book: PlaceBook, used: Iterable[Chain], renames: Mapping[Chain, Chain], on: date | None) -> tuple[Place, ...]:
    """The places of the book and those of bodies (``used``), each with its upper places; codes as of ``on``."""
    chains = {chain[:size] for chain in (*book.chains, *used) for size in range(1, len(chain) + 1)}
    return tuple(Place(
        id="/".join(chain), name=chain[-1], chain=chain, code=code_at(chain, on), level=level_of(chain),
        parent="/".join(chain[:-1]) if len(chain) > 1 else None, aliases=book.aliases(chain),
        renamed_to="/".join(renames[chain]) if chain in renames else None) for chain in sorted(chains))
