"""The pages of figures, in each state; a part of the list in tests/pages.py."""

from tests.insights import page_states as insights
from tests.page import Page

INSIGHTS_PAGES = [
    Page("insights, nothing yet", insights.nothing),
    Page("insights, one of each", insights.one_point),
    Page("insights, a bad month", insights.bad_month),
    Page("insights, a perfect month", insights.perfect_month),
    Page("insights, a year", insights.a_year),
    Page("how sure, nothing yet", lambda _ada: "/insights/how-sure/"),
    Page("how sure", insights.how_sure),
    Page("how sure in words", insights.how_sure_in_words),
    Page("what has grown, nothing yet", lambda _ada: "/insights/grown/?quarter=1999-1"),
    Page("what has grown", insights.grown),
    Page("insights in words", insights.in_words),
    Page("insights, shown once", insights.shown_once),
]
