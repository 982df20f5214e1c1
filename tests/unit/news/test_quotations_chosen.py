# ruff: noqa: RUF001 - Russian and Japanese sentences
"""A quotation reads on its own, shows where it is cut, and leaves no island out."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.loading.rows import read_table
from geo.model.fields import ISLANDS
from geo.model.press import Article as ShippedArticle
from geo.model.press import Excerpt
from geo.news.find.mentions import Finder
from geo.news.model import Article
from geo.news.quote.choice import MOST_AN_ISLAND
from geo.news.quote.excerpts import QUOTED_PART, excerpts_of
from geo.news.quote.form import is_fragment, leans_back
from geo.news.quote.statements import holders
from geo.paths import DATA

FILLER = "The committee met again in spring and talked at length about the budget of the port. "


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder.from_data()


def quotes(finder: Finder, text: str) -> list[str]:
    return list(dict.fromkeys(e.quote for e in excerpts_of(Article("a", text), finder)))


def named(finder: Finder, text: str) -> set[str]:
    return {e.island for e in excerpts_of(Article("a", text), finder) if e.kind == "named"}


# --- no island is left out


def test_a_group_spoken_of_later_is_quoted_though_the_first_sentence_takes_the_quarter(finder: Finder) -> None:
    first = "A fishing vessel that had left the port of Nemuro before dawn was towed to Kunashir and then to Iturup "
    first += "after its engine had failed in the strait, the coast guard said on Tuesday in a statement."
    text = f"{first} {FILLER * 3}\n\nTokyo and Moscow have disputed the four disputed islands since 1945. {FILLER}"
    assert {e.island for e in excerpts_of(Article("a", text), finder)} == set(ISLANDS)


def test_an_island_named_once_is_quoted_by_name_beside_its_group(finder: Finder) -> None:
    text = (
        "北方領土問題をめぐり、日本政府は四島の帰属の問題を解決して平和条約を締結するという方針を改めて説明した。"
        "また、交渉の再開を求めた。"
        + "委員会は春に再び集まり、港湾の予算について話し合った。" * 2
        + "国後島では雪が降った。"
    )
    assert named(finder, text) == {"kunashir"}


def test_two_islands_of_one_endless_sentence_are_both_quoted(finder: Finder) -> None:
    text = f"Iturup {'and the wind and the snow ' * 8}came, {'with the fog and the rain ' * 8}to Shikotan."
    assert named(finder, text) == {"iturup", "shikotan"}


def test_beyond_the_quarter_only_an_island_that_is_not_quoted_yet_is_quoted(finder: Finder) -> None:
    text = "".join(
        f"A ferry sailed to {island} on day {day}. " for day in range(9) for island in ("Iturup", "Shikotan")
    )
    found = quotes(finder, text + FILLER)
    assert {island for island in ("Iturup", "Shikotan") for quote in found if island in quote} == {"Iturup", "Shikotan"}
    assert sum(map(len, found)) <= len(text) / QUOTED_PART + 300


# --- a quotation reads on its own


@pytest.mark.parametrize(
    ("before", "leaning"),
    [
        ("The mayor of Nemuro met former residents.", "However, no ferry went to Kunashir that year at all."),
        ("The mayor of Nemuro met former residents.", "“But no ferry went to Kunashir that year,” he said."),
        ("The old ferry was sold in autumn.", "It had gone to Kunashir in every summer since the war."),
        ("A law of 1982 names the islands.", "In this text Kunashir is part of a sub-prefecture."),
        ("Мэр Немуро встретился с бывшими жителями.", "Однако паром на Кунашир в этом году так и не пошёл."),
        ("Старый паром продали осенью.", "Он ходил на Кунашир каждое лето после войны."),
        ("Закон принят в 1982 году.", "«В этом документе Кунашир назван особо», — сказал депутат."),
        ("根室市長は元島民と面会した。", "しかし、国後島への船は今年も出なかった。"),
        ("外相は会見で述べた。", "同氏は国後島への墓参の再開を求めた。"),
        ("古い船は秋に売られた。", "「それは国後島に通っていた」と船長は話した。"),
    ],
)
def test_a_sentence_that_leans_on_the_one_before_takes_it_along(finder: Finder, before: str, leaning: str) -> None:
    assert leans_back(leaning)
    text = f"{FILLER if before.isascii() else ''}{before} {leaning} {FILLER if before.isascii() else ''}".strip()
    assert [before in quote and leaning in quote for quote in quotes(finder, text)] == [True]


def test_what_leans_on_nothing_at_hand_is_not_chosen_first(finder: Finder) -> None:
    text = (
        f"However, Kunashir saw snow in May.\n\n{FILLER * 3}The harbour of Kunashir was closed for three weeks in May."
    )
    assert quotes(finder, text)[0].startswith("The harbour")
    assert not any(quote.startswith("However") for quote in quotes(finder, text))


@pytest.mark.parametrize(
    "words",
    [
        "Thirsty days on Kunashir",
        "Южно-Курильск Сахалинск Шахтёрск Кунашир Поронайск.",
        "«Кунаширский рыбокомбинат» (директор",
        "• Ferry to Kunashir cancelled.",
        "^ Snow on Kunashir. Retrieved 3 May 2021.",
        "http://example.org/kunashir Kunashir.",
        "and then they sailed to Kunashir.",
        "露大統領、国後島を訪問",
        "『国後島で大雪』 - 北海道新聞、2010年11月1日",
    ],
)
def test_headlines_menus_and_lists_are_quoted_only_when_there_is_nothing_else(finder: Finder, words: str) -> None:
    assert is_fragment(words)
    russian, japanese = any("а" <= c <= "я" for c in words), any("ぁ" <= c <= "龥" for c in words)
    sentence = "Порт на Кунашире закрыли на три недели." if russian else "The port of Kunashir was closed for weeks."
    sentence = "国後島の港は三週間閉鎖された。" if japanese else sentence
    filler = "委員会は春に再び集まり、港湾の予算について話し合った。" if japanese else FILLER * (not russian)
    assert quotes(finder, f"{words}\n\n{filler}\n\n{sentence}")[:1] == [sentence]
    assert [quote in words for quote in quotes(finder, words)] == [True]


DEFINITION = "The Kuril Islands dispute is one between Japan and Russia over the four southernmost Kuril Islands."
# what once was quoted wrongly of real pages; the pages themselves are not ours to keep
PAGES = {
    "the head of an encyclopedia": (
        "Coordinates: 44°6′N 146°42′E\nFrom Wikipedia, the free encyclopedia\n"
        "(Redirected from Kurile Island conflict)\n"
        f"{DEFINITION}\n" + f"{FILLER}\n" * 8,
        [DEFINITION],
    ),
    "breadcrumbs and headings": (
        "トップ > 内閣府の政策 > 北方領土問題とは\n\n北方領土問題とは\n\n北方領土の歴史\n\n北方領土の現状\n\n"
        "北方領土は、歯舞群島、色丹島、国後島及び択捉島の四島です。ロシアは北方四島を法的根拠なく占拠し続けています。"
        + "政府はこの問題の解決のため、粘り強く交渉を行っています。"
        * 8,
        [
            "北方領土は、歯舞群島、色丹島、国後島及び択捉島の四島です。",
            "ロシアは北方四島を法的根拠なく占拠し続けています。政府はこの問題の解決のため、粘り強く交渉を行っています。",
        ],
    ),
    "a heading and a caption": (
        "Малокурильское\n\nМалокурильское Фото с wikipedia.org\n\nПосёлок Малокурильское стоит на берегу бухты на "
        "острове Шикотан и насчитывает две тысячи жителей. " + "Туристы живут летом в палатках у моря. " * 9,
        ["Посёлок Малокурильское стоит на берегу бухты на острове Шикотан и насчитывает две тысячи жителей."],
    ),
    "another island of the district": (
        "Уруп. Административно входит в Курильский городской округ. Остров вытянут с юга на север на 116 км.",
        [],
    ),
    "all islands": ("Since 1945 all islands northeast of Hokkaido have been administered by Russia.", []),
    "a menu of towns": ("Курильск Сахалинск Шахтёрск Поронайск Невельск Холмск Корсаков", []),
    "one of a group": ("Это берег крупнейшего острова южной группы Большой гряды Курильских островов, камни.", []),
    "the southernmost": (
        "We walked for a week on Kunashir, the southernmost island in the Kurils.",
        ["We walked for a week on Kunashir, the southernmost island in the Kurils."],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_of_a_page_its_sentence_is_quoted_and_not_what_stands_around_it(finder: Finder, name: str) -> None:
    text, expected = PAGES[name]
    assert quotes(finder, text) == expected


def test_the_southernmost_of_the_chain_speaks_of_no_other_island(finder: Finder) -> None:
    text = PAGES["the southernmost"][0]
    assert {e.island for e in excerpts_of(Article("a", text), finder)} == {"kunashir"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry reached Kunashir.",
        "“The ferry reached Kunashir.”",
        "«Паром дошёл до Кунашира», — сказал капитан.",
        "Паром дошёл до Кунашира (там ждали его) вовремя…",
        "船は国後島に着いた。",
        "「船は国後島に着いた」",
        "Does Kunashir have a port?",
    ],
)
def test_a_sentence_is_no_fragment(sentence: str) -> None:
    assert not is_fragment(sentence)


# --- what is cut or repaired is marked


def marks(finder: Finder, text: str) -> list[tuple[bool, bool]]:
    return [(e.cut_start, e.cut_end) for e in excerpts_of(Article("a", text), finder)]


def test_a_cut_quotation_is_marked_where_its_sentence_goes_on(finder: Finder) -> None:
    for before, after, expected in ((0, 40, (False, True)), (40, 0, (True, False)), (40, 40, (True, True))):
        text = "The snow, the ice " * before + "reached Kunashir " + "with fog and rain " * after
        assert marks(finder, f"{text.strip()}.") == [expected]
    assert marks(finder, "The ferry reached Kunashir.") == [(False, False)]


def test_a_quotation_that_ends_within_a_bracket_is_marked(finder: Finder) -> None:
    notice = "Отключение воды на острове Шикотан: улица Заречная, рыбокомбинат (директор"
    assert marks(finder, notice) == [(False, True)]


@pytest.mark.parametrize(
    ("text", "quote", "repaired"),
    [
        ("The  ferry reached Kunashir on Monday.", "The ferry reached Kunashir on Monday.", True),
        ("The ferry reached Kunashir on Monday.", "The ferry reached Kunashir on Monday.", False),
        (
            "The ferry reached\nKunashir on Monday\nmorning at six.",
            "The ferry reached Kunashir on Monday morning at six.",
            True,
        ),
        ("The ferry left Yuzhno-\nKurilsk on Monday.", "The ferry left Yuzhno-Kurilsk on Monday.", True),
        ("Паром вышел из Южно-\nКурильска на остров.", "Паром вышел из Южно-Курильска на остров.", True),
        ("船は月曜日の朝に国後\n島の港に着いたという。", "船は月曜日の朝に国後島の港に着いたという。", True),
        ("Паром вышел из Южно-Куриль\u00ad\nска на остров.", "Паром вышел из Южно-Курильска на остров.", True),
        ("The fer\u00adry reached Kunashir on Monday.", "The ferry reached Kunashir on Monday.", True),
    ],
)
def test_tidied_line_breaks_and_blanks_are_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, quote: str, *, repaired: bool
) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert main(["excerpts", str(tmp_path / "a.txt")]) == 0
    [row] = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["quote"], row["repaired"]) == (quote, repaired)


def test_a_search_shows_what_is_cut_and_what_was_repaired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "The snow, the ice " * 40 + "reached  Kunashir " + "with fog and rain " * 40
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert main(["ingest", str(tmp_path / "a.txt"), "--store", str(tmp_path / "s")]) == 0
    capsys.readouterr()
    assert main(["search", "kunashir fog", "--store", str(tmp_path / "s")]) == 0
    told = capsys.readouterr().out.splitlines()
    [shown] = [line for line in told if "reached" in line]
    assert shown.startswith("[…] ")
    assert shown.endswith(" […]")
    assert told[-1].endswith("line breaks or spaces tidied")


# --- both sides' words


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("The Northern Territories are islands that are subject to the sovereignty of our country.", "speaker"),
        ("The ministry said that Russia’s sovereignty over the Kuril Islands is not up for debate.", "ru"),
        ("Japan claimed the islands as its own.", "jp"),
        ("The islands are an inherent territory of Japan.", "jp"),
        ("Agreements stipulate that they belong to Russia.", "ru"),
        ("北方四島は我が国固有の領土である。", "speaker"),
        ("日本政府は日本固有の領土だとしている。", "jp"),
        ("ロシアは北方四島を法的根拠なく占拠し続けています。", "jp"),
        ("クリル諸島はロシアの領土だと述べた。", "ru"),
        ("Курилы принадлежат России на законных основаниях.", "ru"),
        ("Суверенитет России над Курилами не подлежит обсуждению.", "ru"),
        ("Япония считает острова своими.", "jp"),
        ("Это наша территория.", "speaker"),
    ],
)
def test_a_statement_says_whose_the_islands_are(sentence: str, holder: str) -> None:
    assert holders(sentence) == {holder}


@pytest.mark.parametrize(
    "sentence",
    ["The ferry from Japan reached Kunashir.", "Паром из Японии дошёл до Кунашира.", "日本の船が国後島に着いた。"],
)
def test_news_of_a_ferry_states_no_position(sentence: str) -> None:
    assert holders(sentence) == set()


def test_both_sides_statements_are_quoted_before_the_news(finder: Finder) -> None:
    news = "A ferry with forty former residents on board reached Kunashir on Monday. "
    russia = "The ministry in Moscow said that Russia's sovereignty over the southern Kurils is beyond doubt. "
    japan = "The Northern Territories are an inherent territory of Japan, the government in Tokyo replied. "
    found = quotes(finder, news * 4 + FILLER * 8 + russia + FILLER + japan)
    assert {russia.strip(), japan.strip()} <= set(found)


# --- what ships is what the tool chooses


def shipped() -> dict[str, list[Excerpt]]:
    rows = read_table(DATA, Excerpt, []).rows
    return {article: list(group) for article, group in groupby(rows, key=lambda e: e.article)}


def test_what_ships_is_found_again_in_its_own_words(finder: Finder) -> None:
    for article, rows in shipped().items():
        for quote, same in groupby(rows, key=lambda e: e.quote):
            found = excerpts_of(Article(article, quote, language="en"), finder)
            assert list(found) == list(same)


def test_what_ships_keeps_the_rules_of_choice() -> None:
    lengths = {a.article_id: a.characters for a in read_table(DATA, ShippedArticle, []).rows}
    assert lengths.keys() == shipped().keys()
    for article, rows in shipped().items():
        found = list(dict.fromkeys(e.quote for e in rows))
        assert sum(map(len, found)) <= lengths[article] / QUOTED_PART
        assert not any(leans_back(quote) or is_fragment(quote) for quote in found)
        assert not any(e.cut_start or e.cut_end or e.repaired for e in rows)
        assert {e.island for e in rows} == set(ISLANDS)
        assert all(len({e.quote for e in rows if e.island == i}) <= MOST_AN_ISLAND for i in ISLANDS)


def test_what_ships_holds_both_sides_own_words() -> None:
    said = {holder for rows in shipped().values() for e in rows for holder in holders(e.quote)}
    assert said == {"jp", "ru", "speaker"}
    found = {e.quote for rows in shipped().values() for e in rows}
    assert any("Russia’s sovereignty over the Kuril Islands is not up for debate" in quote for quote in found)
    assert "The Northern Territories are islands that are subject to the sovereignty of our country." in found
