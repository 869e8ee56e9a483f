"""The bodies of a corpus: one node for each organisation, under all the names that the papers give it.

A body is its place and its organ. Deictic names are completed by the record's place (区委 -> 丹阜区委), long and short names
fall together by the lexicon (卫生健康委员会 = 卫健委), by the dated divisions (管城区 = 管城回族区) and by the corpus itself
(住房城乡建设局 shortened to 住建局 in the same place). A renamed body is two nodes with ``renamed_to``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.lexicon import table
from kg.model import Record
from kg.resolve.ids import distinct
from kg.resolve.model import Body
from kg.resolve.places import Chain, Located, PlaceBook, county, is_zone, level_of, related, stem_place, zone_kind
from kg.resolve.titles import heads_place, light_body, plain_body
from kg.resolve.when import bounds

Key = tuple[Chain, str]
"""A body's identity: the chain of its place and the key of its name (``plain_body``)."""

# The endings of a short name that may stand for a longer organ name: 大数据局 = 大数据管理局.
_FILLERS = ("管理", "事务", "服务", "监督管理", "工作", "行政", "综合行政")
_SYSTEMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((system, re.compile(pattern)) for system, pattern in (
    ("纪委监委", r"^(?:纪委|监委|纪检)|纪委监委"),
    ("人大", r"^人大"),
    ("政协", r"^政协"),
    ("检察院", r"检察院"),
    ("法院", r"法院|法庭|^中院|^高院"),
    ("军队", r"人武部|军分区|警备区|省军区|武警|部队|预备役|^武装部"),
    ("企业", r"公司|集团|银行|信用社|合作社|厂$|企业|酒店|超市|商场|矿$"),
    ("学校", r"小学|中学|学校|大学|学院|幼儿园|党校|高中|职高|[一二三四五六七八九十]中$|实小$"),
    ("医院", r"医院|卫生院|卫生室|疾控|血站|保健院"),
    ("群团", r"工会|团[省市区县州旗]?委|共青团|妇联|科协|文联|残联|侨联|工商联|红十字|记协|作协|无党派|"
             r"民盟|民革|民建|民进|农工党|致公党|九三|台盟|协会|学会|商会|联合会|基金会|志愿"),
    ("开发区", r"管委会"),
    ("党委", r"^委|党委|党工委|党组|党支部|党总支|组织部|宣传部|统战部|政法委|巡察|宣讲团|工委$|社工部"),
    ("政府", r"^政府|局|办|委$|中心|厅|[大支总]队|派出所|指挥部|领导小组|专班|[所站处院馆台社]$"),
))


@dataclass(frozen=True, slots=True)
class BodyUse:
    """A name for a body in one record, understood."""

    key: Key
    name: str  # completed, in the paper's own form
    level: str | None
    national: bool
    whole_place: bool  # the name is a place's alone: 丹阜区, 梅渡镇

    @property
    def place(self) -> Chain:
        return self.key[0]


@cache
def _renamed_organs() -> tuple[tuple[str, str], ...]:
    return tuple((row["form"], later) for row in table("renamed_organs") for later in row["later"].split("、"))


class BodyBook:
    """All bodies of a corpus; built once, never changed."""

    def __init__(self, records: Sequence[Record], places: PlaceBook, issued: Mapping[str, str | None]) -> None:
        """``issued``: the issue date of each record by its id."""
        self._places = places
        self._cache: dict[tuple[str, Chain, str], BodyUse] = {}
        uses = Counter[tuple[Key, str]]()
        self._levels: dict[Key, str | None] = {}
        seen: dict[Key, list[date]] = defaultdict(list)
        for record in records:
            span = bounds(issued[record.id])
            for raw, post, now in _names(record):
                use = self.use(record, raw, post)
                uses[use.key, use.name] += 1
                self._levels[use.key] = use.level
                if span and now:
                    seen[use.key].append(span[0])
        self.place_renames: dict[Chain, Chain] = _renamed_places(records, places, issued, seen)
        self._joined = _abbreviations({key for key, _ in uses})
        # A township stays what it is when its county becomes a city: one body, under the county's last name.
        moved = {key: (self.current_place(key[0]), key[1]) for key, _ in uses if level_of(key[0]) in ("乡", "村")}
        self._joined = {key: moved.get(last, last) for key in {*self._joined, *moved} for last in (self._joined.get(key, key),)}
        names: dict[Key, Counter[str]] = defaultdict(Counter)
        for (key, name), count in sorted(uses.items()):
            names[self._joined.get(key, key)][name] += count
        self._names = {key: (sorted(counter, key=lambda n: (-counter[n], len(n), n))[0], tuple(sorted(counter)))
                       for key, counter in sorted(names.items())}
        dates: dict[Key, list[date]] = defaultdict(list)
        for key, days in seen.items():
            dates[self._joined.get(key, key)] += days
        self.renames: dict[Key, Key] = self._find_renames(records, dates)
        self.ids: dict[Key, str] = distinct((self._readable(key), key) for key in self._names)
        self._parts = _parts(set(self._names))

    def use(self, record: Record, raw: str, post: str | None = None) -> BodyUse:
        """What ``raw`` means in a record. For the post of a jurisdiction's head (区长) the body is its government."""
        context = self._places.chain(record.place)
        local = record.source if re.search(r"[镇乡园]|街道|[发新开聚范]区", raw) else ""
        head = "政府" if post and heads_place(post) else ""
        cached = self._cache.get((raw + head, context, local + (record.id if local else "")))
        if cached is None:
            cached = self._understand(light_body(raw), context, record, head)
            self._cache[raw + head, context, local + (record.id if local else "")] = cached
        return cached

    def key(self, record: Record, raw: str, post: str | None = None) -> Key:
        """The key of the node that ``raw`` stands for in a record."""
        key = self.use(record, raw, post).key
        return self._joined.get(key, key)

    def _understand(self, name: str, context: Chain, record: Record, head: str) -> BodyUse:
        found = self._places.locate(name, context, record.source, record.text)
        if branch := self._branch(found):
            place, plain = branch
            return BodyUse((place, plain), found.name, level_of(place), False, False)
        if head and not found.organ and found.place:
            found = Located(found.place, head, True)
        organ = found.organ
        stem = stem_place(found.place[-1]) if found.place else ""
        if stem and not found.explicit and organ.startswith(stem) and len(organ) > len(stem):
            # 丹阜公安分局 in a page of 丹阜区
            rest = organ[len(stem):]
            plain = plain_body(found.place[-1] + rest.removeprefix(found.place[-1][-1]))
        else:
            plain = plain_body(found.name)
        level = found.level or level_of(found.place)
        whole_place = not organ and bool(found.place)
        return BodyUse((found.place, plain), found.name or name, level, found.national, whole_place)

    def _branch(self, found: Located) -> Key | None:
        """衡泽市公安局丹阜分局 belongs to 丹阜区, and is what others call 丹阜区公安分局."""
        match = re.fullmatch(r"(.{2,12})局([\u4e00-\u9fff]{2,4})分局", found.organ)
        if match and found.place:
            for chain in self._places.chains:
                if chain[:-1] == found.place and match[2] in (stem_place(chain[-1]), chain[-1]):
                    return chain, plain_body(f"{chain[-1]}{plain_body(match[1] + '局')[:-1]}分局")
        return None

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(self._names)

    def name(self, key: Key) -> str:
        return self._names[key][0]

    def id(self, key: Key) -> str:
        return self.ids[key]

    def current_place(self, chain: Chain) -> Chain:
        """The chain with every place under its last name: 鹿亭县 -> 鹿亭区 where it became one."""
        for size in range(1, len(chain) + 1):
            later = self.place_renames.get(chain[:size])
            if later:
                return self.current_place((*later, *chain[size:]))
        return chain

    def presumed_place(self, chain: Chain) -> Chain:
        """The chain under its last names, below the city that the corpus makes likely."""
        return self._places.presumed(self.current_place(chain))

    def root(self, key: Key) -> Key:
        """The body that a party group, an office or an earlier name belongs to: what makes two posts posts of one house."""
        seen = {key}
        while True:
            step = self.renames.get(key) or self._parts.get(key)
            if step is None or step in seen:
                break
            seen.add(step)
            key = step
        return self.current_place(key[0]), key[1]

    def nodes(self) -> tuple[Body, ...]:
        """The bodies as nodes, sorted by id."""
        found = []
        for key, (name, aliases) in self._names.items():
            part = self._parts.get(key)
            later = self.renames.get(key)
            found.append(Body(self.ids[key], name, tuple(a for a in aliases if a != name), key[0],
                              self.ids[part] if part else None, system_of(key), self._levels.get(key) or level_of(key[0]),
                              self.ids[later] if later else None))
        return tuple(sorted(found, key=lambda body: body.id))

    def _readable(self, key: Key) -> str:
        place, name = key[0], self._names[key][0]
        home = county(place)
        if not home or (name.startswith(home[-1])):
            return name
        return f"{home[-1]}/{name}"

    def _find_renames(self, records: Sequence[Record], seen: Mapping[Key, Sequence[date]]) -> dict[Key, Key]:
        """Stated renames, organs that a reform renamed everywhere, and the bodies of a renamed place."""
        known = set(self._names)
        found: dict[Key, Key] = {}
        for record in records:
            for older, later in _stated_renames(record.text):
                a = self._known(record, older, known, from_end=True)
                b = self._known(record, later, known, from_end=False)
                if a and b and a != b and found.get(b) != a:
                    found.setdefault(a, b)
                for a, b in self._zone_bodies(record, older, later):
                    found.setdefault(a, b)
        for key in sorted(known):
            for target in self._renamed(key):
                if key not in found and target in known and found.get(target) != key and \
                        (target[0] != key[0] or _before(seen.get(key, ()), seen.get(target, ()))):
                    found[key] = target
        return found

    def _renamed(self, key: Key) -> Iterable[Key]:
        """The bodies that one may have become: its organ renamed by a reform, its place renamed, or both."""
        place, name = key
        organs = [name.removesuffix(older) + later for older, later in _renamed_organs() if name.endswith(older)]
        yield from ((place, organ) for organ in organs)
        moved = self.current_place(place)
        if moved != place:
            for size in range(1, len(place) + 1):
                if later_place := self.place_renames.get(place[:size]):
                    yield from ((moved, organ.replace(place[size - 1], later_place[-1])) for organ in (name, *organs))

    def _zone_bodies(self, record: Record, older: str, later: str) -> Iterable[tuple[Key, Key]]:
        """The bodies of a zone without a name of its own (临漪县产业集聚区), and the same of the zone that it became."""
        kind = zone_kind(older)
        here = self.presumed_place(self._places.chain(record.place))
        if not kind or not any(later.startswith(key[0][-1]) for key in self._names if key[0] and is_zone(key[0][-1])):
            return
        for place, name in self._names:
            before, found, organ = name.rpartition(kind)
            if found and organ and before in ("", *place[-1:]) and related(self.presumed_place(place), here):
                for target in self._names:
                    zone = target[0][-1] if target[0] else ""
                    if is_zone(zone) and later.startswith(zone) and target[1] == plain_body(zone + organ):
                        yield (place, name), target

    def _known(self, record: Record, text: str, known: set[Key], *, from_end: bool) -> Key | None:
        """The known body that a stretch of text ends (or begins) with, the longest one."""
        for cut in range(len(text) - 2):
            part = text[cut:] if from_end else text[: len(text) - cut]
            key = self.key(record, part)
            if key in known:
                return key
        return None


def system_of(key: Key) -> str:
    """The system that a body belongs to (党委, 人大, 政府 …), by its organ name and its place."""
    place, name = key
    organ = name.removeprefix(plain_body(place[-1])) if place else name
    for system, pattern in _SYSTEMS[:4]:
        if pattern.search(organ):
            return system
    if level_of(place) == "乡" and not re.search(r"学|医院|公司|卫生院", organ):
        return "街道乡镇"
    for system, pattern in _SYSTEMS[4:]:
        if pattern.search(organ):
            return system
    return "政府" if not organ else "其他"


_INSPECTORS = re.compile(r"(?:第[一二三四五六七八九十\d]+)?巡察组")


def body_of(record: Record, body: str | None, post: str) -> str | None:
    """The body of a post as stated; a group of inspectors (第一巡察组) under the party committee of the page's place, which alone
    sends such groups."""
    stated = body or post
    home = county(record.place)
    if not _INSPECTORS.match(stated) or not home or is_zone(home[-1]):
        return body
    return f"{home[-1]}委{body or ''}"


def _names(record: Record) -> Iterable[tuple[str, str | None, bool]]:
    """Each body's name in a record, the post it is the body of, and whether it is spoken of as a thing of that day."""
    for post in record.posts:
        if (stated := body_of(record, post.body, post.post)) and post.class_ != "list_label":
            yield stated, post.post, post.status != "former"
    for change in record.changes:
        if stated := body_of(record, change.body, change.post):
            yield stated, change.post, change.act not in ("remove", "resign")
        if change.by:
            yield change.by, None, True
    for event in record.events:
        for body in event.bodies:
            yield body.name, None, True


_NAME = r"[\u4e00-\u9fff]{2,24}"
_VERBS = "更名|改名|升格|升级|更改|改称|改设|晋升"
_RENAMES = (re.compile(rf"由原?({_NAME}?)(?:正式)?(?:更名|改[名组建]|转隶|整合|合并|重新组建|组建)+(?:而成)?的({_NAME})"),
            re.compile(rf"原?({_NAME}?)(?:正式|统一|获批)?(?:{_VERBS})为({_NAME})"),
            re.compile(rf"撤销({_NAME}?)(?:的建制)?[,,、;;](?:同时)?(?:设立|组建|成立|新设)({_NAME})"),
            re.compile(rf"在原?({_NAME}?)(?:的)?基础上[,,]?(?:新?组建|成立|设立)({_NAME})"))
_FORMER_SELF = re.compile(rf"({_NAME}?)(?:的)?前身(?:就)?[是为]原?({_NAME})")


def _stated_renames(text: str) -> Iterable[tuple[str, str]]:
    """由原区卫生和计划生育委员会更名组建的丹阜区卫生健康委员会, 撤销鹿亭县,设立鹿亭区, …更名为…, …前身是…"""
    if not any(word in text for word in ("名", "撤销", "组建", "升", "改称", "改设", "前身")):
        return
    text = text.replace("“", "").replace("”", "")
    for match in _FORMER_SELF.finditer(text):
        yield match[2], match[1]
    for pattern in _RENAMES:
        for match in pattern.finditer(text):
            yield match[1], match[2]


def _renamed_places(records: Sequence[Record], places: PlaceBook, issued: Mapping[str, str | None],
                    bodies: Mapping[Key, Sequence[date]]) -> dict[Chain, Chain]:
    """Places of one stem and one parent, the earlier of which is said to have become the later (撤县设区), or is heard of
    no more when the later one begins: earlier -> later. ``bodies``: the days at which the bodies of a place are spoken of."""
    seen: dict[Chain, list[date]] = defaultdict(list)
    stated: set[tuple[str, str]] = set()
    for record in records:
        span = bounds(issued[record.id])
        chain = places.chain(record.place)
        if span and chain:
            seen[chain].append(span[0])
        stated.update(_stated_renames(record.text))
    for (place, _), days in bodies.items():
        seen[place] += days
    known: dict[Chain, list[date]] = defaultdict(list)
    for chain, days in seen.items():
        for size in range(1, len(chain) + 1):
            known[chain[:size]] += days
    alike: dict[tuple[Chain, str], list[Chain]] = defaultdict(list)
    for chain in sorted(known):
        if level_of(chain) == "县":
            alike[places.presumed(chain)[:-1], stem_place(chain[-1])].append(chain)
    found: dict[Chain, Chain] = _renamed_zones(known, stated)
    for group in alike.values():
        for a in group:
            for b in group:
                said = any(older.endswith(a[-1]) and later.startswith((b[-1], "".join(b[-2:]))) for older, later in stated)
                if a != b and (said or _before(known[a], known[b], strictly=True)) and found.get(b) != a:
                    found.setdefault(a, b)
    return found


def _renamed_zones(known: Iterable[Chain], stated: Iterable[tuple[str, str]]) -> dict[Chain, Chain]:
    """Zones of one city, the earlier of which a text says to have become the later; a zone's new name can be short (高新区)."""
    zones = sorted(chain for chain in known if is_zone(chain[-1]))
    found: dict[Chain, Chain] = {}
    for older, later in sorted(stated):
        for a in (zone for zone in zones if older.endswith(zone[-1]) or older.startswith(zone[-1])):
            near = [b for b in zones if b != a and b[:-1] == a[:-1]
                    and any(_names_zone(later[cut:], b[-1]) for cut in range(len(later)))]
            if len(near) == 1 and found.get(near[0]) != a:
                found.setdefault(a, near[0])
    return found


def _names_zone(text: str, zone: str) -> bool:
    """Whether a text is a zone's name or its short form: 高新区 for 梧澜高新技术产业开发区."""
    return text == zone or (len(text) == 3 and is_zone(text) and text[:2] in zone and text[-1] == zone[-1])


def _before(earlier: Sequence[date], later: Sequence[date], *, strictly: bool = False) -> bool:
    """Whether one was spoken of first, and never again as a thing of the day once the other was well known."""
    if not earlier or not later:
        return bool(later) and not strictly
    return max(earlier) < min(later) if strictly else min(earlier) < min(later) and max(earlier) <= max(later)


def _abbreviations(keys: set[Key]) -> dict[Key, Key]:
    """Short names of one body in one place, each to the only long name it can stand for."""
    by_place: dict[tuple[Chain, str, str], list[str]] = defaultdict(list)
    for place, name in sorted(keys):
        organ = name.removeprefix(plain_body(place[-1])) if place else name
        if len(organ) >= 3:
            by_place[place, organ[0], organ[-1]].append(name)
    joined: dict[Key, Key] = {}
    for (place, _, _), names in by_place.items():
        if len(names) < 2:
            continue
        head = plain_body(place[-1]) if place else ""
        for short in names:
            longer = [long for long in names
                      if len(long) > len(short) and _shortens(short.removeprefix(head), long.removeprefix(head))]
            if len(longer) == 1:
                joined[place, short] = (place, longer[0])
    return {key: _last(joined, key) for key in joined}


def _last(steps: Mapping[Key, Key], key: Key) -> Key:
    while key in steps:
        key = steps[key]
    return key


def _shortens(short: str, long: str) -> bool:
    """Whether an organ's short name takes single characters out of the long one (城管局, 城市管理局), or leaves out a filler
    (大数据局, 大数据管理局). 教育局 is no short name of 教育体育局: its characters stand together there."""
    if short[-1] not in "局委办厅会部院队" or long[-1] != short[-1]:
        return False
    a, b = short[:-1], long[:-1]
    if b.startswith(a):
        return b[len(a):] in _FILLERS
    if a in b or not a or a[0] != b[0]:
        return False
    rest = iter(b)
    return all(char in rest for char in a) and len(a) * 2 <= len(b)


def _parts(keys: set[Key]) -> dict[Key, Key]:
    """Body -> the body that its name begins with: 丹阜区委巡察办 -> 丹阜区委, 丹阜区教育局党组 -> 丹阜区教育局."""
    found: dict[Key, Key] = {}
    for place, name in keys:
        least = len(plain_body(place[-1])) if place else 1
        deep = level_of(place) in ("乡", "村")
        for size in range(len(name) - 1, least - deep, -1):
            if (place, name[:size]) in keys:
                found[place, name] = (place, name[:size])
                break
    return found
