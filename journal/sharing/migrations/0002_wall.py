from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("sharing", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("coachinvitation"),
        EnableRowLevelSecurity(
            "coachlink",
            allow="select, insert, update (muted_since, address_shown_since, version, updated_at)",
        ),
        EnableRowLevelSecurity("consentevent", allow="select, insert"),
        EnableRowLevelSecurity("accesslogentry", allow="select"),
        EnableRowLevelSecurity("sharegrant", allow="select, insert, update"),
        EnableRowLevelSecurity("withheld"),
        EnableRowLevelSecurity("sharedmeasure"),
        EnableRowLevelSecurity(
            "comment", allow="select, update (deleted_at, version, updated_at), delete"
        ),
        EnableRowLevelSecurity("suggestion", allow="select, insert, update"),
        EnableRowLevelSecurity("brief"),
        EnableRowLevelSecurity("client"),
        SameOwnerForeignKey("consentevent", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("accesslogentry", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("sharegrant", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("sharedmeasure", column="grant_id", parent="sharing_sharegrant"),
        SameOwnerForeignKey("comment", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("suggestion", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("brief", column="link_id", parent="sharing_coachlink"),
    ]
