"""What is and what is not a mention in Russian."""

from __future__ import annotations

import re

from geo.news.find.context import ORDINARY, PERSONAL, Candidate, alternation, any_of

_NEAR = any_of(r"курил, итуруп, кунашир, шикотан, хабома, северн\w+ территори")
# what belongs to the chain's name when it makes a group of it
QUALIFIERS = re.compile(r"(?:\b(?:спорн|южн|четыр)\w+ )+$")

_JAPAN = any_of("япон, токио, немуро, хоккайдо")
_RUSSIA = any_of(r"""
    росси, москв, ссср, советск, курил, спор, верн, возвра, переда(?!е|ю), требу, претен, суверен, мирн\w+ договор,
    кремл, рф\b, безвиз, отда
    """)
# what needs no second look: Russia by its names
_RUSSIA_NAMED = any_of(r"росси, москв, ссср, советск, курил, сахалин, кремл, рф\b, путин, лавров, песков")
_OTHER_DISPUTES = any_of("""
    сенкаку, такэсима, токто, докдо, спратли, парасел, фолкленд, мальвин, южно-китайск, восточно-китайск, эгейск
    """)
# who else disputes islands: where one of them is spoken of and Russia is not, a dispute with Japan may be theirs
_OTHER_PARTIES = any_of(r"""
    кита[йяеюи], пекин, тайван, коре[йяеию], сеул, филиппин, манил[аыеу], вьетнам, малайзи, аргентин, британ,
    греци, греческ, турци, турецк, окинав
    """)
_OTHER_LANDS = any_of("украин, донбасс, крым[аус], херсон, запорож, приднестров, карабах, абхази, осети")
_ISLANDS_SPOKEN_OF = any_of(r"""
    остров, курил, спор, претен, принадлежн, мирн\w+ договор, переговор, возвра, верн, безвиз, мид\b, росси, москв
    """)
_OTHER_NORTHS = any_of(r"канад, ган[аеуы]\b, австрали, арктик, норвег")

_PLACE_BEFORE = re.compile(
    r"(?:\b(?:на|с|со|у|до|между|вокруг|близ|около|возле|над|мимо|берег\w*|побережь\w*|остров\w*|о-ва?)|\bо\.) ?$"
)

_VESSELS = alternation(r"""
    судн\w*, суда, теплоход\w*, траулер\w*, паром\w*, корабл\w*, катер\w*, сейнер\w*, шхун\w*, танкер\w*,
    сухогруз\w*, ледокол\w*, яхт\w*, крейсер\w*, т/х, пароход\w*, бот\w*, улиц\w*, переул\w*, кафе, ресторан\w*,
    сорт\w*, пород\w*
    """)
_SOMETHING_NAMED = re.compile(
    rf"\b{_VESSELS}(?: (?:под названием|с названием|по имени))? \"$|\b{_VESSELS}(?: [\w/-]+){{0,2}} \"$"
)
# without quotation marks only an undeclined name is the thing's own: "улицы Курильска" are streets of the town
_UNQUOTED = re.compile(rf"\b{_VESSELS} $")
_STREET = re.compile(r"\b(?:улиц\w*|ул\.|площад\w*|аллея|аллее|аллеи|переул\w*|проезд\w*|бульвар\w*|проспект\w*) $")
_OF_A_STREET = re.compile(r"ск(?:ая|ой|ую|ий)$")
_NOMINATIVE = re.compile(r"[бвгджзйклнпрстфхцчшщ]$|ом[аи]и$")
_ISLAND_QUOTED = re.compile(r"(?:остров\w*|о\.|о-в\w?|архипелаг\w*|гряд\w*|назва\w+|называ\w+|слов\w+|именем) \"$")
_NAMED_SOMETHING = re.compile(r"^\"?[ -]мару\b|^ (?:пролив|улиц|ул\.|переул|проезд|проспект|бульвар|сквер|шоссе)")
_ISLANDS = alternation("""
    итуруп, эторофу, кунашир, кунасири, шикотан, хабомаи, танфильев, юри, полонск, анучин
    """)
# "на южнокурильских островах Кунашир и Итуруп" speaks of these alone
_OF_SOME = re.compile(rf"^(?: остров\w*)? {_ISLANDS}")
_ADJECTIVE = ("ий", "ом", "ого", "ому", "им", "ие", "их", "ими")
_MISSILE = any_of("ракет, ядерн, полигон, испытани")

# the legal form of a firm stands before its name, in quotation marks or not
_FIRM = re.compile(r"\b(?:ооо|оао|зао|пао|ао|нао|ип|тоо|муп|гуп|фк|хк) (?:\"[^\"]{0,40}+)?$|\bрок-группа\w* $")
# a given name before it and an office, an age or a speech after it: a person
_GIVEN_NAME = re.compile(
    r"\b(?!(?:На|С|Со|У|До|От|Из|В|Во|К|Ко|О|Об|И|А|Но|За|Над|Под|По|Про|Для|Через|Мимо|Остров\w*|Село|Гора|Вулкан) )"
    r"[А-ЯЁ][а-яё]+ $"
)
_OF_A_PERSON = re.compile(
    r"^(?:, (?:\d{1,3} (?:лет|год)|(?:[\w-]+ ){0,2}?(?:депутат|директор|министр|мэр|глава|актер|актриса|писател|поэт"
    r"|певец|певица|тренер|игрок|капитан|рыбак|житель|учител|врач|журналист|ученик|студент|инженер|художни)\w*)"
    r"|,? (?:сказал|заявил|сообщил|отметил|добавил|рассказал|пояснил)а?\b)"
)
# the district of Nemuro with its port and its fishermen, in a language that calls the islands the same
_HABOMAI = re.compile(r"^хабома[ийяех]+$|^хабомаев$")
_MAINLAND_HEAD = re.compile(
    r"\b(?:порт|гаван|кооператив|рыбкооператив|школ|квартал|посел|деревн|городк|городок|рыбак|рыбопромышленник|почт|полуостров)"
    r"\w* (?:в |из )?$"
)
_MAINLAND_AFTER = re.compile(
    r"^,? ?\(?(?:(?:в|на|и[зс]|это|район\w*|част\w+|квартал\w*|префектур\w+) )*+(?:город\w* |г\. ?|округ\w* )?"
    r"(?:немуро|хоккайдо)"
)
_MAINLAND_BEFORE = re.compile(r"немуро,? (?:[-(] ?)?(?:район\w* )?$|\bрайон\w* $")
_NEMURO = any_of("немуро, хоккайдо")
_ISLANDS_BESIDE = re.compile(
    r"(?:\b(?:остров\w*|островк\w*|архипелаг\w*|гряд\w*|групп\w*)|шикотан\w*(?:,| и| или| а также))(?: \w+)? $"
)
_ISLAND_AFTER = re.compile(r"^,? (?:и |или )?(?:шикотан|остров)")

# the two of the declaration of 1956 are the smaller ones
_DECLARATION = any_of(r"\b1956\b, декларац")
_TRANSFER = any_of("переда(?!е|ю), отда, верн[уе](?!вш), возвра, уступ, получ")
_LARGER_ONES = any_of("итуруп, эторофу, кунашир, кунасири")
_SMALLER_ONES = any_of("шикотан, сикотан, хабома")
_OF_FOUR = any_of(r"из четыр, все четыр, всех четыр")
# "два острова Окинавы", "два острова-музея"
_OF_ANOTHER = re.compile(r"-| (?!Курил|Южн|Мал|Шикотан|Хабомаи|Япони)[А-ЯЁ]")
_OTHER_TWO = re.compile(r"\b(?:други\w+|остальн\w+|оставши\w+|еще) $")
# "самый южный остров Курил" says nothing of the others
_OUTERMOST = re.compile(
    r"\b(?:сам(?:ый|ого|ому|ым|ом) (?:южн|север|восточ|запад)\w+|южнейш\w+)(?: и [\w-]+ [\w-]+)?(?: остров\w?)?"
    r"(?: из| в)?(?: [\w-]+)? $"
)
# a menu is names of towns alone
_MENU_BEFORE = re.compile(r"(?:(?<![^\s])[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)? )*+$")
_MENU_AFTER = re.compile(r"(?: [А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)*+")
_TOWN = re.compile("курильск$")
_OTHER_TOWNS = 3

_THING_NAMED = re.compile(
    r"\b(?:парк|фестивал|форум|проект|программ|конкурс|выставк|преми|обществ|компани|ооо|отел|театр|клуб|магазин|музе"
    r"|журнал|газет|групп|маршрут|экспедици|фильм|книг|фонд|ассоциаци|союз|ансамбл|заповедник|выпуск|рубрик)\w* \"$"
)

_KURILS_QUALIFIED = re.compile(
    r"\b(?:спорн\w+|южн\w+|четыр\w+|четверк\w+|двух|два|оспарива\w+) (?:(?!север|больш)[\w-]+ ){0,3}$"
    r"|\b(?:спор\w*|конфликт\w*|дискусси\w*|полемик\w*|претензи\w*|притязани\w*|суверенитет\w*|разноглас\w*)"
    r"(?: [\w-]+){0,4}? (?:о|об|из-за|вокруг|за|на|над|по|поводу|относительно|насчет|к)(?: [\w-]+){0,3} $"
    r"|\bпринадлежност\w+ (?:[\w-]+ )?$"
)
_ISSUE_OF = re.compile(r"\b(?:проблем[ауеы]|проблемой|вопрос\w*|судьб\w+|статус\w*) (?:[\w-]+ )?$")
_KURIL_QUESTION = re.compile(r"^ (?:вопрос|проблем|спор|конфликт|узел|узл)")
_AT_ISSUE = any_of(r"""
    протест, спорн, спор[аеуы]?\b, территориальн, претенз, притяза, принадлежн, суверенитет, мирн\w+ договор, претенд,
    оспарив
    """)
_WHOLE_CHAIN = any_of(r"""
    отказ, \bвсе[хмй]? (?:\w+ )?курил, \bвс[яею]й? (?:\w+ )?курил, северн\w+ курил, парамушир, шумшу, сан-франц,
    ялт, 1875, камчат
    """)
# a peak is told by what is done on it and what comes out of it
_PEAKS = re.compile(r"тят|чирип")
_MOUNTAIN = any_of(r"вулкан, восхожд, подъем, подня[лт], вершин, изверж, пепл, подножи")
_PLACE_HEADS = re.compile(
    r"(?:\b(?:сел\w+|поселк\w+|поселок|п\.|с\.|пос\.|пгт|аэродром\w*|аэропорт\w*|вулкан\w*|мыс\w*|бухт\w*|деревн\w+"
    r"|населенн\w+ пункт\w*|залив\w*|источник\w*|[ав]|из|у|до|на|под|близ|около|возле) )$"
)


def is_excluded(candidate: Candidate) -> bool:
    """Return whether the words around a form make it something else: a ship, a firm, a street."""
    if candidate.entry.kind == "group":
        return bool(_OF_SOME.match(candidate.after))
    if _HABOMAI.match(candidate.form) and _mainland(candidate):
        return True
    if candidate.form.endswith(_ADJECTIVE) and candidate.after.startswith(" остров"):
        return True
    return _is_a_street(candidate) or _is_a_thing(candidate) or _is_a_person(candidate) or _is_in_a_menu(candidate)


def is_supported(candidate: Candidate) -> bool:
    """Return whether the context is what a context-dependent form requires to be a mention."""
    if candidate.entry.requires == "qualified":
        return _qualified(candidate)
    japan = _JAPAN.search(candidate.nearby)
    if candidate.entry.requires == "pair":
        return _of_the_declaration(candidate, of_japan=bool(japan))
    if candidate.form.startswith("северн") and "территор" in candidate.form:
        elsewhere = _OTHER_NORTHS.search(candidate.nearby) or _THING_NAMED.search(candidate.before)
        return bool(japan) or (candidate.quoted and not elsewhere and bool(_ISLANDS_SPOKEN_OF.search(candidate.nearby)))
    return _of_the_dispute(candidate, of_japan=bool(japan))


def has_island_context(candidate: Candidate) -> bool:
    """Return whether the sentence or its neighbours speak of the islands or the chain."""
    peak = _PEAKS.match(candidate.form) and _MOUNTAIN.search(candidate.sentence)
    return bool(peak or _NEAR.search(candidate.nearby))


def is_spoken_of_as_land(candidate: Candidate) -> bool:
    """Return whether an islet's bare name is no person's: it is Japanese, or words of place stand before it."""
    needs_words = PERSONAL.search(candidate.form) or ORDINARY.search(candidate.form)
    return not needs_words or bool(_PLACE_BEFORE.search(candidate.before))


def looks_like_proper_name(candidate: Candidate) -> bool:
    """Return whether a word that may be an ordinary one is written as a name."""
    if not re.search(r"[А-ЯЁ]", candidate.written):
        return False
    if " " in candidate.form and not candidate.opens:
        return True
    # every sentence begins with a capital: then only a name is set off by a dash
    return (
        bool(re.match(r" ?[-(,]", candidate.after))
        if candidate.opens
        else bool(_PLACE_HEADS.search(candidate.before)) or "," in (candidate.before[-2:] + candidate.after[:1])
    )


def _is_a_street(candidate: Candidate) -> bool:
    return bool(_OF_A_STREET.search(candidate.form) and _STREET.search(candidate.before))


def _is_a_thing(candidate: Candidate) -> bool:
    if _NOMINATIVE.search(candidate.form) and _UNQUOTED.search(candidate.before):
        return True
    if _SOMETHING_NAMED.search(candidate.before) or _NAMED_SOMETHING.search(candidate.after):
        return True
    if _FIRM.search(candidate.before):
        return True
    if candidate.form.startswith("буревестник") and _MISSILE.search(candidate.sentence):
        return True
    # what bears an island's name writes it in quotation marks, the island does not
    return candidate.quoted and not _ISLAND_QUOTED.search(candidate.before)


def _is_a_person(candidate: Candidate) -> bool:
    # an island's name is declined where a person's office or place is told: "мэр Южно-Курильска рассказал"
    return bool(
        _NOMINATIVE.search(candidate.form)
        and _GIVEN_NAME.search(candidate.lead)
        and _OF_A_PERSON.match(candidate.after)
    )


def _is_in_a_menu(candidate: Candidate) -> bool:
    if not _TOWN.search(candidate.form):
        return False
    before, after = _MENU_BEFORE.search(candidate.lead), _MENU_AFTER.match(candidate.tail)
    beside = (before.group() if before else "") + (after.group() if after else "")
    return len(beside.split()) >= _OTHER_TOWNS


def _mainland(candidate: Candidate) -> bool:
    if _ISLANDS_BESIDE.search(candidate.before) or _ISLAND_AFTER.match(candidate.after):
        return False
    if _MAINLAND_HEAD.search(candidate.before) or _MAINLAND_AFTER.match(candidate.after):
        return True
    return bool(_MAINLAND_BEFORE.search(candidate.before) and _NEMURO.search(candidate.sentence))


def _of_the_declaration(candidate: Candidate, *, of_japan: bool) -> bool:
    sentence = candidate.sentence
    if _OTHER_DISPUTES.search(sentence) or _OTHER_TWO.search(candidate.before) or _OF_ANOTHER.match(candidate.tail):
        return False
    if not of_japan and not (_OF_FOUR.search(sentence) and _RUSSIA_NAMED.search(candidate.nearby)):
        return False
    if (
        "kunashir" not in candidate.entry.islands
        and _LARGER_ONES.search(sentence)
        and not _SMALLER_ONES.search(sentence)
    ):
        return False
    return bool(_DECLARATION.search(candidate.nearby) or _TRANSFER.search(sentence) or _OF_FOUR.search(sentence))


def _of_the_dispute(candidate: Candidate, *, of_japan: bool) -> bool:
    if _OTHER_DISPUTES.search(candidate.sentence):
        return False
    if "территор" in candidate.form and _OTHER_LANDS.search(candidate.sentence):
        return False
    of_russia, others = _RUSSIA_NAMED.search(candidate.nearby), _OTHER_PARTIES.search(candidate.nearby)
    if of_japan:
        return bool(of_russia or (_RUSSIA.search(candidate.nearby) and not others))
    # Russia alone is enough for "четыре спорных острова": no other dispute is over four
    return bool(of_russia and not others and "спорн" in candidate.form and "четыр" in candidate.form)


def _qualified(candidate: Candidate) -> bool:
    if _KURIL_QUESTION.match(candidate.after):
        return True
    adjective = " " not in candidate.form and candidate.form.startswith("курильск")
    if adjective or _OUTERMOST.search(candidate.before):
        return False
    if _KURILS_QUALIFIED.search(candidate.before):
        return True
    if _WHOLE_CHAIN.search(candidate.sentence):
        return False
    if _ISSUE_OF.search(candidate.before) and _JAPAN.search(candidate.nearby):
        return True
    return bool(_JAPAN.search(candidate.sentence) and _AT_ISSUE.search(candidate.sentence))
