from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("decisions", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("decision"),
        EnableRowLevelSecurity("option"),
        EnableRowLevelSecurity("valueinplay"),
        EnableRowLevelSecurity("addendum"),
        EnableRowLevelSecurity("decisionreview"),
        SameOwnerForeignKey("option", column="decision_id", parent="decisions_decision"),
        SameOwnerForeignKey("valueinplay", column="decision_id", parent="decisions_decision"),
        SameOwnerForeignKey("addendum", column="decision_id", parent="decisions_decision"),
        SameOwnerForeignKey("decisionreview", column="decision_id", parent="decisions_decision"),
        SameOwnerForeignKey(
            "valueinplay", column="value_id", parent="people_value", on_delete="set null"
        ),
        SameOwnerForeignKey(
            "decisionreview", column="lesson_id", parent="lessons_lesson", on_delete="set null"
        ),
        # The chosen option belongs to this very decision and cannot be deleted while it is chosen.
        SameOwnerForeignKey(
            "decision", column="chosen_option_id", parent="decisions_option", on_delete="no action"
        ),
        migrations.RunSQL(
            "alter table decisions_decision add constraint chosen_among_its_options "
            "foreign key (chosen_option_id, id) references decisions_option (id, decision_id) "
            "deferrable initially deferred",
            "alter table decisions_decision drop constraint chosen_among_its_options",
        ),
    ]
