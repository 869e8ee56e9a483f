"""A folder is replaced whole: whoever stops in the middle, however, leaves the old one as it was."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.swap import carry_over, replacing


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def fill(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_a_new_folder_appears_and_an_old_one_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "built"
    for text in ("one", "two"):
        with replacing(target) as partial:
            assert contents(partial) == {}
            fill(partial, a=text, **{text: ""})
            (partial / "tables").mkdir()
        assert contents(target) == {"a": text, text: ""}
        assert [p.name for p in target.parent.iterdir()] == ["built"]


def test_an_error_inside_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "built"
    fill(target, a="old")
    def stumble() -> None:
        with replacing(target) as partial:
            fill(partial, a="new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert contents(target) == {"a": "old"}
    assert [p.name for p in tmp_path.iterdir()] == ["built"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_process_leaves_the_old_one_and_the_next_cleans_up(tmp_path: Path, how: signal.Signals) -> None:
    target = tmp_path / "built"
    fill(target, a="old")
    writer = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from kg.swap import replacing
        with replacing(Path(sys.argv[1])) as partial:
            (partial / "a").write_text("half")
            print("writing", flush=True)
            time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", writer, target], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        with pytest.raises(OutputError, match="another build"), replacing(target):
            pass
        process.send_signal(how)
    assert contents(target) == {"a": "old"}
    assert (tmp_path / ".built.partial").exists()
    with replacing(target) as partial:
        assert contents(partial) == {}
        fill(partial, a="new")
    assert contents(target) == {"a": "new"}
    assert [p.name for p in tmp_path.iterdir()] == ["built"]


def test_killed_between_two_renames_the_old_one_comes_back(tmp_path: Path) -> None:
    """A system that cannot exchange names moves the old folder away first."""
    fill(tmp_path / ".built.old", a="old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "built"):
        raise ZeroDivisionError
    assert contents(tmp_path / "built") == {"a": "old"}


def test_without_exchange_it_works_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.swap._exchange", lambda one, other: False)
    target = tmp_path / "built"
    for text in ("one", "two"):
        with replacing(target) as partial:
            fill(partial, a=text)
        assert contents(target) == {"a": text}
    assert [p.name for p in tmp_path.iterdir()] == ["built"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "disk" / "built", a="old")
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "built")
    with replacing(tmp_path / "link") as partial:
        fill(partial, a="new")
    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "disk" / "built") == {"a": "new"}


def test_where_nothing_can_be_written_one_line_says_so(tmp_path: Path) -> None:
    fill(tmp_path, file="")
    with pytest.raises(OutputError, match="cannot be written"), replacing(tmp_path / "file" / "built"):
        pass


def test_what_the_user_put_there_is_carried_over(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    fill(old, graph="old", gone="made before", notes="mine")
    fill(old / "my", figure="mine too")
    fill(new, graph="new")
    carry_over(old, new, {"graph": "", "gone": ""})
    assert contents(new) == {"graph": "new", "notes": "mine", "my/figure": "mine too"}
    carry_over(tmp_path / "nowhere", new, {})
    assert contents(new)["notes"] == "mine"
