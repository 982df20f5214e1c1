# ruff: noqa: RUF001 - Russian and Japanese sentences
"""What a reader is answered: excerpts of a store, by words and filters, and those of files of the reader's own."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo.__main__ import main
from geo.loading.dossier import Dossier
from geo.model.fields import ISLANDS
from geo.news.ingest import ingest
from geo.news.limits import MIB
from geo.news.model import BatchResult
from geo.news.search.facets import Facets
from geo.news.search.search import Hit
from geo.news.store.sqlite import FILE
from geo.news.uploads import read_uploads
from geo.page import panels
from geo.page.press import Answer, Press, Quotation, _quotation, answer, open_press, own_quotations
from geo.page.selection import choices, select
from geo.page.view import LONGEST_WORDS, View, from_query, to_query
from geo.paths import DATA

MANY = 1000
AGENCY = (
    "The ferry reached Shikotan on Monday. Boats have sailed to the island since the spring, when the ice left the "
    "harbour and the new crane was tried. The mayor of the town said that the timetable would be printed in May."
)
# each is short enough to be quoted whole, but for the agency's
ARTICLES: dict[str, dict[str, Any]] = {
    "pier": {"text": "A pier was opened on Shikotan in spring.", "source": "NHK", "date": "2024-05-01"},
    "flats": {"text": "Teachers on Iturup were given new flats.", "source": "TASS", "date": "2023-11-20"},
    "clinic": {"text": "Жители Кунашира ждали новую больницу десять лет.", "source": "ТАСС", "date": "2024-02-10"},
    "school": {"text": "На Шикотане больницы пока нет, но есть школа.", "source": "Комсомолец", "date": "2022"},
    "plant": {"text": "択捉島の水産加工場が操業を再開した。", "source": "北海道新聞", "date": "2024-05-03"},
    "talks": {"text": "Ministers spoke of the Northern Territories in Tokyo.", "source": "NHK", "date": "2021-02"},
    "undated": {"text": "Fog lay over Kunashir.", "source": "Fog Gazette"},
    "agency": {"text": AGENCY, "source": "TASS", "date": "2020-03-02", "url": "https://tass.com/1"},
    "copy": {"text": AGENCY, "source": "Kyodo News", "date": "2020-03-03", "url": "https://kyodonews.net/1"},
}
# of the copy no second quotation is kept
QUOTED = {name: record["text"] for name, record in ARTICLES.items() if name not in {"agency", "copy"}}


def corpus(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data folder that ships no article."""
    folder = tmp_path_factory.mktemp("nothing")
    (folder / "articles.csv").write_text(
        "article_id,title,publisher,publisher_country,agency,agency_country,date,language,url,characters,sha256\n"
    )
    (folder / "excerpts.jsonl").write_text("")
    return folder


@pytest.fixture(scope="module")
def press(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Press:
    folder = tmp_path_factory.mktemp("press")
    ingest([corpus(folder / "a.jsonl", *ARTICLES.values())], folder / "store", DATA)
    return open_press(data, folder / "store")


def quote(quotation: Quotation) -> str:
    return "".join(piece.text for piece in quotation.pieces)


def found(press: Press, view: View) -> list[str]:
    """Name the articles that a view finds, in their order."""
    names = {text: name for name, text in QUOTED.items()}
    return [names.get(quote(q), "agency") for q in answer(press, view, MANY).quotations]


def named(quotation: Quotation) -> list[str]:
    return [piece.text for piece in quotation.pieces if piece.names]


def sought(quotation: Quotation) -> list[str]:
    return [piece.text for piece in quotation.pieces if piece.sought]


def read(*uploads: tuple[str, bytes]) -> BatchResult:
    return read_uploads([(name, io.BytesIO(data)) for name, data in uploads], DATA)


def own(*articles: dict[str, Any]) -> BatchResult:
    lines = "\n".join(json.dumps(article, ensure_ascii=False) for article in articles)
    return read(("a.jsonl", lines.encode()))


# --- opening


def test_what_an_ingest_has_just_brought_is_found(tmp_path: Path) -> None:
    store, source = tmp_path / "store", tmp_path / "a.jsonl"
    before = open_press(DATA, store)
    assert open_press(DATA, store) is before
    assert "NHK" not in before.facets.publishers
    for name in ("pier", "plant"):
        shipped = answer(before, View(), MANY).total
        assert main(["ingest", str(corpus(source, ARTICLES[name])), "--store", str(store)]) == 0
        after = open_press(DATA, store)
        assert after is not before
        assert answer(after, View(), MANY).total == shipped + 1
        assert ARTICLES[name]["text"] in {quote(q) for q in answer(after, View(), MANY).quotations}
        assert {"pier": "NHK", "plant": "Hokkaido Shimbun"}[name] in after.facets.publishers
        before = after


def test_an_ingest_that_brings_nothing_new_keeps_what_is_open(tmp_path: Path) -> None:
    store, source = tmp_path / "store", corpus(tmp_path / "a.jsonl", ARTICLES["pier"])
    for _ in range(2):
        assert main(["ingest", str(source), "--store", str(store)]) == 0
    opened = open_press(DATA, store)
    assert main(["ingest", str(source), "--store", str(store)]) == 0
    assert open_press(DATA, store) is opened


def test_a_store_that_grows_is_shown_from_one_open_file(data: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    ingest([corpus(tmp_path / "a.jsonl", ARTICLES["pier"])], store, DATA)
    before = open_press(data, store)
    assert found(before, View()) == ["pier"]
    for number in range(5):
        fog = {"text": f"Fog number {number} lay over Kunashir.", "date": f"200{number}"}
        ingest([corpus(tmp_path / "b.jsonl", fog)], store, DATA)
        assert answer(open_press(data, store), View(), MANY).total == number + 2
    assert open_press(data, store).index is before.index
    handles = [os.path.realpath(path) for path in Path("/proc/self/fd").iterdir()]
    # SQLite keeps one more, of a connection that was closed, for the next one
    assert handles.count(str(store / FILE)) <= 2


def test_readers_see_what_is_kept_while_somebody_is_writing(data: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    ingest([corpus(tmp_path / "a.jsonl", ARTICLES["pier"])], store, DATA)
    before = open_press(data, store)
    with closing(sqlite3.connect(store / FILE)) as writer:
        writer.execute("DELETE FROM words")
        assert open_press(data, store) is before
        assert found(before, View()) == ["pier"]


DAMAGES = [
    'UPDATE passages SET mentions = \'[{"island": "nowhere"}]\'',
    "UPDATE passages SET mentions = '{}'",
    "UPDATE passages SET mentions = '[1]'",
    "UPDATE passages SET mentions = 'null'",
    "UPDATE passages SET mentions = replace(mentions, '\"start\":', '\"begin\":')",
    "UPDATE passages SET mentions = replace(mentions, '\"end\":', '\"end\":9')",
    "UPDATE passages SET language = 'xx'",
    "UPDATE passages SET quote = ''",
    "UPDATE passages SET article = 999",
]


@pytest.mark.parametrize(
    ("damage", "rebuilt"), [*((damage, False) for damage in DAMAGES), (DAMAGES[0], True), (DAMAGES[-1], True)]
)
def test_a_damaged_passage_of_a_store_is_set_aside_and_the_rest_serves(  # noqa: PLR0913 - fixtures
    *, damage: str, rebuilt: bool, data: Path, dossier: Dossier, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, source = tmp_path / "store", corpus(tmp_path / "a.jsonl", ARTICLES["pier"], ARTICLES["plant"])
    ingest([source], store, DATA)
    if not rebuilt:
        open_press(data, store)
    with closing(sqlite3.connect(store / FILE)) as connection:
        connection.execute(f"{damage} WHERE quote LIKE '%pier%'")
        if rebuilt:
            connection.execute("DROP TABLE words")
        connection.commit()
    view = View()
    told = answer(open_press(data, store), view, MANY)
    assert [quote(q) for q in told.quotations] == [QUOTED["plant"]]
    assert told.total == 1
    assert QUOTED["pier"] not in panels.press(select(dossier, view), told)
    command = ["search", "--data", str(data), "--store", str(store), "--format", "json"]
    assert main(command) == int(not rebuilt)
    out, err = capsys.readouterr()
    assert [hit["quote"] for hit in json.loads(out)["hits"]] == [QUOTED["plant"]]
    assert err.count("is damaged and left out") == int(not rebuilt)
    assert main(["store", "export", str(tmp_path / "lines"), "--store", str(store)]) == int("article" not in damage)
    out, err = capsys.readouterr()
    assert out.startswith("2 articles in ")
    assert err.count("is damaged and left out") == int("article" not in damage)
    assert main(["ingest", str(corpus(source, ARTICLES["flats"])), "--store", str(store)]) == 0
    assert QUOTED["flats"] in {quote(q) for q in answer(open_press(data, store), view, MANY).quotations}


def test_what_is_shipped_anew_is_shown_beside_a_store(data_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    before = answer(open_press(data_copy, tmp_path / "store"), View(), MANY).total
    shipped = data_copy / "excerpts.jsonl"
    [first, *_] = shipped.read_text("utf-8").splitlines(keepends=True)
    shipped.write_text(first, "utf-8")
    assert answer(open_press(data_copy, tmp_path / "store"), View(), MANY).total == 1 < before


def test_a_store_that_is_taken_away_and_made_anew_is_opened_anew(data: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    ingest([corpus(tmp_path / "a.jsonl", ARTICLES["plant"])], store, DATA)
    assert found(open_press(data, store), View()) == ["plant"]
    shutil.rmtree(store)
    ingest([corpus(tmp_path / "a.jsonl", ARTICLES["pier"])], store, DATA)
    assert found(open_press(data, store), View("shikotan")) == ["pier"]


def test_a_shipped_article_that_stands_in_the_store_as_well_is_shown_once(tmp_path: Path) -> None:
    [tass] = (a for a in (DATA / "articles.csv").read_text("utf-8").splitlines() if a.startswith("tass-2025-12-01"))
    assert "https://tass.com/world/2051707" in tass
    lines = [json.loads(line) for line in (DATA / "excerpts.jsonl").read_text("utf-8").splitlines()]
    quotes = dict.fromkeys(line["quote"] for line in lines if line["article"] == "tass-2025-12-01")
    record = {"text": "\n\n".join(quotes), "source": "TASS", "date": "2025-12-01"}
    ingest([corpus(tmp_path / "a.jsonl", record)], tmp_path / "store", DATA)
    shown = [quote(q) for q in answer(open_press(DATA, tmp_path / "store"), View(), MANY).quotations]
    assert len(shown) == len(set(shown))
    assert set(quotes) <= set(shown)


# --- answering


def test_words_that_cannot_be_searched_are_answered_with_a_sentence(press: Press, dossier: Dossier) -> None:
    view = View(words="-hospital")
    told = panels.press(select(dossier, view), answer(press, view, MANY))
    assert "Words that are left out need at least one word that is sought." in told
    assert found(press, View(words="pier OR fish")) == ["pier"]


def test_the_newest_come_first_and_those_without_a_date_last(press: Press) -> None:
    newest = ["plant", "pier", "clinic", "flats", "school", "talks", "agency", "undated"]
    assert found(press, View()) == newest
    assert [quote(q) for q in answer(press, View(), 3).quotations] == [QUOTED[name] for name in newest[:3]]
    assert answer(press, View(), 3).total == len(newest)


def test_words_bring_the_best_match_first_not_the_newest(data: Path, tmp_path: Path) -> None:
    long = "In the first week of the warmest May for years fog came twice and twice it left again, and Kunashir saw it."
    records = [{"text": "Fog, fog on Kunashir.", "date": "2020"}, {"text": long, "date": "2024"}]
    ingest([corpus(tmp_path / "a.jsonl", *records)], tmp_path / "store", DATA)
    opened = open_press(data, tmp_path / "store")
    dates = [q.article["date"] for q in answer(opened, View(words="fog"), MANY).quotations]
    assert dates == ["2020", "2024"]
    assert [q.article["date"] for q in answer(opened, View(), MANY).quotations] == ["2024", "2020"]


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (View("iturup"), ["plant", "flats", "talks"]),
        (View("kunashir"), ["clinic", "talks", "undated"]),
        (View("shikotan"), ["pier", "school", "talks", "agency"]),
        (View("habomai"), ["talks"]),
        (View("shikotan", press_language="en"), ["pier", "talks", "agency"]),
        (View("shikotan", kind="named"), ["pier", "school", "agency"]),
        (View("shikotan", kind="group"), ["talks"]),
        (View(kind="group"), ["talks"]),
        (View(publisher="TASS"), ["clinic", "flats", "agency"]),
        (View(publisher="Kyodo News"), ["agency"]),
        (View(country="JP"), ["plant", "pier", "talks", "agency"]),
        (View(country="JP", press_language="en", kind="named"), ["pier", "agency"]),
        (View(since="2024-02-11"), ["plant", "pier"]),
        (View(since="2024"), ["plant", "pier", "clinic"]),
        (View(until="2022"), ["school", "talks", "agency"]),
        (View(since="2021-02", until="2023"), ["flats", "school", "talks"]),
        (View(since="2025", until="2020"), []),
        (View("habomai", words="больница"), []),
        (View("shikotan", words="больница"), ["school"]),
        (View(words="больница", since="2024"), ["clinic"]),
    ],
)
def test_an_island_and_each_filter_keep_what_they_are_about(press: Press, view: View, names: list[str]) -> None:
    assert found(press, view) == names


@pytest.mark.parametrize(
    ("words", "article", "names", "marked"),
    [
        ("больница школа", "school", ["Шикотане"], ["больницы", "школа"]),
        ("больницами десятью", "clinic", ["Кунашира"], ["больницу", "десять"]),
        ("житель кунашир", "clinic", ["Кунашира"], ["Жители", "Кунашира"]),
        ("水産", "plant", ["択捉島"], ["水産"]),
        ("加工場が操業", "plant", ["択捉島"], ["加工場が操業"]),
        ("択捉", "plant", ["択捉", "島"], ["択捉"]),
        ("島の水産", "plant", ["択捉", "島"], ["島", "の水産"]),
        ("場", "plant", ["択捉島"], ["場"]),
        ("open piers", "pier", ["Shikotan"], ["pier", "opened"]),
        ("northern minister", "talks", ["Northern", " Territories"], ["Ministers", "Northern"]),
    ],
)
def test_words_are_found_in_their_forms_and_marked_beside_the_names(
    press: Press, words: str, article: str, names: list[str], marked: list[str]
) -> None:
    assert found(press, View(words=words)) == [article]
    [quotation] = answer(press, View(words=words), MANY).quotations
    assert named(quotation) == names
    assert sought(quotation) == marked


def test_without_words_nothing_is_marked_as_sought(press: Press) -> None:
    for quotation in answer(press, View(), MANY).quotations:
        assert sought(quotation) == []
        assert named(quotation)


@pytest.mark.parametrize("words", ["", '"', "-", "*", "( )", "forms:x", "<script>", "`${x}`", "больница NEAR(", "\0"])
def test_nothing_that_is_typed_is_an_error(press: Press, words: str) -> None:
    told = answer(press, View(words=words), MANY)
    assert told.unfiltered == 8
    assert told.total == (0 if words else 8)


def test_a_quotation_says_why_it_stands_with_the_island(press: Press) -> None:
    [group] = answer(press, View("habomai"), MANY).quotations
    assert group.reasons == (("group", "Northern Territories"),)
    assert group.islands == ISLANDS
    reasons = {q.reasons for q in answer(press, View("shikotan"), MANY).quotations}
    assert reasons == {
        (("named", "Shikotan"),),
        (("named", "Шикотане"),),
        (("group", "Northern Territories"),),
    }


def test_what_is_found_is_counted_by_year_and_against_all_of_the_island(press: Press) -> None:
    told = answer(press, View(), 1)
    assert told.years == (("", 1), ("2020", 1), ("2021", 1), ("2022", 1), ("2023", 1), ("2024", 3))
    assert (told.total, told.unfiltered) == (8, 8)
    told = answer(press, View("shikotan", words="больница"), 1)
    assert told.years == (("2022", 1),)
    assert (told.total, told.unfiltered) == (1, 4)
    told = answer(press, View("habomai", since="2022"), 1)
    assert (told.years, told.total, told.unfiltered) == ((), 0, 1)


@pytest.mark.parametrize(
    ("view", "lacking"),
    [
        (View(), ()),
        (View("iturup"), ("ru",)),
        (View("kunashir"), ("ja",)),
        (View("habomai"), ("ja", "ru")),
        # what the filters leave out is not lacking
        (View("iturup", press_language="ja", words="nothing of the kind"), ("ru",)),
        (View("kunashir", since="2025"), ("ja",)),
    ],
)
def test_a_language_that_has_nothing_on_an_island_is_said(
    press: Press, dossier: Dossier, view: View, lacking: tuple[str, ...]
) -> None:
    told = answer(press, view, MANY)
    assert told.lacking == lacking
    markup = panels.press(select(dossier, view), told)
    for code, language in (("en", "English"), ("ja", "Japanese"), ("ru", "Russian")):
        assert (f"No {language}-language item for this island." in markup) == (code in lacking)


def test_one_text_of_several_outlets_stands_once_and_names_them(press: Press, dossier: Dossier) -> None:
    [quotation] = answer(press, View(publisher="Kyodo News"), MANY).quotations
    assert (quotation.article["publisher"], quotation.also) == ("TASS", ("Kyodo News",))
    markup = panels.press(select(dossier, View()), answer(press, View(), MANY))
    assert markup.count("also in Kyodo News") == 1
    assert [q.also for q in answer(press, View("kunashir"), MANY).quotations] == [(), (), ()]


def test_no_reader_meets_the_id_of_an_article_as_an_outlet(dossier: Dossier) -> None:
    outlets = ({"publisher": "", "url": "", "article_id": "article-c3d5b8074a"},)
    record = {"title": "", "publisher": "TASS", "date": "2024", "url": ""}
    quoted = _quotation(Hit("Fog on Iturup.", "en", record, outlets, (), ()), None)
    assert quoted.also == ("a publisher not known",)
    assert "article-c3d5b8074a" not in panels.press(select(dossier, View()), Answer(1, 1, (), (quoted,), ()))


def test_those_who_can_be_asked_for_are_those_who_stand_there(press: Press) -> None:
    # by name and in the order of letters, whatever their size
    publishers = ("Fog Gazette", "Hokkaido Shimbun", "Kyodo News", "NHK", "TASS", "Комсомолец")
    assert press.facets == Facets(publishers, ("JP", "RU"))
    for publisher in publishers:
        assert found(press, View(publisher=publisher))
    for country in press.facets.countries:
        assert found(press, View(country=country))


# --- files of the reader's own


def test_own_articles_are_quoted_on_their_islands_the_newest_first() -> None:
    result = own(*(ARTICLES[name] for name in ("school", "plant", "undated", "talks", "pier")))
    assert (result.read, len(result.quoted), result.faults.listed) == (5, 5, [])
    quotes = [quote(q) for q in own_quotations(result.quoted, View())]
    assert quotes == [QUOTED[name] for name in ("plant", "pier", "school", "talks", "undated")]
    assert [quote(q) for q in own_quotations(result.quoted, View("habomai"))] == [QUOTED["talks"]]
    [first, *_] = own_quotations(result.quoted, View("shikotan"))
    assert (first.article["publisher"], first.article["date"], first.also) == ("NHK", "2024-05-01", ())
    assert (named(first), first.reasons) == (["Shikotan"], (("named", "Shikotan"),))


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (View(words="больница"), ["school"]),
        (View(words="操業"), ["plant"]),
        (View(words="walrus"), []),
        (View(words='"'), []),
        (View(press_language="ru"), ["school"]),
        (View(kind="group"), ["talks"]),
        (View("shikotan", kind="named"), ["pier", "school"]),
        (View("iturup", words="northern"), ["talks"]),
    ],
)
def test_own_articles_answer_to_words_language_and_kind(view: View, names: list[str]) -> None:
    result = own(*(ARTICLES[name] for name in ("school", "plant", "talks", "pier")))
    quotations = own_quotations(result.quoted, view)
    assert [quote(q) for q in quotations] == [QUOTED[name] for name in names]
    assert all(bool(sought(q)) == bool(view.words) for q in quotations)


# any of the words is enough for these, -words and the filters after ``kind`` are not looked at
@pytest.mark.parametrize(
    "view",
    [
        View(publisher="TASS"),
        View(country="RU"),
        View(since="2025"),
        View(until="2023"),
        View(words="pier больница"),
        View(words="pier -spring"),
    ],
    ids=lambda view: "&".join(f"{k}={v}" for k, v in to_query(view).items()),
)
def test_own_articles_answer_to_the_other_filters_as_all_others_do(press: Press, view: View) -> None:
    assert "pier" not in found(press, view)
    assert own_quotations(own(ARTICLES["pier"]).quoted, view) == ()


def test_words_of_blanks_ask_for_nothing(press: Press) -> None:
    view = View(words="   ")
    assert len(found(press, view)) == 8
    assert len(own_quotations(own(ARTICLES["pier"]).quoted, view)) == 1


def test_an_own_quotation_on_several_islands_stands_once() -> None:
    result = own({"text": "Snow fell on Iturup, on Kunashir and on the Lesser Kuril Chain."})
    [quotation] = own_quotations(result.quoted, View())
    assert quotation.islands == ISLANDS
    [quotation] = own_quotations(result.quoted, View("kunashir"))
    assert named(quotation) == ["Kunashir"]


def test_own_articles_are_in_no_answer_to_others(press: Press) -> None:
    before = answer(press, View(words="lighthouse keeper"), MANY).total
    result = own({"text": "The lighthouse keeper of Shikotan likes chess."})
    assert len(own_quotations(result.quoted, View(words="lighthouse keeper"))) == 1
    assert answer(press, replace(View(), words="lighthouse keeper"), MANY - 1).total == before == 0


# --- uploads

FERRY = b"The ferry reached Shikotan on Monday."


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("notes.zip", "notes.zip"),
        ("../../../etc/notes.zip", "notes.zip"),
        ("/etc/notes.zip", "notes.zip"),
        ("C:\\Documents\\notes.zip", "notes.zip"),
        ("a\0b\nc.zip", "a_b_c.zip"),
        ("a\u202etxt.zip", "a_txt.zip"),
        ("<img src=x onerror=alert(1)>.zip", "_img src_x onerror_alert_1__.zip"),
        ("записки о море.zip", "записки о море.zip"),
        ("島の記録.zip", "島の記録.zip"),
        ("", "file"),
        ("..", "file"),
        ("/", "file"),
        (".", "file"),
        ("\ud800.zip", "_.zip"),
    ],
)
def test_a_file_is_named_by_its_name_alone(name: str, told: str) -> None:
    result = read((name, b"PK"))
    [fault] = result.faults.listed
    assert str(fault).startswith(f"{told}: of a kind that is not read")


@pytest.mark.parametrize(
    "name", ["a.txt", "../../a.txt", "..\\a.TXT", "a" * 5_000 + ".txt", "島" * 300 + ".txt", "\0.txt"]
)
def test_an_article_is_read_whatever_its_file_is_called_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    result = read((name, FERRY))
    assert (result.read, result.faults.listed) == (1, [])
    assert len(own_quotations(result.quoted, View("shikotan"))) == 1
    assert list(room.iterdir()) == []
    assert list(tmp_path.iterdir()) == [room]


def test_two_files_of_one_name_are_both_read() -> None:
    result = read(("a.txt", FERRY), ("a.txt", b"On Iturup it snowed."))
    assert [quote(q) for q in own_quotations(result.quoted, View("iturup"))] == ["On Iturup it snowed."]
    assert result.read == len(result.quoted) == 2


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("no.pdf", FERRY, "is no PDF"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "is a PDF that cannot be read"),
        ("bomb.txt.gz", gzip.compress(b"a" * (65 * MIB), 1), "unpacks to more than 100 times its size"),
        ("no.txt.gz", FERRY, "cannot be unpacked"),
        ("nuls.txt", b"\0" * 10_000, "is no text"),
        ("deep.json", b"[" * 200_000, "is nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_line_and_the_others_are_read(name: str, data: bytes, reason: str) -> None:
    result = read((name, data), ("good.txt", FERRY))
    [fault] = result.faults.listed
    assert str(fault).startswith(f"{name}: {reason}")
    assert str(fault).isprintable()
    assert result.faults.count == 1
    assert len(own_quotations(result.quoted, View("shikotan"))) == 1


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("月曜日に色丹島へフェリーが到着し、港では住民たちが荷物を受け取った。", "shift_jis"),
        ("月曜日に色丹島へフェリーが到着し、港では住民たちが荷物を受け取った。", "euc_jp"),
        ("В понедельник паром пришёл на Шикотан, и жители острова встречали его в порту.", "windows-1251"),
        ("В понедельник паром пришёл на Шикотан, и жители острова встречали его в порту.", "koi8-r"),
        ("В понедельник паром пришёл на Шикотан.", "utf-16"),
    ],
)
def test_an_own_file_in_an_older_encoding_is_read_rightly(words: str, encoding: str) -> None:
    result = read(("a.txt", words.encode(encoding)))
    assert [quote(q) for q in own_quotations(result.quoted, View("shikotan"))] == [words]


def test_of_a_file_with_many_faults_the_first_are_told_and_all_are_counted(dossier: Dossier) -> None:
    result = read(("a.jsonl", b"{\n" * 30 + json.dumps({"text": FERRY.decode()}).encode()))
    assert (len(result.faults.listed), result.faults.count, result.read) == (20, 30, 1)
    assert str(result.faults.listed[0]).startswith("a.jsonl, line 1: is no JSON")
    markup = panels.own_press(select(dossier, View()), result, own_quotations(result.quoted, View()))
    assert "Articles read: 1; mentioning the islands: 1; files or records that could not be read: 30." in markup


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,<script>alert(1)</script>", 'https://a/"onx="'],
)
def test_an_address_that_would_run_something_does_not_come_with_an_article(
    dossier: Dossier, data: Path, tmp_path: Path, url: str
) -> None:
    record = {"text": FERRY.decode(), "title": "Ferry", "url": url}
    result = own(record)
    [quotation] = own_quotations(result.quoted, View())
    assert quotation.article["url"] == ""
    assert "href" not in panels.own_press(select(dossier, View()), result, (quotation,))
    ingest([corpus(tmp_path / "a.jsonl", record)], tmp_path / "store", DATA)
    told = answer(open_press(data, tmp_path / "store"), View(), MANY)
    assert [q.article["title"] for q in told.quotations] == ["Ferry"]
    assert "href" not in panels.press(select(dossier, View()), told)


def test_a_feed_and_a_page_of_the_readers_own_bring_no_markup(dossier: Dossier) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    page = (
        f"<html><head><title>Fog</title></head><body><article><p>{FERRY.decode()} {script}</p></article></body></html>"
    )
    words = f"On Iturup it snowed. {script.replace('<', '&lt;')}"
    item = f"<item><title>A</title><link>javascript:alert(1)</link><description>{words}</description></item>"
    feed = f"<rss version='2.0'><channel>{item}</channel></rss>"
    result = read(("a.html", page.encode()), ("a.xml", feed.encode()))
    quotations = own_quotations(result.quoted, View())
    assert len(quotations) == 2
    markup = panels.own_press(select(dossier, View()), result, quotations)
    for unsafe in ("<script", "<img", "javascript:"):
        assert unsafe not in markup


def test_no_file_at_all_is_nothing() -> None:
    result = read()
    assert (result.read, result.quoted, result.faults.listed) == (0, [], [])


# --- the address

ROSTER = Facets(("TASS", "Комсомолец", "A & B, Inc. <b>"), ("JP", "RU"))
HOSTILE = "<script>alert('ru')</script>"


@pytest.mark.parametrize(
    "view",
    [
        View(words='причал -школа "a phrase" begin* & <b> #1 + 100%'),
        View(words="択捉島"),
        *(View(publisher=publisher) for publisher in ROSTER.publishers),
        *(View(country=country) for country in ROSTER.countries),
        View(since="2020", until="2024-02-29"),
        View("iturup", "ja", press_language="ru", kind="group", since="1644", until="2999-12"),
    ],
)
def test_what_was_asked_of_the_press_comes_back_from_the_address(dossier: Dossier, view: View) -> None:
    assert from_query(to_query(view), choices(dossier, ROSTER.publishers, ROSTER.countries)) == (view, ())


@pytest.mark.parametrize("key", ["language", "kind", "publisher", "country", "since", "until"])
@pytest.mark.parametrize("value", [HOSTILE, "tass", "jp", "de", "Named", "2024-13", "0000", "May", "2024-2-1", " 2024"])
def test_an_unknown_filter_of_the_press_falls_back_with_a_note_that_does_not_echo_it(
    dossier: Dossier, key: str, value: str
) -> None:
    view, notes = from_query(
        {key: value, "island": "iturup", "words": "fog"}, choices(dossier, ROSTER.publishers, ROSTER.countries)
    )
    assert view == View("iturup", words="fog")
    assert len(notes) == 1
    assert key in notes[0]
    assert value not in notes[0]


def test_a_publisher_that_no_longer_stands_there_falls_back(dossier: Dossier) -> None:
    assert from_query({"publisher": "TASS"}, choices(dossier, ROSTER.publishers, ROSTER.countries)) == (
        View(publisher="TASS"),
        (),
    )
    view, notes = from_query({"publisher": "TASS"}, choices(dossier, Facets().publishers, Facets().countries))
    assert (view, len(notes)) == (View(), 1)


def test_long_words_are_cut_and_blanks_are_one(dossier: Dossier) -> None:
    view, notes = from_query(
        {"words": f"  fog \n\t on  {'x' * 5_000}"}, choices(dossier, ROSTER.publishers, ROSTER.countries)
    )
    assert notes == ()
    assert len(view.words) == LONGEST_WORDS
    assert view.words.startswith("fog on xxx")
    assert from_query({"words": " \n "}, choices(dossier, ROSTER.publishers, ROSTER.countries)) == (View(), ())
