"""Issue date, paper and page number: where they may come from and where not."""

from __future__ import annotations

import pytest

from kg.text.issue import Issue, edtf, from_address, from_header, from_name


@pytest.mark.parametrize(("written", "date"), [
    ("2021-04-25", "2021-04-25"), ("2021/4/5", "2021-04-05"), ("20210425", "2021-04-25"), ("2021年4月25日", "2021-04-25"),
    ("2021.4.25", "2021-04-25"), ("2021-04", "2021-04"), ("2021年4月", "2021-04"), ("2021", "2021"),
    ("2021-04-25 09:30", "2021-04-25"),
    ("2021-04-25T09:30:00+08:00", "2021-04-25"), ("2021-04-12/2021-04-14", "2021-04-12/2021-04-14"),
    ("2021-13-01", None), ("2021-02-30", None), ("昨天", None), ("", None), ("4月25日", None),
])
def test_edtf(written: str, date: str | None) -> None:
    assert edtf(written) == date


@pytest.mark.parametrize(("address", "date"), [
    ("http://epaper.example.com/html/2021-04/25/content_123.htm", "2021-04-25"),
    ("2021-04/25/node_2.htm", "2021-04-25"),
    ("https://news.example.com/2021/4/5/1.html", "2021-04-05"),
    ("http://www.example.gov.cn/xw/202104/t20210425_123.html", "2021-04-25"),
    ("paper/20210425/A01.html", "2021-04-25"),
    ("http://www.example.com/content_4898821.htm", None),
    ("http://www.example.com/a/20219999/1.htm", None),
    ("000_9eddba20121231b8.txt", None),
])
def test_addresses(address: str, date: str | None) -> None:
    assert from_address(address).published == date


@pytest.mark.parametrize(("stem", "issue"), [
    ("丹阜时讯_2018-03-16_A01", Issue("2018-03-16", "丹阜时讯", "A01")),
    ("丹阜时讯_要闻三", Issue(None, "丹阜时讯", "要闻三")),
    ("danfu_20180316_02", Issue("2018-03-16", "danfu", "02")),
    ("丹阜时讯_2018-03-16", Issue("2018-03-16", "丹阜时讯", None)),
    ("000_9eddba912b608cb8", Issue()),
    ("content_77", Issue()),
    ("page", Issue()),
])
def test_names(stem: str, issue: Issue) -> None:
    assert from_name(stem) == issue


@pytest.mark.parametrize(("lines", "issue"), [
    (["丹阜时讯", "2021年4月28日 星期三", "第A02版"], Issue("2021-04-28", "丹阜时讯", "A02")),
    (["丹阜时讯 2021年4月28日 星期三 第A02版：要闻"], Issue("2021-04-28", "丹阜时讯", "A02")),
    (["区委召开会议", "发布时间：2021-04-28 09:30 来源：丹阜融媒"], Issue("2021-04-28")),
    (["日期:[2018年09月13日] -- 丹阜商报 -- 版次:[J2]"], Issue("2018-09-13", "丹阜商报", "J2")),
    (["二〇二一年四月二十八日 星期三"], Issue("2021-04-28")),
    (["2021年4月28日起全区公交优惠", "本报讯"], Issue()),
    (["关于2021年5月1日放假的通报"], Issue()),
    (["区委听取工作汇报"], Issue()),
    (["简讯快报"], Issue()),
])
def test_headers(lines: list[str], issue: Issue) -> None:
    assert from_header(lines) == issue
