"""The addresses of rows are those that Django's `reverse` gives."""

from uuid import uuid4

import pytest
from django.urls import reverse

from journal.people.row_urls import row_url

ROW, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("promises:detail", [ROW]),
        ("promises:detail", [OTHER]),
        ("boundaries:crossing", [ROW, OTHER]),
        ("boundaries:crossing", [OTHER, ROW]),
        ("coach:item", ["entry", ROW]),
        ("coach:item", ["lesson", ROW]),
        ("entries:write", []),
    ],
)
def test_a_row_has_the_address_that_is_reversed(name, args):
    assert row_url(name, *args) == reverse(name, args=args)
