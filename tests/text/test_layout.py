"""Mending: which lines belong together and what each block is."""

from __future__ import annotations

import cases
import pytest

from kg.model import SourceRun
from kg.text.layout import dateline_end, mend, tail_credit
from kg.text.lines import join_runs, slice_runs, text_lines


def blocks(text: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in mend(text_lines(text))]


@pytest.mark.parametrize(("broken", "mended"), [
    ("4月25日，区委书记高建设出席会议并讲话,区委\n\n副书记主持。", ["4月25日，区委书记高建设出席会议并讲话,区委副书记主持。"]),
    ("7月21日，市水利局局\n\n长安澜陪同检查。", ["7月21日，市水利局局长安澜陪同检查。"]),
    ("5月15日，区卫健委负责同志参\n\n加督\n\n导。王平到场。", ["5月15日，区卫健委负责同志参加督导。王平到场。"]),
    ("6月1日，购置设备 Model A\n\n200 台，分发到户。", ["6月1日，购置设备 Model A 200 台，分发到户。"]),
    ("3月15日，区长到双槐镇察看春灌，要求12月1\n\n5日前完成。", ["3月15日，区长到双槐镇察看春灌，要求12月15日前完成。"]),
    ("会议强调，要抓好落实。\n\n会议要求，要压实责任。", ["会议强调，要抓好落实。", "会议要求，要压实责任。"]),
    ("6月1日，副区长（挂职）艾尔肯·\n吐尔逊陪同。", ["6月1日，副区长（挂职）艾尔肯·吐尔逊陪同。"]),
    ("决定任命：\n边疆为区教育局局长；\n谷雨为区司法局局长。", ["决定任命：", "边疆为区教育局局长；", "谷雨为区司法局局长。"]),
    ("4月25日，会议在区会议中心举行，区领导孙黎参加会议\n区政协召开座谈会\n本报讯 4月26日，区政协召开座谈会。",
     ["4月25日，会议在区会议中心举行，区领导孙黎参加会议", "区政协召开座谈会", "本报讯 4月26日，区政协召开座谈会。"]),
])
def test_lines_broken_in_mid_sentence_are_joined(broken: str, mended: list[str]) -> None:
    assert [text for _, text in blocks(broken)] == mended


@pytest.mark.parametrize(("line", "kind"), [
    ("区委召开推进会", "head"),
    ("本报讯 4月25日", "body"),
    ("会议强调，要抓好落实。", "body"),
    ("记者 刘洋 通讯员 毕文博", "credit"),
    ("（段云）", "credit"),
    ("(27)", "credit"),
    ("2018年6月6日", "date"),
    ("二〇一八年六月六日", "date"),
    ("咨询电话：6621108", "note"),
    ("【图片新闻】", "banner"),
    ("丹河夜话", "banner"),
    ("02 综合新闻", "banner"),
    ("（上接A01版）", "continued"),
])
def test_kinds(line: str, kind: str) -> None:
    # a headline above keeps the line from being the page's first
    assert blocks("4月1日，区委开会。\n" + line)[-1] == (kind, line)


@pytest.mark.parametrize("line", [
    "上一篇 下一篇", "放大 缩小 默认", "第01版：要闻", "字体：[大][中][小]", "版权所有 不得转载", "上一篇：区委召开会议",
    "特别报道(A03)", "1750 期 / 第1版:1", "首页 > 新闻 > 要闻"])
def test_furniture_is_left_out(line: str) -> None:
    assert blocks(line + "\n区委召开推进会\n4月25日，区委召开推进会。") == [
        ("head", "区委召开推进会"), ("body", "4月25日，区委召开推进会。")]


def test_furniture_above_the_text_is_left_out_and_its_author_kept() -> None:
    page = "区委召开推进会\n发布时间：2021-04-26 09:30 来源：丹阜融媒 作者：刘洋 浏览：12\n4月25日，区委召开推进会。"
    assert blocks(page) == [("head", "区委召开推进会"), ("credit", "作者：刘洋"), ("body", "4月25日，区委召开推进会。")]


def test_a_label_inside_a_notice_stays() -> None:
    assert ("note", "时间：6月15日") in blocks("招生通告\n定于下列时间召开会议。\n时间：6月15日\n地点：区会议中心")


def test_table_rows() -> None:
    page = "价格监测表\n品名 单位 均价\n面粉 500克 2.10\n鸡蛋 500克 5.35"
    assert [kind for kind, _ in blocks(page)] == ["head", "row", "row", "row"]


@pytest.mark.parametrize("row", cases.table("datelines"), ids=lambda row: row["text"])
def test_datelines(row: dict[str, str]) -> None:
    end = dateline_end(row["text"])
    assert (row["text"][:end].strip() if end else "") == row["dateline"]


@pytest.mark.parametrize(("text", "credit"), [
    ("…参加会议。记者 刘洋 通讯员 姜望", "记者 刘洋 通讯员 姜望"),
    ("…参加会议。（段云）", "（段云）"),
    ("…参加会议。 本报记者 马晓川 摄", "本报记者 马晓川 摄"),
    ("…参加会议。(27)", "(27)"),
    ("…给予肯定。田守一、蒋鹏）", "田守一、蒋鹏）"),
    ("…参加会议。", None),
    ("…面向全国（含港澳台）", None),
    ("…修订了办法（试行）", None),
])
def test_credit_at_the_end_of_a_paragraph(text: str, credit: str | None) -> None:
    start = tail_credit(text)
    assert (text[start:].strip() if start is not None else None) == credit


def test_runs_can_be_cut_and_joined() -> None:
    runs = (SourceRun(0, 10, 5), SourceRun(5, 20, 5))
    assert slice_runs(runs, 3, 7) == (SourceRun(0, 13, 2), SourceRun(2, 20, 2))
    joined = join_runs([SourceRun(0, 10, 5), SourceRun(5, 15, 5), SourceRun(11, 21, 1)])
    assert joined == (SourceRun(0, 10, 10), SourceRun(11, 21, 1))
