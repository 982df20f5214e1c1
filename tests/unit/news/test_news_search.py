# ruff: noqa: RUF001 - Russian sentences
"""Search finds words in all their forms in three languages, says where they stand, and keeps to its filters."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from geo.__main__ import main
from geo.news.extract import ExtractionContext
from geo.news.find.mentions import Finder
from geo.news.ingest import ingest
from geo.news.normalize.publishers import Publishers
from geo.news.search.index import open_index
from geo.news.search.search import Filters, Hits, search
from geo.news.store.address import ServerAddress, StoreAddress
from geo.news.store.database import Readable
from geo.news.store.sqlite import FILE
from geo.paths import DATA

NewStore = Callable[[], StoreAddress]
ARTICLES: list[dict[str, Any]] = [
    {
        "text": "A pier for ferries was opened on Shikotan on Monday.",
        "source": "NHK",
        "date": "2024-05-01",
        "url": "https://nhk.or.jp/1",
    },
    {"text": "Teachers opening the school on Iturup were given flats.", "source": "TASS", "date": "2023-11-20"},
    {"text": "Жители Кунашира ждали новую больницу десять лет.", "source": "РИА Новости", "date": "2024-02-10"},
    {"text": "На Шикотане больницы пока нет, но есть школа.", "source": "ТАСС", "date": "2022"},
    {"text": "択捉島の水産加工場が操業を再開した。", "source": "北海道新聞", "date": "2024-05-03"},
    {"text": "ﾈﾑﾛから色丹島へ船が出た。", "source": "共同", "date": "2024-04-30"},
    {"text": "The Northern Territories were discussed by ministers in Tokyo.", "source": "NHK", "date": "2021-02-07"},
]


def filled(store: StoreAddress, folder: Path) -> None:
    (folder / "a.jsonl").write_text("\n".join(json.dumps(article) for article in ARTICLES), "utf-8")
    tools = ExtractionContext(Finder.from_data(DATA), Publishers.from_data(DATA))
    assert ingest([folder / "a.jsonl"], store, tools).new == len(ARTICLES)


@pytest.fixture(scope="module")
def address(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> StoreAddress:
    store = new_store()
    filled(store, tmp_path_factory.mktemp("articles"))
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the articles in a folder, for tests of its files."""
    folder = tmp_path_factory.mktemp("search")
    filled(folder / "store", folder)
    return folder / "store"


@pytest.fixture
def index(address: StoreAddress, tmp_path: Path) -> Iterator[Readable]:
    """Open an index over the store alone: a data folder that ships nothing stands beside it."""
    header = "article_id,title,publisher,publisher_country,agency,agency_country,date,language,url,characters,sha256\n"
    (tmp_path / "articles.csv").write_text(header)
    (tmp_path / "excerpts.jsonl").write_text("")
    with closing(open_index(tmp_path, address)) as opened:
        yield opened


def text_of(store: StoreAddress) -> str:
    """Return an address as it is written on the command line."""
    return store.url if isinstance(store, ServerAddress) else str(store)


def found(hits: Hits) -> list[str]:
    return [hit.quote for hit in hits.hits]


@pytest.mark.parametrize(
    ("words", "quotes", "marked"),
    [
        ("ferry", [0], ["ferries"]),
        ("open", [0, 1], ["opened"]),
        ("OPENING monday", [0], ["opened", "Monday"]),
        ("больница", [2, 3], ["больницу"]),
        ("больницами на кунашире", [], []),
        ("больниц Кунашире", [2], ["Кунашира", "больницу"]),
        ("色丹", [5], ["色丹"]),
        ("択捉", [4], ["択捉"]),
        ("水産加工", [4], ["水産加工"]),
        ("加工場が操業", [4], ["加工場が操業"]),
        ("船", [5], ["船"]),
        ("ネムロ", [5], ["ﾈﾑﾛ"]),
        ("山", [], []),
        ('"opened on Shikotan"', [0], ["opened on Shikotan"]),
        ('"Shikotan opened"', [], []),
        ("open -school", [0], ["opened"]),
        ("pie*", [0], ["pier"]),
        ("ferry AND (pier)", [0], ["pier", "ferries"]),
        ("ferry OR school", [0, 1], ["ferries"]),
        ("open ferry OR school", [0, 1], ["ferries", "opened"]),
        ("ferry OR school OR ministers", [0, 1, 6], ["ferries"]),
        ("open NOT school", [0], ["opened"]),
        ("monday or ferry", [], []),
    ],
)
def test_words_are_found_in_all_their_forms_and_marked(
    index: Readable, words: str, quotes: list[int], marked: list[str]
) -> None:
    hits = search(index, words)
    assert sorted(found(hits)) == sorted(ARTICLES[n]["text"] for n in quotes)
    first = next((hit for hit in hits.hits if quotes and hit.quote == ARTICLES[quotes[0]]["text"]), None)
    assert [first.quote[start:end] for start, end in first.highlights] == marked if first else not marked


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-treaty", "Words that are left out need"),
        ("NOT treaty", "Words that are left out need"),
        ("OR treaty", "OR has to stand between"),
        ("treaty OR", "OR has to stand between"),
        ("treaty OR -drill", "cannot be one of the words of an OR"),
        ("(treaty drill) OR pier", "Brackets"),
    ],
)
def test_what_cannot_be_searched_is_refused_in_a_sentence(
    index: Readable, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    assert said in search(index, words).refusal
    with pytest.raises(SystemExit) as stopped:
        main(["search", "--", *words.split()])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_a_hit_says_where_it_is_from_and_names_an_outlet_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The ferry reached Shikotan on Monday. " + "Boats have sailed to the island since the ice left the harbour. "
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("A lamp shines on Kunashir.", "utf-8")
    copies = [{"text": f"{text}{text} {n}", "source": "TASS", "url": f"https://tass.com/{n}"} for n in "abc"]
    copies += [{"text": f"{text}{text} {n}", "source": "Kyodo", "url": f"https://kyodo.jp/{n}"} for n in "de"]
    (folder / "b.jsonl").write_text("\n".join(map(json.dumps, copies)), "utf-8")
    assert main(["ingest", str(folder), "--store", str(tmp_path / "store")]) == 0
    capsys.readouterr()
    main(["search", "lamp", "--store", str(tmp_path / "store")])
    assert "a.txt" in capsys.readouterr().out
    main(["search", "ferry Monday", "--store", str(tmp_path / "store")])
    told = capsys.readouterr().out
    assert {line for line in told.splitlines() if line.startswith("also: ")} == {"also: Kyodo News"}
    assert "article-" not in told


@pytest.mark.parametrize(
    "words", ['"', "*", "-", "'", "( )", "NEAR(", "\0", "^", "a" * 5_000, "forms:x OR stems:y", "--", '" OR 1']
)
def test_nothing_that_can_be_typed_is_an_error(index: Readable, words: str) -> None:
    assert search(index, words).total == 0


@pytest.mark.parametrize(
    ("filters", "quotes"),
    [
        (Filters(island="shikotan"), [0, 3, 5, 6]),
        (Filters(island="shikotan", kind="named"), [0, 3, 5]),
        (Filters(kind="group"), [6]),
        (Filters(language="ja"), [4, 5]),
        (Filters(publisher="tass"), [1, 3]),
        (Filters(country="jp", language="en"), [0, 6]),
        (Filters(since="2024-04"), [0, 4, 5]),
        (Filters(until="2022"), [3, 6]),
        (Filters(since="2024-02", until="2024-04"), [2, 5]),
    ],
)
def test_filters_alone_give_the_newest_first(index: Readable, filters: Filters, quotes: list[int]) -> None:
    newest = sorted(quotes, key=lambda n: ARTICLES[n]["date"], reverse=True)
    assert found(search(index, filters=filters)) == [ARTICLES[n]["text"] for n in newest]


def test_pages_of_what_was_found_follow_each_other(index: Readable) -> None:
    pages = [search(index, limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [page.total for page in pages] == [7, 7, 7]
    assert len({quote for page in pages for quote in found(page)}) == 7


def test_a_hit_says_which_islands_why_and_from_where(index: Readable) -> None:
    [hit] = search(index, "ministers").hits
    assert {m["island"] for m in hit.mentions} == {"iturup", "kunashir", "shikotan", "habomai"}
    assert all(m["kind"] == "group" and hit.quote[m["start"] : m["end"]] == m["matched"] for m in hit.mentions)
    assert (hit.article["publisher"], hit.article["publisher_country"]) == ("NHK", "JP")


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE words",
        "DROP TABLE publishers",
        "DELETE FROM words_data",
        "DELETE FROM words_config",
        "REPLACE INTO meta VALUES ('index', '0')",
        "DELETE FROM meta",
    ],
)
def test_an_index_that_is_spoilt_missing_or_of_another_version_is_made_again(
    store: Path, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "store"
    shutil.copytree(store, copy)
    with closing(open_index(DATA, copy)) as index:
        before = search(index, "больница")
    with closing(sqlite3.connect(copy / FILE)) as connection:
        connection.execute(damage)
        connection.commit()
    with closing(open_index(DATA, copy)) as index:
        assert search(index, "больница") == before
    assert before.total == 2


def test_what_is_shipped_is_found_in_the_store_too_and_changes_with_the_data(
    new_store: NewStore, tmp_path: Path, data_copy: Path
) -> None:
    store = new_store()
    filled(store, tmp_path)
    with closing(open_index(data_copy, store)) as index:
        before = search(index, limit=1000)
        [text] = [a["text"] for a in ARTICLES if "ministers" in a["text"]]
    shipped = data_copy / "excerpts.jsonl"
    [first, *_] = shipped.read_text("utf-8").splitlines(keepends=True)
    shipped.write_text(first, "utf-8")
    with closing(open_index(data_copy, store)) as index:
        after = search(index, limit=1000)
    assert after.total == len(ARTICLES) + 1 < before.total
    assert set(found(after)) < set(found(before))
    assert text in found(after)


def test_an_open_search_sees_what_is_added_as_soon_as_it_is_kept(new_store: NewStore, tmp_path: Path) -> None:
    store = new_store()
    filled(store, tmp_path)
    tools = ExtractionContext(Finder.from_data(DATA), Publishers.from_data(DATA))
    (tmp_path / "b.txt").write_text("A lighthouse was lit on Shikotan.", "utf-8")
    with closing(open_index(DATA, store)) as index:
        before = index.version()
        assert search(index, "lighthouse").total == 0
        ingest([tmp_path / "b.txt"], store, tools)
        assert search(index, "lighthouse").total == 1
        assert index.version() != before


def test_without_a_store_what_is_shipped_is_found(tmp_path: Path) -> None:
    hits = search(open_index(DATA, tmp_path / "nowhere"), "sovereignty")
    assert {hit.article["article_id"] for hit in hits.hits} == {"tass-2025-12-01", "urdupoint-2021-04-27"}
    assert not (tmp_path / "nowhere").exists()


def test_the_command_prints_what_was_found(address: StoreAddress, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "больницы", "--store", text_of(address), "--island", "kunashir", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 1
    [hit] = told["hits"]
    assert [hit["quote"][start:end] for start, end in hit["highlights"]] == ["больницу"]
    assert main(["search", "больницы", "--store", text_of(address)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "2 excerpts"


@pytest.mark.parametrize(
    "wrong",
    [
        ["--island", "sakhalin"],
        ["--since", "May"],
        ["--limit", "0"],
        ["--limit", "99999"],
        ["--kind", "x"],
        ["--since", "2022-99"],
        ["--since", "2024", "--until", "2020"],
    ],
)
def test_a_wrong_call_is_exit_code_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["search", "a", *wrong])
    assert stopped.value.code == 2


def test_the_limit_says_what_it_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["search", "a", "--limit", "99999"])
    assert "'99999' is no whole number from 1 to 10,000" in capsys.readouterr().err


def test_an_island_is_found_in_the_letters_of_all_languages_by_its_filter_and_not_by_its_name(index: Readable) -> None:
    assert {hit.language for hit in search(index, "Shikotan").hits} == {"en"}
    assert {hit.language for hit in search(index, filters=Filters(island="shikotan")).hits} == {"en", "ja", "ru"}


@pytest.mark.parametrize(
    ("words", "headlines", "sentences"),
    [
        (
            "領土",
            ["返せ!北方領土", "北方領土問題~今~"],
            [
                "日本政府は四島の帰属の問題を解決して平和条約を締結するという方針を説明し、北方領土について述べた。",
                "根室市で北方領土の返還を求める集会が開かれ、元島民とその家族ら二百人が参加したと市は発表した。",
                "外相は電話会談で北方領土への墓参を早く再開するように求めたが、相手の返事は明らかにしなかった。",
            ],
        ),
        (
            "military drill",
            ["Military drill on Iturup", "Kunashir: military drill"],
            [
                "Soldiers on Iturup began a military drill on Monday, which will last until Friday, said the ministry.",
                "The governor said the military drill near Kunashir would not change the timetable of ferries.",
                "Japan lodged a protest with Russia over a military drill on Iturup, a spokesman told reporters.",
            ],
        ),
    ],
)
def test_sentences_come_before_headlines_of_the_same_words(
    tmp_path: Path, words: str, headlines: list[str], sentences: list[str]
) -> None:
    records = [{"text": text, "url": f"https://{n}.example.jp/"} for n, text in enumerate([*headlines, *sentences])]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    tools = ExtractionContext(Finder.from_data(DATA), Publishers.from_data(DATA))
    assert ingest([tmp_path / "a.jsonl"], tmp_path / "store", tools).new == len(records)
    with closing(open_index(DATA, tmp_path / "store")) as opened:
        own = [hit.quote for hit in search(opened, words).hits if "example.jp" in hit.article["url"]]
    assert len(own) == len(records)
    assert set(own[: len(sentences)]) == set(sentences)


def test_a_reprint_is_found_under_its_agency_and_the_agencys_country(tmp_path: Path) -> None:
    database = open_index(DATA, tmp_path / "nowhere")
    for filters in (Filters(publisher="Sputnik"), Filters(publisher="UrduPoint"), Filters(country="PK")):
        hits = search(database, filters=filters).hits
        assert {hit.article["publisher"] for hit in hits} == {"UrduPoint"}
        assert {hit.article["agency"] for hit in hits} == {"Sputnik"}
    assert {h.article["publisher"] for h in search(database, filters=Filters(country="RU")).hits} == {
        "TASS",
        "UrduPoint",
    }
