"""Every table of the data folder, found from the models of its rows, and the reading of all files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

from geo.errors import DataError
from geo.loading.geojson import Course, Feature, read_features, read_lines
from geo.loading.rows import CheckedTable, read_table
from geo.model import balance, dispute, figures, nearness, places, press, translations
from geo.model.fields import AREAS, ISLANDS, Language
from geo.model.row import Row
from geo.model.translations import TRANSLATIONS, in_language

R = TypeVar("R", bound=Row)

# every model of a row that names its file is a table
MODELS: tuple[type[Row], ...] = tuple(
    model
    for module in (places, dispute, figures, nearness, press, balance, translations)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, Row) and model.FILE and model.__module__ == module.__name__
)
# the zones of the sea: whose land they are measured from, and how many nautical miles
ZONES = tuple(f"{lands}-{miles}" for miles in (12, 24, 200) for lands in ("four_islands", "japan", "russia"))
# the zones reach further south than the land
ZONE_WINDOW = (138.0, 39.0, 161.0, 56.0)
# the land around that is drawn in two pieces, and every area beside the four islands
AROUND = ("hokkaido_east", *(a for a in AREAS if a not in ISLANDS))


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of all files, each sound in itself; not yet checked against each other.

    ``tables[Claim]`` is the table of a model. ``islands``, ``context``, ``line_paths`` and ``zones`` are the
    collections of GeoJSON, EPSG:4326.
    """

    by_model: Mapping[type[Row], CheckedTable[Row]]
    islands: tuple[Feature, ...]
    context: tuple[Feature, ...]
    line_paths: tuple[Course, ...]
    zones: tuple[Feature, ...]

    def __getitem__(self, model: type[R]) -> CheckedTable[R]:
        """Return the table of a model."""
        return cast("CheckedTable[R]", self.by_model[model])

    def named(self, table: str) -> CheckedTable[Row]:
        """Return the table of a name: its file without the suffix."""
        return next(self.by_model[model] for model in self.by_model if model.table_name() == table)

    def citations(self) -> Counter[str]:
        """Return how many cells cite each source."""
        return Counter(
            source
            for model, table in self.by_model.items()
            for row in table.rows
            for column in model.citations()
            if (source := getattr(row, column))
        )

    def in_language(self, language: Language) -> Tables:
        """Return the tables with what a reader sees of them in a language; what has no translation stays English."""
        if language not in TRANSLATIONS:
            return self
        texts = {(t.table, t.english): t.text for t in self[TRANSLATIONS[language]].rows}
        said = {
            model: replace(table, rows=tuple(in_language(row, language, texts) for row in table.rows))
            for model, table in self.by_model.items()
        }
        return replace(self, by_model=MappingProxyType(said))

    def counts(self) -> dict[str, int]:
        """Return the number of the rows of each table and of the features of each collection."""
        return {
            **{model.table_name(): len(table.rows) for model, table in self.by_model.items()},
            "islands": len(self.islands),
            "context": len(self.context),
            "line_paths": len(self.line_paths),
            "zones": len(self.zones),
        }


def read_tables(data: Path) -> tuple[Tables, list[DataError]]:
    """Return the rows of all files of a data folder, and every fault found in them."""
    faults: list[DataError] = []
    tables = Tables(
        by_model=MappingProxyType({model: read_table(data, model, faults) for model in MODELS}),
        islands=read_features(data / "islands.geojson", ISLANDS, faults),
        context=read_features(data / "context.geojson", None, faults, needed=AROUND),
        line_paths=read_lines(data / "lines.geojson", faults),
        zones=read_features(data / "zones.geojson", ZONES, faults, window=ZONE_WINDOW),
    )
    return tables, faults
