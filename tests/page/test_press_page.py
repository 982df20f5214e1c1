# ruff: noqa: RUF001 - Russian and Japanese sentences
"""The press on the page without a browser: words, filters, links, more of it, and files of the reader's own."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.news.ingest import ingest
from geo.news.model import BatchResult
from geo.news.search.index import open_index
from geo.news.uploads import read_uploads
from geo.paths import DATA

ROOT = Path(__file__).resolve().parents[2]
FIRST = 5
FOG = "Fog number {n} lay over Kunashir."
ARTICLES: list[dict[str, Any]] = [
    {"text": "Жители Кунашира ждали новую больницу десять лет.", "source": "ТАСС", "date": "2024-02-10"},
    {"text": "На Шикотане больницы пока нет, но есть школа.", "source": "ТАСС", "date": "2022-09-01"},
    {"text": "択捉島の水産加工場が操業を再開した。", "source": "北海道新聞", "date": "2024-05-03"},
    *({"text": FOG.format(n=n), "source": "Fog Gazette", "date": f"19{70 + n}"} for n in range(12)),
]
HOSPITAL, SCHOOL, PLANT = (article["text"] for article in ARTICLES[:3])
OWN = "The lighthouse keeper of Shikotan likes chess."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the articles in a store, as ``python -m geo ingest`` would."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), "utf-8")
    ingest([folder / "a.jsonl"], folder / "store", DATA)
    open_index(DATA, folder / "store").close()
    return folder / "store"


@pytest.fixture(autouse=True)
def shown(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page show the store."""
    monkeypatch.setenv("FOUR_ISLANDS_STORE", str(store))


def opened(**parameters: str) -> AppTest:
    """Open the page at an address with these parameters."""
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60)
    page.query_params.update(parameters)
    # there is no browser here: the server draws the sections
    page.session_state["sections"] = True
    page.run()
    plain(page)
    return page


def plain(page: AppTest) -> None:
    """Make sure that nothing went wrong in the run."""
    assert not page.exception
    assert not page.error
    assert not page.warning


def search(page: AppTest, words: str) -> None:
    """Type words into the search."""
    page.text_input(key="words").set_value(words).run()
    plain(page)


def unfold(page: AppTest, key: str = "filter") -> None:
    """Open the filters, or the place for files."""
    page.session_state[key] = True
    page.run()
    plain(page)


def markup(page: AppTest) -> str:
    """Give the quotations as they were written."""
    return "\n".join(part.value for part in page.container(key="excerpts").html)


def words(piece: str) -> str:
    """Give what a reader reads of a piece of HTML."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", piece))).strip()


def quotes(page: AppTest) -> list[str]:
    """Give the quotations in their order."""
    return [words(quote) for quote in re.findall(r"<blockquote.*?</blockquote>", markup(page), re.DOTALL)]


def sought(page: AppTest) -> list[str]:
    """Give what is marked as sought."""
    return [words(mark) for mark in re.findall(r'<mark class="sought[^"]*">.*?</mark>', markup(page))]


def more(page: AppTest) -> bool:
    """Tell whether more is to be shown; the style hides the button where the list is complete."""
    return '<div class="fi complete">' not in markup(page)


def own(*files: tuple[str, bytes]) -> BatchResult:
    """Read files as the page reads those that are uploaded."""
    return read_uploads([(name, io.BytesIO(data)) for name, data in files], DATA)


def test_a_store_is_shown_beside_what_is_shipped() -> None:
    page = opened(island="iturup")
    assert PLANT in quotes(page)
    assert any("Japan claimed the Iturup" in quote for quote in quotes(page))
    assert "Hokkaido Shimbun" in words(markup(page))


def test_another_store_is_another_press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUR_ISLANDS_STORE", str(tmp_path / "nowhere"))
    page = opened(island="iturup")
    assert quotes(page)
    assert PLANT not in quotes(page)
    assert not (tmp_path / "nowhere").exists()


def test_an_ingest_is_shown_at_the_readers_next_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUR_ISLANDS_STORE", str(tmp_path / "store"))
    page = opened(island="shikotan")
    (tmp_path / "a.txt").write_text("A new pier stands on Shikotan.", "utf-8")
    ingest([tmp_path / "a.txt"], tmp_path / "store", DATA)
    open_index(DATA, tmp_path / "store").close()
    search(page, "pier")
    assert quotes(page) == ["A new pier stands on Shikotan."]


def test_a_search_narrows_marks_and_stands_in_the_address() -> None:
    page = opened()
    before = quotes(page)
    search(page, "больница")
    assert sorted(quotes(page)) == sorted([HOSPITAL, SCHOOL])
    assert sorted(sought(page)) == ["больницу", "больницы"]
    assert "2 of " in words(markup(page))
    assert page.query_params == {"words": "больница"}
    search(page, "水産加工")
    assert quotes(page) == [PLANT]
    assert sought(page) == ["水産加工"]
    page.segmented_control(key="island").set_value("kunashir").run()
    assert quotes(page) == []
    assert "No quotation fits the words and filters." in words(markup(page))
    page.segmented_control(key="island").set_value(None).run()
    search(page, "")
    assert quotes(page) == before
    assert page.query_params == {}


def test_markup_that_is_searched_for_is_words() -> None:
    page = opened()
    for typed in ("<img src=x onerror=alert(1)>", "`${alert(1)}`", "{{zz*9}}", '"', "*"):
        search(page, typed)
        assert quotes(page) == []
        assert "<img src=" not in markup(page)


@pytest.mark.parametrize(
    ("name", "value", "only"),
    [
        ("press_language", "ja", [PLANT]),
        ("publisher", "Hokkaido Shimbun", [PLANT]),
        ("country", "JP", [PLANT]),
    ],
)
def test_a_filter_narrows_and_writes_the_address(name: str, value: str, only: list[str]) -> None:
    page = opened()
    unfold(page)
    page.selectbox(key=f"asked_{name}").set_value(value).run()
    plain(page)
    assert quotes(page) == only
    assert page.query_params == {name.removeprefix("press_"): value}
    page.selectbox(key=f"asked_{name}").set_value("").run()
    assert page.query_params == {}
    assert len(quotes(page)) == FIRST


def test_the_kind_of_mention_is_a_filter() -> None:
    page = opened(island="kunashir", words="islands")
    both = quotes(page)
    unfold(page)
    kinds = {}
    for kind in ("named", "group"):
        page.selectbox(key="asked_kind").set_value(kind).run()
        kinds[kind] = quotes(page)
        assert page.query_params == {"island": "kunashir", "words": "islands", "kind": kind}
    assert kinds["named"]
    assert kinds["group"]
    assert sorted(kinds["named"] + kinds["group"]) == sorted(both)


def test_dates_narrow_and_what_is_no_date_asks_for_nothing() -> None:
    page = opened(island="kunashir")
    unfold(page)
    page.text_input(key="asked_since").set_value(" 1980 ").run()
    page.text_input(key="asked_until").set_value("1981").run()
    plain(page)
    assert quotes(page) == [FOG.format(n=11), FOG.format(n=10)]
    assert page.query_params == {"island": "kunashir", "since": "1980", "until": "1981"}
    for wrong in ("May", "1980-13", "<b>", "80"):
        page.text_input(key="asked_until").set_value(wrong).run()
        plain(page)
        assert page.query_params == {"island": "kunashir", "since": "1980"}
        # the text stays to be mended, with a word beside it
        assert page.text_input(key="asked_until").value == wrong
        assert [c.value for c in page.caption if "This is no date" in c.value]
    page.text_input(key="asked_until").set_value("1981").run()
    assert not page.caption
    assert page.query_params["until"] == "1981"


def test_dates_that_nothing_can_fit_are_said_to_be_such() -> None:
    page = opened(since="1990", until="1981-05")
    unfold(page)
    assert [c.value for c in page.caption] == ["The first date is after the second, so no quotation can fit both."]
    page.text_input(key="asked_since").set_value("1981-05-31").run()
    assert not page.caption


def test_the_filters_offer_who_stands_in_the_store() -> None:
    page = opened()
    assert [box.key for box in page.selectbox if (box.key or "").startswith("asked_")] == []
    unfold(page)
    publishers = page.selectbox(key="asked_publisher").options
    assert publishers == ["any", "Fog Gazette", "Hokkaido Shimbun", "Sputnik", "TASS", "UrduPoint"]
    assert page.selectbox(key="asked_country").options == ["any", "JP", "PK", "RU"]


def test_a_link_with_words_and_filters_opens_them() -> None:
    link = {
        "words": "больница",
        "language": "ru",
        "publisher": "TASS",
        "country": "RU",
        "since": "2023",
        "kind": "named",
    }
    page = opened(**link)
    assert not page.info
    assert quotes(page) == [HOSPITAL]
    assert page.query_params == link
    assert page.text_input(key="words").value == "больница"
    unfold(page)
    assert page.selectbox(key="asked_press_language").value == "ru"
    for name in ("publisher", "country", "kind"):
        assert page.selectbox(key=f"asked_{name}").value == link[name]
    assert page.text_input(key="asked_since").value == "2023"
    # and stay when the filters are folded up again and something else is chosen
    page.session_state["filter"] = False
    page.run()
    page.segmented_control(key="naming").set_value("ja").run()
    assert quotes(page) == [HOSPITAL]
    assert page.query_params == {**link, "naming": "ja"}


@pytest.mark.parametrize("name", ["language", "kind", "publisher", "country", "since", "until"])
def test_an_unknown_filter_in_a_link_gives_a_note_and_all_quotations(name: str) -> None:
    page = opened(island="iturup", **{name: "<b>none</b>"})
    assert len(page.info) == 1
    assert name in page.info[0].value
    assert "none" not in page.info[0].value
    assert quotes(page) == quotes(opened(island="iturup"))
    assert page.query_params == {"island": "iturup"}


def test_show_more_shows_more_until_there_is_no_more() -> None:
    page = opened(words="fog")
    assert len(quotes(page)) == FIRST
    seen = [FIRST]
    while more(page):
        first = quotes(page)
        page.button(key="more").click().run()
        plain(page)
        assert quotes(page)[: len(first)] == first
        seen.append(len(quotes(page)))
    assert seen == [5, 10, 12]
    assert set(quotes(page)) == {FOG.format(n=n) for n in range(12)}
    # another search begins at the top
    search(page, "fog number")
    assert len(quotes(page)) == FIRST
    search(page, "больница")
    assert not more(page)


@pytest.mark.parametrize(
    ("island", "lacking"),
    [
        ("iturup", ["Russian"]),
        ("kunashir", ["Japanese"]),
        ("shikotan", ["Japanese"]),
        ("habomai", ["Japanese", "Russian"]),
    ],
)
def test_a_language_with_nothing_on_the_island_is_said(island: str, lacking: list[str]) -> None:
    told = re.findall(r"No (\w+)-language item for this island\.", words(markup(opened(island=island))))
    assert told == lacking


def test_what_is_shipped_alone_lacks_japanese_and_russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOUR_ISLANDS_STORE", str(tmp_path / "nowhere"))
    page = opened()
    assert re.findall(r"No (\w+)-language item\.", words(markup(page))) == ["Japanese", "Russian"]


def test_the_chart_counts_by_year_what_is_found() -> None:
    page = opened(words="больница")
    assert 'alt="Quotations by year: 2022 1, 2024 1"' in markup(page)
    search(page, "水産")
    assert 'class="chart"' not in markup(page)


def test_own_files_are_read_shown_and_gone_in_a_new_session() -> None:
    page = opened(island="shikotan")
    unfold(page, "adding")
    uploader = page.file_uploader(key="files")
    uploader.set_value([("keeper.txt", OWN.encode(), "text/plain"), ("no.pdf", b"none", "application/pdf")])
    page.run()
    plain(page)
    assert quotes(page)[0] == OWN
    told = words(markup(page))
    assert "From your own files; only this session sees them" in told
    assert "Articles read: 1; mentioning the islands: 1; files or records that could not be read: 1." in told
    assert "no.pdf: is no PDF" in told
    assert OWN not in markup(opened(island="shikotan"))
    # nothing of it is in the address
    assert page.query_params == {"island": "shikotan"}
    # folding up the place for files keeps what was read
    page.session_state["adding"] = False
    page.run()
    assert quotes(page)[0] == OWN


def test_own_files_follow_the_island_and_the_words() -> None:
    page = opened()
    page.session_state["own"] = own(("keeper.txt", OWN.encode()))
    page.run()
    assert quotes(page)[0] == OWN
    search(page, "lighthouse")
    assert quotes(page) == [OWN]
    assert sought(page) == ["lighthouse"]
    page.segmented_control(key="island").set_value("iturup").run()
    assert quotes(page) == []
    assert "Nothing in your files fits this island, the words and the filters." in words(markup(page))


def test_hostile_own_files_stay_words_on_the_page() -> None:
    hostile = "<img src=x onerror=alert(1)> `${alert(1)}` {{7*7}} </div> &amp; Shikotan."
    page = opened()
    page.session_state["own"] = own(("<b>.txt", hostile.encode()), ("<i>x</i>.zip", b"PK"))
    page.run()
    plain(page)
    assert quotes(page)[0] == hostile
    assert "<img src=" not in markup(page)
    assert "<i>x" not in markup(page)


def test_a_search_leaves_the_other_panels_as_they_are() -> None:
    page = opened(island="shikotan")
    before = {key: [part.value for part in page.container(key=key).html] for key in ("panel", "distances")}
    search(page, "больница")
    assert before == {key: [part.value for part in page.container(key=key).html] for key in before}


def test_a_spoilt_store_is_told_in_one_plain_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "store.sqlite").write_text("no database " * 100)
    monkeypatch.setenv("FOUR_ISLANDS_STORE", str(tmp_path / "store"))
    page = AppTest.from_file(ROOT / "dashboard.py", default_timeout=60).run()
    assert not page.exception
    assert ["is damaged (file is not a database)" in error.value for error in page.error] == [True]
    (tmp_path / "store" / "store.sqlite").unlink()
    page.run()
    plain(page)
    assert quotes(page)
