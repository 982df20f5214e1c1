"""The only room that writes HTML: every value is escaped once, here, for HTML or for a script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Concatenate, ParamSpec, TypeVar, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from geo.i18n import date, measure, number, plural, speaking, tr, translation, trn
from geo.loading.dossier import Dossier, Island
from geo.loading.nearness import nearness
from geo.model.fields import AREAS
from geo.model.figures import FOUR_ISLANDS, Fact
from geo.model.history import steps
from geo.model.names import conventions, shown
from geo.model.places import Islet, Place
from geo.news.model import BatchResult
from geo.page import charts
from geo.page.labels import (
    attribute_names,
    brief_name,
    class_names,
    coverage_names,
    deeds,
    firmness_names,
    holder_names,
    km_text,
    language_names,
    level_names,
    official_names,
    owner_names,
    place_kinds,
    point_text,
    role_names,
    section_names,
    sense_names,
    state_names,
    state_order,
    user_names,
)
from geo.page.palette import custom_properties, swatches
from geo.page.press import MOST_SHOWN, Answer, Quotation
from geo.page.selection import Selection, dated_state, facts_of, people, select
from geo.page.view import View

# a place for what the browser will say there
EMPTY = '<div class="fi"></div>'
# enough for every language, island, naming and origin, and for every language, naming and dated state of the border
_VIEWS = 512
_STATIC = Path(__file__).parent / "static"

S = TypeVar("S", bound=Selection | Dossier)
P = ParamSpec("P")
R = TypeVar("R")


def kept(build: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Keep what a panel says, in the language of what it is about, whoever asks for it first."""

    @lru_cache(maxsize=_VIEWS)
    @wraps(build)
    def spoken(subject: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with speaking(subject.language if isinstance(subject, Dossier) else subject.dossier.language):
            return build(subject, *args, **kwargs)

    return cast("Callable[Concatenate[S, P], R]", spoken)


def _marked_up(message: str, /, **values: object) -> Markup:
    """Return a message as HTML; what fills its ``{fields}`` is escaped unless it is HTML already."""
    return Markup(escape(translation(message))).format(**values)


def _marked_up_count(one: str, many: str, count: int, /, **values: object) -> Markup:
    """Return the form of a message that a count asks for as HTML, likewise."""
    return Markup(escape(plural(one, many, count))).format(count=number(count), **values)


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_templates.globals.update(tr=_marked_up, trn=_marked_up_count, date=date, number=number, measure=measure)


@cache
def loader() -> str:
    """Return the script of the page's component, a JavaScript module."""
    return (_STATIC / "loader.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """Return the style of the page and its panels, the colours included, as HTML."""
    written = (_STATIC / "page.css").read_text(encoding="utf-8")
    return f"<style>{custom_properties()}{swatches()}{written}</style>"


def contents() -> str:
    """Return the links to the parts of the page, as HTML."""
    return _templates.get_template("contents.html").render(parts=section_names())


@kept
def answer(selection: Selection) -> str:
    """Return the answer in one glance: who claims and administers the islands in view since when, how near they are."""
    view = selection.view
    near = nearness(selection.dossier, view.origin)

    def words_of(island: Island) -> dict[str, str] | None:
        if not island.excerpts:
            return None
        newest = island.excerpts[0]
        article = selection.dossier.articles[newest.article]
        publisher = article.publisher or tr("publisher not known")
        return {"quote": newest.quote, "language": newest.language, "publisher": publisher, "date": article.date}

    counts = {i.island_id: people(selection.dossier, i.island_id) for i in selection.islands}
    return render("answer.html", selection, origin=view.origin, near=near, words_of=words_of, counts=counts)


@kept
def claims(selection: Selection) -> str:
    """Return who claims and who administers the islands in view, with units and documents, as HTML."""
    overview = [] if len(selection.islands) == 1 else _overview(selection)
    together = () if len(selection.islands) == 1 else _together(selection.dossier)
    return render("claims.html", selection, overview=overview, together=together, level_names=level_names())


@kept
def arguments(selection: Selection) -> str:
    """Return each question with both states' readings side by side, for the islands in view, as HTML."""
    partial = sum(
        any(len(c.island_ids) < len(pair.question.island_ids) for rows in pair.claims.values() for c in rows)
        for pair in selection.pairs
    )
    return render("arguments.html", selection, pairs=selection.pairs, partial=partial)


@kept
def history(selection: Selection, date: str) -> str:
    """Return what is known of a date: its event, who held what, and both states' readings, as HTML."""
    return render("history.html", selection, dated_state=dated_state(selection, date), areas=AREAS)


@kept
def others(dossier: Dossier) -> str:
    """Return what third parties have said and what Kuril means to whom, the same for every view, as HTML."""
    kurils = [a for a in AREAS if a in next(iter(dossier.meanings.values())).covers]
    everything = select(dossier, View())
    return render("others.html", everything, dossier=dossier, kurils=kurils, sides=charts.sides(dossier))


@kept
def words(dossier: Dossier) -> str:
    """Return the contested words, the same for every view, as HTML."""
    return render("words.html", select(dossier, View()), dossier=dossier)


@kept
def events(selection: Selection) -> str:
    """Return who held each island when, and all dated events, as HTML."""
    dossier = selection.dossier
    strip = charts.holders(dossier, selection.view.naming)
    documents = [e for e in steps(dossier.events) if e.document_source_id]
    return render(
        "events.html",
        selection,
        dossier=dossier,
        strip=strip,
        documents=documents,
        all_four=tuple(dossier.islands.values()),
    )


@kept
def figures(selection: Selection) -> str:
    """Return the figures, settlements and islets of the one island in view, as HTML."""
    island = selection.islands[0]
    order = list(attribute_names())
    kinds = place_kinds()
    places = sorted((p for p in island.places if p.kind in kinds), key=lambda p: list(kinds).index(p.kind))
    return render(
        "figures.html",
        selection,
        figures=sorted(island.facts, key=lambda f: order.index(f.attribute)),
        places=[(p, _newest_population(selection, p)) for p in places],
        name_origins=[
            origin
            for subject in (island.island_id, *(i.islet_id for i in island.islets))
            for origin in selection.dossier.name_origins.get(subject, ())
        ],
        has_settlement=any(p.kind in {"town", "settlement"} for p in places),
        kinds=kinds,
        islets=island.islets,
        islet_area=_islet_area,
    )


@kept
def date_names(dossier: Dossier) -> Mapping[str, str]:
    """Return the names of today (under "") and of the dated states of the border, the newest first, as plain text."""
    names = {"": tr("Today")}
    names |= {e.date: f"{date(e.date)}: {e.title_en}" for e in reversed(steps(dossier.events))}
    return MappingProxyType(names)


@kept
def press(selection: Selection, answer: Answer) -> str:
    """Return what the press says of the islands in view, and what it does not, as HTML."""
    shown = len(answer.quotations)
    filtered = answer.total != answer.unfiltered
    is_complete = shown >= min(MOST_SHOWN, answer.total)
    chart = charts.by_year(answer.years) if len(answer.years) > 1 else ""
    narrow = answer.total > MOST_SHOWN and is_complete
    return render(
        "press.html", selection, answer=answer, filtered=filtered, complete=is_complete, narrow=narrow, chart=chart
    )


def own_press(selection: Selection, result: BatchResult, quotations: tuple[Quotation, ...]) -> str:
    """Return what a reader's own files say of the islands in view, and which could not be read, as HTML."""
    faults = [str(fault) for fault in result.faults.listed]
    failed = result.faults.count
    return render("own.html", selection, result=result, quotations=quotations, faults=faults, failed=failed)


def render(template: str, selection: Selection, **values: object) -> str:
    """Return a template filled in for a selection, with the words that every panel may use, as HTML."""
    dossier = selection.dossier
    return _templates.get_template(template).render(
        islands=selection.islands,
        claims=dossier.claims,
        questions={q.question_id: q for q in dossier.questions},
        naming=selection.view.naming,
        sources=dossier.sources,
        shown=lambda subject, naming: shown(dossier.names, subject, naming),
        names=dossier.names,
        conventions=conventions,
        state_of={"ja": "jp", "ru": "ru"},
        brief=lambda subject, naming: brief_name(dossier, subject, naming),
        briefs=lambda subjects, naming: tr(", ").join(brief_name(dossier, s, naming) for s in subjects),
        value=_value,
        km=km_text,
        point=point_text,
        states=state_order(),
        state_names=state_names(),
        roles=role_names(),
        deeds=deeds,
        classes=class_names(),
        holders=holder_names(),
        senses=sense_names(),
        firmnesses=firmness_names(),
        coverages=coverage_names(),
        users=user_names(),
        languages=language_names(),
        official=official_names(),
        system={"ja": tr("Hepburn"), "ru": tr("BGN/PCGN")},
        owners=owner_names(),
        attribute_names=attribute_names(),
        straits=_straits(dossier),
        **values,
    )


def _straits(dossier: Dossier) -> tuple[str, ...]:
    return tuple(p.place_id for p in dossier.places.values() if p.kind == "strait")


def _together(dossier: Dossier) -> tuple[Fact, ...]:
    return tuple(f for s in (FOUR_ISLANDS, *_straits(dossier)) for f in dossier.facts.get(s, ()))


def _overview(selection: Selection) -> list[tuple[str, list[tuple[Fact, ...]]]]:
    def row(attribute: str, *, date_from: str = "", date_to: str = "9999") -> list[tuple[Fact, ...]]:
        return [
            tuple(f for f in facts_of(selection, i.island_id, attribute) if date_from <= f.date < date_to)
            for i in selection.islands
        ]

    def one_an_owner(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple({f.stated_by: f for f in reversed(facts)}.values())[::-1]

    return [
        (tr("Area"), [one_an_owner(facts) for facts in row("area")]),
        (tr("People in 1945"), row("population", date_to="1946")),
        (tr("People now"), row("population", date_from="2000")),
        (tr("Highest point, by either survey"), row("elevation")),
    ]


def _newest_population(selection: Selection, place: Place) -> Fact | None:
    found = facts_of(selection, place.place_id, "population")
    return max(found, key=lambda f: f.date, default=None)


def _value(fact: Fact) -> str:
    match fact.unit:
        case "persons":
            return trn("one person", "{count} people", int(fact.value))
        case "households":
            return trn("one household", "{count} households", int(fact.value))
        case "years":
            return tr("{number} years", number=number(fact.value, 1))
        case unit:
            return measure(fact.value, unit)


def _islet_area(islet: Islet) -> str:
    return measure(islet.area_km2, "km2", 4)
