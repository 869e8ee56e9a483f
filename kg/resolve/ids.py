"""Readable ids that stay apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def distinct(things: Iterable[tuple[str, Thing]]) -> dict[Thing, str]:
    """An id for each thing: its readable name, with ``~2``, ``~3`` … where others come first with the same name.

    Things are numbered in their own sort order, so the result does not depend on the order given.

    >>> distinct([("王平", (2,)), ("王平", (1,))])
    {(1,): '王平', (2,): '王平~2'}
    """
    taken: dict[str, int] = {}
    found: dict[Thing, str] = {}
    for readable, thing in sorted(things, key=lambda pair: (pair[0], pair[1])):
        number = taken[readable] = taken.get(readable, 0) + 1
        found[thing] = readable if number == 1 else f"{readable}~{number}"
    return found
