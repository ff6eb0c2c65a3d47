"""The tables of this app, by subject."""

from journal.sharing.models.agreements import (
    Agreement,
    AgreementOutcome,
    AgreementQuerySet,
    CoachSession,
    CoachSessionQuerySet,
)
from journal.sharing.models.grants import SharedMeasure, ShareGrant, ShareGrantQuerySet, Withheld
from journal.sharing.models.links import (
    AccessLogEntry,
    CoachInvitation,
    CoachLink,
    CoachLinkQuerySet,
    ConsentEvent,
    InvitationQuerySet,
)
from journal.sharing.models.messages import (
    Brief,
    Comment,
    Reply,
    Suggestion,
    SuggestionQuerySet,
)
from journal.sharing.models.programs import ClientProgram, ClientProgramQuerySet
from journal.sharing.models.roster import Client, ClientQuerySet
from journal.sharing.models.teams import Handover, HandoverQuerySet, Team, TeamMember

__all__ = [
    "AccessLogEntry",
    "Agreement",
    "AgreementOutcome",
    "AgreementQuerySet",
    "Brief",
    "Client",
    "ClientProgram",
    "ClientProgramQuerySet",
    "ClientQuerySet",
    "CoachInvitation",
    "CoachLink",
    "CoachLinkQuerySet",
    "CoachSession",
    "CoachSessionQuerySet",
    "Comment",
    "ConsentEvent",
    "Handover",
    "HandoverQuerySet",
    "InvitationQuerySet",
    "Reply",
    "ShareGrant",
    "ShareGrantQuerySet",
    "SharedMeasure",
    "Suggestion",
    "SuggestionQuerySet",
    "Team",
    "TeamMember",
    "Withheld",
]
