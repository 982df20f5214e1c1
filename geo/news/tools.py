"""What an extraction needs beside the articles, made once a process for each data folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geo.news.extraction import Tools
from geo.news.mentions import Finder
from geo.news.outlets import Outlets


@lru_cache(maxsize=4)
def tools(data: Path) -> Tools:
    """Make the gazetteer and the list of outlets of a data folder.

    Raises
    ------
    GeoError
        When its tables cannot be read.
    """
    return Tools(Finder.from_data(data), Outlets.from_data(data))
