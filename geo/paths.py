"""Where the project's own data folder and the default store of articles are."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
# where an ingest keeps articles unless another folder is named
STORE = DATA.parent / "store"
