"""When and where a page was printed: issue date, paper and page number from its header, its address or its file's name.

Never from the clock, and never from a date inside an article. Dates are EDTF (``2021-04-25``, ``2021-04``, ``2021``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LOOSE = re.compile(r"(\d{4})\s*[年/.-]\s*(\d{1,2})(?:\s*[月/.-]\s*(\d{1,2})\s*日?)?月?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_IN_ADDRESS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[/\\_-](\d\d)(?!\d)"),  # 2021-04/25, 2021-04-25
    re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|\D|$)"),  # 2021/4/25/
    re.compile(r"(?<!\d)((?:19|20)\d\d)/(\d\d)(\d\d)(?!\d)"),  # 2021/0425
    re.compile(r"(?<![0-9A-Za-z])(?:t|n|content_|node_)?((?:19|20)\d\d)(\d\d)(\d\d)(?![0-9A-Za-z])"),  # 20210425, t20210425_1.htm
)
_PRINTED = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_HAN = "一二三四五六七八九"
_HAN_PRINTED = re.compile(rf"([二一][〇○零Oo{_HAN}]{{3}})\s*年\s*([{_HAN}十]{{1,2}})\s*月\s*([{_HAN}十]{{1,3}})\s*日")
_DATE_LABEL = re.compile(r"(?:日期|时间|发布于?|发表于?|更新于?|出版|刊于)\s*[:：]?\s*\[?\s*$")
_AFTER_DATE = re.compile(
    r"\s*[\])】]?\s*[,，|]?\s*"
    r"(?:[（(]?(?:星期|周)[一二三四五六日天]|\d{1,2}[:：]\d\d|农历|第\s*[A-Z]*\d+\s*[版期]|总?第\d+期|来源|[A-Z]\d{1,2}版?$)")
_HEADER_REST = re.compile(r"(?:星期|周)[一二三四五六日天]|第?\d+期|[\s\W\d_A-Z]+")
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:日报|晚报|晨报|早报|午报|快报|时报|商报|导报|都市报|周报|时讯|周刊|新闻报|新报|农民报|法制报|青年报|广播电视报|报)"
    r"(?![\u4e00-\u9fff])|(?<![\u4e00-\u9fff])今日[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])")
_NOT_PAPERS = re.compile(
    r"(?:汇报|通报|简报|海报|情报|举报|申报|预报|回报|年报|警报|板报|墙报|数字报|电子报|月报|捷报|喜报|公报|战报|填报|上报|本报|大报|党报|据报|报道|(?:简讯|要闻|信息|动态|工作|新闻|时政)快报)$")
_EDITION = re.compile(
    r"第\s*([A-Z]{0,2}\d{1,3}|[一二三四五六七八九十]{1,3})\s*版"
    r"|(?<![A-Za-z0-9])([A-Z]{1,2}\d{1,3})\s*版?(?![A-Za-z0-9])"
    r"|版次\s*[:：]\s*\[?\s*([A-Z]{0,2}\d{1,3})")
_NAMED = re.compile(r"(?P<paper>[^_\s]{2,20})[_ ](?P<date>(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d{6})(?:[_ ](?P<page>[^_]{1,12}))?")
_UNDATED = re.compile(r"(?P<paper>[\u4e00-\u9fff·]{2,12})_(?P<page>[^_]{1,12})")
_DIGITS = {c: i for i, c in enumerate("零" + _HAN)} | {"〇": 0, "○": 0, "O": 0, "o": 0}


@dataclass(frozen=True, slots=True)
class Issue:
    """What is known of a page's issue; None where nothing says it."""

    published: str | None = None
    paper: str | None = None
    page: str | None = None

    def or_else(self, other: Issue) -> Issue:
        """This, with what it lacks from the other."""
        return Issue(self.published or other.published, self.paper or other.paper, self.page or other.page)


def edtf(value: str) -> str | None:
    """A date as people write it in metadata (2021-04-25, 2021/4/25, 20210425, 2021年4月, 2021) as EDTF; None for no date."""
    text = value.strip()
    text = re.sub(r"[T ]\d{1,2}:\d\d.*$", "", text)
    if "/" in text and text.count("/") == 1 and text.count("-") >= 2:
        parts = [edtf(part) for part in text.split("/")]
        return "/".join(p for p in parts if p) if all(parts) else None
    for form in (_ISO, _COMPACT, _LOOSE):
        found = form.fullmatch(text)
        if found:
            return _date(*found.groups())
    return None


def _date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    if month is None:
        return year if 1800 <= int(year) <= 2200 else None
    if not 1800 <= int(year) <= 2200 or not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{int(month):02d}"
    if not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None
    return f"{year}-{int(month):02d}-{int(day):02d}"


def printed_day(line: str) -> str | None:
    """The day that a line prints, with its year, as EDTF: ``发布时间：2022-08-05 09:12``; None where it prints none."""
    found = _PRINTED.search(line)
    return _date(*found.groups()) if found else None


def from_address(address: str) -> Issue:
    """The date in a path or URL: ``…/2021-04/25/content_123.htm``, ``…/20210425/…``, ``t20210425_1.html``."""
    published = None
    for form in _IN_ADDRESS:
        for found in form.finditer(address[:600]):
            published = published or _date(*found.groups())
    return Issue(published)


def from_name(stem: str) -> Issue:
    """Date, paper and page of a file name ``PAPER_YYYY-MM-DD_PAGE``; without the date the first part must be a Chinese name."""
    found = _NAMED.fullmatch(stem)
    if found:
        return Issue(edtf(found["date"]), found["paper"], found["page"])
    found = _UNDATED.fullmatch(stem)
    if found:
        return Issue(None, found["paper"], found["page"])
    return from_address(stem)


def from_header(lines: Sequence[str]) -> Issue:
    """What the lines above the first paragraph say: ``丹阜时讯 2021年4月28日 星期三 第A02版``, ``发布时间：2021-04-28 09:30``.

    A date counts only in a line that is a header's or a web page's label; a date in a headline or in text never does.
    """
    found = Issue()
    for number, line in enumerate(lines):
        if len(line) > 160:
            continue
        date = _header_date(line, number)
        named = next((m.group() for m in _PAPER.finditer(line) if not _NOT_PAPERS.search(m.group())), None)
        # 今日丹阜 beside a date is a paper, 今日成市 alone a headline.
        paper = named if date or (named and not named.startswith("今日") and len(line) <= len(named) + 8) else None
        edition = _EDITION.search(line) if date or paper or len(line) <= 24 else None
        page = next((g for g in edition.groups() if g), None) if edition else None
        found = found.or_else(Issue(date, paper, page))
    return found


def _header_date(line: str, number: int) -> str | None:
    printed = _PRINTED.search(line) or _HAN_PRINTED.search(line)
    if printed is None:
        return None
    date = _date(*printed.groups()) if printed.re is _PRINTED else _han_date(line)
    labelled = _DATE_LABEL.search(line, max(0, printed.start() - 10), printed.start()) is not None
    followed = _AFTER_DATE.match(line, printed.end()) is not None
    around = _EDITION.sub("", line[:printed.start()] + " " + line[printed.end():])
    rest = _HEADER_REST.sub("", _PAPER.sub(lambda m: m.group() if _NOT_PAPERS.search(m.group()) else "", around))
    return date if labelled or followed or (number < 2 and len(rest) <= 3) else None


def _han_date(line: str) -> str | None:
    """二〇二一年四月二十八日"""
    found = _HAN_PRINTED.search(line)
    if found is None:
        return None
    year = "".join(str(_DIGITS[c]) for c in found.group(1))
    return _date(year, str(_han_number(found.group(2))), str(_han_number(found.group(3))))


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text[-1]]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
