"""A folder is written beside its place and then swapped in whole: who reads it sees the old one or the new one, never half."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import OutputError

try:
    import fcntl
except ImportError:  # not a POSIX system: two builds into one folder at once are the user's own care there
    fcntl = None  # type: ignore[assignment]

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2): both names change places in one step
_HERE = -100  # AT_FDCWD


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give an empty folder to write into; when the block ends well it takes the place of ``target``.

    When the block raises, or the process is killed at any moment, ``target`` is what it was. A leftover of a killed build is
    removed by the next one. Raises OutputError where another build is writing the same folder, or where it cannot be written.
    """
    target = target.resolve()
    partial, old = target.with_name(f".{target.name}.partial"), target.with_name(f".{target.name}.old")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if old.exists() and not target.exists():
            old.rename(target)  # killed between the two renames of a system without exchange
        partial.mkdir(exist_ok=True)
        lock = _lock(partial)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from error
    try:
        for leftover in partial.iterdir():
            _remove(leftover)
        yield partial
        for path in sorted(partial.rglob("*")):
            _sync(path)
        _sync(partial)
        _put(partial, target, old)
        _sync(target.parent)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        if lock is not None:
            os.close(lock)
        shutil.rmtree(partial, ignore_errors=True)
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)


def _lock(folder: Path) -> int | None:
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise OutputError(f"{folder}: another build is writing here") from error
    return handle


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _sync(path: Path) -> None:
    """Bring a file or a folder to the disk; a system that cannot open folders does without."""
    with suppress(PermissionError, IsADirectoryError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(old)
        new.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step where the system can; False where it cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), ctypes.c_uint(_EXCHANGE)) == 0)


def carry_over(target: Path, partial: Path, made: Mapping[str, str]) -> None:
    """Copy into ``partial`` what the user has put into ``target`` himself: all that is neither there already nor in ``made``."""
    if not target.is_dir():
        return
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target)
        if path.is_file() and name.as_posix() not in made and not (partial / name).exists():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, partial / name)
