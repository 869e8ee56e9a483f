"""Makes the readers of the case tables importable beside the tests."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)  # tests give the same result every time
settings.load_profile("same")
sys.path.insert(0, str(Path(__file__).parent))
