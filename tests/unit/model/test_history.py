"""Who held what on which day: one holder an area a day, the clauses that changed it, and the days of 1945."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping

import pytest

from geo.loading.dossier import Dossier
from geo.map.drawing import drawing
from geo.model.dates import first_day
from geo.model.dispute import Event, Holding
from geo.model.fields import AREAS, ISLANDS, AreaId, HolderId
from geo.model.history import (
    COMPLETE_FROM,
    changed_by,
    events_on,
    holders_on,
    in_order,
    limits_between,
    steps,
)
from geo.page.selection import choices, dated_state, select
from geo.page.view import View, is_in_history

TODAY = dt.datetime.now(tz=dt.UTC).date()
DAY = dt.timedelta(days=1)
THE_REST: tuple[AreaId, ...] = ("urup", "kurils_middle", "paramushir", "shumshu")


def held(dossier: Dossier, date: str) -> dict[str, str]:
    return {area: holding.holder for area, holding in holders_on(dossier.history, date).items()}


def holder_names(dossier: Dossier, date: str) -> Mapping[str, str]:
    return {area: holding.holder_name_en for area, holding in holders_on(dossier.history, date).items()}


def holders_by_day(dossier: Dossier, area: AreaId) -> dict[dt.date, int]:
    """Count the holders of an area on every day from the first border to today, each row by itself."""
    first = dt.date.fromisoformat(COMPLETE_FROM)
    counted = dict.fromkeys((first + n * DAY for n in range((TODAY - first).days + 1)), 0)
    for holding in dossier.history:
        if holding.area_id == area:
            start = max(first, dt.date.fromisoformat(holding.from_date))
            end = dt.date.fromisoformat(holding.to_date) if holding.to_date else TODAY + DAY
            for n in range((end - start).days):
                counted[start + n * DAY] += 1
    return counted


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_exactly_one_holder_on_every_day_from_1855_to_today(dossier: Dossier, area: AreaId) -> None:
    counted = holders_by_day(dossier, area)
    assert len(counted) > 62_000
    assert [day for day, holders in counted.items() if holders != 1] == []


def test_on_every_day_of_a_change_and_the_days_around_it_the_whole_map_is_coloured(dossier: Dossier) -> None:
    changes = {d for h in dossier.history for d in (h.from_date, h.to_date) if d >= COMPLETE_FROM}
    for change, around in itertools.product(changes, (-1, 0, 1)):
        day = (dt.date.fromisoformat(change) + around * DAY).isoformat()
        if day >= COMPLETE_FROM:
            assert list(held(dossier, day)) == list(AREAS), day


def test_since_1644_every_area_is_on_the_map(dossier: Dossier) -> None:
    for date in ("1644", "1697-07-22", "1697-07-23", "1798", "1855-02-06"):
        assert list(held(dossier, date)) == list(AREAS)
    assert held(dossier, "1643-12-31") == {}


def test_before_1855_no_border_is_agreed(dossier: Dossier) -> None:
    for area in (*ISLANDS, *THE_REST, "north_sakhalin", "south_sakhalin"):
        assert held(dossier, "1855-02-06")[area] == "unsettled"
        assert held(dossier, "1855-02-07")[area] != "unsettled"


def test_sakhalin_is_held_together_until_1875(dossier: Dossier) -> None:
    for area in ("north_sakhalin", "south_sakhalin"):
        assert held(dossier, "1855-02-07")[area] == held(dossier, "1875-05-06")[area] == "joint"
        assert held(dossier, "1875-05-07")[area] == "ru"
    joint = {h.area_id for h in dossier.history if h.holder == "joint"}
    assert joint == {"north_sakhalin", "south_sakhalin"}


@pytest.mark.parametrize(
    ("date", "four", "rest", "sakhalin"),
    [
        ("1855-02-07", "jp", "ru", ("joint", "joint")),
        ("1875-05-06", "jp", "ru", ("joint", "joint")),
        ("1875-05-07", "jp", "jp", ("ru", "ru")),
        ("1905-09-04", "jp", "jp", ("ru", "ru")),
        ("1905-09-05", "jp", "jp", ("ru", "jp")),
        ("1920-04-21", "jp", "jp", ("jp", "jp")),
        ("1925-05-15", "jp", "jp", ("ru", "jp")),
        ("1945-08-09", "jp", "jp", ("ru", "jp")),
        ("1945-09-05", "ru", "ru", ("ru", "ru")),
        ("1946-02-02", "ru", "ru", ("ru", "ru")),
        ("1951-09-08", "ru", "ru", ("ru", "ru")),
        ("1991-12-26", "ru", "ru", ("ru", "ru")),
        (TODAY.isoformat(), "ru", "ru", ("ru", "ru")),
    ],
)
def test_the_border_stands_where_the_treaties_and_the_landings_put_it(
    dossier: Dossier, date: str, four: str, rest: str, sakhalin: tuple[str, str]
) -> None:
    found = held(dossier, date)
    assert {found[i] for i in ISLANDS} == {four}
    assert {found[a] for a in THE_REST} == {rest}
    assert (found["north_sakhalin"], found["south_sakhalin"]) == sakhalin
    assert (found["hokkaido"], found["kamchatka"]) == ("jp", "ru")


@pytest.mark.parametrize(
    ("area", "day"),
    [
        ("shumshu", "1945-08-23"),
        ("paramushir", "1945-08-24"),
        ("kurils_middle", "1945-08-25"),
        ("south_sakhalin", "1945-08-25"),
        ("iturup", "1945-08-28"),
        ("urup", "1945-08-31"),
        ("kunashir", "1945-09-01"),
        ("shikotan", "1945-09-01"),
        ("habomai", "1945-09-03"),
    ],
)
def test_in_1945_the_map_changes_on_the_day_of_each_landing(dossier: Dossier, area: str, day: str) -> None:
    before = (dt.date.fromisoformat(day) - DAY).isoformat()
    assert (held(dossier, before)[area], held(dossier, day)[area]) == ("jp", "ru")
    assert holder_names(dossier, day)[area] == "Soviet Union"


def test_on_2_september_1945_the_day_of_the_surrender_habomai_alone_of_the_four_is_held_by_japan(
    dossier: Dossier,
) -> None:
    assert {i: held(dossier, "1945-09-02")[i] for i in ISLANDS} == {
        "iturup": "ru",
        "kunashir": "ru",
        "shikotan": "ru",
        "habomai": "jp",
    }


def test_japan_keeps_hokkaido_under_allied_control(dossier: Dossier) -> None:
    assert "Allied control" in holder_names(dossier, "1946-01-29")["hokkaido"]
    assert held(dossier, "1946-01-29")["hokkaido"] == "jp"
    assert "Allied" not in holder_names(dossier, "1952-04-28")["hokkaido"]


def test_who_administers_an_island_today_is_who_holds_it_in_the_history(dossier: Dossier) -> None:
    for island in dossier.islands.values():
        holding = holders_on(dossier.history, TODAY.isoformat())[island.island_id]
        assert holding.holder == island.administered.state
        first = min(h.from_date for h in dossier.history if (h.area_id, h.holder) == (island.island_id, holding.holder))
        assert first == island.administered.since
        # a claim begins when another holds what is claimed
        assert holders_on(dossier.history, island.claimed.since)[island.island_id].holder == holding.holder


def test_a_month_or_a_year_stands_for_its_first_day() -> None:
    assert [first_day(d) for d in ("1945", "1945-09", "1945-09-03")] == ["1945-01-01", "1945-09-01", "1945-09-03"]


def test_a_month_or_a_year_on_the_map_shows_its_first_day(dossier: Dossier) -> None:
    assert held(dossier, "1945") == held(dossier, "1945-01-01")
    assert held(dossier, "1945-09") == held(dossier, "1945-09-01")
    assert held(dossier, "1945-09") != held(dossier, "1945-10")


def test_events_come_in_the_order_of_their_days(dossier: Dossier) -> None:
    days = [first_day(e.date) for e in dossier.events]
    assert days == sorted(days)
    assert in_order(reversed(dossier.events)) != dossier.events
    assert [first_day(e.date) for e in in_order(reversed(dossier.events))] == days


def test_a_step_is_a_dated_state_of_the_border_each_date_once(dossier: Dossier) -> None:
    found = steps(dossier.events)
    dates = [e.date for e in found]
    assert len(dates) == len(set(dates)) > 20
    assert all(e.step == "yes" for e in found)
    assert {e.date for e in dossier.events if e.step == "yes"} == set(dates)
    assert [first_day(d) for d in dates] == sorted(first_day(d) for d in dates)


def test_the_steps_lead_from_1644_through_the_treaties_and_1945_day_by_day_to_the_2020s(dossier: Dossier) -> None:
    dates = [e.date for e in steps(dossier.events)]
    assert dates[0] == "1644"
    wanted = [
        "1738",
        "1795",
        "1798",
        "1855-02-07",
        "1875-05-07",
        "1905-09-05",
        "1945-02-11",
        "1945-08-18",
        "1945-08-23",
        "1945-08-28",
    ]
    wanted += ["1945-09-01", "1945-09-02", "1945-09-03", "1945-09-05", "1946-01-29", "1946-02-02", "1951-09-08"]
    wanted += ["1956-10-19", "1960-01-27", "1991-04-18", "1993-10-13", "2018-11-14", "2022-03-21"]
    assert [d for d in wanted if d not in dates] == []
    assert len([d for d in dates if d.startswith(("1945-08", "1945-09"))]) >= 8


def test_every_day_on_which_an_area_changes_its_holder_is_a_step_of_its_own(dossier: Dossier) -> None:
    dates = {first_day(e.date) for e in steps(dossier.events)}
    ordered = sorted(dossier.history, key=lambda h: (h.area_id, h.from_date))
    changes = [
        after
        for before, after in itertools.pairwise(ordered)
        if before.area_id == after.area_id and before.holder != after.holder and after.from_date >= COMPLETE_FROM
    ]
    assert len(changes) > 15
    assert [(h.area_id, h.from_date) for h in changes if h.from_date not in dates] == []


def test_each_step_opens_from_its_own_link(dossier: Dossier) -> None:
    assert all(is_in_history(e.date, choices(dossier).first_day) for e in steps(dossier.events))


def test_a_day_between_two_steps_shows_the_state_of_the_earlier(dossier: Dossier) -> None:
    dates = [e.date for e in steps(dossier.events)]
    for before, after in itertools.pairwise(dates):
        day = dt.date.fromisoformat(first_day(after)) - DAY
        if day.isoformat() > first_day(before):
            assert events_on(dossier.events, day.isoformat()) == events_on(dossier.events, before)
    assert [e.event_id for e in events_on(dossier.events, "1900")] == ["petersburg-1875"]


def test_a_step_shows_all_events_of_its_date(dossier: Dossier) -> None:
    for step in steps(dossier.events):
        found = events_on(dossier.events, step.date)
        assert step in found
        assert {e.date for e in found} == {step.date}
    assert events_on(dossier.events, "1600") == ()


def test_a_holding_begins_with_an_event_and_the_event_knows_it(dossier: Dossier) -> None:
    events = {e.event_id: e for e in dossier.events}
    for holding in dossier.history:
        assert holding in changed_by(dossier.history, events[holding.event_id])
    landings = changed_by(dossier.history, events["kunashir-shikotan-landing"])
    assert [h.area_id for h in landings] == ["kunashir", "shikotan"]


def test_what_an_event_changed_is_told_for_each_of_the_four(dossier: Dossier) -> None:
    event = next(e for e in dossier.events if e.event_id == "declaration-1956")
    assert event.effect("shikotan") == event.effect("habomai") != event.effect("iturup") == event.effect("kunashir")
    assert all(e.effect(i) for e in dossier.events for i in ISLANDS)


def test_a_moment_says_who_held_what_what_changed_and_what_each_side_reads_in_it(dossier: Dossier) -> None:
    shown = dated_state(select(dossier, View("shikotan")), "1951-09-08")
    assert [e.event_id for e in shown.events] == ["san-francisco-1951"]
    assert [p.question.question_id for p in shown.pairs] == ["san-francisco"]
    assert {c.claim_id for rows in shown.pairs[0].claims.values() for c in rows} == {
        "jp-hokkaido",
        "ru-san-francisco-lesser",
    }
    landing = dated_state(select(dossier, View()), "1945-08-28")
    assert [h.area_id for h in landing.changed] == ["iturup"]
    assert all(h in landing.held.values() for h in landing.changed)


@pytest.mark.parametrize("question", ["treaty-1855", "treaty-1875", "yalta", "san-francisco", "declaration-1956"])
def test_a_treaty_on_the_timeline_shows_both_readings_of_it(dossier: Dossier, question: str) -> None:
    date = next(q.date for q in dossier.questions if q.question_id == question)
    shown = dated_state(select(dossier, View()), date)
    pair = next(p for p in shown.pairs if p.question.question_id == question)
    assert all(pair.claims.values())


def test_the_browser_gets_every_step_of_the_timeline_with_its_title(dossier: Dossier) -> None:
    drawn = drawing(dossier)
    assert [(s["date"], s["day"], s["title"]) for s in drawn["steps"]] == [
        (e.date, first_day(e.date), e.title_en) for e in steps(dossier.events)
    ]
    assert all(step["label"] for step in drawn["steps"])


def test_the_browser_gets_a_scene_for_every_day_on_which_the_map_of_the_past_changes(dossier: Dossier) -> None:
    scenes = drawing(dossier)["history"]
    days = [scene["day"] for scene in scenes]
    assert days == sorted(
        {first_day(h.from_date) for h in dossier.history} | {s["day"] for s in drawing(dossier)["steps"]}
    )
    for scene, until in zip(scenes, [*days[1:], TODAY.isoformat()], strict=True):
        # who held what is the same on the day before the next scene
        for day in (scene["day"], max(scene["day"], (dt.date.fromisoformat(until) - DAY).isoformat())):
            assert scene["fills"] == held(dossier, day)
            assert scene["holders"] == holder_names(dossier, day)
        assert scene["title"] == events_on(dossier.events, scene["day"])[0].title_en
        assert scene["strip"].startswith(f"{scene['title']}. Colours show who controlled each area on that day")
    assert {holder for scene in scenes for holder in scene["fills"].values()} <= set(drawing(dossier)["holders"])


@pytest.mark.parametrize(
    ("day", "limits"),
    [
        ("1800-01-01", set()),
        ("1855-02-07", {"iturup_urup"}),
        ("1875-05-06", {"iturup_urup"}),
        ("1875-05-07", set()),
        ("1945-08-31", set()),
        ("1945-09-02", set()),
        ("1945-09-03", {"hokkaido_islands"}),
        ("2000-01-01", {"hokkaido_islands"}),
    ],
)
def test_a_limit_stands_on_a_day_when_its_two_sides_were_held_by_different_states(
    dossier: Dossier, day: str, limits: set[str]
) -> None:
    holders = {area: h.holder for area, h in holders_on(dossier.history, day).items()}
    assert set(limits_between((line.boundary for line in dossier.lines), holders)) == limits


def test_no_limit_stands_where_a_side_is_unsettled_shared_or_unknown(dossier: Dossier) -> None:
    boundaries = [line.boundary for line in dossier.lines]
    japan: dict[AreaId, HolderId] = dict.fromkeys(AREAS, "jp")
    others: tuple[HolderId | None, ...] = ("unsettled", "joint", None)
    for other in others:
        held: dict[AreaId, HolderId | None] = {**japan, "urup": other}
        assert limits_between(boundaries, {a: h for a, h in held.items() if h}) == ()
    assert limits_between(boundaries, {**japan, "urup": "ru"}) == ("iturup_urup",)


def test_the_functions_take_any_table() -> None:
    blank = dict.fromkeys(("title_en", "iturup_en", "kunashir_en", "shikotan_en", "habomai_en"), "x")
    empty = ("until", "clause_en", "clause_ja", "clause_ru", "question_id", "note_en")
    blank |= dict.fromkeys((*empty, "document_source_id", "second_source_id"), "") | {"verified": "secondary"}

    def event(name: str, date: str, step: str) -> Event:
        return Event.model_validate(
            {**blank, "event_id": name, "date": date, "step": step, "publishers": 1, "source_id": "x"}
        )

    first, second, third, aside = (
        event("a", "1900", "yes"),
        event("b", "1900-01-01", "yes"),
        event("c", "1900", "yes"),
        event("d", "1901", "no"),
    )
    assert steps([aside, second, first, third]) == (second, first)
    assert events_on([first, third, aside], "1902") == (first, third)
    row = {
        "area_id": "urup",
        "holder": "ru",
        "holder_name_en": "x",
        "event_id": "a",
        "source_id": "x",
        "verified": "secondary",
    }
    holding = Holding.model_validate({**row, "from_date": "1900-01-01", "to_date": "1900-01-02"})
    assert dict(holders_on([holding], "1900")) == {"urup": holding}
    assert dict(holders_on([holding], "1900-01-02")) == {}
    assert changed_by([holding], second) == ()
