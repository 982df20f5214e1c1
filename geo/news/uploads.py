"""A reader's own files, read as an ingest reads them and kept nowhere."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from geo.news.extract import ExtractionContext, extract
from geo.news.model import BatchResult, RawDocument, ReadFailure
from geo.news.read.chunks import pieces
from geo.news.read.files import SourceFile, files

# in characters, well under what any file system takes in bytes
_LONGEST_NAME = 60


def read_uploads(uploads: Iterable[tuple[str, bytes]], tools: ExtractionContext) -> BatchResult:
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
        batch: list[RawDocument | ReadFailure] = []
        for found in files(paths):
            batch += list(pieces(found)) if isinstance(found, SourceFile) else [found]
        result = extract(batch, tools)
        result.faults.told = [ReadFailure(Path(f.path).name, f.reason, f.place) for f in result.faults.told]
        return result


def _safe(name: str) -> str:
    """Keep of a name what says of which kind a file is and which it was."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.\- ]", "_", last)[-_LONGEST_NAME:].strip(". ") or "file"
