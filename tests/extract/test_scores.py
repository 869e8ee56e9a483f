"""Scores against annotation: a floor a layer, just below what is reached. Raise a floor when its layer rises, never lower it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import kg
from kg.evaluate import LAYERS, Report, compare, read_annotation
from kg.model import Record
from kg.records import to_json

SAMPLE = {
    "articles": 1.0,
    "bylines": 1.0,
    "people": 0.99,
    "posts": 0.985,
    "offices": 0.98,
    "status": 0.93,
    "changes": 0.97,
    "events": 0.99,
    "kinds": 0.99,
    "dates": 0.99,
    "roles": 0.98,
    "coappearance": 0.99,
    "bodies": 0.87,
    "campaigns": 0.96,
}
REAL = {
    "articles": 1.0,
    "bylines": 0.99,
    "people": 0.99,
    "posts": 0.99,
    "offices": 0.99,
    "changes": 0.99,
    "events": 0.96,
    "kinds": 0.99,
    "dates": 0.99,
    "roles": 0.98,
    "coappearance": 0.98,
    "bodies": 0.87,
    "campaigns": 0.94,
}


def report(gold: Path, records: Iterable[Record]) -> Report:
    by_source: dict[str, list[Record]] = {}
    for record in records:
        by_source.setdefault(Path(record.source).stem, []).append(record)
    return compare(read_annotation(gold), {source: [to_json(r) for r in found] for source, found in by_source.items()})


def below(floors: dict[str, float], reached: Report) -> dict[str, tuple[float, float]]:
    return {
        layer: (floor, round(reached.counts[layer].f1, 3)) for layer, floor in floors.items() if reached.counts[layer].f1 < floor
    }


def test_floors_of_the_sample(sample_records: tuple[Record, ...], gold: Path) -> None:
    reached = report(gold / "gold", sample_records)
    assert set(SAMPLE) == set(LAYERS)
    assert not below(SAMPLE, reached), "\n".join(map(str, reached.faults))


def test_floors_of_real_pages(shared: Path) -> None:
    reached = report(shared / "gold" / "seeds", kg.extract(shared / "seeds", workers=1))
    assert not below(REAL, reached), "\n".join(f"{f.layer} {f.side}" for f in reached.faults)
