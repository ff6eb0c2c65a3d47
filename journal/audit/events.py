"""What a line of the log can say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    RESTORE = "restore", _("Restoring a backup")
    BACKUP = "backup", _("Backup")
    BASE_BACKUP = "base_backup", _("Base backup")
    RECOVER = "recover", _("Recovering a moment from the archive")
    ROTATE_KEY = "rotate_key", _("Moving all keys to the master key")
    PURGE = "purge", _("Purge of what has expired")
    EXAMPLE = "example", _("Example person created")
    OPERATOR = "operator", _("New operator, by token")
    INVITATION = "invitation", _("Invitation to create an account")
    RECOVERY_KEY = "recovery_key", _("Recovery key confirmed")
    SWITCHED_OFF = "switched_off", _("Accounts switched off")
    SWITCHED_ON = "switched_on", _("Accounts switched on")
    COACH = "coach", _("Accounts allowed to coach")
    COACH_INVITED = "coach_invited", _("Account allowed to coach, by a client’s invitation")
    COACH_BY_TEAM = "coach_by_team", _("Account allowed to coach, by a team’s invitation")
    TEAM = "team", _("Team created")
    TEAM_ENDED = "team_ended", _("Team dissolved")
    TEAM_JOINED = "team_joined", _("Coach joined a team")
    TEAM_LEFT = "team_left", _("Coach left a team")
    TEAM_ADMIN = "team_admin", _("Another administrator of a team")
    NO_COACH = "no_coach", _("Accounts no longer allowed to coach")
    COUNTRIES = "countries", _("Countries of the support page chosen")
    SUPPORT = "support", _("Support page changed")
    PROMPTS = "prompts", _("Writing prompts changed")


class EventOutcome(models.TextChoices):
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


# What is counted. `backup_of` and `moment` are times, in seconds since 1970.
COUNTED = {
    "accounts": _("Accounts: %d"),
    "rows": _("Rows: %d"),
    "keys": _("Keys: %d"),
    "entries": _("Items: %d"),
    "countries": _("Countries: %d"),
}
