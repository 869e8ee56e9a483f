"""From lines broken in mid-sentence to whole blocks, and what each block is.

A ``Block`` is what a reader sees as one: a headline line, a paragraph, a credit, a row of a table. A column jump leaves a
blank line in mid-sentence, a narrow column breaks every line: both are joined again, each piece with its way back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.model import Page, SourceRun
from kg.text.credits import CLOSING, MAX_CREDIT, OPENING, may_be_credit, read_credit
from kg.text.furniture import (
    MARKS,
    is_banner,
    is_column,
    is_day_line,
    is_label,
    is_navigation,
    is_outlet,
    is_page_line,
    is_source_label,
    is_stop,
    without_buttons,
)
from kg.text.html import html_lines
from kg.text.issue import printed_day
from kg.text.lines import BLANKS, Line, join_runs, shift, slice_runs, text_lines, visible

# head: a short line that may be a headline; body: prose; credit: names with their roles; row: of a table; note: a label with
# its value; date: the date under a notice; banner: the title of a column; continued: 上接; furniture: none of the article's.
Kind = Literal["head", "body", "credit", "row", "note", "date", "banner", "continued", "furniture"]

MAX_PARAGRAPH = 6000  # characters to which lines are joined; the longest real ones have some three thousand
_CLOSED = frozenset("。！？!?…”’」』》）)】]］；;：:．")
_DATELINE = re.compile(
    r"[【\[〖（(]?\s*(?:本\s*报|本\s*网|本\s*刊|本\s*台)[^，。,；！？\s（(]{0,12}?(?:讯|电|消息)"
    r"|[\u4e00-\u9fff—·]{1,14}?(?:报|周刊|网|社|台|融媒|融媒体中心|客户端|在线|新闻)[\u4e00-\u9fff]{0,6}(?:\d{1,2}月)?(?:\d{1,2}日)?"
    r"(?:讯|电|消息)\s*(?:[（(【]|\d{1,2}[月日]|近日|日前|昨|[:：]|(?=(?:记者|通讯员)[^，。]{2,40}报道))"
    r"|[\u4e00-\u9fff]{2,10}(?:网|融媒体中心|融媒|在线|客户端)讯[ \u3000]+"
    r"|(?:\d{1,2}月)?\d{1,2}日(?:讯|电|消息)\s*(?:[（(]|[:：])"
    r"|讯\s*[（(]"
    r"|[\u4e00-\u9fff]{2,14}(?:网|在线|报|台|社|融媒|客户端)\s*"  # 某某在线（段云）2月4日上午
    r"(?=[（(][\u4e00-\u9fff、 \u3000]{2,20}[)）]\s*(?:\d{1,2}[月日]|近日|日前|昨|今|讯))")
_CREDITED = re.compile(r"[（(【\[]\s*[^（()）。，]{0,12}?(?:记\s*者|通\s*讯\s*员|报道员)[^（()）。]{1,60}[)）】\]]")
_BY = re.compile(r"[（(【\[][^（()）。，,]{2,50}[)）】\]]")
_DATED = re.compile(
    r"(?:[12]\d{3}年)?\d{1,2}月(?:\d{1,2}(?:[-—–~至]{1,2}\d{1,2})?[日号]|底|初|中旬|上旬|下旬|份)"
    r"|在?[^，。\n]{2,16}(?:来临|到来)之际|近日|日前|昨日|昨天|近期|今天|今日|[上本这]周|连日来|近年来"
    r"|[一二三四五六七八九十\d]{1,3}日(?:上午|下午|晚|清晨|凌晨|至|，|,)"
    r"|记者(?:昨|近|今|日前|从)")
_DATE_LINE = re.compile(r"[（(]?(?:[12]\d{3}|[二一][〇○零Oo\u4e00-\u9fff]{3})\s*年.{1,4}月.{1,4}日[)）]?")
_CONTINUED = re.compile(r"[（(【\[]?\s*[▲△]?[上紧]\s?[接转].{0,10}?版?[^，。]{0,8}[）)】\]]?$")
_CONTINUES = re.compile(r"[（(【\[]?\s*[▼▽]?(?:下\s?转|转至|紧转).{0,12}?版?[^，。]{0,8}[）)】\]]?$")
_TURNED = re.compile(r"[（(【\[]\s*[▲△]?[上紧]\s?[接转][^）)】\]]{0,16}[）)】\]]")
_PARAGRAPHS = re.compile(r"(?<=[。！？”）])[ \u3000\xa0]{2,}(?=[^\s（(])")  # paragraphs that share a line
_LABEL = re.compile(
    r"[^，。,：:]{0,8}(?:监测点|电话|联系人|地址|时间|地点|邮箱|网址|热线|传真|邮编|单位|日期|对象|办法|条件|人数|名额|职位|岗位)"
    r"[^，。：:]{0,4}[:：]")
_KICKER = re.compile(r"[^，。,；]{4,40}(?:强调|指出|要求|提出|表示|时)\s*[:：]")  # 王平在城关镇督导工作时要求：/ headline
_AUTHOR = re.compile(
    r"(?:作者|记者|通讯员|撰稿)\s*[:：]\s*"
    r"(?:[\u4e00-\u9fff]{2,4}(?:[ \u3000、,，/][\u4e00-\u9fff]{2,4}){0,3}|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff])"
    r"(?![\u4e00-\u9fff:：])")
_OFFICE = (r"(?:[\u4e00-\u9fff]{1,20}?(?:[委办局部院所站社台处科室厅会队团镇乡校组厂行馆]|"
           r"中心|政协|人大|街道|公司|集团|政府|妇联|工会|报道组|宣传组))")
_OFFICES = re.compile(rf"{_OFFICE}(?:[ \u3000、]+{_OFFICE})*")
_SIGNED = re.compile(rf"[（(【]{_OFFICE}(?:供稿|供图|提供)?[)）】]")  # （旗政协办）, （县招商局供稿）: an office under an article
_SAYS = re.compile(r"[\u4e00-\u9fff·]{2,40}?(?:要求|强调|指出|表示|介绍|说|认为|提出|希望)[,，]")
_NEWS = re.compile(  # a headline says who or what happened
    r"[省市州盟区县旗镇乡村局院校委]|街道|集团|公司|召开|举行|举办|调研|督导|督查|检查|视察|慰问|走访|考察|会见|座谈|开幕|闭幕|开工|启动|揭牌|来访|带队|率队|率团|赴[\u4e00-\u9fff]")
_NO_HEADLINE = re.compile(r"[，,。；;：:、！？!?]|记者|通讯员|报道|编者|[讯电息]$")
_CELLS = re.compile(r"[ \t\u3000]+")
_DAY_LABEL = re.compile("发布|发表|更新|日期|时间")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_DIGIT = re.compile(r"\d")
_OFFICER = re.compile(r"^[\u4e00-\u9fff]+(?:[ \u3000]{1,2}[\u4e00-\u9fff·•]+)?[ \u3000\t]{2,}\S")  # 姓 名  职 务


@dataclass(frozen=True, slots=True)
class Block:
    """A mended piece of a page; ``runs`` as in SourceRun, counted in its text."""

    kind: Kind
    text: str
    runs: tuple[SourceRun, ...]
    lead: bool = False  # begins as the first paragraph of an article does: 本报讯, （记者 …）
    mark: bool = False  # begins with ★ and the like
    ended: bool = False  # closes an article: a credit, an editor's number (27)
    continues: bool = False  # 下转 stood at its end
    hint: Literal["", "head", "body", "run-in", "dated"] = ""  # dated: a line with the day stood under it
    day: str | None = None  # that day
    labelled: bool = False  # a label says that it is the article's: 发布时间：…
    gap: int = 0  # blank lines before it


def page_lines(page: Page) -> tuple[Line, ...]:
    """The non-blank lines of a page in reading order; for HTML those of the article's body with its headline."""
    lines = html_lines(page.text) if page.markup == "html" else text_lines(page.text)
    return tuple(line for line in map(visible, lines) if line is not None)


def mend(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a page: lines broken in mid-sentence joined, each with its kind; furniture left out."""
    blocks: list[Block] = []
    parts = [part for line in _unwrap(lines) for part in _split_glued(without_buttons(line))]
    kinds = [_classify(line) for line in parts]
    for i, block in enumerate(kinds):
        if block.kind == "head" and blocks and blocks[-1].kind == "body" and (
                _says(block, kinds[i + 1:i + 2]) or _breaks_off(block, blocks[-1], kinds[i + 1:i + 2])):
            block = replace(block, kind="body")
        elif block.kind == "head" and blocks and blocks[-1].kind == "body" and _SIGNED.fullmatch(block.text):
            block = replace(block, kind="credit")
        if blocks and len(block.text) <= 24 and _CONTINUES.fullmatch(block.text):
            blocks[-1] = replace(blocks[-1], continues=True)
        elif is_stop(block.text):
            if any(b.kind == "body" for b in blocks):
                break
        elif _is_furniture(block, blocks) or (i + 1 < len(kinds) and is_outlet(block.text, kinds[i + 1].text)):
            kept = _author_in(block)
            if blocks and blocks[-1].kind == "head":
                dated_so = not blocks[-1].hint and is_day_line(block.text)
                blocks[-1] = replace(blocks[-1], hint="dated" if dated_so else blocks[-1].hint, day=printed_day(block.text),
                                     labelled=_DAY_LABEL.search(block.text) is not None)
            blocks += [kept] if kept else []
        elif blocks and _goes_on(blocks[-1], block, kinds[i + 1:i + 5]):
            blocks[-1] = _join(blocks[-1], block)
        else:
            blocks.append(block)
    return tuple(_finish(b) for b in _rows(_banners(blocks)))


# ---------------------------------------------------------------- lines


def _unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of a narrow column: where most lines are as long as each other, a full line runs into the next."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lines) < 8 or any(line.hint for line in lines):
        return list(lines)
    width = lengths[int(len(lengths) * 0.85)]
    full = [line for line in lines if width - 3 <= len(line.text) <= width + 2]
    broken = sum(line.text[-1] not in _CLOSED for line in full)
    if not 12 <= width <= 60 or len(full) < 0.45 * len(lines) or broken < 0.6 * len(full):
        return list(lines)
    joined: list[Line] = [lines[0]]
    last = lines[0]
    for i, line in enumerate(lines[1:], start=1):
        on = len(last.text) >= width - 3 and not line.gap and not line.indent and _lead_at(line.text) is None
        on = on and not (last.text[-1] in "。！？”）)" and _heads(lines[i:i + 5], width))
        if on and len(joined[-1].text) <= MAX_PARAGRAPH and line.text[0] not in MARKS and not _credit_line(line.text):
            joined[-1] = _join_lines(joined[-1], line)
        else:
            joined.append(line)
        last = line
    return joined


def _heads(lines: Sequence[Line], width: int) -> bool:
    """Whether short lines lead to the beginning of an article: a headline after a paragraph that fills its last line."""
    for i, line in enumerate(lines):
        if _lead_at(line.text) is not None or (i and dated(line.text) and len(line.text) >= width - 3):
            return i > 0
        if len(line.text) > 45 or any(c in line.text for c in "。，；") or line.text[-1] in ",，、":
            return False
    return False


def _join_lines(left: Line, right: Line) -> Line:
    text = left.text + _between(left.text, right.text)
    return replace(left, text=text + right.text, runs=join_runs(left.runs + shift(right.runs, len(text))))


def _says(block: Block, after: Sequence[Block]) -> bool:
    """Whether a line between paragraphs is the beginning of one, cut off by a column jump: ``虎岩要求，要以开展活动为契``"""
    return _SAYS.match(block.text) is not None and block.text[-1] not in _CLOSED and not block.mark and not block.hint \
        and any(b.kind == "body" and not b.lead and not dated(b.text) for b in after)


_CUT_SHORT = re.compile("[、，,][\u4e00-\u9fff]$")
_LISTS_ON = re.compile("、[\u4e00-\u9fff]{1,2}$")
_UNCLOSED = re.compile(r"“[^”]{0,20}$|（[^）]{0,20}$|\([^)]{0,20}$|《[^》]{0,20}$")


_ATTENDED_BY = re.compile("(?:应邀)?(?:出席|参加|列席|陪同)[^，。]{0,20}(?:有|是)[:：]")  # 出席会议的还有：区政协 / 主席某某


def _breaks_off(block: Block, before: Block, after: Sequence[Block]) -> bool:
    """Whether a line between paragraphs is the first of one: ``区委副书记某某主持会议,区委常委、组织部长某某,区``

    A headline has no two commas and closes its quotes, and the paragraph before it does not break off.
    """
    if block.text[-1] in _CLOSED or block.mark or block.hint or before.text[-1] not in _CLOSED or not after:
        return False
    following = after[0]
    if following.kind != "body" or following.lead or dated(following.text):
        return False
    if following.text[0] in "，,。；、”）)" or _ATTENDED_BY.match(block.text):
        return True
    commas, stops = sum(block.text.count(c) for c in "，,"), sum(block.text.count(c) for c in "，,、；")
    cut_short = _CUT_SHORT.search(block.text) is not None
    if stops >= 4 and _LISTS_ON.search(block.text):
        return True
    least = 20 if len(following.text) < 12 and following.text[-1] in _CLOSED else 28
    return len(block.text) >= least and ((stops >= 2 and (commas >= 1 or cut_short)) or _UNCLOSED.search(block.text) is not None)


def _between(left: str, right: str) -> str:
    """What stands between two joined pieces: a blank between Latin words, nothing in a number or between Chinese characters."""
    latin = left[-1].isascii() and left[-1].isalnum() and right[0].isascii() and right[0].isalnum()
    return " " if latin and not (left[-1].isdigit() and right[0].isdigit()) else ""


def _split_glued(line: Line) -> list[Line]:
    """A headline that shares its line with 本报讯 becomes a line of its own, and so does （上接…） before its text."""
    turn = _TURNED.match(line.text)
    if turn and turn.end() < len(line.text):
        return [replace(line, text=turn.group(), runs=slice_runs(line.runs, 0, turn.end())),
                Line(line.text[turn.end():].lstrip(BLANKS), slice_runs(line.runs, _skip(line.text, turn.end()), len(line.text)))]
    if len(line.text) < 30 or line.hint == "body":
        return [line]
    cuts = [gap for gap in _CELLS.finditer(line.text, 6, 90) if _headed_by(line.text[:gap.start()], line.text[gap.end():])][:1]
    if len(line.text) > 200:
        cuts += [gap for gap in _PARAGRAPHS.finditer(line.text) if not cuts or gap.start() > cuts[0].end()]
    if not cuts:
        return [line]
    starts = [0, *(gap.end() for gap in cuts)]
    ends = [*(gap.start() for gap in cuts), len(line.text)]
    hint: Literal["", "run-in"] = "run-in" if _run_in(line.text[:ends[0]], line.text[starts[1]:ends[1]]) else ""
    first = replace(line, text=line.text[:ends[0]], runs=slice_runs(line.runs, 0, ends[0]), hint=hint or line.hint)
    rest = zip(starts[1:], ends[1:], strict=True)
    return [first, *(Line(line.text[low:high], slice_runs(line.runs, low, high)) for low, high in rest)]


def _headed_by(head: str, rest: str) -> bool:
    """``王石川带队督导背街小巷整治工作 | 本报讯 …``, and in columns of briefs ``丹阜区考察团来访 | 6月12日，…``"""
    if len(rest) <= 20 or any(mark in head for mark in "。；") or _DATELINE.match(head) is not None:
        return False
    return _DATELINE.match(rest) is not None or _run_in(head, rest)


def _run_in(head: str, rest: str) -> bool:
    """Whether a paragraph begins with its headline: words without punctuation before news that begins with a date, says the
    headline again, or is marked (``★刘沣到青石镇走访　残雪未消，…``)."""
    bare = head.lstrip(MARKS + BLANKS)
    if not 7 <= len(bare) <= 36 or _NO_HEADLINE.search(bare) or _DATED.match(bare) or "。" not in rest:
        return False
    if bare[0].isdigit() or bare[0] in OPENING or _NEWS.search(bare) is None:
        return False  # 强化组织领导 4月20日，…: a subheading
    said = sum(bare[i:i + 2] in rest[:90] for i in range(len(bare) - 1))
    return _DATED.match(rest) is not None or (head[0] in MARKS and len(rest) > 30) or (
        len(rest) > 50 and said >= 0.5 * (len(bare) - 1))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in BLANKS:
        at += 1
    return at


# ---------------------------------------------------------------- kinds


def _classify(line: Line) -> Block:
    text = line.text
    return Block(_kind(line), text, line.runs, lead=_lead_at(text.lstrip(MARKS + BLANKS)) is not None, mark=text[0] in MARKS,
                 hint=line.hint, gap=line.gap)


def _kind(line: Line) -> Kind:
    text = line.text
    if len(text) <= 40:
        if _CONTINUED.fullmatch(text):
            return "continued"
        if is_banner(text):
            return "banner"
    if is_navigation(text):
        return "furniture"
    if _credit_line(text):
        return "credit"
    if line.hint:
        return "head" if line.hint == "run-in" else line.hint
    if _DATE_LINE.fullmatch(text):
        return "date"
    if _is_prose(text):
        return "body"
    if _LABEL.match(text):
        return "note"
    return "head"


def _is_prose(text: str) -> bool:
    bare = text.lstrip(MARKS + BLANKS)
    if not bare:
        return False
    if "。" in text or _lead_at(bare) is not None or (len(text) > 60 and not _long_headline(text) and not _unbroken(text)):
        return True
    if _KICKER.fullmatch(text):
        return False
    if text[-1] in "；;：:" or (text[-1] in "，,、" and len(text) > 8):
        return True
    if text[-1] in "！!？?…”" and len(text) > 32:
        return True
    return ("，" in text or "," in text) and bool(_DATED.match(bare) or (len(text) > 24 and _DAY.search(text)))


def _unbroken(text: str) -> bool:
    """A headline longer than usual: no comma, no full stop."""
    return len(text) <= 80 and not any(c in text for c in "，,。；;：:、")


def _long_headline(text: str) -> bool:
    """Kicker, headline and subtitle on one line: parts between blanks, each as long as a headline may be."""
    parts = _CELLS.split(text)
    return len(text) <= 120 and len(parts) > 1 and all(2 <= len(part) <= 45 for part in parts) and "；" not in text


def _lead_at(text: str) -> int | None:
    """Where the dateline or the credit ends with which a first paragraph begins, or None."""
    dateline = _DATELINE.match(text)
    if dateline:
        return dateline.end()
    credited = _CREDITED.match(text)
    if credited and credited.end() < len(text) and read_credit(text, 0, credited.end()) is not None:
        return credited.end()
    return None


def names_reporter(text: str) -> bool:
    """Whether a first paragraph names who wrote it: 本报讯（记者 刘洋）5月6日…"""
    bracket = _BY.search(text, 0, 60)
    return bracket is not None and bool(read_credit(text, *bracket.span()))


def dateline_end(text: str) -> int | None:
    """Where a dateline ends with which a paragraph begins (本报讯, 新华社北京4月2日电), or None."""
    found = _DATELINE.match(text)
    return None if found is None else found.end() - (found.group()[-1] in "（(【")


def dated(text: str) -> bool:
    """Whether a paragraph begins with a date, as a caption or an article without 本报讯 does."""
    return _DATED.match(text.lstrip(MARKS + BLANKS + "“\"")) is not None


def _credit_line(text: str) -> bool:
    """Whether a line is a credit and nothing else; names alone count in brackets only."""
    if not 2 <= len(text) <= MAX_CREDIT or "。" in text[:-1]:
        return False
    bracketed = text[0] in OPENING and text[-1] in CLOSING
    if bracketed and len(text) <= 6 and text[1:-1].isdigit():
        return True
    boxed = text[0] in "□■" and len(text) <= 24  # □ 某县教育局 某某
    if not bracketed and not boxed and not may_be_credit(text):
        return False
    names = read_credit(text)
    if not names and not bracketed and _GOES.search(text):
        return False  # 某报社采访组到五十团采访: a headline
    return names is not None and (bracketed or not names or boxed or any(n.role for n in names))


_GOES = re.compile("[到赴来]")


def _is_furniture(block: Block, before: Sequence[Block]) -> bool:
    above = not before or before[-1].kind in ("head", "banner")  # no article's text has begun since the last headline
    if block.kind == "credit":
        return above and is_source_label(block.text)
    if block.kind == "furniture" or is_label(block.text, above):
        return True
    if block.kind == "head" and len(block.text) <= 30 and is_source_label(block.text):
        return True  # 来源：某融媒 under an article
    prose = block.kind == "body" and len(block.text) > 80
    return not prose and is_page_line(block.text, short=block.kind == "head", above=above, first=not before)


def _author_in(block: Block) -> Block | None:
    """The author named in a line of furniture (来源：… 作者：某某), as a credit."""
    found = _AUTHOR.search(block.text)
    if found is None or not read_credit(block.text, *found.span()):
        return None
    return replace(block, kind="credit", text=found.group(), runs=slice_runs(block.runs, *found.span()))


def _banners(blocks: Sequence[Block]) -> list[Block]:
    """A line that only ends like a column's title (冲锋在一线) is a headline where it alone stands above an article's text."""
    found = list(blocks)
    for i, block in enumerate(blocks[:-1]):
        after = blocks[i + 1]
        if block.kind == "banner" and not is_column(block.text) and (after.lead or after.kind == "credit"):
            found[i] = replace(block, kind="head")
    return found


def _rows(blocks: Sequence[Block]) -> list[Block]:
    """Mark the rows of tables: lines of three or more cells beside others of as many, officers with their posts."""
    cells = [len(_CELLS.split(b.text)) if b.kind == "head" else 0 for b in blocks]
    officers = [b.kind == "head" and len(b.text) <= 60 and _OFFICER.search(b.text) is not None for b in blocks]
    found = list(blocks)
    for i, block in enumerate(blocks):
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(blocks)]
        numbers = cells[i] >= 3 and any(cells[j] == cells[i] and _DIGIT.search(blocks[j].text + block.text) for j in near)
        if numbers or (officers[i] and any(officers[j] for j in near)):
            found[i] = replace(block, kind="row")
    return found


# ---------------------------------------------------------------- joins


def tail_credit(text: str) -> int | None:
    """Where a credit begins that closes a paragraph (…参加会议。记者 某某 通讯员 某某; …（某某）), or None."""
    if text[-1] in CLOSING and not _unopened(text):
        start = max(text.rfind(c, max(0, len(text) - 90)) for c in OPENING)
        if start > 0:
            inner = text[start + 1:-1]
            if (inner.isdigit() and len(inner) <= 4) or read_credit(text, start):
                return start
        return None
    low = max(0, len(text) - 90)
    if text[-1] in "）)":
        stop = text.rfind("。", low)
        return stop + 1 if stop > 0 and read_credit(text, stop + 1) else None
    if not may_be_credit(text[low:]):
        return None
    stop = max(text.rfind(c, low) for c in "。！？”）)")
    starts = [stop + 1] if stop > 0 else []
    starts += [i + 1 for i in range(max(low, stop + 1), len(text) - 2) if text[i] in "  \u3000□■"]
    for start in starts[:8]:
        names = read_credit(text, start) if len(text) - start > 2 else None
        if start > 0 and names and any(n.role for n in names):
            return start
    return None


def is_office(text: str) -> bool:
    """Whether a line is the name of an office, or of several, and nothing else: 丹阜区教育局"""
    return _OFFICES.fullmatch(text) is not None


def tail_office(text: str) -> int | None:
    """Where the office begins that signs a paragraph (…作了实地察看。（区招商局）), or None."""
    if text[-1] not in "）)】":
        return None
    start = max(text.rfind(c, max(0, len(text) - 24)) for c in OPENING)
    before = text[:max(start, 0)].rstrip(BLANKS)
    signed = before and before[-1] in "。！？”" and _SIGNED.fullmatch(text, start)
    return start if signed else None


def _unopened(text: str) -> bool:
    """Whether the closing bracket at the end was never opened: …高度评价。刘某、蒋某)"""
    low = max(0, len(text) - 90)
    return max(text.rfind(c, low) for c in OPENING) < max(text.rfind(c, low, len(text) - 1) for c in (*CLOSING, "。"))


def _open(block: Block) -> bool:
    """Whether a paragraph breaks off in mid-sentence; one longer than any is left as it is."""
    if len(block.text) > MAX_PARAGRAPH:
        return False
    return block.kind == "body" and block.text[-1] not in _CLOSED and not block.hint and tail_credit(block.text) is None


def _goes_on(before: Block, block: Block, following: Sequence[Block]) -> bool:
    """Whether ``block`` carries on the sentence in which ``before`` breaks off.

    A short line that leads, perhaps with others, to 本报讯 is a headline even where the paragraph before it lacks its full
    stop; of one to four characters it is a rest of a word (参|加督|导).
    """
    if _in_brackets(before, block):
        return True
    if not _open(before) or block.lead or block.mark or block.hint or block.kind not in ("head", "body", "note"):
        return False
    if block.text[0] == "【":  # 【考察进行中】…: a headline
        return False
    if block.kind == "head" and len(block.text) >= 10 and block.gap and following and _begins_news(following[0]):
        return False  # under a teaser that is cut short
    if block.kind == "head" and len(block.text) > 4:
        for other in following:
            if other.lead or other.kind == "credit":
                return not other.lead
            if other.kind != "head":
                break
    return True


def _begins_news(block: Block) -> bool:
    """Whether a paragraph tells its day in its first words, or a little later: 为了…，7月6日下午，…"""
    return block.kind == "body" and (dated(block.text) or _DAY.search(block.text, 0, 70) is not None)


def _in_brackets(before: Block, block: Block) -> bool:
    """Whether a line closes the bracket in which the paragraph before it breaks off: ``…正在表演。(秦 灼 | 摄)``"""
    if before.kind != "body" or before.hint or len(before.text) > MAX_PARAGRAPH or len(block.text) > 30:
        return False
    low = max(0, len(before.text) - 60)
    opened = max(before.text.rfind(c, low) for c in "（(")
    return opened > max(before.text.rfind(c, low) for c in "）)") and block.text[-1] in "）)" and not any(
        c in block.text for c in "（(。")


def _join(left: Block, right: Block) -> Block:
    text = left.text + _between(left.text, right.text)
    return replace(left, text=text + right.text, runs=join_runs(left.runs + shift(right.runs, len(text))))


def _finish(block: Block) -> Block:
    """Take off a 下转 at the end and see whether the block closes an article."""
    turn = _CONTINUES.search(block.text, max(0, len(block.text) - 24)) if "转" in block.text[-24:] else None
    if turn and (turn.group()[0] in "（(【[▼▽" or turn.start() == 0 or block.text[turn.start() - 1] in "。！？” \u3000"):
        kept = block.text[:turn.start()].rstrip(BLANKS)
        return replace(block, text=kept, runs=slice_runs(block.runs, 0, len(kept)), continues=True)
    ended = block.kind == "credit" or (block.kind == "body" and (
        tail_credit(block.text) is not None or tail_office(block.text) is not None))
    return replace(block, ended=True) if ended else block
