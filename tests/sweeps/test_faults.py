"""What the sweep of every page looks for in its HTML is found where it is."""

import pytest

from tests.sweeps.translatable import BEGIN, END, untranslated
from tests.sweeps.validity import faults_in


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<div><p>One</div>", "</div> closes <p>"),
        ('<i id="a"></i><i id="a"></i>', "id 'a' is there 2 times"),
        ("<p><div></div></p>", "<div> in <p>"),
        ('<label for="nowhere"></label>', "for names 'nowhere'"),
        ('<a href="/"><button></button></a>', "<button> in something that can be clicked"),
        ('<p class="a" class="b"></p>', "<p> says class twice"),
        ("<ul><p></p></ul>", "<p> in <ul>"),
    ],
)
def test_what_counts_as_a_fault(html, fault):
    assert any(fault in found for found in faults_in(html))


def test_what_counts_as_untranslated():
    page = '<p title="Oops">[Fine [nested] <i>over</i> two] 12 A <b>Bare</b> Mine</p>'
    page = page.replace("[", BEGIN).replace("]", END)
    assert untranslated(page, {"Mine"}) == ["line 1: <b> 'Bare'", "line 1: <p> 'Oops'"]
