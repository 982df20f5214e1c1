# ruff: noqa: RUF001 - Russian and Japanese sentences
"""What is a mention of the islands and what is not, in three languages and in untidy writing."""

from __future__ import annotations

import pickle
import runpy
from pathlib import Path

import pytest

from geo.errors import FaultyDataError
from geo.news.find.gazetteer import read_gazetteer
from geo.news.find.inflection import alternatives
from geo.news.find.mentions import Finder
from geo.news.languages import language_of
from geo.news.normalization import normalize_text
from geo.paths import DATA

SCORER = Path(__file__).resolve().parents[2] / "bench" / "labelled.py"


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder.from_data()


def found(finder: Finder, text: str) -> list[tuple[str, str]]:
    """Give each mention's words and its islands, by first letters."""
    return [(text[m.start : m.end], "".join(i[0] for i in m.islands)) for m in finder.mentions(text)]


@pytest.mark.parametrize(
    ("right", "of", "interval"), [(19, 20, (0.7639, 0.9911)), (0, 10, (0.0, 0.2775)), (0, 0, (0.0, 1.0))]
)
def test_a_score_has_the_interval_of_its_few_sentences(right: int, of: int, interval: tuple[float, float]) -> None:
    assert runpy.run_path(str(SCORER))["wilson"](right, of) == interval


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("The ice reached Kunashir’s western shore.", [("Kunashir", "k")]),
        ("ETOROFU AND SHIKOTAN", [("ETOROFU", "i"), ("SHIKOTAN", "s")]),
        ("Etorofu-tō lies north of Kunashiri-tō.", [("Etorofu-tō", "i"), ("Kunashiri-tō", "k")]),
        ("Rows about the Northern\nTerritories go on in Japan.", [("Northern\nTerritories", "iksh")]),
        ("#SouthKurils", [("SouthKurils", "iksh")]),
        ("Snow on Iturup, Шикотан and 国後島.", [("Iturup", "i"), ("Шикотан", "s"), ("国後島", "k")]),
        ("Чайки над Куна\u00adширом", [("Куна\u00adширом", "k")]),
        ("Маяк на о-ве Сигнальный", []),
        ("Маяк на о. Сигнальный", [("о. Сигнальный", "h")]),
        ("Южно\u2011Курильск", [("Южно\u2011Курильск", "k")]),
        ("ｴﾄﾛﾌ島とﾊﾎﾞﾏｲ諸島", [("ｴﾄﾛﾌ島", "i"), ("ﾊﾎﾞﾏｲ諸島", "h")]),
        ("国\n後島の港", [("国\n後島", "k")]),
        ("擇捉島と國後島", [("擇捉島", "i"), ("國後島", "k")]),
        ("北方４島の地図", [("北方４島", "iksh")]),
    ],
)
def test_a_name_is_found_however_it_is_written(finder: Finder, text: str, mentions: list[tuple[str, str]]) -> None:
    assert found(finder, text) == mentions


def test_a_name_in_an_address_is_no_mention(finder: Finder) -> None:
    assert (
        found(finder, "See https://example.org/kunashir/a.html, www.iturup.example.ru or mail@shikotan.example.ru")
        == []
    )


def test_a_place_that_others_bear_too_needs_an_island_near_it(finder: Finder) -> None:
    assert found(finder, "A new school opened in the village of Golovnino.") == []
    assert found(finder, "Kunashir is foggy. A new school opened in the village of Golovnino.")[1] == ("Golovnino", "k")
    assert found(finder, "Отрада ждёт весны.") == []
    assert found(finder, "На Кунашире, в селе Отрада, ждут весны.")[1] == ("Отрада", "k")
    assert found(finder, "泊村で祭りがあった。") == []
    assert found(finder, "国後島の泊村で祭りがあった。")[1] == ("泊村", "k")


def test_streets_of_a_town_are_in_it_but_a_street_of_its_name_is_elsewhere(finder: Finder) -> None:
    assert found(finder, "На улицах Курильска темно.") == [("Курильска", "i")]
    assert found(finder, "На улице Курильск-Сити темно и на улице Шикотан тоже.") == []


def test_half_of_a_group_is_not_the_whole(finder: Finder) -> None:
    assert found(finder, "Russia fortified the Lesser Kuril Chain.") == [("Lesser Kuril Chain", "sh")]
    assert found(finder, "2島返還で合意したとの報道がある。") == [("2島返還", "sh")]
    assert found(finder, "Japan and Russia spoke of two of the disputed islands.") == []


def test_the_whole_chain_is_no_mention_until_a_dispute_makes_it_one(finder: Finder) -> None:
    assert found(finder, "The Kuril Islands have many volcanoes.") == []
    assert found(finder, "The four disputed Kuril Islands have many volcanoes.") == [
        ("four disputed Kuril Islands", "iksh")
    ]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Two lawmakers repeated Tokyo's claim to the four disputed islands.", ["four disputed islands"]),
        ("Graves on the Russian-held isles off Hokkaido", ["Russian-held isles"]),
        ("Japan's coast guard patrolled near the disputed islands.", []),
        ("Japan protested to China over the disputed islands in Beijing.", []),
        ("Russia backs Manila over four disputed islands.", []),
        ("Four islands in the Maldives were sold by a Russian to a Japanese bank.", []),
        ("Учения на спорных с Японией островах начала Россия.", ["спорных с Японией островах"]),
        (
            "Ракеты в районе островов, на которые претендует Токио, есть у России.",
            ["островов, на которые претендует Токио"],
        ),
        ("Китай обвинил Токио в провокации у спорных островов.", []),
        ("ロシアが実効支配する島々で演習が始まった。", ["実効支配する島々"]),
        ("イギリスが管理する島々をロシアの富豪が訪れた。", []),
        ("ロシアが占領する島々がドニプロ川にある。", []),
    ],
)
def test_a_description_is_a_mention_when_it_says_whose_the_islands_are(
    finder: Finder, text: str, mentions: list[str]
) -> None:
    assert [words for words, _ in found(finder, text)] == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Golovnin volcano last erupted in 1848.", [("Golovnin volcano", "k")]),
        ("Vasily Golovnin wrote a book.", []),
        ("Подъём на Тятю занимает два дня.", [("Тятю", "k")]),
        ("Тятя Вася поднялся на крышу.", []),
        ("紗那の郵便局跡が取り壊された。", [("紗那", "i")]),
        ("紗那(18)は沖合の島で水産を学ぶ。", []),
        ("Улица Итурупская закрыта.", []),
        ("国後という姓の選手が走った。", []),
    ],
)
def test_a_volcano_or_a_village_is_told_by_what_is_said_of_it(
    finder: Finder, text: str, mentions: list[tuple[str, str]]
) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Ash fell on Severo-\nKurilsk on Sunday.", []),
        ("Ash fell on Yuzhno-\nKurilsk on Sunday.", [("Yuzhno-\nKurilsk", "k")]),
        ("Пепел выпал в Северо-\nКурильске.", []),
        ("Simushir belongs to the Kurilsky District.", []),
        ("Iturup and Urup belong to the Kurilsky District.", [("Iturup", "i"), ("Kurilsky District", "i")]),
        ("Уруп административно входит в Курильский городской округ.", []),
        ("Urup is an island in the southern Kuril Islands.", []),
        ("Kunashir is the southernmost island in the Kurils.", [("Kunashir", "k")]),
        ("Since 1945 all islands northeast of Hokkaido have been administered by Russia, Japan says.", []),
        ("Съёмки идут на берегу крупнейшего острова южной группы Большой гряды Курильских островов.", []),
        ("Группа «Кунашир» дала концерт.", []),
        ("The rock band Kunashir played in Tokyo.", []),
        ("A Habomai-born fisherman was released.", []),
        ("日本は２島の引き渡しを求めた。", [("２島の引き渡し", "sh")]),
    ],
)
def test_a_divided_name_another_island_of_the_chain_or_a_band_is_told(
    finder: Finder, text: str, mentions: list[tuple[str, str]]
) -> None:
    assert found(finder, text) == mentions


def test_alternatives_stand_for_every_choice() -> None:
    assert list(alternatives("(a|b) (|x )isles (c)")) == [
        "a isles (c)",
        "a x isles (c)",
        "b isles (c)",
        "b x isles (c)",
    ]


def test_the_quick_look_passes_every_mention(finder: Finder) -> None:
    scorer = runpy.run_path(str(SCORER))
    for sentence in scorer["sentences"]():
        assert finder.may_mention(sentence["text"]) or not sentence["expected"], sentence["text"]
    for term in read_gazetteer(DATA).values():
        if term.requires not in {"near", "island", "islet", "not"}:
            assert all(map(finder.may_mention, (term.form, term.form.upper(), f"…{term.form}…"))), term
    assert not finder.may_mention("The weather in Tokyo will be fine. Погода в Токио хорошая. 東京は晴れ。")


def test_a_finder_goes_to_another_process_and_finds_the_same(finder: Finder) -> None:
    copy = pickle.loads(pickle.dumps(finder))  # noqa: S301 - our own
    text = "На Итурупе и Кунашире, на острове Зелёный и в Малокурильском"
    assert found(copy, text) == found(finder, text)


@pytest.mark.parametrize("text", ["Iturup. " * 40_000, "(" * 200_000 + "Iturup" + ")" * 200_000, "国後島" * 60_000])
def test_one_long_line_is_read_to_its_end(finder: Finder, text: str) -> None:
    mentions = finder.mentions(text)
    assert mentions
    assert all(text[m.start : m.end] in {"Iturup", "国後島"} for m in mentions)


def test_a_name_drawn_out_by_marks_is_left_alone(finder: Finder) -> None:
    assert found(finder, "Iturup" + "\u0301" * 5_000 + " Shikotan") == [("Shikotan", "s")]


def test_every_offset_of_a_folded_text_leads_back(finder: Finder) -> None:
    text = "ﾊﾎﾞﾏｲ  \n諸島\u00ad とЁлка  İ  е\u0308ж ＡＢ"
    normalized = normalize_text(text)
    for end in range(1, len(normalized.text) + 1):
        opened, closed = normalized.span(end - 1, end)
        assert normalized.text[end - 1] == normalize_text(text[opened:closed]).text[:1]
    assert found(finder, f"{text} Kunashir") == [("ﾊﾎﾞﾏｲ  \n諸島", "h"), ("Kunashir", "k")]


def test_spellings_that_cannot_be_used_are_named_by_line(data_copy: Path) -> None:
    table = data_copy / "gazetteer.csv"
    table.write_text(table.read_text("utf-8") + "Etorufu,en,,,near\nKunashar,xx,kunashir,named,\n", encoding="utf-8")
    with pytest.raises(FaultyDataError) as fault:
        Finder.from_data(data_copy)
    last = len(table.read_text("utf-8").splitlines())
    assert str(fault.value).splitlines() == [
        f"gazetteer.csv, line {last - 1}: expected island_ids and a kind, or that it requires not",
        f"gazetteer.csv, line {last}, column language: found 'xx', expected en, ja or ru",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The islands.", "en"),
        ("Острова Tokyo 2020.", "ru"),
        ("北方領土", "ja"),
        ("ロシアのTASS通信社", "ja"),
        ("", "en"),
    ],
)
def test_the_language_is_told_by_the_script(text: str, language: str) -> None:
    assert language_of(text) == language
