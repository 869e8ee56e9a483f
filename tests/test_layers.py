"""Imports go down only: a module may import from its own layer and from those below, never from above."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kg

ROOT = Path(kg.__file__).parent
# From the top. What stands in one line may import each other.
LAYERS = (
    ("kg.cli",),
    ("kg.pipeline", "kg.sampling", "kg.columns"),
    ("kg.built",),
    ("kg.swap",),
    ("kg.view",),
    ("kg.rdf",),
    ("kg.graph",),
    ("kg.resolve",),
    ("kg.corpus", "kg.evaluate", "kg.explain"),
    ("kg.extract",),
    ("kg.text",),
    ("kg.lexicon", "kg.sample"),
    ("kg.records",),
    ("kg.model",),
    ("kg.errors",),
)
# Only the segmenter's seam may know the segmenter, only the page's maker the drawing library, and so on.
SEAMS = {"jieba": "kg.text.words", "rjieba": "kg.text.words", "pyvis": "kg.view.page", "pyshacl": "kg.rdf.validate",
         "typer": "kg.cli", "rich": "kg.cli"}
MODULES = {".".join(("kg", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
           for path in sorted(ROOT.rglob("*.py"))}


def layer(module: str) -> int | None:
    return next((n for n, names in enumerate(LAYERS) if any(f"{module}.".startswith(f"{name}.") for name in names)), None)


def imported(tree: ast.AST) -> set[str]:
    """Every module that a file imports, wherever in the file; ``from kg import records`` counts as kg.records."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            found |= {f"kg.{alias.name}" for alias in node.names} if node.module == "kg" else {node.module or ""}
    return found


@pytest.mark.parametrize("module", [m for m in MODULES if m != "kg"])
def test_imports_go_down_only(module: str) -> None:
    own = layer(module)
    assert own is not None, f"{module} stands in no layer"
    for name in imported(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if name.split(".")[0] == "kg" and name != "kg":
            below = layer(name)
            assert below is not None, f"{module} imports {name}, which stands in no layer"
            assert below >= own, f"{module} imports {name}, which is above it"
        assert name != "kg" or module == "kg.cli", f"{module} imports the package's face"


@pytest.mark.parametrize("module", MODULES)
def test_imports_stand_at_the_top(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    hidden = [node.lineno for function in ast.walk(tree) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
              for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not hidden, f"imports inside functions in lines {hidden}"


@pytest.mark.parametrize(("library", "seam"), SEAMS.items())
def test_a_library_is_known_in_one_place_only(library: str, seam: str) -> None:
    users = {module for module, path in MODULES.items()
             if any(name.split(".")[0] == library for name in imported(ast.parse(path.read_text(encoding="utf-8"))))}
    assert users <= {seam}


@pytest.mark.parametrize("module", MODULES)
def test_no_clock_no_chance_no_network(module: str) -> None:
    """The same input gives the same bytes: nothing may ask the clock, chance, the locale or the network."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert not {"time", "uuid", "secrets", "locale", "socket", "urllib", "requests"} & {n.split(".")[0] for n in imported(tree)}
    used = {f"{node.value.id}.{node.attr}" for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)}
    assert not {"date.today", "datetime.now", "datetime.today"} & used
    # a generator with its own seed is a function of the seed; the module's own functions are not
    assert {name for name in used if name.startswith("random.")} <= {"random.Random"}
