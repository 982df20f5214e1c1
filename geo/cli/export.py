"""``python -m geo export``: the islands in view as a file to take away."""

from __future__ import annotations

from pathlib import Path

from geo.cli.tables import Output
from geo.errors import GeoError, UsageError
from geo.export import Format
from geo.export.formats import exported
from geo.geometry.points import written_point
from geo.i18n import speaking
from geo.loading.datapackage import data_version
from geo.loading.dossier import load_languages
from geo.model.fields import Language
from geo.page.selection import choices
from geo.page.view import View, from_query


def run(*, data: Path, file_format: Format, output: Path | None, lang: Language, **chosen: str | None) -> Output:
    """Write the file, and return its name and the version of the data in it."""
    dossier = load_languages(data, (lang,))[lang]
    asked = {key: value for key, value in chosen.items() if value is not None}
    origin = asked.get("origin")
    if origin and origin not in dossier.origins:
        asked["from"] = written_point(asked.pop("origin"))
    with speaking("en"):
        view, notes = from_query(asked | {"lang": lang}, choices(dossier))
    if notes:
        raise UsageError(_expected(view, asked))
    version = data_version(data)
    path = output or Path(f"four-islands.{file_format}")
    try:
        path.write_bytes(exported(dossier, view, version, file_format))
    except OSError as error:
        raise GeoError(f"{path} cannot be written: {error.strerror}.") from error
    return Output([f"{path}: data version {version}"])


def _expected(view: View, asked: dict[str, str]) -> str:
    """Return what was expected in the place of the first value that the View did not take over."""
    if asked.get("date") != view.date:
        return "--date is a year, a month or a day from the first state of the border to today, such as 1855-02-07"
    return "--from is a place of the data, or a point as LATITUDE,LONGITUDE"
