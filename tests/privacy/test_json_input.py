"""JSON from outside: whatever it is, reading it ends soon, and in no other error than one."""

import json

import pytest

from journal.privacy import json_input
from journal.privacy.json_input import BoundedDecoder, TooDeep, nesting_depth, parse

REFUSED = {
    "open brackets": "[" * 3000,
    "open objects": '{"a":' * 3000,
    "closed brackets": "[" * 3000 + "]" * 3000,
    "one level too deep": "[" * (json_input.DEEPEST + 1) + "]" * (json_input.DEEPEST + 1),
    "too long": '"' + "x" * json_input.LONGEST + '"',
    "a number without end": "1" * 5000,
    "no number": "NaN",
    "no JSON": "{",
    "nothing": "",
    "more behind it": "1 1",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_it_is_refused_with_one_error(kind):
    with pytest.raises(json.JSONDecodeError):
        parse(REFUSED[kind])


def test_what_fits_is_read():
    deep = "[" * json_input.DEEPEST + "]" * json_input.DEEPEST
    assert nesting_depth(parse(deep)) == json_input.DEEPEST
    assert parse(' {"a": [1, {"b": null}]} ') == {"a": [1, {"b": None}]}
    assert parse('"' + "x" * 50 + '"', longest=52) == "x" * 50


def test_a_value_in_the_middle_of_a_text_is_bounded_too():
    assert BoundedDecoder().raw_decode('{"a": [1]}, {"b"', 0) == ({"a": [1]}, 10)
    with pytest.raises(TooDeep):
        BoundedDecoder().raw_decode("[" * 21 + "]" * 21 + ", 2", 0)


@pytest.mark.parametrize(
    ("value", "depth"), [(1, 0), ("[", 0), ([], 1), ({}, 1), ([1, [2]], 2), ({"a": [{}]}, 3)]
)
def test_depth_counts_lists_and_objects(value, depth):
    assert nesting_depth(value) == depth
