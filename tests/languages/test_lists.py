"""Rows of things and labels, as each language writes them."""

from django.template import Context, Template
from django.utils import translation

from journal.languages.lists import listed

ROW = Template("{{ a }}{% colon %}{{ b }}{% comma %}{{ rest|beside }}")


def test_a_row_has_the_punctuation_of_its_language():
    row = {"a": "A", "b": "<B>", "rest": ["C", "D"]}
    said = {}
    for code in ("en-gb", "de", "fr", "es", "ar"):
        with translation.override(code):
            said[code] = ROW.render(Context(row)), listed("ABC")
    plain = "A: &lt;B&gt;, C, D"
    assert said == {
        "en-gb": (plain, "A, B and C"),
        "de": (plain, "A, B und C"),
        "fr": ("A\u202f: &lt;B&gt;, C, D", "A, B et C"),
        "es": (plain, "A, B y C"),
        "ar": ("A: &lt;B&gt;، C، D", "A وB وC"),
    }


def test_a_spanish_row_has_another_and_before_the_sound_of_it():
    rows = (("A", "Inés"), ("A", "hijos"), ("A", "y", "B"), ("A", "hielo"), ("Inés",))
    with translation.override("es"):
        said = [listed(row) for row in rows]
    assert said == ["A e Inés", "A e hijos", "A, y y B", "A y hielo", "Inés"]
