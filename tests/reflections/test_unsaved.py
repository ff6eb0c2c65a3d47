"""The buttons of the writing page that store nothing: a template, the preview, no prompt."""

import pytest

from journal.privacy.rls import acting_as
from journal.reflections.entries.entry_templates.shipped import SHIPPED
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.markup import parse
from tests.page import form_ending, forms_on
from tests.query_counts import statements_of
from tests.reflections.factories import make_own_template

WRITE = "/journal/write/"


def page_with(client, path, **typed):
    """The page that answers a button, as a browser without a script sends it."""
    form = form_ending(forms_on(path, client.get(path, follow=True).content.decode()), path)
    answer = client.post(form.action, {**form.fields, **typed})
    assert answer.status_code == 200
    return answer.content.decode()


def fields_of(html, end):
    return form_ending(forms_on("", html), end).fields


@pytest.mark.parametrize("template", SHIPPED, ids=lambda one: one.pk)
def test_a_template_goes_below_the_text_and_nothing_is_stored(ada, ada_client, template):
    typed = {"body": "As it is\n", "title": "Mine", "intensity": "3", "tags": "Work"}

    fields = fields_of(page_with(ada_client, WRITE, **typed, template=template.pk), WRITE)

    assert fields["body"] == f"As it is\n\n{template.lines}"
    assert (fields["title"], fields["intensity"], fields["tags"]) == ("Mine", "3", "Work")
    assert Entry.objects.count() == 0


def test_a_template_in_an_empty_text_starts_it(ada, ada_client):
    own = make_own_template(ada, "Mornings", "First of all:\nThen:")

    page = page_with(ada_client, WRITE, body="", template=str(own.pk))

    assert fields_of(page, WRITE)["body"] == "First of all:\nThen:"
    assert 'id="errors"' not in page


def test_eves_template_and_one_that_is_not_there_change_nothing(eve, ada_client):
    for name in (str(make_own_template(eve, "Secret", "Hidden").pk), "no-such-one", "٣"):
        page = page_with(ada_client, WRITE, body="Mine", template=name)

        assert fields_of(page, WRITE)["body"] == "Mine"
        assert "Hidden" not in page


def test_the_page_of_an_entry_takes_a_template_and_saves_it_later(ada, ada_client):
    entry = make_entry(ada, "Before", intensity=4, quiet=True, mood="Sore")
    path = f"/journal/{entry.pk}/edit/"

    page = page_with(ada_client, path, template="week", intensity="", mood="")
    with acting_as(ada):
        assert ada.entries.get().body == "Before"
    fields = fields_of(page, path)
    assert ada_client.post(path, fields).status_code == 302

    with acting_as(ada):
        entry = ada.entries.get()
        assert entry.body.startswith("Before\n\nThis week")
        assert (entry.intensity, entry.quiet, entry.mood) == (None, True, "")


def test_a_day_in_the_future_is_still_refused_after_a_template(ada, ada_client):
    page = page_with(ada_client, WRITE, body="Mine", written_on="2999-01-01", template="week")

    answer = ada_client.post(WRITE, fields_of(page, WRITE))

    assert (answer.status_code, Entry.objects.count()) == (200, 0)


def test_the_preview_shows_the_text_with_its_form_and_stores_nothing(ada, ada_client):
    body = "**Loud** <script>alert(1)</script>"

    page = page_with(ada_client, WRITE, body=body, preview="1", mood="Calm")

    assert "<strong>Loud</strong> &lt;script&gt;" in page
    fields = fields_of(page, WRITE)
    assert (fields["body"], fields["mood"]) == (body, "Calm")
    assert Entry.objects.count() == 0


def test_with_htmx_the_preview_comes_alone(ada_client, ada):
    part = ada_client.post(
        WRITE, {"body": "_Soft_", "preview": "1"}, headers={"HX-Request": "true"}
    )

    assert part.content.decode().strip().startswith('<div id="preview"')
    assert "<em>Soft</em>" in part.content.decode()


@pytest.mark.parametrize("body", ["", " \n ", "a\0b", "x" * 20_001, "a" + "\u0301" * 40])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_a_text_that_no_entry_can_have_gets_its_sentence(ada_client, body, headers):
    answer = ada_client.post(WRITE, {"body": body, "preview": "1"}, headers=headers)

    root, broken = parse(answer.content.decode())
    assert answer.status_code == 200
    assert not broken
    assert 'id="preview-heading"' not in answer.content.decode()
    assert any("error" in part for one in root.walk() for part in one.classes)


def test_a_prompt_that_autosave_stored_can_be_taken_away(ada, ada_client):
    page = page_with(ada_client, WRITE, body="Mine", **{"another-prompt": "1"})
    fields = fields_of(page, WRITE)
    assert fields["prompt"]
    saved = ada_client.post(f"/journal/{fields['id']}/autosave/", fields)
    assert saved.status_code == 200
    part = ada_client.get(
        "/journal/prompts/another/?none", headers={"HX-Request": "true", "HX-Target": "prompt"}
    )
    assert 'name="prompt" value=""' in part.content.decode()

    ada_client.post(WRITE, {**fields, "prompt": "", "version": "1"})

    assert Entry.objects.get().prompt_id is None


def test_moods_suggest_the_words_of_ones_own_first_and_each_once(ada, eve, ada_client):
    for mood in ("Wobbly", "tired", "Wobbly"):
        make_entry(ada, "x", mood=mood)
    make_entry(eve, "x", mood="Secretive")

    page = ada_client.get(WRITE, follow=True).content.decode()

    words = [option["value"] for option in parse(page)[0].all("option")]
    assert words[:3] == ["Wobbly", "tired", "Calm"]
    assert "Tired" not in words
    assert "Secretive" not in words


def test_many_templates_and_moods_cost_no_more_statements(ada, ada_client):
    entry = make_entry(ada, "x", mood="One")
    make_own_template(ada, "One")
    path = f"/journal/{entry.pk}/edit/"
    ada_client.get(path)
    few = statements_of(ada_client, path)
    for number in range(20):
        make_entry(ada, "x", mood=f"Mood {number}")
        make_own_template(ada, f"Template {number}")

    assert len(statements_of(ada_client, path)) == len(few)
