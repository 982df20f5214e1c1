"""Writes what is in view as GeoJSON, GeoPackage, KML or CSV; each says its source, licence and data version."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import shapely
from lxml import etree
from lxml.builder import ElementMaker
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.export import Format
from geo.export.contents import Contents, contents
from geo.i18n import speaking, tr
from geo.loading.dossier import Dossier
from geo.page.view import View

# as IANA, OGC and RFC 4180 name them
MEDIA_TYPES: Mapping[Format, str] = MappingProxyType(
    {
        "geojson": "application/geo+json",
        "gpkg": "application/geopackage+sqlite3",
        "kml": "application/vnd.google-earth.kml+xml",
        "csv": "text/csv",
    }
)
# files that are kept, at most 400 kB each
_FILES = 32
# ten centimetres, more than the outlines have
_DEGREE_DECIMALS = 6
_KML = "http://www.opengis.net/kml/2.2"


@lru_cache(maxsize=_FILES)
def exported(dossier: Dossier, view: View, version: str, file_format: Format) -> bytes:
    """Return the islands in view as a file, in the language of the dossier.

    Raises
    ------
    GeoError
        When the origin of the view is neither a place nor a point.
    """
    with speaking(dossier.language):
        return _WRITERS[file_format](contents(dossier, view, version))


def _geojson(held: Contents) -> bytes:
    """Return RFC 7946: a feature an island, and beside the features what the file says of itself."""
    collection = {
        "type": "FeatureCollection",
        **held.about,
        "features": [
            {
                "type": "Feature",
                "id": row["id"],
                "properties": dict(row),
                "geometry": json.loads(shapely.to_geojson(land)),
            }
            for row, land in zip(held.rows, held.lands, strict=True)
        ],
    }
    return json.dumps(collection, ensure_ascii=False).encode()


def _geopackage(held: Contents) -> bytes:
    """Return a GeoPackage with one layer, ``islands``, in EPSG:4326; what it says of itself is its metadata, too."""
    # half a second to load, which nobody waits for who asks for another format
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.GeoDataFrame([dict(row) for row in held.rows], geometry=list(held.lands), crs="EPSG:4326")
    written = io.BytesIO()
    frame.to_file(
        written,
        driver="GPKG",
        layer="islands",
        engine="pyogrio",
        dataset_metadata=dict(held.about),
        layer_metadata=dict(held.about),
    )
    return written.getvalue()


def _csv(held: Contents) -> bytes:
    """Return a row an island, with a point on its land: ``lon`` and ``lat`` in degrees, EPSG:4326."""
    written = io.StringIO()
    table = csv.DictWriter(written, [*held.rows[0], "lon", "lat"])
    table.writeheader()
    for row, land in zip(held.rows, held.lands, strict=True):
        point = land.representative_point()
        table.writerow({**row, "lon": round(point.x, _DEGREE_DECIMALS), "lat": round(point.y, _DEGREE_DECIMALS)})
    # spreadsheets take a file for UTF-8 only when it begins with this mark
    return written.getvalue().encode("utf-8-sig")


def _kml(held: Contents) -> bytes:
    """Return KML 2.2: a placemark an island, its row as extended data."""
    kml = ElementMaker(namespace=_KML, nsmap={None: _KML})
    terms = [
        tr("Source: {source}", source=held.about["source"]),
        tr("Licence: {licence}", licence=held.about["licence"]),
        tr("Data version: {version}", version=held.about["data_version"]),
    ]

    def extended(values: Mapping[str, object]) -> etree._Element:
        return kml.ExtendedData(
            *(kml.Data(kml.value("" if value is None else str(value)), name=name) for name, value in values.items())
        )

    placemarks = [
        kml.Placemark(kml.name(name), kml.description("\n".join(terms)), extended(row), _kml_land(kml, land))
        for row, name, land in zip(held.rows, held.names, held.lands, strict=True)
    ]
    document = kml.Document(
        kml.name(tr("Four Islands")), kml.description("\n".join(terms)), extended(held.about), *placemarks
    )
    return bytes(etree.tostring(kml.kml(document), xml_declaration=True, encoding="UTF-8"))


def _kml_land(kml: ElementMaker, land: MultiPolygon) -> etree._Element:
    def ring(tag: str, line: BaseGeometry) -> etree._Element:
        points = " ".join(f"{lon},{lat}" for lon, lat in line.coords)
        return kml(tag, kml.LinearRing(kml.coordinates(points)))

    def polygon(one: Polygon) -> etree._Element:
        inner = [ring("innerBoundaryIs", hole) for hole in one.interiors]
        return kml.Polygon(ring("outerBoundaryIs", one.exterior), *inner)

    return kml.MultiGeometry(*(polygon(one) for one in land.geoms))


_WRITERS: Mapping[Format, Callable[[Contents], bytes]] = MappingProxyType(
    {"geojson": _geojson, "gpkg": _geopackage, "kml": _kml, "csv": _csv}
)
