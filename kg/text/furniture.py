"""What a page carries that is no part of an article: columns' titles, navigation, page numbers, the paper's own line.

The words are in ``lexicon/columns.tsv`` and ``lexicon/furniture.tsv``; this module knows where they count.
"""

from __future__ import annotations

import re
from functools import cache

from kg import lexicon
from kg.text.lines import BLANKS, Line, slice_runs

MARKS = "★☆●○■□▲△◆◇◎※"
_BRACKETS = "【】[]〖〗「」『』<>《》●·•—-|"
_FILL = re.compile(r"[\s\d|｜/／\\\[\]【】()（）<>《》«»:：,，.·•+\-—_=*#&%›→←↑↓▲▼►◄©、]+")
_CELLS = re.compile(r"[ \t\u3000]+")
_NUMBER = r"[\d一二三四五六七八九十]{1,3}"
# 第01版：要闻, 要闻（A03）, 1750 期 / 第1版, 总第801期, 本期共4版
_EDITION = re.compile(
    rf"第?\s*[A-Z]{{0,3}}\s*{_NUMBER}\s*版(?:\s*[:：/·\-—]?\s*[\u4e00-\u9fff/·\s]{{0,14}})?(?:PDF.*)?"
    r"|[\u4e00-\u9fff]{0,8}\s*[（(]?[A-Z]{0,2}\d{1,3}版?[）)]"
    r"|[\d,]+\s*期\s*/?.{0,16}"
    r"|(?:总?第|NO\.?)\s*\d+\s*期.{0,20}"
    r"|.{0,12}本期共\s*\d+\s*版.{0,24}")
# 2021年4月28日 星期三 …, 2014-04-24 09:35 浏览人次
_DATED_LINE = re.compile(
    r"[^。，]{0,24}?[12]\d{3}\s*[年\-./]\s*\d{1,2}\s*[月\-./]\s*\d{1,2}\s*日?[\s\]】]*"
    r"(?:(?:[（(]?(?:星期|周)[一二三四五六日天]?|\d{1,2}[:：]\d{2}|农历|来源|第|版|\||大字|字体|责任|编辑|—|-|浏览|作者|点击|阅读).*)?")
_DATE_SIGN = re.compile(r"日期|时间|版|报|期|刊|星期|周[一二三四五六日]|\d[:：]\d|来源|点击|浏览|编辑|作者|\[")
# 县长来我校慰问2017.9.9
_DATED_HEADLINE = re.compile(r"(?!.{0,24}(?:报|刊|期|版|网|时间|来源|发布|编辑|浏览|点击|作者))[^\d。，]{12,24}\d")
# 2016/5/16, 03-31 14:57; under the title of a weekly column （5月20日—5月24日）
_BARE_DAY = re.compile(r"(?:[12]\d{3}[/.\-])?\d{1,2}[/.\-]\d{1,2}(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
_DAYS_COVERED = re.compile(r"[（(]\d{1,2}月\d{1,2}日?\s*[-—–~至]{1,2}\s*(?:\d{1,2}月)?\d{1,2}日[)）]")
_OUTLET = re.compile("[\u4e00-\u9fff]{2,10}(?:网|网[\u4e00-\u9fff]{1,4}站|融媒|融媒体中心|在线|客户端|发布)")
# 县委经济工作会议召开 ……2版, 我县开展消防演练（见3版）
_POINTER = re.compile(
    rf".{{2,40}}?(?:[…·.]{{2,}}|[—\-▶►>》→]+|[（(]?[见详转](?:见|载)?)\s*第?\s*[A-Z]{{0,2}}{_NUMBER}\s*版?[）)]?")
_BREADCRUMB = re.compile(r"(?:[^>»›。]{1,16}\s*[>»›]\s*){2,}[^>»›。]{0,30}")
_PAGE_NUMBER = re.compile(r"^第?[A-Z]{0,2}\d{1,2}版?[:：·|]?(?=\D)|(?<=\D)[:：·|]?第?[A-Z]{0,2}\d{1,2}版?$")
_PAPER_NAME = re.compile(r"《?[\u4e00-\u9fff]{1,7}(?:日报|晚报|晨报|时报|时讯|商报|周报|新报|快报|报)》?|[A-Z][A-Z ]{5,30}")


@cache
def _columns() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    rows = lexicon.table("columns")
    ends, begins = (tuple(r["form"] for r in rows if r["kind"] in (kind, "either")) for kind in ("suffix", "prefix"))
    return frozenset(r["form"] for r in rows), ends, begins


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for row in lexicon.table("furniture"):
        kinds.setdefault(row["kind"], []).append(row["form"])
    return {kind: tuple(sorted(forms, key=lambda f: (-len(f), f))) for kind, forms in kinds.items()}


@cache
def _word() -> re.Pattern[str]:
    forms = _forms()
    return re.compile("|".join(map(re.escape, sorted(forms["word"] + forms["label"], key=lambda f: (-len(f), f)))))


@cache
def _words() -> frozenset[str]:
    return frozenset(_forms()["word"])


def is_banner(text: str) -> bool:
    """Whether a short line is the title of a column or section (今日论坛, 【图片新闻】, 02 综合新闻) and no headline."""
    bare, (_, ends, begins) = _title(text), _columns()
    titled = 3 <= len(bare) <= 7 and (bare.endswith(ends) or (len(bare) <= 5 and bare.startswith(begins)))
    return is_column(text) or (titled and not any(c in bare for c in "，。、：“”"))


def is_column(text: str) -> bool:
    """Whether a line is a column's title that papers share (要闻, 简讯, 今日论坛), by itself and nothing else."""
    return _title(text) in _columns()[0]


def _title(text: str) -> str:
    return _PAGE_NUMBER.sub("", "".join(text.strip(MARKS + BLANKS + _BRACKETS).split()))


def is_navigation(text: str) -> bool:
    """A line of nothing but navigation's words, numbers and separators: 上一篇 下一篇, 字体：大 中 小."""
    if len(text) > 120 or (text[0] in "（(" and text[-1] in "）)"):
        return False
    word, at = _word(), 0
    while at < len(text):
        found = _FILL.match(text, at) or word.match(text, at)
        if found is None:
            return False
        at = found.end()
    return not any(c.isdigit() for c in text) or len(text) <= 3 or word.search(text) is not None


def is_label(text: str, above: bool) -> bool:
    """Whether a line begins as a web page's labels do (发布时间：…, 上一篇：…); some count only ``above`` an article's text."""
    if text.startswith(_forms()["legal"]):
        return True
    return len(text) <= 200 and (text.startswith(_forms()["label"]) or (above and text.startswith(_forms()["top"])) or (
        len(text) <= 80 and _BREADCRUMB.fullmatch(text) is not None))


def is_source_label(text: str) -> bool:
    """A label that may stand before a credit: 来源：某报 作者：某某"""
    return text.startswith(_forms()["top"])


def is_stop(text: str) -> bool:
    """A line after which a web page shows other articles: 新闻推荐, 相关阅读."""
    return text.strip(BLANKS + MARKS + "【】[]：:>》|") in _forms()["stop"]


def is_page_line(text: str, *, short: bool, above: bool, first: bool) -> bool:
    """Page numbers and pointers anywhere, the issue's date ``above`` an article, the paper's name ``first`` on the page."""
    if len(text) > 120:
        return False
    if _EDITION.fullmatch(text) or (short and _POINTER.fullmatch(text)):
        return True
    dated = _DATED_LINE.fullmatch(text) if above else None
    if dated and (first or _DATE_SIGN.search(text)) and not _DATED_HEADLINE.match(text):
        return True
    if above and not first and (_BARE_DAY.fullmatch(text) or _DAYS_COVERED.fullmatch(text)):
        return True
    return first and _PAPER_NAME.fullmatch(text) is not None


def is_day_line(text: str) -> bool:
    """Whether a line is a day, perhaps with the time and a web page's labels: 2006-8-29 8:43:17"""
    return _DATED_LINE.fullmatch(text) is not None


def is_outlet(text: str, after: str) -> bool:
    """Whether a line above a day names the site that had the article (丹阜在线 / 03-31 14:57)."""
    return _OUTLET.fullmatch(text) is not None and _BARE_DAY.fullmatch(after) is not None


def without_buttons(line: Line) -> Line:
    """A line without the navigation behind it: 来源：某报 作者：某某 放大 缩小 默认."""
    text, kept = line.text, len(line.text)
    if len(text) > 200:
        return line
    while kept > 0:
        gap = max(text.rfind(c, 0, kept) for c in " \u3000\xa0\t")
        if gap <= 0 or text[gap + 1:kept].strip("[]【】()（）") not in _words():
            break
        kept = len(text[:gap].rstrip(BLANKS))
    if kept == len(text) or not (is_source_label(text) or len(_CELLS.split(text[kept:])) > 2):
        return line
    return Line(text[:kept], slice_runs(line.runs, 0, kept), line.gap, line.indent, line.hint)
