from django.db import migrations

from journal.privacy.migration_operations import (
    EnableRowLevelSecurity,
    ProtectIdentity,
    SameOwnerForeignKey,
)
from journal.sharing.policies import ByLink
from journal.sharing.team_policies import TeamFunctions

BY_LINK = "deleted_at is null and link_id = any ((select coaching_links())::uuid[])"
WITHOUT_WORDS = "id, owner_id, link_id, coach_id, state, created_at, answered_at, deleted_at"


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0012_teams"),
        ("people", "0002_wall"),
    ]

    operations = [
        ProtectIdentity("team", column="administrator_id"),
        EnableRowLevelSecurity("teammember", allow="select"),
        EnableRowLevelSecurity("handover", allow="select, insert, update"),
        SameOwnerForeignKey("handover", column="link_id", parent="sharing_coachlink"),
        TeamFunctions(),
        ByLink("team", where="id = (select coaching_team())"),
        ByLink("teammember", where="deleted_at is null and team_id = (select coaching_team())"),
        ByLink("handover", where=BY_LINK, may=f"select ({WITHOUT_WORDS})"),
    ]
