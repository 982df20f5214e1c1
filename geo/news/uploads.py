"""A reader's own files, read as an ingest reads them and kept nowhere."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from geo.news.extract import Tools, extract
from geo.news.model import Harvest, Item, Unreadable
from geo.news.read.chunks import pieces
from geo.news.read.files import Found, files

# in characters, well under what any file system takes in bytes
_LONGEST_NAME = 60


def read_uploads(uploads: Iterable[tuple[str, bytes]], tools: Tools) -> Harvest:
    """Read files that came with a name and their bytes; what went wrong is part of what is given.

    Faults name a file as the reader does.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (name, data) in enumerate(uploads):
            home = Path(folder, f"{number:04}")
            home.mkdir()
            paths.append(home / _safe(name))
            paths[-1].write_bytes(data)
        batch: list[Item | Unreadable] = []
        for found in files(paths):
            batch += list(pieces(found)) if isinstance(found, Found) else [found]
        harvest = extract(batch, tools)
        harvest.faults.told = [Unreadable(Path(f.path).name, f.reason, f.place) for f in harvest.faults.told]
        return harvest


def _safe(name: str) -> str:
    """Keep of a name what says of which kind a file is and which it was."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.\- ]", "_", last)[-_LONGEST_NAME:].strip(". ") or "file"
