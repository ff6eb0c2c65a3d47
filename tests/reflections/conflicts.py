"""Two pages of one entry, and the choice between them."""

from datetime import date

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.models.content import EntryContent
from tests.page import form_ending, forms_on

DAY, EARLIER = date(2026, 11, 19), date(2026, 11, 12)
LABELS = {"practice": "compassion", "intensity": "7", "tags": "Sleep"}
CHOICES = ["mine", "theirs", "both"]


def page_of(client, entry):
    """The form of the page on which an entry is changed."""
    path = f"/journal/{entry.pk}/edit/"
    return form_ending(forms_on(path, client.get(path).content.decode()), "/edit/")


def send(client, form, **typed):
    return client.post(form.action, {**form.fields, **typed})


def choose(client, answer, keep):
    """Sends the page with both versions."""
    assert answer.status_code == 409
    form = form_ending(forms_on("", answer.content.decode()), "/edit/")
    assert send(client, form, keep=keep).status_code == 302


def content(row: EntryContent) -> dict[str, object]:
    """Everything that an entry says, by the name of the field."""
    with acting_as(row.owner_id):
        return type(row).objects.get(pk=row.pk).content()


def in_the_bin(person: User) -> list[dict[str, object]]:
    with acting_as(person):
        return [row.content() for row in person.entries.trashed()]


def all_tags(person: User) -> list[str]:
    with acting_as(person):
        return sorted(tag.name for tag in person.tags.all())
