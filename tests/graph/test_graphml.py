"""GraphML: what goes in comes out of another reader, hostile text included."""

from __future__ import annotations

from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.graphml import flat, graphml, write_graphml
from kg.pipeline import Summary

NODES = st.text(min_size=1).filter(lambda name: flat(name) == name)
ATTRIBUTES = st.fixed_dictionaries({}, optional={
    "label": st.text(min_size=1) | st.none(), "weight": st.integers(-10**6, 10**6), "newman": st.floats(0, 9),
    "open": st.booleans(), "roles": st.lists(st.sampled_from("甲乙丙"), max_size=3).map(tuple)})


def plain(facts: dict[str, object]) -> dict[str, object]:
    """What should come back; an empty element comes back as no attribute."""
    return {key: flat(value) for key, value in facts.items() if value is not None and flat(value) != ""}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NODES, ATTRIBUTES, min_size=1, max_size=5), st.data())
def test_another_reader_sees_the_same_graph(tmp_path: Path, nodes: dict[str, dict[str, object]], data: st.DataObject) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(nodes.items())
    ends = st.sampled_from(sorted(nodes))
    for source, target, facts in data.draw(st.lists(st.tuples(ends, ends, ATTRIBUTES), max_size=5)):
        graph.add_edge(source, target, **facts)
    write_graphml(graph, tmp_path / "g.graphml")
    back = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert back.is_directed()
    assert {name: plain(facts) for name, facts in back.nodes(data=True)} == {name: plain(facts) for name, facts in nodes.items()}
    assert {key: (a, b, plain(facts)) for a, b, key, facts in back.edges(keys=True, data=True)} == {
        f"e{number}": (a, b, plain(facts)) for number, (a, b, facts) in enumerate(graph.edges(data=True))}


def test_the_text_of_a_small_file() -> None:
    graph = nx.Graph()
    graph.add_node("甲<&\"", label="a\x00b\ufffec", rank=1)
    graph.add_node("乙", rank=0.5, gone=None)
    graph.add_edge("甲<&\"", "乙", roles=("chair", "speak"), open=True)
    lines = list(graphml(graph))
    assert lines[1:] == [
        '<key id="node-label" for="node" attr.name="label" attr.type="string"/>\n',
        '<key id="node-rank" for="node" attr.name="rank" attr.type="double"/>\n',
        '<key id="edge-open" for="edge" attr.name="open" attr.type="boolean"/>\n',
        '<key id="edge-roles" for="edge" attr.name="roles" attr.type="string"/>\n',
        '<graph edgedefault="undirected">\n',
        "<node id='甲&lt;&amp;\"'><data key=\"node-label\">abc</data><data key=\"node-rank\">1</data></node>\n",
        '<node id="乙"><data key="node-rank">0.5</data></node>\n',
        "<edge id=\"e0\" source='甲&lt;&amp;\"' target=\"乙\"><data key=\"edge-open\">true</data>"
        '<data key="edge-roles">chair; speak</data></edge>\n',
        "</graph>\n</graphml>\n"]


def test_other_programs_read_co_appearance_as_a_simple_weighted_graph(built: Summary) -> None:
    file = built.folder / "coappearance.graphml"
    theirs, ours = igraph.Graph.Read_GraphML(str(file)), nx.read_graphml(file)
    assert theirs.is_simple()
    assert not theirs.is_directed()
    assert type(ours) is nx.Graph
    assert (theirs.vcount(), theirs.ecount()) == (ours.number_of_nodes(), ours.number_of_edges())
    assert {"label", "level", "system", "first", "last"} <= set(theirs.vs.attributes())
    assert {"weight", "newman", "level", "system", "first", "last"} <= set(theirs.es.attributes())
    assert min(theirs.es["weight"]) >= 1
    for a, b, facts in ours.edges(data=True):
        for key in ("level", "system"):
            ends = {ours.nodes[a].get(key, ""), ours.nodes[b].get(key, "")}
            assert facts.get(key, "") == ("" if "" in ends else "+".join(sorted(ends)))
        assert facts.get("first", "") <= facts.get("last", "")
    assert {"党委", "党委+政府"} <= {facts.get("system") for _, _, facts in ours.edges(data=True)}


def test_what_has_no_type_is_an_error() -> None:
    graph = nx.Graph()
    graph.add_node("a", made={"of": "objects"})
    with pytest.raises(TypeError, match="dict"):
        list(graphml(graph))
