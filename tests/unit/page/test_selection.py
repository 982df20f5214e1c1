"""What one view shows of all that is known."""

from __future__ import annotations

import pytest

from geo.loading.dossier import Dossier
from geo.loading.nearness import nearness
from geo.model.fields import ISLANDS, IslandId
from geo.model.names import NAMINGS, Naming
from geo.page.selection import facts_of, select
from geo.page.view import View


def test_without_a_choice_all_four_are_in_view(dossier: Dossier) -> None:
    assert [i.island_id for i in select(dossier, View()).islands] == list(ISLANDS)


@pytest.mark.parametrize("island", ISLANDS)
def test_a_chosen_island_is_alone_in_view_with_what_is_its_own(dossier: Dossier, island: IslandId) -> None:
    selection = select(dossier, View(island))
    assert [i.island_id for i in selection.islands] == [island]
    assert all(place.island_id == island for place in selection.islands[0].places)
    assert all(fact.subject_id == island for fact in selection.islands[0].facts)


def test_the_same_view_gives_the_same_object(dossier: Dossier) -> None:
    assert select(dossier, View("iturup")) is select(dossier, View("iturup"))
    assert select(dossier, View("iturup")) is not select(dossier, View("iturup", "ja"))


@pytest.mark.parametrize("origin", ["nosappu", "nemuro", "notsuke", "shiretoko"])
@pytest.mark.parametrize("island", [None, "habomai"])
def test_distances_list_the_four_and_then_the_islets_each_from_near_to_far(
    dossier: Dossier, origin: str, island: IslandId | None
) -> None:
    rows = select(dossier, View(island, origin=origin)).distances
    assert [row.is_islet for row in rows] == [False] * 4 + [True] * len(dossier.islets)
    for part in (rows[:4], rows[4:]):
        km = [row.nearness.computed.km for row in part]
        assert km == sorted(km)
    assert {row.subject_id for row in rows} == {*ISLANDS, *dossier.islets}
    assert [row.subject_id for row in rows if row.low_tide_elevation] == ["kaigara"]
    assert {row.nearness for row in rows} == set(nearness(dossier, origin).values())


@pytest.mark.parametrize("naming", NAMINGS)
def test_views_that_differ_in_perspective_date_or_meaning_share_their_panels(dossier: Dossier, naming: Naming) -> None:
    plain = select(dossier, View("habomai", naming))
    for other in (View("habomai", naming, perspective="ru"), View("habomai", naming, date="1945-09-03")):
        assert select(dossier, other) is plain
    assert select(dossier, View("habomai", naming, kuril="ru_usage")) is plain
    assert select(dossier, View("habomai", naming, origin="nemuro")) is not plain


def test_the_questions_in_view_are_those_that_bear_on_the_island(dossier: Dossier) -> None:
    for island in (None, *ISLANDS):
        found = [p.question for p in select(dossier, View(island)).pairs]
        assert found == [q for q in dossier.questions if island is None or island in q.island_ids]


@pytest.mark.parametrize("island", ISLANDS)
def test_of_one_article_what_names_the_island_comes_first(dossier: Dossier, island: IslandId) -> None:
    found: dict[str, list[str]] = {}
    for excerpt in dossier.islands[island].excerpts:
        found.setdefault(excerpt.article, []).append(excerpt.kind)
    assert all(kinds == sorted(kinds, key=lambda kind: kind != "named") for kinds in found.values())


def test_figures_of_one_kind_are_found_by_subject(dossier: Dossier) -> None:
    selection = select(dossier, View())
    assert all(f.unit == "km2" for f in facts_of(selection, "iturup", "area"))
    assert {f.stated_by for f in facts_of(selection, "iturup", "area")} >= {"jp", "ru"}
    assert facts_of(selection, "nowhere", "area") == ()


@pytest.mark.parametrize("island", ISLANDS)
def test_the_first_quotation_of_an_island_is_its_newest(dossier: Dossier, island: IslandId) -> None:
    dates = [dossier.articles[e.article].date for e in dossier.islands[island].excerpts]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) > 1
