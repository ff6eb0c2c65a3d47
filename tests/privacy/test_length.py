"""Lengths are counted as people count; nothing that is too long is cut."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from hypothesis import given
from hypothesis import strategies as st

from journal.privacy.fields import WordsField, WordsInput
from journal.privacy.length import LengthValidator, characters, code_points, first

ONE = {
    "a family": "👨‍👩‍👧‍👦",
    "a kiss with skin tones": "👩🏽‍❤️‍💋‍👨🏿",
    "a flag": "🇳🇿",
    "the flag of Scotland": "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "a keycap": "1️⃣",
    "a letter with its accent": "e\u0301",
    "Vietnamese": "ệ",
    "Hebrew with points": "שִׁ֖",
    "Tibetan, the ten letters of power": "ཧྐྵྨླྺྼྻྂ",
    "a Korean syllable in parts": "\u1100\u1161\u11a8",
    "Hindi": "क्षि",
}


@pytest.mark.parametrize("kind", ONE)
def test_what_a_person_calls_one_is_one(kind):
    assert characters(ONE[kind]) == 1
    assert characters(ONE[kind] * 40) == 40
    assert WordsInput(max_length=40).clean(ONE[kind] * 40)
    with pytest.raises(ValidationError) as refused:
        WordsInput(max_length=40).clean(ONE[kind] * 41)
    assert refused.value.messages == ["Use at most 40 characters: this has 41. Nothing is lost."]


@pytest.mark.parametrize("part", ["\u200d", "\U000e0067", "\u1100", "क्", "\u0600", "\u0301"])
def test_one_character_is_not_a_thousand_parts(part):
    with pytest.raises(ValidationError) as refused:
        WordsInput(max_length=20_000).clean("x" + part * 1000 + "x")
    assert {error.code for error in refused.value.error_list} <= {"parts", "marks"}


def test_all_parts_together_have_a_bound():
    kiss = ONE["a kiss with skin tones"]
    many = kiss * (code_points(500) // len(kiss) + 1)
    assert characters(many) < 500
    with pytest.raises(ValidationError, match="more parts than we can store"):
        WordsInput(max_length=500).clean(many)


def test_flags_without_end_take_no_time():
    """`regex` by itself takes the square of their number: 48 s for these."""
    assert characters("🇩🇪" * 40_000) == 40_000


@given(st.text(st.sampled_from("aé\u0301\u200d👩🇩🇪क्\u0600\r\n"), max_size=30), st.integers(1, 12))
def test_the_first_characters_end_where_one_ends(text, most):
    start = first(text, most)
    assert text.startswith(start)
    assert characters(start) == min(most, characters(text))


def test_every_field_of_words_counts_like_this():
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, WordsField)
    ]
    assert len(fields) > 80
    for field in [*fields, *(field.formfield() for field in fields)]:
        lengths = [one for one in field.validators if isinstance(one, MaxLengthValidator)]
        assert [type(one) for one in lengths] == [LengthValidator], field


def test_no_widget_says_maxlength():
    class Anything(forms.Form):
        words = WordsInput(max_length=40)
        plain = forms.CharField(max_length=40)
        address = forms.EmailField(max_length=40)
        long = forms.CharField(max_length=40, widget=forms.Textarea)

    page = str(Anything())
    assert "maxlength" not in page
    assert page.count('data-most="40"') == 4
