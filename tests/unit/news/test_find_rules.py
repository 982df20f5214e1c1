# ruff: noqa: RUF001 - Russian and Japanese sentences
"""Rules of grammar by which a sentence speaks of the islands or of something else, in three languages."""

from __future__ import annotations

import pytest

from geo.news.find.mentions import Finder


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder.from_data()


def found(finder: Finder, text: str) -> list[str]:
    """Return each mention's words with the first letters of its islands."""
    return [f"{text[m.start : m.end]} {''.join(i[0] for i in m.islands)}" for m in finder.mentions(text)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Under the 1956 declaration two smaller islands would go to Japan.", ["two smaller islands sh"]),
        ("Putin spoke of handing over the two islands to Japan.", ["two islands sh"]),
        ("The Soviet Union promised to return the two smaller islands in 1956.", ["two smaller islands sh"]),
        ("Moscow offered Tokyo a pair of islands.", ["pair of islands sh"]),
        ("Russia may give Japan two of the four islands.", ["two of the four islands sh"]),
        ("Japan would get the two islands back, Russia keep the larger two.", ["two islands sh", "larger two ik"]),
        ("Japan and Russia held talks on the islands; two islands got a new airfield.", []),
        ("Two islands in the Maldives were sold by a Russian to a Japanese bank in 1956.", []),
        ("Абэ надеется, что Россия передаст Японии два острова.", ["два острова sh"]),
        ("По декларации 1956 года Японии отошли бы два острова.", ["два острова sh"]),
        ("Россия предложила отдать два острова из четырёх.", ["два острова sh"]),
        ("Премьер Японии посетит два острова Окинавы, вернувшись из Москвы.", []),
        ("Россия передала Японии два острова-музея.", []),
        ("Япония построит на двух островах радары, передаёт ТАСС из Москвы.", []),
        ("Russia and Japan are near a deal on two of four disputed islands.", ["two of four disputed islands sh"]),
        ("首相は２島決着に軸足を移した。", ["２島決着 sh"]),
        ("ロシアは２島だけを返すつもりだ。", ["２島 sh"]),
        ("残る2島の返還を日本はロシアに求めた。", []),
        ("国後、択捉の２島の返還も日本はロシアに求める。", ["国後 k", "択捉 i"]),
    ],
)
def test_the_two_islands_of_the_declaration_of_1956_are_shikotan_and_the_habomai(
    finder: Finder, text: str, mentions: list[str]
) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Boats keep off the islands that both claim, Russia and Japan say.", ["islands that both claim iksh"]),
        ("The islands both countries claim lie off Hokkaido.", ["islands both countries claim iksh"]),
        (
            "Токио говорит с Москвой об островах, на которые претендуют обе страны.",
            ["островах, на которые претендуют обе страны iksh"],
        ),
        ("The islands that both countries claim lie in the South China Sea, Japan says.", []),
    ],
)
def test_what_both_countries_claim_is_the_four(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Kunashirijima is seen from Rausu.", ["Kunashirijima k"]),
        ("Bears swim to Etorofutō.", ["Etorofutō i"]),
        ("Shikotan-tou and Etorofu-jima", ["Shikotan-tou s", "Etorofu-jima i"]),
        ("Habomai-guntō, Habomai Shotō, Habomaiguntou", ["Habomai-guntō h", "Habomai Shotō h", "Habomaiguntou h"]),
        ("Sikotan and Sibotu-to on an old map", ["Sikotan s", "Sibotu-to h"]),
        ("He sailed from Etorofu to Hokkaido.", ["Etorofu i"]),
        ("На Кунасири, Эторофу и Сикотане", ["Кунасири k", "Эторофу i", "Сикотане s"]),
        ("Рыбаки с Хабомаев вернулись.", ["Хабомаев h"]),
    ],
)
def test_a_name_is_known_in_the_letters_of_the_other_side(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Guards landed on Tanfiliev and Yuri.", ["Tanfiliev h", "Yuri h"]),
        ("Polonsky and Zelyony are isles near Shikotan.", ["Polonsky h", "Zelyony h", "Shikotan s"]),
        ("Shibotsu belongs with Shikotan.", ["Shibotsu h", "Shikotan s"]),
        ("Yuri Polonsky wrote a poem on Kunashir.", ["Kunashir k"]),
        ("Yuri, Polonsky and Anuchin scored goals.", []),
        ("Yuri and Todo met in Tokyo.", []),
        ("Маяки стоят на Танфильева и Полонского.", ["Танфильева h", "Полонского h"]),
        ("На Зелёном и Юрии стоят дома, рядом Шикотан.", ["Зелёном h", "Юрии h", "Шикотан s"]),
        ("Yuri and Todo met on Kunashir.", ["Kunashir k"]),
        ("Стихи Полонского и Анучина любили все.", []),
        ("水晶と志発に上陸した。", ["水晶 h", "志発 h"]),
        ("シボツ、タラクの両島", ["シボツ h", "タラク h"]),
        ("水晶と貝殻を売る店。", []),
        ("多楽章の曲", []),
    ],
)
def test_islets_need_no_word_island_where_they_stand_together(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Порт Хабомаи принял суда.", []),
        ("Рыболовный кооператив Хабомаи ждёт сезона.", []),
        ("Район Хабомаи города Немуро известен ламинарией.", []),
        ("В Хабомаи, районе города Немуро, прошёл праздник.", []),
        ("Школа в Хабомаи (Хоккайдо) закрывается.", []),
        ("Острова Хабомаи видны из порта Немуро на Хоккайдо.", ["Острова Хабомаи h"]),
        ("Вернуть Шикотан и Хабомаи на Хоккайдо просят многие.", ["Шикотан s", "Хабомаи h"]),
        ("В районе Хабомаи задержали шхуну.", ["Хабомаи h"]),
    ],
)
def test_the_district_of_nemuro_is_no_island(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Dmitry Iturup, a deputy, spoke in the Duma.", []),
        ("Mr Shikotan smiled.", []),
        ("Visit Iturup, a land of volcanoes.", ["Iturup i"]),
        ("In Kunashir, a teacher said prices rose.", ["Kunashir k"]),
        ("Дмитрий Итуруп, депутат, выступил.", []),
        ("Мэр Южно-Курильска рассказал о планах.", ["Южно-Курильска k"]),
        ("Остров Итуруп, депутат сказал, прекрасен.", ["Остров Итуруп i"]),
        ("ООО Кунашир выиграло тендер.", []),
        ("ПАО «Южно-Курильский рыбокомбинат» отчиталось.", []),
        ("Etorofu Fisheries Co., Ltd. sells crab.", []),
        ("JSC Kunashir sells fish.", []),
        ("択捉水産株式会社の船。", []),
        ("(株)クナシリの社長", []),
        ("国後島の株式会社ギドロストロイ", ["国後島 k"]),
        ("The band Kunashir played.", []),
        ("Hotel Iturup opened in Yuzhno-Sakhalinsk.", []),
        ("Dmitry Iturup, 34, won.", []),
        ("On Tuesday Iturup, 45 km away, shook.", ["Iturup i"]),
        ("Quake Hits Kunashir, Says Ministry", ["Kunashir k"]),
        ("Рок-группа Кунашир дала концерт.", []),
    ],
)
def test_a_person_a_firm_or_a_band_is_no_island(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Kuna-\nshir and Shiko-tan", ["Kuna-\nshir k", "Shiko-tan s"]),
        ("KUNA-\nSHIR", ["KUNA-\nSHIR k"]),
        ("Kuna\u2010\nshir", ["Kuna\u2010\nshir k"]),
        ("Куна\u00ad\nшир и Ши¬\nкотан", ["Куна\u00ad\nшир k", "Ши¬\nкотан s"]),
        ("Южно-Ку-\nрильск", ["Южно-Ку-\nрильск k"]),
        ("Rows about the Northern Terri-\ntories of Japan", ["Northern Terri-\ntories iksh"]),
        ("Russian-\nheld isles off Hokkaido", ["Russian-\nheld isles iksh"]),
        ("A Kunashir-based firm", ["Kunashir k"]),
        ("Severo-Ku-\nrilsk", []),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_hides_no_name(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("The southernmost of the Kuril Islands is foggy, Japan says.", []),
        ("Самый южный остров Курильской гряды манит туристов.", []),
        ("千島列島の南端の国後島", ["国後島 k"]),
        ("The four southernmost of the Kuril Islands are claimed by Japan.", ["Kuril Islands iksh"]),
        ("Курильск Сахалинск Шахтерск Поронайск", []),
        ("Долинск Корсаков Южно-Курильск Макаров", []),
        ("Глава Курильска Вадим Сергеевич Рокотов ответил.", ["Курильска i"]),
    ],
)
def test_one_of_the_chain_or_a_menu_of_towns_is_not_the_four(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Ex-residents of Russian-held isles visit graves", ["Russian-held isles iksh"]),
        ("Russian-held islands in Ukraine were shelled.", []),
        ("Tokyo is angered by Russian drills on islands it claims.", ["islands it claims iksh"]),
        ("Russia builds barracks on islands at the centre of a row with Japan.", ["islands at the centre of iksh"]),
        ("Russia rejects Japan's protest over a visit to the Kurils.", ["Kurils iksh"]),
        ("Russia reports a storm in the Kurils, Japan rain.", []),
        ("МИД Японии заявил протест из-за учений на Курилах.", ["Курилах iksh"]),
        ("ロシアが占拠する島の映像", ["占拠する島 iksh"]),
        ("四島交流の船が出港した。", ["四島交流 iksh"]),
        ("終戦後国後島から引き揚げた。", ["国後島 k"]),
        ("帰国後島に戻った。", []),
    ],
)
def test_the_four_are_told_by_who_holds_and_who_protests(finder: Finder, text: str, mentions: list[str]) -> None:
    assert found(finder, text) == mentions
