"""Dates of a newspaper text: found by a small grammar, resolved against the issue date, kept as precise as stated.

A date knows which of its digits the text gave (``4月25日`` has no year). The reference is the issue date of the page and
never the clock. Values are EDTF (Extended Date/Time Format, Library of Congress 2019): ``2021-04-25``, ``2021-04``,
``XXXX-04-25`` where the year is not known, ``2021-04-23/2021-04-25`` for a stretch of days.

The text is cut into tokens (a year, a month, a day, 昨日, 上周五 …) by one expression; tokens that stand side by side make a
date, two dates with 至 between them a stretch. Both steps look at each character a bounded number of times.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

Limit = Literal["since", "before", "until", "after", "ahead"]

# An article tells of the last weeks: a day without its month belongs to the last date named if that is no older than this.
RECENT = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class DatePoint:
    """One day, month or year as the text states it; ``None`` is what the text does not say.

    ``year``, ``month``, ``day``: digits of the text. The others are words: ``year_shift`` 去年 = -1; ``month_shift`` 上月 = -1;
    ``day_shift`` 昨日 = -1; ``weekday`` 周一 = 1 … 周日 = 7 with ``week_shift`` 上周 = -1 (None: a weekday alone);
    ``back`` counts days from the date named before (同日 = 0, 次日 = 1); ``same_year`` is 同年, the year named before.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    day_shift: int | None = None
    week_shift: int | None = None
    weekday: int | None = None
    back: int | None = None
    same_year: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text: ``text[start:end]``; ``last`` closes a stretch (4月12日至14日), ``vague`` is 近日, 日前.

    ``part`` is the part of the day as written (上午); ``limit`` says that the text uses the date as a bound only
    (2020年以来: since, 6月15日前: before, 截至9月30日: until, 5月1日后: after) or that it lies ahead (将于5月20日: ahead).
    """

    start: int
    end: int
    first: DatePoint
    last: DatePoint | None = None
    part: str | None = None
    vague: bool = False
    limit: Limit | None = None


# ------------------------------------------------------------------ tokens

_WIDTH = str.maketrans("０１２３４５６７８９．／－～", "0123456789./-~")
_WIDE = re.compile("[０-９．／－～]")
_NUMERALS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0, "O": 0}
_CHINESE_YEAR = "[一二][〇○零ＯO一二三四五六七八九]{3}"
_CHINESE_DAY = "(?:三十一?|[二廿]十?[一二三四五六七八九]?|十[一二三四五六七八九]?|[一三四五六七八九])"
_TO = r"(?:至|到|-{1,2}|—{1,2}|–|―|─{1,2}|~)"

_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<iso>(?<![\d.])(?:1[5-9]|20)\d\d(?P<iso_mark>[./-])\d{1,2}(?P=iso_mark)\d{1,2}(?![\d.]*\d))",
            rf"(?P<year>(?<![\d.])(?:(?:1[5-9]|20)\d\d ?年?{_TO})?(?:1[5-9]|20)\d\d ?年(?!级)|{_CHINESE_YEAR}年)",
            rf"(?P<month>(?<![\d.])(?:\d{{1,2}}{_TO})?\d{{1,2}} ?月(?:份|(?![球亮饼薪租均嫂龄票息供]))"
            r"|(?:十[一二]?|[一二三四五六七八九元])月份?)",
            rf"(?P<day>(?<![\d.·:×/])(?:\d{{1,2}}(?:{_TO}|[、,，]))?\d{{1,2}} ?[日号]|{_CHINESE_DAY}日)",
            r"(?P<year_word>(?:今年|去年|前年|明年|后年|上年|本年|同年|当年)(?!轻|龄|级))",
            r"(?P<month_word>上个?月|本月|这个月|下个?月)",
            r"(?P<week>(?:(?:上上?|本|这|下)个?(?:周|星期|礼拜)|周|星期|礼拜)[一二三四五六日天](?!报))",
            r"(?P<yesterday>昨[日天晚夜晨早]|昨(?=[(（上下]))",
            r"(?P<earlier>大?前天|(?<![目此以之提年日生产会节赛战])前日(?![均常子夕益渐产本]))",
            r"(?P<today>今[天晚晨早]|今日(?!头条|说法|论坛|关注|[》”]))",
            r"(?P<tomorrow>(?:明[日天]|后天)(?=[上下早晚中凌])|明[晚晨早])",
            r"(?P<same>(?<![相应担])当[日天](?!常|下[^午])|当[晚夜](?!间)|(?<!不)同日(?!期|本(?!报)|而)|同一天)",
            r"(?P<next>(?<![首每一二三两几多此])次日|翌日|第二天|隔天)",
            r"(?P<vague>(?<![最临接附邻靠])近日(?!点)|近期|(?<![\d节生假作息次终末易平昨今往同当近数几每某夏冬])日前(?!后)"
            r"|连日来?|前不久|不久前|前些[日天]子?|前几[日天]|几天前|近段时间|近来)",
        )
    )
)
# No token begins elsewhere: a cheap look that spares the long expression nineteen characters in twenty.
_OPENING = re.compile(
    "[0-9一二三四五六七八九十元廿今去前明后上本同当下这周星礼昨大次翌第隔近日连不几]"
    "(?=[-0-9./至到—–―─~、 一二三四五六七八九十〇○零ＯO年月日号天晚晨早夜期个周星礼拜前几些来段久不上下(（])"
)
_PART = re.compile(r"[ \u3000]?([上下中]午|晚[上间]?|早[上晨]|[清凌]晨|傍晚|午后|深夜|夜[间里]?|晨|[上中下]旬|[初底末])")
_WEEKDAY_NOTE = re.compile(r"[ \u3000]?(?:[(（] ?(?:星期|周|礼拜)[一二三四五六日天] ?[)）]|星期[一二三四五六日天])")
_JOIN = re.compile(rf" ?{_TO} ?")
_AND = re.compile(r" ?[、和与及] ?")
_SINCE = re.compile(r"以来|起(?![草步来点义源])|开始|至今")
_BEFORE = re.compile(r"(?:之|以)?前(?![来往去后])")
_AFTER = re.compile(r"(?:之|以)?后(?![来])")
_WILL_BE = re.compile(r"[，,]?[^。！？；，,\n]{0,20}将(?:在|于|召开|举[行办])")
_UNTIL = re.compile(r"止|为止")
_NO_DAY_AFTER = re.compile(r"元(?!旦)|均|[以之]?内|游|龄|间|[以之]?[前后]|以[上下]|无理由|行程|线|常|薪|工")
_NO_DAY_BEFORE = frozenset("每第满近前后余隔逢限历期续共过约数几达超足·为")
_BARE_WEEKDAY_AFTER = re.compile(r"[(（,，]|上午|下午|晚|早|凌晨|清晨|中午|夜")
_BARE_WEEKDAY_BEFORE = frozenset("每逢各双单隔第至到、和四")


class _Token(NamedTuple):
    kind: str
    start: int
    end: int
    text: str


def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of ``text`` in order, offsets in code points, none overlapping another.

    Left out are what only looks like a date: days that no calendar has (2月30日), durations (3日内, 45天), sums (24日元),
    names (7·20, “三月三”), days that recur (每月25日), lunar days, and all within book-title marks.
    """
    folded = text.translate(_WIDTH) if _WIDE.search(text) else text
    tokens = [t for t in _tokens(_without_titles(folded)) if not _is_noise(folded, t)]
    mentions: list[DateMention] = []
    at = end = 0
    while at < len(tokens):
        if tokens[at].start < end:  # the weekday of 4月25日星期日
            at += 1
            continue
        mention, at = _mention(folded, tokens, at)
        if mention is not None:
            mentions.append(mention)
            end = mention.end
    return tuple(m for m, after in zip_longest(mentions, mentions[1:]) if not _restated(folded, m, after))


def _restated(text: str, mention: DateMention, after: DateMention | None) -> bool:
    """周三 in 周三（4月21日）: the date in the brackets says it better."""
    if after is None or _unit(mention.first) != "word" or _unit(after.first) == "word":
        return False
    return after.start == mention.end + 1 and text[mention.end] in "(（"


def _tokens(text: str) -> Iterator[_Token]:
    end = 0
    for opening in _OPENING.finditer(text):
        match = _TOKEN.match(text, opening.start()) if opening.start() >= end else None
        if match is not None and match.lastgroup is not None:
            end = match.end()
            yield _Token(match.lastgroup, match.start(), end, match.group())


_TITLE = re.compile("《[^《》\n]{1,80}》")


def _without_titles(text: str) -> str:
    """《……》 holds a title, and a year in it (《2021年工作要点》) dates no event: blanked out, offsets kept."""
    return _TITLE.sub(lambda match: "\n" * len(match.group()), text) if "《" in text else text


def _is_noise(text: str, token: _Token) -> bool:
    """周三 that is no day of the news: 每周三, 周一至周五, a surname."""
    if token.kind == "week" and token.text[0] in "周星礼":
        return text[max(0, token.start - 1) : token.start] in _BARE_WEEKDAY_BEFORE or not _BARE_WEEKDAY_AFTER.match(
            text, token.end
        )
    return False


# ------------------------------------------------------------------ tokens to dates


class _Reading(NamedTuple):
    """What a run of tokens says; ``first`` is None where the run is no date, and then it is stepped over."""

    first: DatePoint | None
    last: DatePoint | None
    next: int
    vague: bool = False


def _mention(text: str, tokens: list[_Token], at: int) -> tuple[DateMention | None, int]:
    start = tokens[at].start
    reading = _reading(text, tokens, at)
    if reading.first is None:
        return None, reading.next
    end, part = _tail(text, tokens[reading.next - 1].end)
    first, last, after = reading.first, reading.last, reading.next
    if last is None and not reading.vague and after < len(tokens):
        last, joined = _stretch(text, tokens, after, first, end)
        if last is not None:
            after = joined
            end, _ = _tail(text, tokens[after - 1].end)
    part = part or _part_of_word(tokens[after - 1])
    mention = DateMention(start, end, first, last, part, reading.vague)
    limit = _limit(text, mention)
    return replace(mention, limit=limit) if limit else mention, after


def _tail(text: str, end: int) -> tuple[int, str | None]:
    """Behind a date: a weekday in brackets, which adds nothing, and the part of the day."""
    if note := _WEEKDAY_NOTE.match(text, end):
        end = note.end()
    part = _PART.match(text, end)
    return (part.end(), part.group(1)) if part else (end, None)


def _part_of_word(token: _Token) -> str | None:
    """昨晚, 今晨, 当夜 hold the part of the day in the word itself."""
    relative = token.kind in {"yesterday", "today", "tomorrow", "same"}
    return token.text[-1] if relative and token.text[-1] in "晚夜晨早" else None


def _stretch(text: str, tokens: list[_Token], at: int, first: DatePoint, end: int) -> tuple[DatePoint | None, int]:
    """The second date of 4月12日至14日, 10月31日-11月2日, and of 25日、26日 where one day follows the other."""
    join = _JOIN.match(text, end)
    also = None if join else _AND.match(text, end)
    mark = join or also
    if mark is None or tokens[at].start != mark.end():
        return None, at
    other = _reading(text, tokens, at)
    last = other.first
    if last is None or other.last is not None or other.vague or _unit(last) != _unit(first) or _unit(first) == "word":
        return None, at
    if also and not _next_day(first, last):
        return None, at
    return (last, other.next) if _ordered(first, last) else (None, at)


def _unit(point: DatePoint) -> str:
    """The finest thing that a point states."""
    if point.day is not None:
        return "day"
    if point.month is not None:
        return "month"
    return "year" if point.year is not None else "word"


def _next_day(first: DatePoint, last: DatePoint) -> bool:
    if first.day is None or last.day is None:
        return False
    if last.month is None or last.month == first.month:
        return last.day == first.day + 1
    longest = monthrange(first.year or 2000, first.month or 1)[1]
    return last.day == 1 and first.day >= min(longest, 28)


def _ordered(first: DatePoint, last: DatePoint) -> bool:
    """No stretch runs backwards where both ends state the same units."""
    if last.year is not None:
        return first.year is not None and _key(first) < _key(last)
    if last.month is not None:
        return first.month is not None  # 12月30日至1月2日 crosses the year
    if last.day is not None:
        return first.day is not None and first.day < last.day
    return False


def _key(point: DatePoint) -> tuple[int, int, int]:
    return (point.year or 0, point.month or 0, point.day or 0)


def _limit(text: str, mention: DateMention) -> Limit | None:
    before = text[max(0, mention.start - 3) : mention.start]
    if before.endswith(("截至", "截止", "截至到", "截止到")):
        return "until"
    if before.endswith(("将于", "定于", "拟于", "将在")) or _WILL_BE.match(text, mention.end):
        return "ahead"
    if before.endswith("至"):
        return "before"
    rules: tuple[tuple[Limit, re.Pattern[str]], ...] = (
        ("since", _SINCE),
        ("before", _BEFORE),
        ("after", _AFTER),
        ("until", _UNTIL),
    )
    for limit, pattern in rules:
        if pattern.match(text, mention.end):
            return limit
    return "since" if before.endswith(("自", "从")) and mention.last is None else None


_ISO_SEP = re.compile("[./-]")


def _reading(text: str, tokens: list[_Token], at: int) -> _Reading:
    token = tokens[at]
    if token.kind in _WORDS:
        return _Reading(_WORDS[token.kind](token.text), None, at + 1, vague=token.kind == "vague")
    if token.kind == "iso":
        year, month, day = (int(part) for part in _ISO_SEP.split(token.text))
        return _Reading(_checked(DatePoint(year, month, day)), None, at + 1)
    return _calendar_reading(text, tokens, at)


def _calendar_reading(text: str, tokens: list[_Token], at: int) -> _Reading:
    """Year, month and day that stand side by side, as far as they are there."""
    run: dict[str, _Token] = {}
    end = tokens[at].start
    after = at
    while after < len(tokens):
        token = tokens[after]
        slot = _SLOT.get(token.kind)
        if slot is None or slot in run or not _beside(text, end, token.start) or not _may_follow(run, token):
            break
        run[slot] = token
        end = token.end
        after += 1
    if not _says_a_date(text, run):
        return _Reading(None, None, max(after, at + 1))
    first, last = _points(run)
    return _Reading(first, last, after)


_SLOT = {"year": "year", "year_word": "year", "month": "month", "month_word": "month", "day": "day"}


def _beside(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return gap in ("", " ", "\u3000", "的")


def _may_follow(run: dict[str, _Token], token: _Token) -> bool:
    """year < month < day; a day needs its month before it or stands alone; 去年上月 is nothing."""
    if not run:
        return True
    if token.kind in {"year", "year_word"}:
        return False
    if token.kind == "month":
        return set(run) == {"year"}
    return token.kind == "day" and "month" in run


def _says_a_date(text: str, run: dict[str, _Token]) -> bool:
    day, month = run.get("day"), run.get("month")
    start = next(iter(run.values())).start
    if text.startswith("每", start - 2) or "农历" in text[max(0, start - 6) : start]:
        return False  # 每年3月5日, 每月25日, 农历三月十五日
    if day is not None and month is None:
        return _lone_day_counts(text, day)
    if day is None and month is not None and month.kind == "month" and "year" not in run:
        return month.text[0].isdigit() or month.text.endswith("份")  # 三月的风, “三月三”
    if day is not None:
        return not text.startswith(("内", "以内", "之内"), day.end)
    return True


def _lone_day_counts(text: str, day: _Token) -> bool:
    """25日 without a month; 3日内, 24日元, 25号 and 为期5日 are no dates."""
    if day.text.endswith("号") or _NO_DAY_AFTER.match(text, day.end):
        return False
    if text[max(0, day.start - 1) : day.start] in _NO_DAY_BEFORE:
        return False
    return day.text[0].isdigit() or _PART.match(text, day.end) is not None


def _points(run: dict[str, _Token]) -> tuple[DatePoint | None, DatePoint | None]:
    """The point that a run states, or two where its last token holds a stretch (4月23-25日); None if no calendar has it."""
    said: dict[str, int | None] = {}
    opening: DatePoint | None = None
    for slot, token in run.items():
        if token.kind == "year_word":
            said["year_shift"] = _YEAR_SHIFT.get(token.text)
        elif token.kind == "month_word":
            said["month_shift"] = _MONTH_SHIFT[token.text[0]]
        else:
            early, late = _numbers(token.text)
            if early is not None and len(said) == len(run) - 1:
                opening = _point({**said, slot: early})
            said[slot] = late
    whole = _checked(_point(said))
    if opening is None or whole is None:
        return whole, None
    return _checked(opening), whole


_YEAR_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_MONTH_SHIFT = {"上": -1, "本": 0, "这": 0, "下": 1}


def _point(said: dict[str, int | None]) -> DatePoint:
    same_year = "year_shift" in said and said["year_shift"] is None  # 同年
    return DatePoint(**said, same_year=same_year)


_DIGITS = re.compile(r"\d+")


def _numbers(text: str) -> tuple[int | None, int]:
    """``23至25日`` as (23, 25), ``25日`` as (None, 25); what runs backwards keeps its end only, so does 12、18日."""
    values = [int(v) for v in _DIGITS.findall(text)] or [_chinese(text.rstrip("年月日份"))]
    early, late = values[0], values[-1]
    runs = early == late - 1 if "、" in text else early < late
    return (early, late) if len(values) == 2 and runs else (None, late)


def _chinese(text: str) -> int:
    """二〇二一 by its digits, 二十三 and 廿三 by their tens."""
    if text == "元":
        return 1
    if len(text) == 4:
        return int("".join(str(_NUMERALS[c]) for c in text))
    text = text.replace("廿十", "廿").replace("廿", "二十")
    tens, ten, units = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + (_NUMERALS[units] if units else 0)


def _checked(point: DatePoint) -> DatePoint | None:
    """The point, if some calendar has it (2月29日 without a year may stand, 2月30日 not)."""
    if point.month is not None and not 1 <= point.month <= 12:
        return None
    if point.day is None:
        return point
    longest = 31 if point.month is None else monthrange(point.year or 2000, point.month)[1]
    return point if 1 <= point.day <= longest else None


def _day_word(text: str) -> DatePoint:
    shifts = {"昨": -1, "今": 0, "大": -3, "前": -2, "明": 1, "后": 2}
    return DatePoint(day_shift=shifts[text[0]])


def _back_word(text: str) -> DatePoint:
    return DatePoint(back=1 if text[0] in "次翌第隔" else 0)


def _week_word(text: str) -> DatePoint:
    shift = None if text[0] in "周星礼" else {"上": -1, "本": 0, "这": 0, "下": 1}[text[0]]
    if text.startswith("上上"):
        shift = -2
    return DatePoint(week_shift=shift, weekday="一二三四五六日".index(text[-1].replace("天", "日")) + 1)


def _vague_word(text: str) -> DatePoint:
    return DatePoint()


_WORDS: dict[str, Callable[[str], DatePoint]] = {
    "yesterday": _day_word,
    "earlier": _day_word,
    "today": _day_word,
    "tomorrow": _day_word,
    "same": _back_word,
    "next": _back_word,
    "week": _week_word,
    "vague": _vague_word,
}


# ------------------------------------------------------------------ resolving


@dataclass(frozen=True, slots=True)
class _Day:
    """A year, month and day as far as known; the form that EDTF writes with X for the rest."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str | None:
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.day is not None:
            month = "XX" if self.month is None else f"{self.month:02d}"
            return f"{year}-{month}-{self.day:02d}"
        if self.month is not None:
            return f"{year}-{self.month:02d}"
        return None if self.year is None else year


def resolve(mention: DateMention, published: str | None, previous: str | None = None) -> str | None:
    """The EDTF value of a date, as precise as the text and the issue date allow; None where neither gives a digit.

    ``published`` is the EDTF issue date (a month or a year serve as far as they go), ``previous`` the value of the date named
    before in the same article, which 同日 and a lone 25日 refer to. A year or month that the text leaves out is that of the
    latest such day not after the issue date; without an issue date it stays unknown (``XXXX-04-25``), as do words
    (昨日 gives None). What the text states itself is never changed, even if it lies ahead (明年3月).
    Raises ValueError for a ``published`` or ``previous`` that is no EDTF of the kinds ``is_edtf`` knows.
    """
    if mention.vague:
        return None
    issue = _Issue.of(published)
    if mention.limit in ("before", "ahead"):
        issue = replace(issue, backwards=False)
    before = _last_day(previous)
    first = _resolve_point(mention.first, issue, before)
    if first is None or first.edtf() is None:
        return None
    if mention.last is None:
        return first.edtf()
    last = _close(first, mention.last)
    return f"{first.edtf()}/{last.edtf()}"


def dated(text: str, published: str | None) -> tuple[tuple[DateMention, str | None], ...]:
    """The dates of an article with their values, each resolved with the one before it.

    ``published`` may lack its year (``XXXX-10-10``, from a dateline): then what counts from it does, too.
    """
    if published is not None and published.startswith("XXXX-"):
        counted = dated(text, _ANY_YEAR[-1] + published[4:])
        known = ((mention, value if mention.first.weekday is None else None) for mention, value in counted)
        return tuple((mention, value and _ANY.sub("XXXX", value)) for mention, value in known)
    found: list[tuple[DateMention, str | None]] = []
    day: str | None = None  # what 当天 refers to
    month: str | None = None  # what a lone 25日 refers to
    for mention in find_dates(text):
        value = resolve(mention, published, day if mention.first.back is not None else month)
        found.append((mention, value))
        unit = value.count("-", value.find("/") + 1) if value is not None and mention.limit is None else 0
        day = value if unit == 2 else day
        month = value if unit >= 1 else month
    return tuple(found)


_ANY_YEAR = ("1602", "1603")  # stand for the year before and that of an issue without one: no paper is of them
_ANY = re.compile("|".join(_ANY_YEAR))


@dataclass(frozen=True, slots=True)
class _Issue:
    """The issue date: ``latest`` is the last day it can be, ``day`` is set where it is exact.

    ``backwards`` says that what has no year lies before the issue; not so for a deadline or an announcement, of which the
    year then stays open.
    """

    latest: date | None
    day: date | None
    backwards: bool = True

    @classmethod
    def of(cls, published: str | None) -> _Issue:
        if published is None:
            return cls(None, None)
        earliest, latest = bounds(published)
        if latest is None:
            return cls(None, None)
        day = date.fromisoformat(latest)
        return cls(day, day if earliest == latest else None)


def _last_day(previous: str | None) -> _Day | None:
    """The date named before; of a stretch its last day."""
    if previous is None:
        return None
    if not is_edtf(previous):
        raise ValueError(f"not an EDTF date: {previous!r}")
    end = previous.rpartition("/")[2].rstrip("?~%.")
    return _Day(*(None if "X" in part else int(part) for part in end.split("-"))) if end else None


def _resolve_point(point: DatePoint, issue: _Issue, before: _Day | None) -> _Day | None:
    if point.day_shift is not None:
        return _moved(issue.day, point.day_shift)
    if point.weekday is not None:
        return _weekday(point.weekday, point.week_shift, issue.day)
    if point.back is not None:
        return _moved_back(before, point.back)
    if point.month_shift is not None:
        return _in_month(point, issue)
    if point.year is not None or point.year_shift is not None or point.same_year:
        return _in_year(point, issue, before)
    if point.month is not None:
        return _Day(_year_of(point.month, point.day, issue.latest) if issue.backwards else None, point.month, point.day)
    if point.day is None:
        return None
    return _lone_day(point.day, issue.latest, before) if issue.backwards else _Day(None, None, point.day)


def _of(day: date) -> _Day:
    return _Day(day.year, day.month, day.day)


def _moved(day: date | None, by: int) -> _Day | None:
    return None if day is None else _of(day + timedelta(days=by))


def _weekday(weekday: int, week_shift: int | None, issued: date | None) -> _Day | None:
    """上周五 in the week before that of the issue; 周五 alone is the last Friday; 本周五 still ahead is none."""
    if issued is None:
        return None
    monday = issued - timedelta(days=issued.weekday())
    day = monday + timedelta(days=weekday - 1 + 7 * (week_shift or 0))
    if week_shift is None and day > issued:
        day -= timedelta(days=7)
    return None if week_shift == 0 and day > issued else _of(day)


def _moved_back(before: _Day | None, by: int) -> _Day | None:
    if before is None or before.day is None or before.month is None:
        return before if before is not None and before.day is not None and by == 0 else None
    day = _moved(date(before.year or 2000, before.month, before.day), by)
    return day if day is None or before.year is not None else replace(day, year=None)


def _in_month(point: DatePoint, issue: _Issue) -> _Day | None:
    """上月28日, 本月."""
    if issue.latest is None:
        return _Day(None, None, point.day)
    months = issue.latest.year * 12 + issue.latest.month - 1 + (point.month_shift or 0)
    year, month = months // 12, months % 12 + 1
    return _Day(year, month, point.day) if point.day is None or point.day <= monthrange(year, month)[1] else None


def _in_year(point: DatePoint, issue: _Issue, before: _Day | None) -> _Day | None:
    year = point.year
    if point.same_year:
        year = before.year if before else None
    elif point.year_shift is not None and issue.latest is not None:
        year = issue.latest.year + point.year_shift
    if year is not None and point.month and point.day and point.day > monthrange(year, point.month)[1]:
        return None
    return _Day(year, point.month, point.day)


def _year_of(month: int, day: int | None, latest: date | None) -> int | None:
    """The latest year in which that month or day is not after the issue; 2月29日 looks back as far as the last leap year."""
    if latest is None:
        return None
    for year in range(latest.year, latest.year - 9, -1):
        if (day or 1) <= monthrange(year, month)[1] and date(year, month, day or 1) <= latest:
            return year
    return None


def _lone_day(day: int, latest: date | None, before: _Day | None) -> _Day:
    """25日 is in the month named before if that was lately, else the latest 25th that is not after the issue."""
    if before is not None and before.month is not None:
        near = _nearest(day, before, latest)
        if near is not None:
            return near
    if latest is None:
        return _Day(None, None, day)
    months = latest.year * 12 + latest.month - 1
    for back in range(4):
        year, month = divmod(months - back, 12)
        if day <= monthrange(year, month + 1)[1] and date(year, month + 1, day) <= latest:
            return _Day(year, month + 1, day)
    return _Day(None, None, day)


def _nearest(day: int, before: _Day, latest: date | None) -> _Day | None:
    """Of the months around the date named before, that in which the day falls nearest to it; None if that date is long past."""
    anchor = date(before.year or 2000, before.month or 1, before.day or 1)
    if latest is not None and (before.year is None or latest - anchor > RECENT):
        return None
    months = anchor.year * 12 + anchor.month - 1
    around = (divmod(months + shift, 12) for shift in ((0, 1, -1) if before.day is not None else (0,)))
    days = [date(y, m + 1, day) for y, m in around if day <= monthrange(y, m + 1)[1]]
    days = [d for d in days if latest is None or d <= latest]
    if not days:
        return None
    best = min(days, key=lambda d: abs(d - anchor))
    return _of(best) if before.year is not None else replace(_of(best), year=None)


def _close(first: _Day, point: DatePoint) -> _Day:
    """The end of a stretch: what it leaves out is as in its beginning, and it never lies before it."""
    year = point.year if point.year is not None else first.year
    month = point.month if point.month is not None else first.month
    crosses = point.year is None and year is not None and (month or 0, point.day or 0) < (first.month or 0, first.day or 0)
    return _Day(year + 1 if crosses and year is not None else year, month, point.day)


# ------------------------------------------------------------------ EDTF

_EDTF_DATE = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?[?~%]?")


def is_edtf(text: str) -> bool:
    """Whether ``text`` is EDTF of the kinds that kg writes and reads: a date to year, month or day, ``X`` for unknown digits
    (``XXXX-04-25``), ``?``, ``~``, ``%`` behind it, and intervals of such dates, also open (``2021-04/..``) or with an end
    unknown (``2021-04/``). Seasons, sets and times of day are not.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _span(text) is not None
    if any(part not in ("", "..") and _span(part) is None for part in (start, end)) or (start, end) in _EMPTY:
        return False
    earliest, latest = bounds(text)
    return earliest is None or latest is None or earliest <= latest


_EMPTY = frozenset((a, b) for a in ("", "..") for b in ("", ".."))


def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """The earliest and the latest day (ISO) that an EDTF value can mean, None for what is unknown or open.

    ``2021-04`` → (2021-04-01, 2021-04-30); ``XXXX-04-25`` → (None, None); an interval runs from the earliest day of its start
    to the latest of its end. Raises ValueError for a string that is no EDTF of the kinds ``is_edtf`` knows.
    """
    if edtf is None:
        return None, None
    start, slash, end = edtf.partition("/")
    if not slash:
        return _bounds_of(edtf)
    earliest = None if start in ("", "..") else _bounds_of(start)[0]
    latest = None if end in ("", "..") else _bounds_of(end)[1]
    return earliest, latest


def _bounds_of(text: str) -> tuple[str | None, str | None]:
    span = _span(text)
    if span is None:
        raise ValueError(f"not an EDTF date: {text!r}")
    return ("-".join(span[0]), "-".join(span[1])) if text[:4] != "XXXX" else (None, None)


@lru_cache(maxsize=4096)
def _span(text: str) -> tuple[tuple[str, str, str], tuple[str, str, str]] | None:
    """The first and last day that fit, as digits; None where none does. An unknown year counts as any, leap years too."""
    match = _EDTF_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.group(1), match.group(2) or "XX", match.group(3) or "XX"
    fits = [d for y in _years(year) for d in _days(y, month, day)]
    if not fits:
        return None
    return fits[0], fits[-1]


def _years(pattern: str) -> list[int]:
    """The first and last years that fit, some of either so that a leap year is among them: enough for the bounds."""
    if pattern == "XXXX":
        return [2000]
    years = [y for y in _fitting(pattern, int(pattern.replace("X", "0")), int(pattern.replace("X", "9"))) if y >= 1]
    return years if len(years) <= 24 else years[:12] + years[-12:]


def _days(year: int, month: str, day: str) -> list[tuple[str, str, str]]:
    return [
        (f"{year:04d}", f"{m:02d}", f"{d:02d}") for m in _fitting(month, 1, 12) for d in _fitting(day, 1, monthrange(year, m)[1])
    ]


def _fitting(pattern: str, least: int, most: int) -> list[int]:
    """The numbers between the two, ends included, that fit digits of which some are X."""
    if "X" not in pattern:
        return [int(pattern)] if least <= int(pattern) <= most else []
    width = len(pattern)
    return [n for n in range(least, most + 1) if all(p in ("X", d) for d, p in zip(f"{n:0{width}d}", pattern, strict=True))]
