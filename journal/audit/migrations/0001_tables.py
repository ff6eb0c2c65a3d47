"""The table, and the trigger by which it only grows.

The two roles of the wall have no privilege on it. The trigger refuses updates, deletes and
truncates to the owner of the tables, too, even where ordinary triggers are switched off
(`session_replication_role`). Whoever may change the schema can still remove it.
"""

import django.utils.timezone
from django.db import migrations, models

from journal.audit.events import EventOutcome, What

ONLY_GROWS = """
create function public.audit_only_grows() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    raise exception 'The operator''s log only grows.'
        using errcode = 'restrict_violation';
end $$;
revoke execute on function audit_only_grows() from public;
create trigger only_grows before update or delete or truncate on audit_auditevent
    for each statement execute function audit_only_grows();
alter table audit_auditevent enable always trigger only_grows;
alter table audit_auditevent add constraint audit_counts_are_numbers check (
    jsonb_typeof(counts) = 'object'
    and not jsonb_path_exists(counts, 'strict $.* ? (@.type() <> "number")')
);
"""
NO_LONGER = """
alter table audit_auditevent drop constraint audit_counts_are_numbers;
drop trigger only_grows on audit_auditevent;
drop function audit_only_grows();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("what", models.CharField(choices=What.choices, max_length=20)),
                ("by", models.UUIDField(null=True)),
                ("outcome", models.CharField(choices=EventOutcome.choices, max_length=6)),
                ("counts", models.JSONField(default=dict)),
            ],
        ),
        migrations.RunSQL(ONLY_GROWS, NO_LONGER),
    ]
