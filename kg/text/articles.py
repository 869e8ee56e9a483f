"""Cutting a page into articles.

Blocks come in reading order (``layout.mend``). A run of short lines is weighed: the headline of a new article, or a
subheading, a signature, a list in the one before. What stands around it decides, each reason a small function with a
weight in ``REASONS``; a run that reaches ``NEW`` opens an article. Captions, briefs and paragraphs that begin 本报讯 open
one without a headline.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.model import Article, Page, SourceRun
from kg.text.credits import CLOSING, OPENING, has_usual_surname, read_credit
from kg.text.furniture import MARKS
from kg.text.layout import Block, dated, is_office, mend, names_reporter, page_lines, tail_credit
from kg.text.lines import BLANKS, join_runs, shift, slice_runs
from kg.text.places import article_place, find_place, names_in_full_or_short

NEW = 4  # the weight at which a run of short lines opens an article
MAX_HEADLINE = 6  # lines; more are a list
CLEARLY = 3  # pairs of characters that a paragraph must share more with one article than with another
_CALL = re.compile(
    r".{0,12}(?:启事|通告|公告|公示|声明|讣告|通知|倡议书|公开信|贺信|慰问信|感谢信)|更正|订正|勘误|致歉"
    r"|.{2,4}同志(?:因病)?逝世")
_OCCASION = re.compile(
    r"召开|举行|举办|调研|督导|督查|检查|视察|慰问|走访|考察|会见|座谈|当选|任命|选举|闭幕|开幕|签约|开工|揭牌|观摩|暗访|约谈|巡察|夜访|夜查|接访|开工|奠基|来我[省市州县区旗]"
    r"|赴[\u4e00-\u9fff]")
_DAY = re.compile(r"(?:[12]\d{3}年)?\d{1,2}月\d{1,2}(?:[日号]?[-—–~至到]{1,2}\d{1,2})?[日号](?!是)")
_NOTICE = re.compile(
    r"(?:.{0,60}(?:通告|公告|通知|名单|启事|公示|声明|监测表|价格表|一览表|公报|倡议书|公开信|[的年节]致辞|贺信|慰问信|讣告|通报|须知|指南|招聘|议程|日程)"
    r"|(?:关于.{2,50}|.{0,40}(?:实施|工作|管理|暂行|指导|若干|政府|委员会))(?:办法|方案|细则|条例|规定|意见|令))"
    r"(?:\s*[（(].{1,40}[）)])?")
_INNER = re.compile(
    r"本次|此次|附件|附[:：]|.{0,8}(?:参会|与会|出席|列席|缺席)(?:会议)?(?:人员|领导|同志)?名单$|与会|出席(?!.{4,}(?:报到|抵达))|列席|缺席|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s*[.、．]"
    r"|第[一二三四五六七八九十\d]+[章节条]|[①-⑳]|--|——")
_VERBS = re.compile(
    r"召开|举行|举办|主持|调研|督导|督查|检查|视察|慰问|走访|考察|会见|座谈|部署|推进|启动|开展|当选|任命|选举|闭幕|开幕|通过|出席|参加|强调|要求|指出|"
    r"学习|传达|宣讲|研究|审议|签约|开工|揭牌|表彰|培训|观摩|暗访|约谈|调度|巡察|验收|来我|赴|深入|走进|获|成立|动员|落实|助力|加强|全力|打造|建设")
CAPTION = re.compile(r"[上下左右]?[组附]?图[\d一二三四五六七八九十]*\s*[为是:：，,（(①]|图片[为是:：]|[上下左右]图|大图|小图")
_SHOWS = re.compile(r"[。！”](?:[上下左右大小]?图|图片|照片)[^。]{0,8}[为是:：]|[。！”][上下左右]图")
_WHO = re.compile(
    r"[省市州盟区县旗镇乡](?:委|政府|人大|政协|长|领导|纪委|监委)|书记|主任|主席|局长|部长|政委|师长|团长|院长|校长|召开|举行|街道|集团")
_ACTS = re.compile(
    r"([\u4e00-\u9fff]{2,4}?)等?(?:到|赴|在|主持|出席|参加|调研|督导|检查|视察|看望|慰问|会见|率|带队|深入|走访|来|夜查|暗访|调度|约谈|当选|任|强调)"
    r"[\u4e00-\u9fff“”]{2,}")
_BODY_ACTS = re.compile(
    r"(?=.{8,30}$)(?:[\u4e00-\u9fff]{0,10}?(?:[省市县区州旗镇乡](?:委|政府|人大|政协|领导)|中学|小学|法院|检察院|集团|公司|[\u4e00-\u9fff]局))"
    r"[\u4e00-\u9fff“”]*?(?:慰问|表彰|免去|任免|走访|考察|调研|视察|检查|督导|举行|召开|开展|会见|签约)[\u4e00-\u9fff“”、]*")
_PICTURE = re.compile("摄|供图")
_SPACES = re.compile(r"\s+")
_WROTE = re.compile(r"文[/／、]|[/／、]文|文图|图文|摄影报道")
_NAME_LINE = re.compile(r"[□■●◆☆★△▲○◎]?\s*(?:[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff][ \u3000]{1,4}[\u4e00-\u9fff])")


@dataclass(slots=True)
class _Draft:
    head: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    kind: str = "article"  # or caption, brief, poem

    @property
    def ended(self) -> bool:
        return bool(self.body) and (self.body[-1].ended or self.body[-1].kind == "date")

    @property
    def length(self) -> int:
        """Characters of the body, counted up to a thousand: more makes no difference."""
        total = 0
        for block in self.body:
            total += len(block.text)
            if total > 1000:
                break
        return total


@dataclass(frozen=True, slots=True)
class _Style:
    """How the articles of a page begin and end, for a page keeps to one manner."""

    leads: int  # paragraphs that begin 本报讯
    ends: int  # paragraphs or lines that close with a credit, other than a picture's
    dates: int  # short lines with a dated paragraph under them
    gap: int | None  # blank lines between paragraphs, where the page keeps to a number of them
    grouped: bool  # without blank lines between paragraphs but for some, which begin another group
    marks: Mapping[str, tuple[int, int]]  # ★ and the like: how many pieces begin with it, how many of them are news by themselves


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of short lines with what stands before and after it."""

    lines: tuple[Block, ...]
    before: _Draft
    after: tuple[Block, ...]
    style: _Style
    banner: bool  # the title of a column stands before it
    signed: bool = False  # what follows closes with a credit, other than a picture's, before the next headline

    @property
    def last(self) -> str:
        return self.lines[-1].text


def articles(page: Page) -> tuple[Article, ...]:
    """The articles of a page in the order of the file, mended, each with its way back to the source.

    Raises nothing: a page without text gives no article. Offsets count code points; see ``kg.model.Article``.
    """
    lines = page_lines(page)
    blocks = mend(lines)
    drafts = [draft for draft in _cut(blocks) if any(_unmarked(b).text for b in draft.head + draft.body)]
    readable = page.text if page.markup == "text" else "\n".join(line.text for line in lines)
    place = page.place or find_place(readable, page.paper)
    found = _dated_apart(page, tuple(_finish(page, place, number, draft) for number, draft in enumerate(drafts, start=1)), drafts)
    if page.place:
        return found
    told = readable + (page.paper or "") + page.source
    return tuple(_with_untold(a, told) for a in (found if page.paper else _at_home_apart(found)))


def _with_untold(article: Article, told: str) -> Article:
    """The article with the higher places that the page never names: its bare 市委 stays as written."""
    untold = [place for place in article.place[:-1] if not any(name in told for name in names_in_full_or_short(place))]
    return replace(article, untold=tuple(untold)) if untold else article


def _dated_apart(page: Page, found: tuple[Article, ...], drafts: Sequence[_Draft]) -> tuple[Article, ...]:
    """Each article with its own day where days stand under headlines and the page knows none but theirs.

    A label (发布时间：…) tells the day of one article of a web page, a bare day may be that of the issue.
    """
    heads = [next((b for b in draft.head if b.day), None) for draft in drafts]
    days = [head.day if head else None for head in heads]
    if not any(days) or page.published not in (None, next(filter(None, days))):
        return found
    elsewhere = None if any(head and head.labelled for head in heads) else page.published
    return tuple(replace(article, published=day or elsewhere) for article, day in zip(found, days, strict=True))


def _at_home_apart(found: tuple[Article, ...]) -> tuple[Article, ...]:
    """Each article with its own place where a page without a masthead gathers news of several counties."""
    if len(found) < 2 or not found[0].place:
        return found
    own = [article_place(article.text) for article in found]
    named = names_in_full_or_short(found[0].place[-1])
    at_home = [any(name in article.text for name in named) for article in found]
    elsewhere = {chain[-1] for chain, home in zip(own, at_home, strict=True) if chain and not home}
    if 2 * sum(at_home) > len(found) or not elsewhere:
        return found
    several = len(elsewhere) > 1
    return tuple(
        article if home or not (chain or several) else replace(article, place=chain)
        for article, chain, home in zip(found, own, at_home, strict=True)
    )


def _cut(blocks: Sequence[Block]) -> list[_Draft]:
    style = _style(blocks)
    drafts: list[_Draft] = []
    at, banner = 0, False
    while at < len(blocks):
        block = blocks[at]
        if block.kind == "banner":
            banner = True
            at += 1
            continue
        if block.kind == "head":
            end = at
            while end < len(blocks) and blocks[end].kind in ("head", "banner"):
                end += 1
            part = blocks[at:end]
            _place_heads(drafts, [b for b in part if b.kind == "head"], tuple(blocks[end:end + 3]), style,
                         banner or any(b.kind == "banner" for b in part), _signed(blocks, end))
            at = end
        else:
            _place_body(drafts, blocks, at, banner, style)
            at += 1
        banner = False
    return _continue(_without_teasers(_settle(drafts)))


def _style(blocks: Sequence[Block]) -> _Style:
    pairs = list(pairwise(blocks))
    marks: dict[str, tuple[int, int]] = {}
    for block in blocks:
        if block.mark:
            count, closed = marks.get(block.text[0], (0, 0))
            marks[block.text[0]] = (count + 1, closed + (block.ended or block.lead or block.kind == "head" or dated(block.text)))
    gap = _usual_gap(pairs)
    grouped = gap == 0 and any(a.kind == b.kind == "body" and b.gap for a, b in pairs)
    return _Style(sum(b.lead for b in blocks), sum(b.ended and "摄" not in b.text[-30:] for b in blocks),
                  sum(a.kind == "head" and b.kind == "body" and dated(b.text) for a, b in pairs), gap, grouped, marks)


def _usual_gap(pairs: Sequence[tuple[Block, Block]]) -> int | None:
    """The blank lines that most paragraphs have between them; None where a page has no manner of its own."""
    gaps = [b.gap for a, b in pairs if a.kind == b.kind == "body"]
    usual = max(sorted(set(gaps)), key=gaps.count, default=0)
    return usual if gaps.count(usual) >= 2 and 2 * gaps.count(usual) > len(gaps) else None


def _apart(block: Block, style: _Style) -> bool:
    """Whether more blank lines stand before a block than the page has between paragraphs: another article may begin."""
    return style.gap is not None and block.gap > style.gap


# ---------------------------------------------------------------- short lines


def _signed(blocks: Sequence[Block], at: int) -> bool:
    """Whether the text from ``at`` to the next headline closes with a credit, other than a picture's."""
    last = None
    for block in blocks[at:]:
        if block.kind in ("head", "banner"):
            break
        last = block
    return last is not None and last.ended and "摄" not in last.text[-30:]


def _place_heads(drafts: list[_Draft], lines: Sequence[Block], after: tuple[Block, ...], style: _Style,
                 banner: bool, signed: bool) -> None:
    """Give a run of short lines to the article before it, or open one or more with it."""
    if drafts:
        said = {_bare(drafts[-1].head), *(_bare([b]) for b in drafts[-1].head)}
        lines = [b for b in lines if len(b.text) < 6 or _bare([b]) not in said]  # a web page names its pictures so
    alone = after and _apart(after[0], style) and not _apart(lines[0], style) if lines else False
    if (len(lines) > 1 or alone) and drafts and _signs(lines[0], drafts[-1]):
        drafts[-1].body.append(replace(lines[0], ended=True))
        lines = lines[1:]
    for part in _parts(lines) if lines else ():
        last = part is lines or part[-1] is lines[-1]
        following = after if last else ()
        poem = _poem(part, bool(following))
        if poem:
            drafts.append(poem)
        elif not following:
            _append(drafts, part)
        elif not drafts or _opens(_Run(tuple(part), drafts[-1], following, style, banner, signed)):
            drafts.append(_headed(part, following))
        else:
            _append(drafts, part)


def _signs(line: Block, before: _Draft) -> bool:
    """A name under the last paragraph, before the next headline: 许来伟"""
    if not before.body or before.ended or before.body[-1].kind != "body" or not is_author_line(line.text):
        return False
    names = read_credit(line.text)
    return names is not None and before.body[-1].text[-1] in "。！？”"


def _bare(lines: Sequence[Block]) -> str:
    return "".join("".join(b.text for b in lines).split())


def _parts(lines: Sequence[Block]) -> list[Sequence[Block]]:
    """Cut a long run of short lines where a notice's title or a signature's date begins something else (a poem, then 通告)."""
    found: list[Sequence[Block]] = []
    start = 0
    for i in range(1, len(lines)):
        here = lines[i].text
        if i - start >= 2 and _NOTICE.fullmatch(here) and not _INNER.match(here) and len(lines) - start > 3:
            found.append(lines[start:i])
            start = i
    found.append(lines[start:])
    return found


def _poem(lines: Sequence[Block], followed: bool) -> _Draft | None:
    """A title, a name and at least four short lines."""
    for i in range(1, min(len(lines) - 4, 3)):
        if is_author_line(lines[i].text) and len(lines[i - 1].text) <= 16 and all(len(b.text) <= 30 for b in lines[i + 1:]):
            return _Draft(list(lines[:i]), list(lines[i:]), "poem")
    return None


def is_author_line(text: str) -> bool:
    """A line that is a person's name and nothing else; a pen name need not begin with a surname."""
    return _NAME_LINE.fullmatch(text) is not None and text[-1] not in "区县市镇乡局村州旗盟"


def _append(drafts: list[_Draft], lines: Sequence[Block]) -> None:
    if drafts:
        drafts[-1].body.extend(lines)
    else:
        drafts.append(_Draft(list(lines[:MAX_HEADLINE]), list(lines[MAX_HEADLINE:])))


def _headed(lines: Sequence[Block], after: tuple[Block, ...]) -> _Draft:
    """A new article: its headline lines, and the author's name or a note in brackets under them as the body's first."""
    cut = len(lines)
    while cut > 1 and lines[cut - 1].text[0] in OPENING and lines[cut - 1].text[-1] in CLOSING:
        cut -= 1
    if cut > 1 and after and len(lines[cut - 2].text) > 3 and (_is_names(lines[cut - 1].text)
                                                            or (is_author_line(lines[cut - 1].text) and not after[0].lead)):
        cut -= 1
    start = max(0, cut - MAX_HEADLINE)
    return _Draft(_once(lines[start:cut]), [*lines[cut:]])


def _once(lines: Sequence[Block]) -> list[Block]:
    """Headline lines without those that another one repeats whole, as web pages do."""
    bare = ["".join(b.text.split()) for b in lines]
    return [b for i, b in enumerate(lines) if not any(
        bare[i] in bare[j] and (len(bare[j]) > len(bare[i]) or j > i) for j in range(len(lines)) if j != i)]


def _is_names(text: str) -> bool:
    """Up to three names with surnames and nothing else: a credit without its role word."""
    names = read_credit(text) if len(text) <= 16 else None
    return names is not None and len(names) <= 3 and all(n.role is None for n in names) and (len(names) > 1 or len(text) <= 4)


def _opens(run: _Run) -> bool:
    return sum(weight for weight, reason in REASONS if reason(run)) >= NEW


def before_has_no_text(run: _Run) -> bool:
    """The article before has only its headline: more of the same headline."""
    return not run.before.body


def lead_follows(run: _Run) -> bool:
    """``全区动员大会召开 / 本报讯 …``, also behind pictures' captions of a few characters."""
    first = next((b for b in run.after[:3] if b.kind != "body" or len(b.text) > 8), run.after[0])
    return first.lead


def credit_follows(run: _Run) -> bool:
    """``小小红薯甜了一方百姓 / 本报记者 某某 / 霜降已过 …`` (not the credit of a picture)."""
    first = run.after[0]
    return first.kind == "credit" and len(run.after) > 1 and run.after[1].kind == "body" and not _pictured(first.text) \
        and len(run.last) > 4


def author_follows(run: _Run) -> bool:
    """``让烟火气与文明同行 / 柏舟 / 傍晚路过 …``: the run's last line is a name."""
    return len(run.lines) > 1 and is_author_line(run.last) and len(run.lines[-2].text) > 3 and run.after[0].kind == "body"


def before_ended(run: _Run) -> bool:
    """The paragraph before closes with a credit, an editor's number, a date."""
    return run.before.ended


def is_notice(run: _Run) -> bool:
    """``关于封闭施工的通告``, ``任免名单``"""
    return any(_NOTICE.fullmatch(b.text) and not _INNER.match(b.text) for b in run.lines)


def is_call(run: _Run) -> bool:
    """``征稿启事``, ``停水通知``: a notice of few words, on pages of any manner."""
    return _CALL.fullmatch(_bare(run.lines[-1:])) is not None and not _INNER.match(run.lines[0].text)


def day_line_follows(run: _Run) -> bool:
    """``某地发生地震 / 2008-6-6 / 6月5日，…``: a line with the day between headline and text, as on web pages; under the name
    of an office it is a signature."""
    day = run.lines[-1].hint == "dated" or (run.after[0].kind == "date" and len(run.after) > 1 and run.after[1].kind == "body")
    return day and len(run.last) >= 8 and not is_office(run.last)


def run_in(run: _Run) -> bool:
    """``丹阜区考察团来访 6月12日，…``: the headline shares its line with the text."""
    return run.lines[-1].hint == "run-in"


def signed_apart(run: _Run) -> bool:
    """The article before names its reporter at its beginning, and what follows is signed at its end: two articles."""
    first = next((b for b in run.before.body if b.kind == "body"), None)
    return run.signed and first is not None and first.lead and not run.before.ended and names_reporter(first.text)


def occasion(run: _Run) -> bool:
    """The run names an occasion of the genre and its first paragraph the day: ``县领导督查筹备工作 / 9月12日下午，…``"""
    return _DAY.match(run.after[0].text) is not None and any(_OCCASION.search(b.text) for b in run.lines)


def day_follows(run: _Run) -> bool:
    """``… / 5月16日，``: month and day, not ``近日``."""
    return _DAY.match(run.after[0].text) is not None


def set_apart(run: _Run) -> bool:
    """More blank lines before the run than the page has between paragraphs, and not fewer behind it than before a paragraph."""
    if CAPTION.match(run.lines[0].text):
        return False
    return _apart(run.lines[0], run.style) and (_apart(run.after[0], run.style) or run.style.gap != 0)


def is_inner(run: _Run) -> bool:
    """``一、提高认识``, ``（二）``, ``本次会议出席人员名单``: a part of the article before."""
    return _INNER.match(run.lines[0].text) is not None and not run.after[0].lead


def marked(run: _Run) -> bool:
    """``★县委统战部召开座谈会``"""
    return run.lines[0].mark and len(run.lines[0].text) > 6


def headed_by_markup(run: _Run) -> bool:
    """The page's own markup says that this is a headline."""
    return any(b.hint == "head" for b in run.lines)


def under_banner(run: _Run) -> bool:
    """``简讯快报 / 县总工会走访慰问劳模``: the title of a column stands above or among the lines."""
    return run.banner and len(run.last) > 6


def no_text_follows(run: _Run) -> bool:
    """Only a credit and then nothing, or another headline: captions of pictures, a signature."""
    first, second = run.after[0], run.after[1] if len(run.after) > 1 else None
    return first.kind == "credit" and (second is None or second.kind in ("head", "credit", "banner"))


def dated_like_before(run: _Run) -> bool:
    """Without 本报讯, the page's articles begin with a date, and both this one and the one before do."""
    return run.style.leads < 2 and dated(run.after[0].text) and any(dated(b.text) for b in run.before.body[:1])


def before_is_feature(run: _Run) -> bool:
    """A feature signed under its headline has subheadings."""
    return bool(run.before.body) and run.before.body[0].kind == "credit" and run.before.body[0].text[0] not in OPENING \
        and not run.before.ended


def several_lines(run: _Run) -> bool:
    """Kicker, headline, subtitle."""
    return len(run.lines) > 1 and sum(len(b.text) for b in run.lines) >= 14


def date_follows(run: _Run) -> bool:
    """``… / 4月25日，…``"""
    return dated(run.after[0].text)


def restated(run: _Run) -> bool:
    """``区委召开座谈会 / 4月25日，区委召开座谈会…``: the first paragraph says the headline again, as news does."""
    text = run.after[0].text
    parts = [[b] for b in run.lines] + ([list(run.lines)] if len(run.lines) > 1 else [])
    words = [_bigrams(_Draft(part)) for part in parts if len(_bare(part)) >= 6]
    return any(sum(pair in text for pair in w) >= 0.5 * len(w) for w in words)


_HELD = re.compile(r"(?<=.{8})(?:在[^，。]{2,10})?(?:隆重|顺利|胜利|圆满|成功)?(?:召开|举行|举办|开幕|闭幕)")


def names_its_occasion(run: _Run) -> bool:
    """``“远航”高质量发展大会隆重举行 / 今年是…。“远航”高质量发展大会在…举行``: an occasion told by its whole name."""
    held = _HELD.search(run.last)
    return held is not None and run.last[held.start() - 8:held.start()] in run.after[0].text


def restated_as_news(run: _Run) -> bool:
    """The same with a date at the beginning: a subheading's paragraph may repeat it, but seldom so."""
    return dated(run.after[0].text) and restated(run)


def news_follows(run: _Run) -> bool:
    """The first paragraph says who did it, with place and post: ``近日，丹阜区委书记高建设…`` (not ``4月20日，记者来到…``)."""
    opening = run.after[0].text[:60]
    return dated(opening) and _WHO.search(opening) is not None and not any(word in opening for word in ("记者", "笔者"))


def page_of_dates(run: _Run) -> bool:
    """A page without 本报讯 on which dated paragraphs follow short lines again and again."""
    return run.style.leads < 2 and run.style.dates >= 3 and dated(run.after[0].text)


def reads_like_headline(run: _Run) -> bool:
    """Long enough and with a verb of the genre."""
    whole = " ".join(b.text for b in run.lines)
    return 9 <= len(whole) <= 90 and _VERBS.search(whole) is not None


def person_acts(run: _Run) -> bool:
    """``司马长青到双槐镇调研``: a name and what an official does."""
    said = _ACTS.match(run.last)
    return said is not None and has_usual_surname(said[1])


def body_acts(run: _Run) -> bool:
    """``丹阜区领导慰问驻军``, ``省政府免去高某职务``: a line that says what a body or its leaders do."""
    return _BODY_ACTS.match(run.last) is not None


_TOLD_FROM = re.compile(
    r"(?:^|[\s，])(?:——|—|--)\s*(?:来自|记|写给|写在|访|探访|走进|"
    r"[^，。]{2,24}(?:纪实|侧记|见闻|的报道|综述|观察|启示|掠影|巡礼))"
)
_TWO_PARTS = re.compile(r"[\u4e00-\u9fff“”]{4,16}[ \u3000]{1,3}[\u4e00-\u9fff“”]{4,24}")
_NAMED = re.compile(
    r"(?=.{13,40}$)(?!会议|与会|本次|大会|此次|全会)(?!.*[，。；：])[\u4e00-\u9fff“”]{2,10}?(?:[县市区镇乡村旗州]|街道|社区|委|政府|人大|政协|法院|检察院|局|部|学校|中学|小学|大学|医院|银行|公司|集团|办)"
    r"[\u4e00-\u9fff“”\d]{5,}(?<!会议)(?<!大会)")


def told_from(run: _Run) -> bool:
    """``风雨中，我们一起坚守 ——来自防汛一线的报道``: only headlines say what kind of report it is."""
    return any(_TOLD_FROM.search(b.text) for b in run.lines)


def two_parts(run: _Run) -> bool:
    """``防汛拧紧发条 救灾争分夺秒``: two phrases side by side."""
    return len(run.lines) == 1 and _TWO_PARTS.fullmatch(run.last) is not None


def names_who(run: _Run) -> bool:
    """``双槐村党委让全体党员过别样生日``: a whole sentence whose subject is a place or an organ, over a paragraph of prose."""
    return len(run.lines) == 1 and _NAMED.fullmatch(run.last) is not None and len(run.after[0].text) > 40


def day_in_lead(run: _Run) -> bool:
    """``根据统一安排，4月26日上午，我镇召开…``: who and when, though not at the very beginning."""
    lead = run.after[0].text[:70]
    return not dated(lead) and _DAY.search(lead) is not None and _WHO.search(lead) is not None


def page_of_news(run: _Run) -> bool:
    """On a page of short news, under an article of a few paragraphs, a line as long as a headline."""
    return run.style.dates >= 3 and len(run.last) >= 10 and len(run.before.body) <= 3 and run.before.length <= 500


def short(run: _Run) -> bool:
    """``主动作为``: subheadings are short."""
    return sum(len(b.text) for b in run.lines) <= 6 and not run.after[0].lead and not is_call(run)


def before_is_short(run: _Run) -> bool:
    """An article of a few lines has no subheadings."""
    return run.before.length <= 260 and len(run.before.body) <= 3


def before_is_long_and_open(run: _Run) -> bool:
    """A long article that no credit has closed, on a page where credits close them."""
    return run.style.ends >= 2 and run.before.length > 400 and not run.before.ended


def lead_is_missed(run: _Run) -> bool:
    """On a page where articles begin 本报讯, as the one before did, this one would not."""
    return run.style.leads >= 2 and not run.after[0].lead and any(b.lead for b in run.before.body[:2]) and not is_call(run)


def list_follows(run: _Run) -> bool:
    """A table's head or a list inside an article: rows or notes follow, and no notice is announced."""
    return run.after[0].kind in ("row", "note") and not is_notice(run)


_SIDE_LINE = re.compile(
    r".{4,40}(?:讲话|主持|主持会议|主持并讲话|主持会议并讲话|致辞|出席|出席会议|出席并讲话|出席会议并讲话|参加|陪同|作报告|宣读)")


def only_side_lines(run: _Run) -> bool:
    """``县委常委某某讲话 / 县政协副主席某某主持``: lines of a headline's block that tell who did what, and no headline."""
    return not run.after[0].lead and all(
        _SIDE_LINE.fullmatch(b.text) is not None and _WHO.search(b.text) is not None and not _OCCASION.search(b.text)
        for b in run.lines)


def signs_with_date(run: _Run) -> bool:
    """``某街道办事处 / 2013年6月9日``: who signs, and when."""
    return run.after[0].kind == "date" and is_office(run.last) and len(run.after) == 1


REASONS: list[tuple[int, Callable[[_Run], bool]]] = [
    (-9, before_has_no_text),
    (6, lead_follows),
    (7, credit_follows),
    (6, author_follows),
    (5, before_ended),
    (6, is_notice),
    (5, is_call),
    (6, run_in),
    (6, day_line_follows),
    (3, signed_apart),
    (2, occasion),
    (1, day_follows),
    (1, restated),
    (2, names_its_occasion),
    (2, restated_as_news),
    (1, news_follows),
    (1, page_of_dates),
    (3, told_from),
    (1, two_parts),
    (3, names_who),
    (2, day_in_lead),
    (1, page_of_news),
    (5, set_apart),
    (-6, is_inner),
    (3, marked),
    (3, headed_by_markup),
    (3, under_banner),
    (-9, no_text_follows),
    (1, dated_like_before),
    (-2, before_is_feature),
    (1, several_lines),
    (1, date_follows),
    (1, reads_like_headline),
    (2, person_acts),
    (3, body_acts),
    (-2, short),
    (1, before_is_short),
    (-2, before_is_long_and_open),
    (-2, lead_is_missed),
    (-3, list_follows),
    (-9, only_side_lines),
    (-9, signs_with_date),
]


# ---------------------------------------------------------------- paragraphs


def _place_body(drafts: list[_Draft], blocks: Sequence[Block], at: int, banner: bool, style: _Style) -> None:
    """Give a paragraph to the article before it, or open one without a headline: a caption, a brief, 本报讯."""
    block = blocks[at]
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if not drafts:
        kind = "caption" if _is_caption(block, after) else "brief" if banner and block.mark else "article"
        drafts.append(_Draft(body=[block], kind=kind))
        return
    before = drafts[-1]
    if block.kind == "body" and before.body:
        chronicle = any("大事记" in head.text for head in before.head)
        headless = not any(draft.head for draft in drafts)
        if (_is_brief(block, style) and not chronicle) or _goes_on_briefly(block, before) or (
                _opens_with_a_day(block) and (banner or (
                    headless and _opens_with_a_day(before.body[0]) and not (style.grouped and not block.gap)))):
            drafts.append(_Draft(body=[block], kind="brief"))
            return
        if _apart(block, style) and before.length > 60 and not chronicle and _opens_news(block):
            drafts.append(_Draft(body=[block]))
            return
        if _is_caption(block, after) and not _pictures(block, before, blocks[at + 1:at + 3]) and (
                before.ended or dated(block.text) or tail_credit(block.text) is not None or banner
                or _SHOWS.search(block.text) is not None):
            drafts.append(_Draft(body=[block], kind="caption"))
            return
        if block.lead and (any(b.lead for b in before.body[:2]) or (
                before.ended and (before.length > 80 or before.kind != "article"))):
            drafts.append(_Draft(body=[block]))
            return
        if before.kind == "caption" and before.ended and not block.lead and len(drafts) > 1 and not drafts[-2].ended:
            drafts[-2].body.append(block)  # the column goes on under the picture
            return
    before.body.append(block)


def _opens_news(block: Block) -> bool:
    """``本报讯 …``, ``近日，县委书记…``: a paragraph that may be the first of an article."""
    return len(block.text) >= 40 and (block.lead or dated(block.text))


def _opens_with_a_day(block: Block) -> bool:
    """``9月7日，县委书记…``: news, where no headline stands (under ``4月7日，…``, or under the title of a column)."""
    return len(block.text) >= 40 and _DAY.match(block.text) is not None


def _goes_on_briefly(block: Block, before: _Draft) -> bool:
    """A paragraph with a day and a credit of its own after an article that is closed; a marked one after a marked brief."""
    if before.kind == "brief" and block.mark and before.body[0].text[0] == block.text[0]:
        return True
    closed = before.ended or any(_CALL.fullmatch(_bare([head])) for head in before.head)
    return closed and block.ended and not block.lead and len(block.text) >= 28 and _DAY.match(block.text) is not None


def _is_caption(block: Block, after: Block | None) -> bool:
    """A free-standing caption that reports an occasion: it closes with a photographer, and is more than 图为会场."""
    if block.kind != "body" or block.lead or len(block.text) < 28 or CAPTION.match(block.text.lstrip(MARKS + BLANKS)):
        return False
    credit = tail_credit(block.text)
    if credit is not None:
        return _PICTURE.search(block.text, credit) is not None
    if after is None or after.kind != "credit" or "摄" not in after.text:
        return False
    return _pictured(after.text) or _SHOWS.search(block.text) is not None


def _pictures(caption: Block, article: _Draft, after: Sequence[Block]) -> bool:
    """Whether a caption tells of the occasion of the article it stands in: it says the same, and the text may go on."""
    words = _bigrams(_Draft(body=[caption]))
    share = len(words & _bigrams(article)) / len(words)
    goes_on = any(b.kind == "body" and not b.lead and not dated(b.text) for b in after[-1:] or after)
    return share >= (0.6 if article.ended else 0.25 if goes_on and share < 0.4 else 0.4)


def _pictured(credit: str) -> bool:
    """Whether a credit is of a picture alone: 记者 某某 摄, not 文/图 or 摄影报道."""
    return "摄" in credit and not _WROTE.search(credit)


def _is_brief(block: Block, style: _Style) -> bool:
    """``★日前，青石镇举办…（记者 陈 静）``: one of several marked pieces, each with an end of its own or a date."""
    if not block.mark:
        return False
    count, closed = style.marks[block.text[0]]
    return count > 1 and 2 * closed >= count and (dated(block.text) or block.lead or block.ended)


# ---------------------------------------------------------------- afterwards


def _settle(drafts: list[_Draft]) -> list[_Draft]:
    """What stands above the first headline: a short caption belongs to the article under it, the page's staff to nobody."""
    if len(drafts) > 1 and drafts[0].body and not any(b.kind in ("body", "row", "note") for b in drafts[0].body):
        return drafts[1:]
    if len(drafts) > 1 and not drafts[0].head and not drafts[0].ended and drafts[0].length < 80 and drafts[1].head \
            and not any(b.lead for b in drafts[0].body):
        first, second, *rest = drafts
        second.body = first.body + second.body
        return [second, *rest]
    return drafts


def _without_teasers(drafts: list[_Draft]) -> list[_Draft]:
    """Drop headlines without text that only repeat another one."""
    told = "\n".join(_bare(d.head) for d in drafts if d.body)
    return [d for d in drafts if d.body or not d.head or _bare(d.head) not in told]


def _continue(drafts: list[_Draft]) -> list[_Draft]:
    """Join what stands behind 上接 to the article that broke off with 下转, until the text is the surrounding article's again."""
    broken = [d for d in drafts if any(b.continues for b in d.head + d.body)]
    for draft in drafts:
        where = next((i for i, b in enumerate(draft.body) if b.kind == "continued"), None)
        if where is None:
            continue
        tail = draft.body[where + 1:]
        homes = [d for d in broken if d is not draft]
        if not homes or not tail:
            del draft.body[where]
            continue
        home = max(homes, key=lambda d: (_affinity(tail[0].text, _bigrams(d)), -drafts.index(d)))
        own, other = _bigrams(_Draft(draft.head, draft.body[:where])), _bigrams(home)
        away = 1
        back = where > 0 and not draft.body[where - 1].ended
        while away < len(tail) and not (back and _affinity(tail[away].text, own) >= _affinity(tail[away].text, other) + CLEARLY):
            away += 1
        home.body.extend(tail[:away])
        draft.body[where:] = tail[away:]
    return drafts


def _bigrams(draft: _Draft) -> frozenset[str]:
    return frozenset(text[i:i + 2] for b in draft.head + draft.body for text in [b.text] for i in range(len(text) - 1))


def _affinity(paragraph: str, article: frozenset[str]) -> int:
    return len({paragraph[i:i + 2] for i in range(len(paragraph) - 1)} & article)


# ---------------------------------------------------------------- the article


def _finish(page: Page, place: tuple[str, ...], number: int, draft: _Draft) -> Article:
    head = [b for b in map(_unmarked, draft.head) if b.text]
    body = [b for b in map(_unmarked, draft.body) if b.text]
    text, runs = _compose([*head, *body])
    body_start = sum(len(b.text) + 1 for b in head) if body else len(text)
    opening = next((b.text for b in body if b.kind == "body"), text)
    headline = _SPACES.sub(" ", " ".join(b.text for b in head)) or page.headline or first_words(opening)
    place_in_source = runs[0].source_start if runs else 0
    digest = hashlib.sha256(f"{page.source}\0{place_in_source}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Article(id=digest, source=page.source, number=number, headline=headline, text=text, body_start=body_start,
                   source_map=runs, published=page.published, paper=page.paper, place=place, page=page.page, url=page.url)


_COMMA = re.compile("[，,]")


def first_words(text: str) -> str:
    """The headline of a piece that has none: its words up to the first comma, without dateline and mark."""
    line = text.split("\n", 1)[0]
    return _COMMA.split(line, maxsplit=1)[0][:60]


def _unmarked(block: Block) -> Block:
    """The block without ★ and the like before it."""
    if not block.mark:
        return block
    kept = block.text.lstrip(MARKS + BLANKS)
    cut = len(block.text) - len(kept)
    return Block(block.kind, kept, slice_runs(block.runs, cut, len(block.text)), block.lead)


def _compose(blocks: Iterable[Block]) -> tuple[str, tuple[SourceRun, ...]]:
    """The blocks' texts, one a line, and the runs that lead back."""
    parts: list[str] = []
    runs: list[SourceRun] = []
    at = 0
    for block in blocks:
        parts.append(block.text)
        runs.extend(shift(block.runs, at))
        at += len(block.text) + 1
    return "\n".join(parts), join_runs(runs)
