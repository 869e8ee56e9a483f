"""Offices that a sentence gives, takes or tells of."""

from __future__ import annotations

from extract_cases import Row, article, by_strength, change, listed, post, read

from kg.extract.article import extract


@by_strength("extract_changes")
def test_changes_and_the_posts_that_they_leave(row: Row) -> None:
    record = read(row)
    assert sorted(map(change, record.changes)) == listed(row["changes"])
    assert sorted(map(post, record.posts)) == listed(row["posts"])


def test_a_change_is_dated_by_the_meeting_that_decides_it() -> None:
    record = extract(article("4月25日，区第九届人大常委会第三次会议召开。会议决定任命马超为区财政局局长。", published=None))
    assert [change(c) for c in record.changes] == ["appoint 马超 丹阜区财政局|局长 XXXX-04-25 by 丹阜区人大常委会"]


def test_a_lost_post_in_short_is_completed_from_the_article() -> None:
    record = extract(article("区政协主席马骏主持会议。会议接受马骏辞去主席职务的请求。"))
    assert "resign 马骏 丹阜区政协|区政协主席 - by 丹阜区政协" in [change(c) for c in record.changes]
