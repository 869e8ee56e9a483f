"""What each article of the sample says, one line a claim, against the frozen ``tests/golden/sample.txt``.

After a wanted change: ``python tests/extract/test_golden_sample.py`` writes it anew; read the difference before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

import kg
from kg import sample
from kg.explain import claims
from kg.model import Record

GOLDEN = Path(__file__).parent.parent / "golden" / "sample.txt"


def rendered(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        yield f"{record.source} #{record.number}  {record.headline}"
        yield f"  issue      {record.published or 'unknown'}, {'/'.join(record.place) or 'nowhere'}"
        for person in record.people:
            yield f"  person     {person.name} ({person.kind}) x{len(person.mentions)}"
        for layer, what, _ in claims(record):
            yield f"  {layer:10} {what}"
        for statement in record.statements:
            said = record.text[statement.start : statement.end].replace("\n", " ")
            yield f"  statement  {statement.speaker or '会议'} {statement.verb} {said[:12]}…"
        yield ""


def test_the_sample_says_what_it_said(sample_records: tuple[Record, ...]) -> None:
    frozen = GOLDEN.read_text(encoding="utf-8").splitlines()
    changed = list(unified_diff(frozen, list(rendered(sample_records)), "frozen", "now", n=1, lineterm=""))
    assert not changed, "\n".join(["", *changed])


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(rendered(kg.extract(sample.folder(), workers=1))) + "\n", encoding="utf-8", newline="\n")
