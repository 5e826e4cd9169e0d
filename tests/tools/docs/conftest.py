"""What the tests of the programs that make the documentation share: those programs."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tools" / "docs"))
