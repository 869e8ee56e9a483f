"""The language that kg knows, as tables: surnames, organs, posts, verbs, kinds of meeting, campaign patterns, divisions.

Each ``*.tsv`` has a header line; its first column is the form, its last is ``note`` (why the entry is there).
Lines that start with ``#`` and empty lines are comments. A table is read once and never changes.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from kg.errors import LexiconError


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``NAME.tsv``, in file order.

    Raises LexiconError that names the table and the line for a row with too many or too few columns, an empty form,
    or a form that stands twice.
    """
    text = files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    header: list[str] | None = None
    rows: list[dict[str, str]] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) != len(header):
            raise LexiconError(f"{name}.tsv:{number}: {len(cells)} columns, the header has {len(header)}")
        if not cells[0]:
            raise LexiconError(f"{name}.tsv:{number}: the form is empty")
        if cells[0] in seen:
            raise LexiconError(f"{name}.tsv:{number}: {cells[0]} stands twice")
        seen.add(cells[0])
        rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)


@cache
def forms(name: str) -> tuple[str, ...]:
    """The first column of a table."""
    return tuple(next(iter(row.values())) for row in table(name))


@cache
def divisions() -> tuple[dict[str, str], ...]:
    """The dated administrative divisions, county level and above, 1981 to date (``divisions.csv``, CC0; see its README).

    Columns: 代码, 一级行政区, 二级行政区, 名称, 级别, 状态, 启用时间, 变更/弃用时间, 新代码.
    """
    text = files(__name__).joinpath("divisions.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(text.splitlines()))
