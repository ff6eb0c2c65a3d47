"""What a coach leaves with a client; and what all their forms do where a row is not as they think.

A comment is inserted as the coach, where a policy of the database decides. A suggestion is the
client's row and sealed for them, so it is written as the client, in `send` and nowhere else.
"""

from django.db import ProgrammingError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import InsufficientPrivilege

from journal.privacy.ownership import OwnedForm, uuid7
from journal.privacy.rls import acting_as
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Comment, Suggestion


class Refused(Exception):
    """The client does not listen, or shows it no longer."""


def leave(comment: Comment) -> Comment | None:
    """Raises Refused where the client turned comments off or took the thing back."""
    try:
        with transaction.atomic():
            return comment.insert_once()
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise Refused from error
        raise


def send(suggestion: Suggestion, link: CoachLink) -> Suggestion | None:
    """`link` was read as the coach in this transaction, so it is theirs, open, and held until the
    end. Raises Refused where the client turned off what coaches send."""
    if link.muted_since:
        raise Refused
    if (suggestion.owner_id, suggestion.link_id) != (link.owner_id, link.pk):
        raise ValueError("A suggestion goes to the client of its link.")
    with acting_as(link.owner_id):
        return suggestion.insert_once()


def ask_again(form: OwnedForm) -> None:
    """Something else has the id that the page made up; it gets another one."""
    form.data = {**dict(form.data.items()), "id": uuid7()}
    form.add_error(None, _("Please save once more; nothing is lost."))


def change(form: OwnedForm, words: str) -> bool:
    """Saves the words of a row that is held for update. Not where the page never saw what is
    stored, which is in the form's `initial`: then it says so, and sent once more it will."""
    if not form.overwrites:
        form.instance.save(update_fields=[words])
        return True
    form.data = {**dict(form.data.items()), "version": form.instance.version}
    form.add_error(None, _("It was changed elsewhere meanwhile. Save again to use yours."))
    return False
