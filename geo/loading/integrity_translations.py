"""Faults of the translations: rows whose English no table has, or no longer has."""

from __future__ import annotations

from collections.abc import Iterator

from geo.errors import DataError
from geo.loading.schema import MODELS, Tables
from geo.model.translations import TRANSLATIONS, english_cells, shown_columns


def translations_fit(tables: Tables) -> Iterator[DataError]:
    """Return the rows of translations that belong to no table that is shown, or to no text that it has now."""
    shown = {m.table_name() for m in MODELS if shown_columns(m)}
    # of a table with faulty rows it is not known what they said
    sound = {m.table_name() for m in MODELS if tables[m].readable and not tables[m].faulty}
    for language, model in TRANSLATIONS.items():
        needed = {
            (m.table_name(), english)
            for m in MODELS
            for row in tables[m].rows
            for _, english in english_cells(row, language)
        }
        for line, row in tables[model]:
            if row.table not in shown:
                yield tables[model].fault(line, "table", row.table, "a table with a text that the page shows")
            elif row.table in sound and (row.table, row.english) not in needed:
                yield tables[model].fault(line, "english", row.english, f"a text of {row.table} as it stands now")
