"""What the tests of extraction share: the sample's records, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.model import Record


@pytest.fixture(scope="session")
def sample_records(pages: Path) -> tuple[Record, ...]:
    """The records of the sample, by source and number."""
    return kg.extract(pages, workers=1)
