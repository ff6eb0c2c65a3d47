"""Sealed words outside their row are bytes that refuse to be text, and nothing can ask of them."""

import copy
import json
import pickle
import string

import pytest
from django.core.exceptions import FieldError
from django.db import ProgrammingError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower, Upper
from django.template import engines

from journal.people.models import User
from journal.privacy.fields import Sealed
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.privacy.stored import bytes_of


@pytest.fixture
def sealed(as_ada) -> Sealed:
    make_entry(as_ada, "body", title="title")
    return Entry.objects.values_list("body", flat=True).get()


@pytest.mark.parametrize(
    "read",
    [
        str,
        "{}".format,
        lambda value: f"{value}",
        lambda value: f"{value:>10}",
        lambda value: f"{value!s}",
        lambda value: "%s" % value,  # noqa: UP031
        lambda value: ", ".join([value]),
        lambda value: "x" + value,
        lambda value: value + "x",
        lambda value: "x" in value,
        len,
        list,
        lambda value: value == "body",
        lambda value: value != "body",
        lambda value: value in ["body"],
        lambda value: value < "body",
        lambda value: value.lower(),
        lambda value: string.Template("$x").substitute(x=value),
        json.dumps,
    ],
)
def test_a_sealed_value_cannot_be_read_as_text(sealed, read):
    with pytest.raises((TypeError, AttributeError)):
        read(sealed)


def test_a_template_cannot_print_a_sealed_value(as_ada):
    make_entry(as_ada)
    template = engines["django"].from_string("{% for row in rows %}{{ row.body }}{% endfor %}")

    with pytest.raises(TypeError):
        template.render({"rows": Entry.objects.values("body")})


def test_a_sealed_value_shows_nothing_of_itself(sealed):
    assert repr(sealed) == "<sealed>"
    assert f"{[sealed]}" == "[<sealed>]"
    assert sealed == copy.copy(sealed)
    assert len({sealed, copy.deepcopy(sealed)}) == 1


def test_a_pickle_holds_sealed_bytes_and_opens_again(as_ada):
    entry = make_entry(as_ada, "the plum tree")
    entry = Entry.objects.get()
    assert entry.body == "the plum tree"

    pickled = pickle.dumps(entry)

    assert b"plum" not in pickled
    assert pickle.loads(pickled).body == "the plum tree"
    assert copy.deepcopy(entry).body == "the plum tree"


def test_words_do_not_show_in_what_ends_in_logs(as_ada):
    entry = make_entry(as_ada, "the plum tree", title="plum")

    assert "plum" not in f"{entry} {entry!r} {Entry.objects.all()!r} {Entry.objects.values('body')}"


# --- questions that cannot be asked -------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda rows: rows.filter(body="body"),
        lambda rows: rows.filter(body=None),
        lambda rows: rows.exclude(body="body"),
        lambda rows: rows.filter(body__icontains="b"),
        lambda rows: rows.filter(body__in=["body"]),
        lambda rows: rows.filter(body__gt="b"),
        lambda rows: rows.filter(body__length=4),
        lambda rows: rows.filter(body=F("title")),
        lambda rows: rows.filter(Q(written_zone="UTC") | Q(body="body")),
        lambda rows: rows.get_or_create(body="body"),
        lambda rows: rows.order_by("body"),
        lambda rows: rows.order_by("written_on", "-title"),
        lambda rows: rows.order_by(F("body")),
        lambda rows: rows.order_by(F("body").desc(nulls_last=True)),
        lambda rows: rows.order_by("owner__called"),
        lambda rows: rows.latest("body"),
        lambda rows: rows.earliest("body"),
        lambda rows: rows.update(body="new"),
        lambda rows: rows.update(body=Value("new")),
        lambda rows: rows.update(body=F("title")),
        lambda rows: rows.update(written_zone="UTC", title=Value("new")),
        lambda rows: rows.annotate(text=Concat("body", Value("!"))).get(),
        lambda rows: User.objects.filter(entries__body="body"),
        lambda rows: User.objects.filter(called="Ada"),
        lambda rows: User.objects.update(called="Ada"),
    ],
)
def test_what_cannot_be_asked_of_words_says_so(as_ada, ask):
    entry = make_entry(as_ada, "body", title="title")
    before = bytes_of(entry, "body"), bytes_of(entry, "title")

    with pytest.raises(FieldError), transaction.atomic():
        ask(as_ada.entries.all())
    with pytest.raises(FieldError), transaction.atomic():
        ask(Entry.objects)
    assert (bytes_of(entry, "body"), bytes_of(entry, "title")) == before


@pytest.mark.parametrize(
    "ask",
    [
        lambda rows: rows.annotate(text=Upper("body")),
        lambda rows: rows.annotate(text=Lower("body")),
        lambda rows: rows.order_by(Lower("body")),
        lambda rows: rows.filter(written_zone=F("body")),
    ],
)
def test_what_only_the_database_can_refuse_it_refuses(as_ada, ask):
    make_entry(as_ada, "body")

    with pytest.raises(ProgrammingError), transaction.atomic():
        list(ask(Entry.objects.all()))


def test_bulk_update_of_words_is_refused(as_ada):
    entry = make_entry(as_ada, "body")
    before = bytes_of(entry, "body")
    entry.body = "new"

    with pytest.raises(FieldError), transaction.atomic():
        Entry.objects.bulk_update([entry], ["body"])
    assert bytes_of(entry, "body") == before


def test_bulk_update_of_the_rest_is_fine(as_ada):
    entry = make_entry(as_ada, "body")
    entry.written_zone = "Asia/Tokyo"

    assert Entry.objects.bulk_update([entry], ["written_zone"]) == 1
    assert Entry.objects.get(written_zone="Asia/Tokyo").body == "body"


def test_words_can_be_cleared_for_many_rows(as_ada):
    make_entry(as_ada, "body", title="title")

    assert Entry.objects.update(title=None) == 1
    assert Entry.objects.get().title == ""


def test_whether_there_are_words_can_be_asked(as_ada):
    titled = make_entry(as_ada, "body", title="title")
    make_entry(as_ada, "body")

    assert Entry.objects.get(title__isnull=False) == titled


def test_annotated_words_stay_sealed(as_ada):
    make_entry(as_ada, "body")

    assert isinstance(Entry.objects.annotate(text=F("body")).get().text, Sealed)
