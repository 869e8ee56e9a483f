"""A user's verdicts on who is who: ``judgements.tsv`` with the columns verdict, a, b, note.

``same`` and ``different`` name two people, each by entity id (``丹阜区/王平~2``) or by one mention
(``丹阜时讯_2018-03-16_A01.txt#1/王平``: source, number of the article in it, name). ``reject`` names in ``a`` a claim that
is wrong: the id of a tenure, a change, a succession or an event, or of a piece of evidence (``ARTICLE:START-END``); ``b`` may
narrow a piece of evidence to one person's name. Lines that start with ``#`` and empty lines are comments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from kg.errors import JudgementError
from kg.resolve.model import EvidenceRef
from kg.resolve.titles import fold_name

Verdict = Literal["same", "different", "reject"]
COLUMNS = ("verdict", "a", "b", "note")


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    a: str
    b: str
    note: str = ""
    where: str = "judgement"  # file and line, for messages


@dataclass(frozen=True, slots=True)
class Judgements:
    """All verdicts, in the order of the file; the order does not matter."""

    rows: tuple[Judgement, ...] = ()


NONE = Judgements()


def read_judgements(path: Path) -> Judgements:
    """Read a judgements file.

    Raises JudgementError that names file and line for a line with too few or too many columns, an unknown verdict,
    or a missing id; and for text that is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JudgementError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        return parse_judgements(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise JudgementError(f"{path}:{line}: not UTF-8; save the file as UTF-8 text with tabs") from error


def parse_judgements(text: str, name: str = "judgements.tsv") -> Judgements:
    """The judgements in ``text``; ``name`` stands in the messages. Raises as ``read_judgements``."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if tuple(cells[: len(COLUMNS)]) == COLUMNS[: len(cells)] and cells[0] == COLUMNS[0]:
            continue
        rows.append(_row(cells, f"{name}:{number}"))
    return Judgements(tuple(rows))


def _row(cells: list[str], where: str) -> Judgement:
    if not 2 <= len(cells) <= len(COLUMNS):
        raise JudgementError(f"{where}: {len(cells)} columns, expected {', '.join(COLUMNS)} with tabs between them")
    verdict, a, b, note = cells + [""] * (len(COLUMNS) - len(cells))
    if verdict not in ("same", "different", "reject"):
        raise JudgementError(f"{where}: unknown verdict {verdict!r}, expected same, different or reject")
    if not a or (verdict != "reject" and not b):
        raise JudgementError(f"{where}: {verdict} needs {'two ids' if verdict != 'reject' else 'the id of a claim'}")
    if verdict != "reject" and a == b:
        raise JudgementError(f"{where}: {verdict} names {a} twice")
    return Judgement(cast(Verdict, verdict), a, b, note, where)


@dataclass(frozen=True, slots=True)
class Rejections:
    """The claims that a user calls wrong."""

    rows: tuple[Judgement, ...]
    ids: frozenset[str]
    pairs: frozenset[tuple[str, str]]  # evidence id, folded name ("" for everybody)

    @classmethod
    def of(cls, judgements: Judgements) -> Rejections:
        rows = tuple(row for row in judgements.rows if row.verdict == "reject")
        return cls(rows, frozenset(row.a for row in rows), frozenset((row.a, fold_name(row.b)) for row in rows))

    def id(self, id_: str) -> bool:
        """Whether a tenure, change, succession or event is rejected."""
        return id_ in self.ids

    def evidence(self, refs: Iterable[EvidenceRef], person: str) -> bool:
        """Whether what one of these sentences says of a person is rejected."""
        return bool(self.pairs) and any((ref.id, who) in self.pairs for ref in refs for who in ("", person))

    def check(self, ids: Collection[str], evidence: Collection[str]) -> None:
        """Raise JudgementError for a rejected claim that the corpus does not make."""
        for row in self.rows:
            if row.a not in ids and row.a not in evidence:
                kind = "evidence" if re.fullmatch(r".+:\d+-\d+", row.a) else "claim (tenure, change, succession, event)"
                raise JudgementError(f"{row.where}: {row.a} is no {kind} of this corpus")
