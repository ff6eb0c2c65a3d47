"""What a coach sends to a client.

A comment is inserted in the coach's role, where a policy of the database decides. The client owns a
suggestion, sealed with their key, so `send` inserts it as the client; no other code does.
"""

from django.db import ProgrammingError, transaction
from psycopg.errors import InsufficientPrivilege

from journal.privacy.rls import acting_as
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Comment, Suggestion


class Refused(Exception):
    """The client turned messages off, or no longer shares the item."""


def leave(comment: Comment) -> Comment | None:
    """Inserts a comment. Raises Refused if the client turned comments off or revoked the grant."""
    try:
        with transaction.atomic():
            return comment.insert_once()
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise Refused from error
        raise


def send(suggestion: Suggestion, link: CoachLink) -> Suggestion | None:
    """Inserts a suggestion. This transaction read `link` in the coach's role, so the link is
    theirs, open, and locked until the end. Raises Refused if the client turned messages off."""
    if link.muted_since:
        raise Refused
    if (suggestion.owner_id, suggestion.link_id) != (link.owner_id, link.pk):
        raise ValueError("A suggestion goes to the client of its link.")
    with acting_as(link.owner_id):
        return suggestion.insert_once()
