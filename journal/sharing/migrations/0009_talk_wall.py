from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey
from journal.sharing.policies import ByLink, CommentsUnseen

BY_LINK = "deleted_at is null and link_id = any ((select coaching_links())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0008_talk"),
    ]

    operations = [
        EnableRowLevelSecurity(
            "reply",
            allow="select, insert, update (seen_at, deleted_at, version, updated_at), delete",
        ),
        SameOwnerForeignKey("reply", column="link_id", parent="sharing_coachlink"),
        ByLink("reply", where=f"{BY_LINK} and coaching_sees(owner_id, kind, item_id)"),
        CommentsUnseen("comment"),
        # What is there has been read, or was never asked about: it is not news.
        migrations.RunSQL(
            "update sharing_comment set seen_at = created_at", migrations.RunSQL.noop
        ),
    ]
