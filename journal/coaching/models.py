"""The tables of this app, by what they are about."""

from journal.coaching.between import Brief, Comment, Suggestion, SuggestionQuerySet
from journal.coaching.clients import Client, ClientQuerySet, CoachNote, LibraryPrompt
from journal.coaching.grants import SharedFigure, ShareGrant, ShareGrantQuerySet, Withheld
from journal.coaching.links import (
    CoachInvitation,
    CoachLink,
    CoachLinkQuerySet,
    ConsentEvent,
    InvitationQuerySet,
    Opening,
)

__all__ = [
    "Brief",
    "Client",
    "ClientQuerySet",
    "CoachInvitation",
    "CoachLink",
    "CoachLinkQuerySet",
    "CoachNote",
    "Comment",
    "ConsentEvent",
    "InvitationQuerySet",
    "LibraryPrompt",
    "Opening",
    "ShareGrant",
    "ShareGrantQuerySet",
    "SharedFigure",
    "Suggestion",
    "SuggestionQuerySet",
    "Withheld",
]
