"""Credits: who wrote, photographed and edited, as papers print it.

A credit is a run of role words (记者, 通讯员, 摄, 责任编辑 …), names, organisations and separators, and nothing else. The
cutting into articles needs to know such lines, and so does the extraction of bylines; both use this grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg import lexicon

CreditRole = Literal["reporter", "correspondent", "photographer", "author", "staff"]

MAX_CREDIT = 240  # characters; a longer span is prose
_DOTS = "·•・‧∙⋅"
_SEPARATORS = frozenset(" \t\u3000\xa0\u2002\u2003、,，;；:：/／\\|｜丨()（）[]【】〔〕［］《》<>□■◇◆●○★☆▲△▶◎※—-–&.＊*_~和与")
_GAPS = " \u3000\xa0\u2002\u2003"
# Characters with which names of Turkic and Mongolian languages are written.
_SOUNDS = frozenset(
    "阿不都热合曼古丽买提努尔艾尼江吐逊依明木拉克力库亚孜巴哈达娜娅麦帕玛汗米夏伊斯坦别叶森萨吾甫娃苏莱卡迪沙塔什奴吉赛丁凯德依然居马拜"
    "乌日根图格其仁朝鲁蒙代钦宝音云高琴呼和登额勒朗那顺布赫恩特穆青白嘎扎娜仁萨如拉")
OPENING, CLOSING = frozenset("（([【〔［"), frozenset("）)]】〕］")
_HAN = "\u3400-\u9fff〇\U00020000-\U0002fa1f"
_RUN = re.compile(f"[{_HAN}]+(?:[{_DOTS}][{_HAN}]+)*")
_ROLE_NAMES = ("reporter", "correspondent", "photographer", "author", "staff")


@dataclass(frozen=True, slots=True)
class Credit:
    """A name in a credit; ``start`` and ``end`` are its place in the text that was read (spaced-out names as printed)."""

    name: str
    role: CreditRole | None  # None where only a name stands there: （段云）
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    role: re.Pattern[str]  # a role or neutral word, with what belongs before it, perhaps spaced out (编 辑)
    opens: frozenset[str]  # the characters with which such a word begins
    hint: re.Pattern[str]  # a quick test whether a text has a role word at all
    org: re.Pattern[str]
    filler: re.Pattern[str]
    roles: dict[str, str]
    surnames: frozenset[str]
    usual: frozenset[str]
    tibetan: frozenset[str]


@cache
def _words() -> _Words:
    by_role: dict[str, list[str]] = {}
    for row in lexicon.table("credits"):
        by_role.setdefault(row["role"], []).append(row["form"])
    roles = {form: role for role, forms in by_role.items() for form in forms if role in (*_ROLE_NAMES, "neutral")}
    longest = sorted(roles, key=lambda f: (-len(f), f))
    spaced = "|".join(map(_spaced, longest))
    before = _either(by_role["before"])
    surnames = {row["form"]: row["class"] for row in lexicon.table("surnames")}
    return _Words(
        role=re.compile(f"(?:{before})*(?P<word>{spaced})"),
        opens=frozenset(form[0] for form in (*roles, *by_role["before"])),
        hint=re.compile("|".join(["通[ \u3000]*讯[ \u3000]*员", "摄", *(_spaced(f) if len(f) == 2 else re.escape(f)
                                                                  for f in longest if len(f) > 1)])),
        org=re.compile(f"(?:{_either(by_role['org'] + by_role['before'])})$"),
        filler=re.compile(_either(by_role["filler"])),
        roles=roles,
        surnames=frozenset(surnames),
        tibetan=frozenset(row["form"] for row in lexicon.table("name_elements") if row["class"] == "Tibetan"),
        usual=frozenset(form for form, kind in surnames.items() if kind in ("common", "usual", "compound")),
    )


def _spaced(form: str) -> str:
    return "[ \u3000]*".join(map(re.escape, form))


def _either(forms: list[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))


_POINTS_ON = re.compile(r"见[^，。）]{0,8}版|[上下][转接]|详见")  # （相关报道见第二、三版）


def may_be_credit(text: str) -> bool:
    """Whether the text has any word of a credit; a quick test before reading it."""
    return _words().hint.search(text) is not None


def read_credit(text: str, start: int = 0, end: int | None = None) -> tuple[Credit, ...] | None:
    """The names of ``text[start:end]`` with their roles, or None where the span is not a credit and nothing else.

    Roles stand before their names (记者 段云 通讯员 毕文博) or, for pictures, behind (段云 摄). Names alone, in brackets or
    not, come back with the role None; then each must begin with a surname.
    """
    end = len(text) if end is None else end
    while end > start and text[end - 1] in "。 \u3000":
        end -= 1
    if end - start > MAX_CREDIT or start >= end or _POINTS_ON.search(text, start, end):
        return None
    parts = _parse(text, start, end)
    if parts is None:
        return None
    names, said_role = parts[0], parts[1]
    if said_role and any(n.role is None for n in names) and any(n.role == "staff" for n in names):
        return None  # 某某副总编结束了行程: prose
    names = [n for n in names if n.role != "staff" or has_surname(n.name)]  # 来源：丹阜时讯
    bracketed = text[start] in OPENING or text[start - 1:start] in OPENING
    if not said_role and not (bracketed and _pen_name(names)) and (
            not names or not all(has_surname(n.name) and _short(n.name) for n in names)):
        return None
    if said_role and names and not bracketed and not any(has_surname(n.name) for n in names):
        return None  # 记者走基层: a column's name, not a person's
    return tuple(names)


def _parse(text: str, start: int, end: int) -> tuple[list[Credit], bool] | None:
    words = _words()
    names: list[Credit] = []
    role: CreditRole | None = None
    said_role = False
    fresh: list[int] = []  # names that a 摄 behind them would make photographers
    unnamed = False  # whether a role word still waits for its names
    at = start
    while at < end:
        if text[at] in _SEPARATORS and not (text[at] in "和与" and _no_conjunction(text, at, start, end, unnamed)):
            at += 1
            continue
        word = _role_at(text, at, end)
        if word:
            said_role = True
            kind = words.roles["".join(word["word"].split())]
            ends = word.end() >= end or text[word.end()] not in ":：丨|"
            if kind == "photographer" and fresh and ends:
                # 记者 某某 通讯员 某某 摄 is all of them; 记者 某某 摄影报道 wrote as well
                whole = word["word"] in ("摄", "摄影", "拍摄", "供图")
                for i in fresh:
                    if (whole and names[i].role != "staff") or names[i].role is None:
                        names[i] = replace(names[i], role="photographer")
            elif kind == "neutral":
                role, fresh = role or "reporter", []
            else:
                role = kind  # type: ignore[assignment]
                unnamed = True
            at = word.end()
            continue
        filler = words.filler.match(text, at, end)
        if filler and (names or said_role or (filler.end() < end and len(filler.group()) > 1)):
            at = filler.end()
            continue
        run = _RUN.match(text, at, end)
        if run is None:
            if said_role and (text[at].isdigit() or (role == "staff" and text[at].isascii() and text[at].isalnum())):
                at += 1  # 值班编辑 6621108, 责任编辑：某某 SF183
                continue
            return None
        stop = _before_role(text, at, run.end())
        if stop < run.end() and not unnamed and _org_before(text, at, stop, end, said_role):
            at = stop
            continue
        if stop - at == 1:
            spaced = _spaced_out(text, at, end)
            if spaced is None:
                return None
            stop = spaced
        named = stop - at <= 3 and text[at] in words.usual and not said_role
        if stop - at > 2 and not named and words.org.search(text, at, stop):
            at = stop  # 通讯员 区委宣传部 某某
            continue
        pieces = split_names(text, at, stop)
        if pieces is None:
            if role == "staff" or (said_role and words.org.search(text, at, stop)):
                at = stop
                continue
            return None
        unnamed = False
        for name, name_start, name_end in pieces:
            fresh.append(len(names))
            names.append(Credit(name, role, name_start, name_end))
        at = stop
    return names, said_role


def _no_conjunction(text: str, at: int, start: int, end: int, unnamed: bool) -> bool:
    """Whether 和 at ``at`` is inside a name or begins one: 何和平, and behind a role word 通讯员 和 平."""
    if at > start and text[at - 1] not in _SEPARATORS:
        return True
    return unnamed and text[at] == "和" and _spaced_out(text, at, end) is not None


def _role_at(text: str, at: int, end: int) -> re.Match[str] | None:
    """A role word at ``at``; 文, 图 and 电 count only where a separator closes them, for they begin names too."""
    words = _words()
    word = words.role.match(text, at, end) if text[at] in words.opens else None
    if word and len(word["word"]) == 1 and word["word"] in "文图电" and word.end() < end and text[word.end()] not in _SEPARATORS:
        return None
    if word and word["word"] == "文" and word.end() < end and text[word.end()] in " \u3000":
        after = word.end()
        while after < end and text[after] in " \u3000":
            after += 1
        if after + 1 >= end or text[after + 1] in _SEPARATORS:
            return None  # 文 静
    return word


def _org_before(text: str, at: int, stop: int, end: int, said_role: bool) -> bool:
    """Whether what is glued before a role word is its organisation (南海网|记者某某) and not names (记者某某|通讯员某某)."""
    word = _role_at(text, stop, end)
    kind = _words().roles["".join(word["word"].split())] if word else ""
    if kind not in ("reporter", "correspondent"):
        return False
    return not said_role or stop - at == 1 or _words().org.search(text, at, stop) is not None


def _spaced_out(text: str, at: int, end: int) -> int | None:
    """Where a name ends that is spaced out for layout (陈 静; 王 小 二), or None; the 摄 behind it is no part (陈 静 摄)."""
    singles = [at]
    while len(singles) < 4:
        gap = singles[-1] + 1
        while gap < end and text[gap] in _GAPS:
            gap += 1
        after = gap + 2 if text[gap + 1:gap + 2] == "摄" else gap + 1  # 秦 灼摄
        alone = gap < end and _RUN.match(text[gap]) and (after >= end or text[after] in _SEPARATORS)
        if gap == singles[-1] + 1 or not alone or (len(singles) > 1 and text[gap] == "摄"):
            break
        singles.append(gap)
    return None if len(singles) == 1 else singles[2 if len(singles) == 3 else 1] + 1


def _before_role(text: str, at: int, stop: int) -> int:
    """Where the names of a run end because a role word is glued to them (某某摄, 某某记者某某)."""
    for i in range(at + 1, stop):
        word = _role_at(text, i, stop)
        if word is None:
            continue
        if len(word["word"]) > 1 or (word["word"] == "摄" and word.end() == stop and i - at >= 2):
            return i
    if stop - at > 2 and text[stop - 1] in "文图" and text[stop:stop + 1] in ("/", "／"):
        return stop - 1  # 某某文/图
    return stop


def is_transliterated(run: str) -> bool:
    """Whether a run of four to eight characters is one name of another language: 阿不都热合曼, 乌云其木格, 斯琴高娃."""
    return 4 <= len(run) <= 8 and sum(c in _SOUNDS for c in run) >= len(run) - (len(run) > 4)


def has_usual_surname(name: str) -> bool:
    """Whether a name begins with one of the surnames that are not rare."""
    usual = _words().usual
    return name[:2] in usual or name[:1] in usual


def has_surname(name: str) -> bool:
    """Whether a name begins as names do; names with a dot (艾尔肯·吐尔逊) always do."""
    surnames = _words().surnames
    return any(dot in name for dot in _DOTS) or name[:2] in surnames or name[:1] in surnames or is_transliterated(name)


def _pen_name(names: list[Credit]) -> bool:
    """Whether one name spaced out for layout stands there; then it need not begin with a surname: （宜 轩）"""
    return len(names) == 1 and len(names[0].name) == 2 < names[0].end - names[0].start


def _short(name: str) -> bool:
    """Whether a name stands without a role word: a compound surname or a dot makes four characters, else two or three do."""
    return len(name) <= 3 or any(dot in name for dot in _DOTS) or name[:2] in _words().surnames or is_transliterated(name)


def split_names(text: str, start: int, end: int) -> list[tuple[str, int, int]] | None:
    """Names in a run without separators: one of two to four characters, or several glued together (张三丰李四).

    Returns (name, start, end) each, or None where the run cannot be names.
    """
    run = text[start:end]
    bare = "".join(run.split())
    if len(bare) < 2:
        return None
    if any(dot in run for dot in _DOTS):
        return [(bare, start, end)] if len(bare) <= 24 else None
    if len(bare) <= 3 or len(bare) != len(run):
        return [(bare, start, end)] if len(bare) <= 4 else None
    for i in range(2, len(run) - 1):
        if run[i] in "和与及":
            left, right = split_names(text, start, start + i), split_names(text, start + i + 1, end)
            if left and right and all(has_surname(name) for name, _, _ in left + right):
                return left + right
    if (len(run) == 4 and run[:2] in _words().tibetan and run[2:] in _words().tibetan) or is_transliterated(run):
        return [(run, start, end)]
    sizes = _best_sizes(run)
    if sizes is None:
        return [(run, start, end)] if len(run) == 4 and run[0] not in "的一在有" else None
    found, at = [], start
    for size in sizes:
        found.append((text[at:at + size], at, at + size))
        at += size
    return found


def _best_sizes(run: str) -> tuple[int, ...] | None:
    """The lengths of glued names at the least cost: each begins with a surname, three characters rather than two."""
    words = _words()
    if len(run) > 40:
        return None
    best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ())] + [None] * len(run)
    for end in range(2, len(run) + 1):
        for size in (2, 3, 4):
            before = best[end - size] if end >= size else None
            if before is None:
                continue
            name = run[end - size:end]
            compound = name[:2] in words.surnames
            if size == 4 and not compound:
                continue
            if not compound and name[0] not in words.surnames:
                continue
            rare = 0.0 if compound or name[0] in words.usual else 1.5
            cost = before[0] + rare + (1.0 if size == 3 or compound else 1.4)
            if best[end] is None or (cost, before[1] + (size,)) < best[end]:  # type: ignore[operator]
                best[end] = (cost, before[1] + (size,))
    final = best[-1]
    return None if final is None or final[0] > 2.0 * len(final[1]) else final[1]
