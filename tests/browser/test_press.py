# ruff: noqa: RUF001 - Russian and Japanese sentences
"""The press in a browser: searching, filtering, and files of the reader's own, hostile ones among them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from geo.news.ingest import ingest
from geo.news.limits import MIB
from geo.news.search.index import open_index
from geo.paths import DATA

from .conftest import Visit
from .reader import MAP, Reader, serving

HOSPITAL = "Жители Кунашира ждали новую больницу десять лет."
SCHOOL = "На Шикотане больницы пока нет, но есть школа."
PLANT = "択捉島の水産加工場が操業を再開した。"
GULLS = "Gulls sit on Iturup."
FOG = "Fog number {n} lay over Kunashir."
ARTICLES: list[dict[str, Any]] = [
    {"text": HOSPITAL, "source": "ТАСС", "date": "2024-02-10"},
    {"text": SCHOOL, "source": "ТАСС", "date": "2022-09-01"},
    {"text": PLANT, "source": "北海道新聞", "date": "2024-05-03"},
    {"text": GULLS, "title": "Gulls", "date": "2023", "url": "https://example.org/gulls"},
    *({"text": FOG.format(n=n), "source": "Fog Gazette", "date": f"19{70 + n}"} for n in range(12)),
]
HOSTILE = (
    'Shikotan <img src=x onerror="window.hacked=1"><script>window.hacked=1</script><b>bold</b> '
    "`${window.hacked=1}` {{ 7*7 }} </blockquote></div> &lt;i&gt; \u202eterces\u202c javascript:window.hacked=1"
)
# direction overrides are taken out of what is read
SHOWN = HOSTILE.replace("\u202e", "").replace("\u202c", "")
WIND = "and the wind blew, "
# by name: what the file holds
FILES = {
    "markup.txt": HOSTILE,
    "line.txt": f"Snow lay over Kunashir, {WIND * (10 * MIB // len(WIND))}",
    "<img src=x onerror=window.hacked=1>.pdf": "no PDF at all",
}
# counts what the page sends to the map
LISTEN = """() => {
  window.__told = 0;
  window.addEventListener("message", (event) => { window.__told += event.data?.type === "streamlit:render" ? 1 : 0; });
}"""


@pytest.fixture
def reader(visit: Visit) -> Reader:
    """Let a reader come to the press at a desk."""
    return visit("/#press")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page with a store of its own, one address in which was written by hand."""
    folder = tmp_path_factory.mktemp("press")
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), "utf-8")
    store = folder / "store"
    ingest([folder / "a.jsonl"], store, DATA)
    with closing(sqlite3.connect(store / "store.sqlite")) as connection:
        wicked = ("javascript:window.hacked=1", "https://example.org/gulls")
        assert connection.execute("UPDATE articles SET url = ? WHERE url = ?", wicked).rowcount == 1
        connection.commit()
    open_index(DATA, store).close()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FOUR_ISLANDS_STORE", str(store))
        with serving(folder / "log") as where:
            yield where
    assert "Traceback" not in (folder / "log").read_text("utf-8")


def quotes(reader: Reader) -> Locator:
    """Find the quotations."""
    return reader.excerpts.locator("blockquote")


def search(reader: Reader, words: str) -> None:
    """Type words into the search."""
    reader.page.get_by_label("Search the quotations").fill(words)
    reader.page.keyboard.press("Enter")


def unfold(reader: Reader) -> None:
    """Open the filters."""
    reader.page.locator(".st-key-filter").get_by_role("button", name="Filter").click()
    expect(reader.page.locator(".st-key-asked_press_language")).to_be_visible()


def fold(reader: Reader) -> None:
    """Close the filters."""
    reader.page.keyboard.press("Escape")
    expect(reader.page.locator(".st-key-asked_press_language")).to_have_count(0)


def upload(reader: Reader, folder: Path, files: dict[str, str]) -> None:
    """Give files of one's own."""
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    reader.page.get_by_text("Add articles of your own").click()
    reader.page.locator(".st-key-files input[type=file]").set_input_files([folder / name for name in files])


def nothing_ran(reader: Reader) -> None:
    """Make sure that no words became script or markup."""
    for frame in reader.page.frames:
        assert frame.evaluate("() => window.hacked") is None
    for tag in ("img:not(.chart)", "script", "blockquote b", "blockquote i"):
        expect(reader.excerpts.locator(f".fi {tag}")).to_have_count(0)


def test_hostile_files_are_read_as_words_and_each_has_its_line(reader: Reader, tmp_path: Path) -> None:
    upload(reader, tmp_path, FILES)
    own = reader.excerpts.locator(".own")
    expect(own).to_contain_text(
        "Articles read: 2; mentioning the islands: 2; files or records that could not be read: 1."
    )
    expect(own.locator("li")).to_have_text(re.compile(r"^_img src_x onerror_window\.hacked_1_\.pdf: is no PDF$"))
    expect(own.locator("blockquote")).to_have_count(2)
    markup, line = own.locator("blockquote").filter(has_text="Shikotan"), own.locator("blockquote", has_text="Kunashir")
    expect(markup).to_have_text(SHOWN)
    expect(markup.locator("mark")).to_have_text("Shikotan")
    expect(line.locator("mark")).to_have_text("Kunashir")
    assert len(line.inner_text()) <= 300
    for mark in (markup, line):
        expect(mark.locator("mark")).to_have_css("background-color", "rgb(255, 224, 138)")
    nothing_ran(reader)
    # searched for, they are marked and still words
    search(reader, "onerror window")
    expect(own.locator("blockquote")).to_have_count(1)
    expect(own.locator("mark.sought").first).to_have_text("onerror")
    nothing_ran(reader)


def test_what_one_reader_uploads_no_other_sees_and_it_is_gone_when_the_page_is_loaded_again(
    visit: Visit, tmp_path: Path
) -> None:
    reader = visit("/?island=shikotan#press")
    upload(reader, tmp_path, {"a.txt": "A keeper of Shikotan plays chess."})
    expect(quotes(reader).first).to_have_text("A keeper of Shikotan plays chess.")
    address = reader.page.url
    other = visit("/?island=shikotan&words=chess#press")
    expect(other.excerpts).to_contain_text("No quotation fits the words and filters.")
    expect(quotes(other)).to_have_count(0)
    reader.page.goto("about:blank")
    reader.open(address)
    expect(quotes(reader).first).to_be_visible()
    expect(reader.excerpts).not_to_contain_text("chess")


def test_a_file_that_is_too_large_is_refused(reader: Reader, tmp_path: Path) -> None:
    upload(reader, tmp_path, {"a.txt": "Shikotan " * (21 * MIB // 9)})
    expect(reader.page.locator(".st-key-files")).to_contain_text("File must be 20")
    expect(reader.excerpts.locator(".own")).to_have_count(0)


def test_a_search_marks_what_it_found_in_three_languages(reader: Reader) -> None:
    for words, quote, marked in (
        ("больницами кунашир", HOSPITAL, ["Кунашира", "больницу"]),
        ("水産加工", PLANT, ["水産加工"]),
        ('"gulls sit"', GULLS, ["Gulls sit"]),
    ):
        search(reader, words)
        expect(quotes(reader)).to_have_text([quote])
        found = quotes(reader).locator("mark.sought")
        expect(found).to_have_text(marked)
        for mark in found.all():
            # of a word that names the island as well, half has each colour
            drawn = mark.evaluate("(mark) => getComputedStyle(mark).background")
            assert ("linear-gradient" in drawn) == (mark.inner_text() == "Кунашира")
            assert "rgb(159, 224, 192)" in drawn


def test_a_search_and_a_filter_leave_the_map_alone(visit: Visit) -> None:
    reader = visit("/?island=kunashir#press")
    reader.sees("kunashir")
    expect(quotes(reader).first).to_be_visible()
    reader.run(LISTEN)
    search(reader, "больница")
    expect(quotes(reader)).to_have_text([HOSPITAL])
    expect(reader.page).to_have_url(re.compile("words="))
    unfold(reader)
    reader.pick("asked_press_language", "Russian")
    expect(reader.page).to_have_url(re.compile("language=ru"))
    fold(reader)
    search(reader, "")
    expect(reader.page).not_to_have_url(re.compile("words="))
    expect(reader.page.locator(MAP)).to_have_count(1)
    assert reader.run("() => window.__told") == 0
    # a choice that does concern the map reaches the same frame, without the server
    reader.name_in("ru")
    assert reader.run("() => window.__told") == 0


def test_the_filters_keep_what_was_asked_when_they_are_closed_and_opened_again(reader: Reader) -> None:
    unfold(reader)
    reader.pick("asked_press_language", "Russian")
    expect(quotes(reader)).to_have_text([HOSPITAL, SCHOOL])
    reader.pick("asked_publisher", "TASS")
    reader.page.get_by_label("From (year, month or day)").fill("2023")
    reader.page.keyboard.press("Enter")
    expect(quotes(reader)).to_have_text([HOSPITAL])
    for _ in range(2):
        fold(reader)
        expect(quotes(reader)).to_have_text([HOSPITAL])
        unfold(reader)
        expect(reader.page.get_by_role("combobox", name="Language")).to_have_value("Russian")
        expect(reader.page.get_by_role("combobox", name="Publisher", exact=True)).to_have_value("TASS")
        expect(reader.page.get_by_label("From (year, month or day)")).to_have_value("2023")
    fold(reader)
    # the island is another fragment's choice; what was asked of the press outlives it
    reader.choose_in_list("kunashir")
    reader.sees("kunashir")
    expect(quotes(reader)).to_have_text([HOSPITAL])
    expect(reader.page).to_have_url(re.compile(r"language=ru.*since=2023"))


def test_a_link_to_a_search_opens_it_and_back_takes_it_back(visit: Visit) -> None:
    reader = visit("/?words=%D0%B1%D0%BE%D0%BB%D1%8C%D0%BD%D0%B8%D1%86%D0%B0&until=2023#press")
    expect(quotes(reader)).to_have_text([SCHOOL])
    expect(reader.page.get_by_label("Search the quotations")).to_have_value("больница")
    search(reader, "no such words")
    expect(quotes(reader)).to_have_count(0)
    reader.page.go_back()
    expect(quotes(reader)).to_have_text([SCHOOL])
    expect(reader.page.get_by_label("Search the quotations")).to_have_value("больница")


def test_more_is_shown_when_asked_for(visit: Visit) -> None:
    reader = visit("/?words=fog#press")
    more = reader.page.locator(".st-key-more button")
    for count in (5, 10):
        expect(quotes(reader)).to_have_count(count)
        more.click()
    expect(quotes(reader)).to_have_count(12)
    expect(more).to_be_hidden()


def test_an_address_that_would_run_something_cannot_be_followed(visit: Visit) -> None:
    reader = visit("/?island=iturup&words=gulls#press")
    expect(quotes(reader)).to_have_text([GULLS])
    caption = reader.excerpts.locator("figcaption")
    expect(caption).to_contain_text("Gulls")
    assert "javascript:" not in reader.excerpts.inner_html()
    expect(reader.excerpts.locator("figcaption a[href]")).to_have_count(0)
    caption.click()
    nothing_ran(reader)
    assert len(reader.page.context.pages) == 1
