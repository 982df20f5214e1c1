"""``python -m geo texts``: the English of the tables that has no translation into a language yet, to be filled in."""

from __future__ import annotations

from pathlib import Path

from geo.cli.tables import Output, whole_table
from geo.errors import FaultyDataError
from geo.loading.schema import MODELS, Tables, read_tables
from geo.model.fields import Language
from geo.model.translations import TRANSLATIONS, english_cells


def run(*, data: Path, language: Language) -> Output:
    """Return the missing rows of the language's table of translations as CSV, their ``text`` empty."""
    tables, faults = read_tables(data)
    if faults:
        raise FaultyDataError(faults)
    rows = [{"table": table, "english": english, "text": ""} for table, english in untranslated(tables, language)]
    return Output(whole_table(rows, "csv"))


def untranslated(tables: Tables, language: Language) -> list[tuple[str, str]]:
    """Return table and English of what a page in a language shows in English still, each once and in order."""
    known = {(t.table, t.english) for t in tables[TRANSLATIONS[language]].rows}
    needed = [
        (m.table_name(), english)
        for m in MODELS
        for row in tables[m].rows
        for _, english in english_cells(row, language)
    ]
    return [text for text in dict.fromkeys(needed) if text not in known]
