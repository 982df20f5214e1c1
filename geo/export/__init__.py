"""What is in view, as files to take away: GeoJSON, GeoPackage, KML and CSV."""

from typing import Literal, get_args

Format = Literal["geojson", "gpkg", "kml", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
