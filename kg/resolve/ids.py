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
    ordered = sorted(things, key=lambda pair: (pair[0], pair[1]))
    used = {readable for readable, _ in ordered}
    first: set[str] = set()
    numbers: dict[str, int] = {}
    found: dict[Thing, str] = {}
    for readable, thing in ordered:
        if readable not in first:
            first.add(readable)
            found[thing] = readable
            continue
        number = numbers.get(readable, 1) + 1
        while f"{readable}~{number}" in used:  # somebody whose name looks like an id
            number += 1
        numbers[readable] = number
        used.add(f"{readable}~{number}")
        found[thing] = f"{readable}~{number}"
    return found
