from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey
from journal.sharing.policies import ByLink

BY_LINK = "deleted_at is null and link_id = any ((select coaching_links())::uuid[])"
WITHOUT_WORDS = (
    "id, owner_id, link_id, copied_from, weeks, answered_at, started_on, days_paused, "
    "paused_on, paused_by, stopped_on, stopped_by, created_at, deleted_at"
)


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0010_programs"),
    ]

    operations = [
        EnableRowLevelSecurity("clientprogram", allow="select, insert, update"),
        SameOwnerForeignKey("clientprogram", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("suggestion", column="program_id", parent="sharing_clientprogram"),
        ByLink("clientprogram", where=BY_LINK, may=f"select ({WITHOUT_WORDS})"),
        migrations.RunSQL(
            "grant select (program_id, week) on sharing_suggestion to selftrust_coach",
            "revoke select (program_id, week) on sharing_suggestion from selftrust_coach",
        ),
    ]
