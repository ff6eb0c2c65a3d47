"""The tables of this app, by subject."""

from journal.sharing.models.grants import SharedFigure, ShareGrant, ShareGrantQuerySet, Withheld
from journal.sharing.models.links import (
    CoachInvitation,
    CoachLink,
    CoachLinkQuerySet,
    ConsentEvent,
    InvitationQuerySet,
    Opening,
)
from journal.sharing.models.messages import Brief, Comment, Suggestion, SuggestionQuerySet
from journal.sharing.models.roster import Client, ClientQuerySet

__all__ = [
    "Brief",
    "Client",
    "ClientQuerySet",
    "CoachInvitation",
    "CoachLink",
    "CoachLinkQuerySet",
    "Comment",
    "ConsentEvent",
    "InvitationQuerySet",
    "Opening",
    "ShareGrant",
    "ShareGrantQuerySet",
    "SharedFigure",
    "Suggestion",
    "SuggestionQuerySet",
    "Withheld",
]
