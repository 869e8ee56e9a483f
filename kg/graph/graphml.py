"""GraphML as Gephi, igraph and networkx read it, written as a stream: networkx's own writer takes minutes for what takes seconds.

Only plain values: tuples are joined by ``; ``, an attribute that is None is left out, characters that XML forbids are dropped.
Edge ids are numbered, for GraphML wants them unique in the file, and the keys of a multigraph are unique between two nodes only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

_HEAD = ('<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
         'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
         'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n')
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # outside Char of XML 1.0
Facts = Mapping[str, Any]


def write_graphml(graph: nx.Graph, path: Path) -> None:
    """Write a graph or multigraph, directed or not, UTF-8. Raises TypeError for a value that GraphML has no type for."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(graphml(graph))


def graphml(graph: nx.Graph) -> Iterator[str]:
    """The lines of the file; nodes and edges stand in the graph's own order, attributes in that of their names."""
    keys = {("node", name): kind for name, kind in _types(facts for _, facts in graph.nodes(data=True))}
    keys |= {("edge", name): kind for name, kind in _types(facts for _, _, facts in graph.edges(data=True))}
    yield _HEAD
    for (where, name), kind in keys.items():
        yield f'<key id={quoteattr(f"{where}-{name}")} for="{where}" attr.name={quoteattr(name)} attr.type="{kind}"/>\n'
    yield f'<graph edgedefault="{"directed" if graph.is_directed() else "undirected"}">\n'
    for node, facts in graph.nodes(data=True):
        yield f"<node id={_attribute(node)}>{_data('node', facts)}</node>\n"
    for number, (source, target, facts) in enumerate(graph.edges(data=True)):
        yield f'<edge id="e{number}" source={_attribute(source)} target={_attribute(target)}>{_data("edge", facts)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def flat(value: Any) -> str | int | float | bool:
    """A value that GraphML can hold."""
    if isinstance(value, tuple):
        return "; ".join(str(flat(item)) for item in value)
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, int | float | bool):
        return value
    raise TypeError(f"GraphML has no place for {type(value).__name__}")


def _types(all_facts: Iterable[Facts]) -> list[tuple[str, str]]:
    """The type of each attribute, sorted by name: the widest of its values (long < double < string)."""
    kinds: dict[str, set[str]] = {}
    for facts in all_facts:
        for name, value in facts.items():
            if value is not None:
                kinds.setdefault(name, set()).add(_TYPES[type(flat(value))])
    widest = {name: found.pop() if len(found) == 1 else "double" if found <= {"long", "double"} else "string"
              for name, found in kinds.items()}
    return sorted(widest.items())


def _data(where: str, facts: Facts) -> str:
    return "".join(f'<data key={quoteattr(f"{where}-{name}")}>{_text(facts[name])}</data>'
                   for name in sorted(facts) if facts[name] is not None)


def _text(value: Any) -> str:
    plain = flat(value)
    return escape(plain) if isinstance(plain, str) else str(plain).lower() if isinstance(plain, bool) else repr(plain)


def _attribute(name: Any) -> str:
    return quoteattr(str(flat(name)))
