"""Search finds words as people remember them, in what they really wrote."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from journal.privacy.folding import fold
from journal.privacy.text_search import Needle

APOSTROPHES = "\u0027\u2019\u00b4\u02bc\u02bb\u2032\u2018\u201b`＇"


def finds(query: str, text: str) -> bool:
    return Needle.parse(query).matcher()(text)


def marked(query: str, text: str) -> str:
    """The text with what was found in brackets."""
    pieces, at = [], 0
    for start, end in Needle.parse(query).spans(text):
        pieces += [text[at:start], "[", text[start:end], "]"]
        at = end
    return "".join([*pieces, text[at:]])


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("quote", "The Quote could wait"),
        ("QUOTE", "the quote"),
        ("quo", "the unquoted"),
        ("cafe", "Im Café"),
        ("café", "in the cafe"),
        ("CAFÉ", "café"),
        ("cafe", nfd("Im Café")),
        (nfd("café"), "Im Café"),
        ("café", nfd("Im Café")),
        ("strasse", "Straße"),
        ("straße", "Strasse"),
        ("Straße", "STRASSE"),
        ("STRAẞE", "straße"),
        ("istanbul", "İstanbul"),
        ("İSTANBUL", "istanbul"),
        ("isik", "IŞIK ışık"),
        ("ışık", "isik"),
        ("lodz", "Łódź"),
        ("oeuvre", "l’œuvre"),
        ("œuvre", "Oeuvre"),
        ("smorrebrod", "Smørrebrød"),
        ("office", "oﬃce"),
        ("fish", "ﬁsh"),
        ("nussschale", "Nußschale"),
        ("sssschh", "ßßchh"),
        ("gefäßstern", "Gefässstern"),
        ("mañana", "MANANA"),
        ("don't", "I don’t know"),
        ("don’t", "I don't know"),
        ("ελληνικα", "Ελληνικά"),
        ("ΟΔΟΣ", "οδός"),
        ("мой", "МОЙ дом"),
        ("ещё", "еще раз"),
        ("咖啡", "我喝咖啡"),
        ("カフェ", "カフェで"),
        ("ガ", "ガラス"),
        ("가", "가방"),
        (nfd("가방"), "가방"),
        ("שלום", "שָׁלוֹם"),
        ("كتب", "كَتَبَ"),
        ("हिन्दी", "हिन्दी में"),
        ("ｆｕｌｌ", "full"),
        ("full", "ＦＵＬＬ"),
        ("ბანი", "ᲑᲐᲜᲘ"),
        ("🧗", "then 🧗🏽 up"),
        *(("don't", f"I don{sign}t") for sign in APOSTROPHES),
        *((f"don{sign}t", "I don't") for sign in APOSTROPHES),
        ("Donaudampf", "Donau\u00addampf\u00adschiff"),
        ("Donau\u00addampf", "Donaudampfschiff"),
        ("كتاب", "كـتـاب"),
        ("احمد", "أحمد"),
        ("على", "علي"),
        ("میخواهم", "می\u200cخواهم"),
        ("كتاب", "کتاب"),
        ("ガラス", "ｶﾞﾗｽ"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("ൻ", "ന്\u200d"),
        ("42", "٤٢"),
        ("well-being", "well–being"),
        ("bold", "𝓫𝓸𝓵𝓭 words"),
        ("葛", "葛\U000e0100城"),
        ("❤", "❤️"),
        ("น้ำ", "น\u0e4d\u0e49า"),
        ("שלום", "שָׁ\u200fלוֹם"),
        ("ש", "שׁ"),
    ],
)
def test_case_and_accents_do_not_matter(query, text):
    assert finds(query, text)
    assert "[" in marked(query, text) or not unicodedata.is_normalized("NFC", text)
    stored = unicodedata.normalize("NFC", text)
    assert Needle.parse(query).may_match(f"Früher\0{stored}\0später".encode())


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("cafe", "cave"),
        ("か", "が"),  # another letter, not an accent
        ("はは", "ばば"),
        ("क", "ख"),
        ("a.c", "abc"),
        ('"a b"', "ab"),
        ("word", "wo rd"),
    ],
)
def test_other_words_are_not_found(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ('"the quote"', "send the\nquote today", True),
        ('"the quote"', "the\u00a0 \r\n\tquote", True),
        ('"the quote"', "the old quote", False),
        ("the quote", "quote, and the rest", True),
        ("„the quote“", "send the quote", True),
        ("“the quote”", "the second quote", False),
        ('"le café"', "LE\nCAFE", True),
        ("quote -call", "the quote", True),
        ("quote -call", "the quote, the call", False),
        ("quote −Anruf", "the quote, Anruf", False),
        ('quote -"second call"', "quote; a second\ncall", False),
        ('quote -"second call"', "quote; call a second", True),
        ("quote -café", "quote im Cafe", False),
        ("well-being", "well-being", True),
        ("well-being", "well", False),
    ],
)
def test_phrases_and_what_is_left_out(query, text, found):
    assert finds(query, text) is found


@pytest.mark.parametrize(
    "query", ["", "   ", "\n", "-call", '-"second call" -x', "-", "−", '""', '"', "\u0301"]
)
def test_where_nothing_is_wanted_nothing_is_found(query):
    assert not finds(query, "call me, or - do not \u0301")
    assert Needle.parse(query).spans("call me") == []


@pytest.mark.parametrize(
    ("query", "wanted", "unwanted"),
    [
        ('"unbalanced words', ("unbalanced", "words"), ()),
        ('words unbalanced"', ("words", "unbalanced"), ()),
        ('"a b" c" -"d', ("a b", "c"), ("d",)),
        ("- a", ("a",), ()),
        ("--a", (), ("-a",)),
        ('a""b', ('a""b',), ()),
        ("  a   b ", ("a", "b"), ()),
    ],
)
def test_a_query_that_is_not_quite_right_means_something(query, wanted, unwanted):
    assert Needle.parse(query) == Needle(wanted, unwanted)


@pytest.mark.parametrize("query", [*r".^$*+?{}[]\|()-&~#", "[a-z]+", "(?i)x", r"\d", "a|b"])
def test_signs_of_patterns_are_ordinary_characters(query):
    wanted = f"x{query}"  # a lone minus is nothing to look for

    assert finds(wanted, f"abc x{query}é 123")
    assert not finds(wanted, "abc é 123 def")


def test_finds_are_marked_where_they_stand():
    assert marked("cafe strasse", "Im Café, Straße 1") == "Im [Café], [Straße] 1"
    assert marked("cafe", nfd("Im Café.")) == nfd("Im [Café].").replace("e]\u0301", "e\u0301]")
    assert marked('"the quote" quote', "the\nquote") == "[the\nquote]"
    assert marked("aa", "aaaa") == "[aa][aa]"
    assert marked("ab bc", "abc") == "[abc]"
    assert marked("nothing -quote", "the quote") == "the quote"
    assert marked("ガ", "あｶﾞﾗｽ") == "あ[ｶﾞ]ﾗｽ"
    assert marked("bold ガラス", "a 𝓫𝓸𝓵𝓭 ｶﾞﾗｽ x") == "a [𝓫𝓸𝓵𝓭] [ｶﾞﾗｽ] x"
    assert marked("น้ำ", "ดื่มน้ำ") == "ดื่ม[น้ำ]"
    assert marked("dampf", "Donau\u00addampf\u00adschiff") == "Donau\u00ad[dampf\u00ad]schiff"
    assert marked("don't", "I don´t, don’t") == "I [don´t], [don’t]"
    assert marked("كتاب", "هذا كـتـاب جديد") == "هذا [كـتـاب] جديد"


@given(st.text(st.characters(codec="utf-8", exclude_characters='\0"“”„'), min_size=1, max_size=40))
@example("Sß")
@example("ßs ßS ſtß")
@example("oﬃce oﬀice ofﬁce")
@example("ßßß")
@example("ᲀ")
@example("ì \u0363Ô \u0363 a")
def test_every_text_finds_itself(text):
    """Whatever someone pastes from an entry is found there, alone or within other words."""
    text = unicodedata.normalize("NFC", text)  # as it is stored
    assume(not re.search("[sft]{7}", fold(text)))  # longer than anyone's ligatures
    needle = Needle((" ".join(text.split()),))
    if fold(text).strip():
        assert needle.matcher()(text), ascii(text)
        assert needle.matcher()(f"before {text} after")


@given(st.text(st.characters(max_codepoint=0x24F, categories=["L", "Zs"]), min_size=1, max_size=40))
def test_folding_twice_changes_nothing_and_finds_the_same(text):
    assert fold(fold(text)) == fold(text)
    if fold(text).strip():
        assert Needle((" ".join(fold(text).split()),)).matcher()(text), ascii(text)


WORDS = [
    "Café",
    "don’t",
    "don`t",
    "Straße",
    "oﬃce",
    "ﬁn",
    "Donau\u00addampf",
    "ｶﾞﾗｽ",
    "น้ำ",
    "К",
    "Œuvre",
]
WORDS += [
    "ЁЛКА",
    "İstanbul",
    "𝓫𝓸𝓵𝓭",
    "e\u0301",
    "K",
    "ſ",
    "كـتـاب",
    "שָׁלוֹם",
    "ꭰ",
    "ᏸ",
    "ᲀ",
    "Σς",
    "plain",
]
PIECES = st.sampled_from([*WORDS, *"aeklnstß'`´- "]) | st.text(max_size=4)
SOME_TEXT = st.lists(PIECES).map("".join)


@given(st.lists(SOME_TEXT.filter(lambda text: "\0" not in text), min_size=1, max_size=5), st.data())
def test_texts_ruled_out_together_do_not_match_one_by_one(texts, data):
    texts = [unicodedata.normalize("NFC", text) for text in texts]  # as they are stored
    text = data.draw(st.sampled_from(texts) | SOME_TEXT)
    start = data.draw(st.integers(0, len(text)))
    term = text[start : start + data.draw(st.integers(1, 6))]
    cased = data.draw(st.sampled_from([term, term.upper(), term.lower(), fold(term)]))
    needle = Needle.parse(cased)

    if not needle.may_match("\0".join(texts).encode()):
        assert not any(map(needle.matcher(), texts))


@pytest.mark.parametrize("query", ["zeppelin", "zéppelin", "don't know", "ёлочка", "straßen"])
def test_texts_that_lack_a_word_are_ruled_out_together(query):
    texts = [
        "Nach dem Café über die Brücke",
        "I don’t",
        "naïve señor, oﬃce",
        "Улица 🧗🏽",
        "Straße",
    ]

    assert not Needle.parse(query).may_match("\0".join(texts).encode())
