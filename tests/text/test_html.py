"""HTML pages: the article's text with its way back to the file, and what the page says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.bylines import bylines
from kg.model import Page
from kg.text.articles import articles
from kg.text.html import html_lines, read_html, title_of

EPAPER = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>全区创建动员大会召开-丹阜时讯数字报</title>
<script>var a="<p>这不是正文。</p>";</script><style>p{color:red}</style></head><body>
<!-- saved from url=(0046)http://epaper.example.com/html/2021-04/25/content_77.htm -->
<div class="nav"><a href="x">首页</a><a>上一篇</a> <a>下一篇</a></div>
<table><tr><td>丹阜时讯</td><td>2021年04月25日 星期日</td></tr></table>
<div class="bt0">坚决扛起责任</div><h1 class="title">全区创建动员大会召开</h1><div class="bt2">高建设&nbsp;出席并讲话</div>
<div class="info">来源：丹阜时讯 作者：刘洋 放大 缩小 默认</div>
<div id="ozoom"><founder-content><p>　　本报讯（记者　刘洋）4月24日，丹阜区召开创建动员大会。区委书记高建设出席会议
并讲话，&ldquo;创卫&rdquo;工作全面启动。</p><p>会议要求，各级各部门要&nbsp;高度重视，&#20840;力推进各项工作落实到位。</p>
<P>图为会议现场。<br>刘洋 摄</P></founder-content></div>
<div>责任编辑：张三</div><div class=foot><a>版权所有</a></div></body></html>"""

WECHAT = """<html><head><meta property="og:title" content="区委召开常委会会议" /><title></title></head><body>
<h1 class="rich_media_title" id="activity-name">
区委召开常委会会议
</h1><div id="meta_content"><span class="rich_media_meta">原创</span>
<a id="js_name">丹阜发布</a> <em id="publish_time"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><section><p><strong>点击上方蓝字关注我们</strong></p>
<p>4月25日，区委书记高建设主持召开区委常委会会议。</p><p><strong>会议指出</strong></p><p>要提高站位，压实责任。</p>
<p>来源：区融媒体中心</p><p>记者：刘洋 &nbsp;编辑：张三</p></section></div>
<div id="js_pc_qr_code">微信扫一扫关注该公众号</div><script>var ct = "1619340000";</script></body></html>"""

PLAIN = """<html><head><title>丹阜时讯 A02</title></head><body>
<h2>区委召开推进会</h2><p>本报讯 4月25日，区委召开推进会，部署创建工作。</p>
<h3>会议要求</h3><p>要压实责任，抓好落实，把创建工作抓紧抓实抓出成效。</p>
<h2>区政协召开座谈会</h2><p>本报讯 4月26日，区政协召开座谈会，征求委员意见建议。（段云）</p></body></html>"""


def texts(source: str) -> list[str]:
    return [a.text for a in articles(Page("page.htm", source, markup="html"))]


def test_epaper_page() -> None:
    found = articles(Page("page.htm", EPAPER, markup="html"))
    assert [a.headline for a in found] == ["坚决扛起责任 全区创建动员大会召开 高建设 出席并讲话"]
    text = found[0].text
    assert "区委书记高建设出席会议并讲话，“创卫”工作全面启动。\n会议要求，各级各部门要 高度重视，全力推进" in text
    assert all(word not in text for word in ("这不是正文", "上一篇", "版权所有", "放大", "&"))
    assert [b.name for b in bylines(found[0])] == ["刘洋"]
    html = read_html(EPAPER)
    assert html.address == "http://epaper.example.com/html/2021-04/25/content_77.htm"
    assert title_of(html) == "全区创建动员大会召开"


def test_wechat_article() -> None:
    found = articles(Page("wx.html", WECHAT, markup="html"))
    assert [a.headline for a in found] == ["区委召开常委会会议"]
    assert found[0].text.split("\n") == [
        "区委召开常委会会议", "4月25日，区委书记高建设主持召开区委常委会会议。", "会议指出", "要提高站位，压实责任。",
        "来源：区融媒体中心", "记者：刘洋  编辑：张三"]
    html = read_html(WECHAT)
    assert (html.account, html.stamp, html.single) == ("丹阜发布", "1619340000", True)


def test_plain_page_with_several_articles() -> None:
    assert [a.headline for a in articles(Page("page.htm", PLAIN, markup="html"))] == ["区委召开推进会", "区政协召开座谈会"]


@pytest.mark.parametrize(("source", "lines"), [
    ("<p>一段。</p><p>二段。</p>", ["一段。", "二段。"]),
    ("一段。<br/>二段。", ["一段。", "二段。"]),
    ("<p>区委\n  副书记</p>", ["区委副书记"]),
    ("<p>plan A\n  plan B</p>", ["plan A plan B"]),
    ("<p>“引号”&amp;&lt;p&gt;&#65;&unknown;</p>", ["“引号”&<p>A&unknown;"]),
    ("<table><tr><td>面粉</td><td>2.10</td></tr><tr><td>鸡蛋</td><td>5.35</td></tr></table>", ["面粉  2.10", "鸡蛋  5.35"]),
    ("<p>一<b>二</b><span>三</span>。</p>", ["一二三。"]),
    ("<ul><li>一项。<li>二项。</ul>", ["一项。", "二项。"]),
    ("<p title=\"a>b\">正文。</p>", ["正文。"]),
    ("<p>3 < 5。</p>", ["3 < 5。"]),
    ("<textarea>假。</textarea><select><option>假。</select><p>真。</p>", ["真。"]),
    ("<p>未完<", ["未完<"]),
    ("<!-- 注 <p>假。</p> --><p>真。</p>", ["真。"]),
    ("<p>一。</p><script>没有结束", ["一。"]),
    ("", []),
])
def test_lines(source: str, lines: list[str]) -> None:
    assert [line.text for line in html_lines(source)] == lines


PIECES = st.sampled_from([
    "<p>", "</p>", "<div id='js_content'>", "</div>", "<br>", "<h1>", "</h1>", "<a href='x'>", "</a>", "<td>", "<tr>", "<table>",
    "<!-- ", " -->", "<script>", "</script>", "<", ">", "&", "&nbsp;", "&ldquo;", "&#x4e00;", "&#99999999;",
    "\n", " ", "　", "\"", "'",
    "区委召开推进会", "本报讯（记者 刘洋）4月25日，区委召开推进会。", "<title>", "</title>",
    "<meta name='date' content='2021-04-25'>",
    "<p class=\"title\">", "</", "<!", "<?xml ?>", "\u2028"])
SOURCES = st.lists(PIECES, max_size=40).map("".join) | st.text(alphabet="<>/&;#!-\"' apdivbr=正文。\n", max_size=120)


@settings(max_examples=300)
@given(SOURCES)
def test_runs_are_copies_of_the_file(source: str) -> None:
    for line in html_lines(source):
        assert line.text == line.text.strip()
        last = 0
        for run in line.runs:
            assert run.text_start >= last
            assert run.length > 0
            last = run.text_start + run.length
            assert line.text[run.text_start:last] == source[run.source_start:run.source_start + run.length]
    for article in articles(Page("page.htm", source, markup="html")):
        for run in article.source_map:
            copied = source[run.source_start:run.source_start + run.length]
            assert article.text[run.text_start:run.text_start + run.length] == copied


@pytest.mark.parametrize("source", [
    "<div>" * 100_000 + "正文。", "<a \"" * 50_000, "<" * 200_000, "<!--" * 50_000, "&" * 200_000, "<p>一。" * 50_000,
    "<script>" * 30_000, "<td>一" * 50_000, "</p>" * 100_000, "<p " + "a=b " * 100_000 + ">一。"])
def test_hostile_markup(source: str) -> None:
    assert isinstance(texts(source), list)
