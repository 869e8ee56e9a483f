"""Bodies that took part by name."""

from __future__ import annotations

import pytest
from extract_cases import Row, article, by_strength, listed, read

from kg.extract.article import extract


@by_strength("extract_bodies")
def test_bodies(row: Row) -> None:
    assert sorted({body.name for event in read(row).events for body in event.bodies}) == listed(row["bodies"])


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("4月25日，区教育局组织召开安全工作会议。", "convene"),
        ("4月25日，全区防汛工作会议召开。区水利局负责人参加会议。", "participate"),
        ("4月25日，区长司马长青到中盛集团调研，听取企业负责人介绍。", "inspected"),
    ],
)
def test_part_taken(text: str, role: str) -> None:
    assert [body.role for event in extract(article(text)).events for body in event.bodies] == [role]
