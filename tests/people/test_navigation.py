"""The navigation is rendered once for each part of the site, and says in which part one is."""

import pytest

from tests.markup import parse


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/today/", {"Today"}),
        ("/journal/", {"Journal"}),
        ("/journal/trash/", {"Journal"}),
        ("/promises/", {"Promises", "Practices"}),
        ("/lessons/", {"Lessons", "Practices"}),
        ("/practices/", {"Practices"}),
        ("/insights/", {"Insights"}),
        ("/settings/", {"Settings"}),
    ],
)
def test_the_navigation_says_where_one_is(ada_client, path, marked):
    for _time in range(2):  # rendered, and remembered
        document, _errors = parse(ada_client.get(path).content.decode())
        links = [link for nav in document.all("nav") for link in nav.all("a")]
        here = {link.text.strip() for link in links if link["aria-current"] == "page"}
        assert here - {"today"} == marked  # the days of the week strip mark theirs
