"""A decided decision cannot change: not by the person's role, in forms, by the ORM or in raw SQL.

The rule covers `selftrust_person`, the role of every page of a person. The owner of the tables
deletes accounts and purges the trash, and PostgreSQL's own cascades run as the owner too, so a
decision can be deleted as a whole, with its options.

Code that writes a decided row as the person (an import, say) inserts it undecided, then its options
and values, and sets `finished_at` last.
"""

from django.db import migrations

LOCK = """
create function public.decisions_row_is_locked() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    -- Everything that is not named here is locked; a new column is, until someone thinks of it.
    may_change constant text[] := array['state', 'dropped_on', 'review_on', 'deleted_at',
                                        'idle_answered_at', 'updated_at', 'version'];
begin
    if current_user = 'selftrust_person' and old.finished_at is not null
       and to_jsonb(new) - may_change is distinct from to_jsonb(old) - may_change then
        raise exception 'What was decided stays as it was.'
            using errcode = 'check_violation', constraint = 'decision_is_locked';
    end if;
    return new;
end $$;

create function public.decisions_part_is_locked() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    about uuid;
    decided timestamptz;
begin
    if current_user = 'selftrust_person' then
        foreach about in array array_remove(
            array[case when tg_op <> 'INSERT' then old.decision_id end,
                  case when tg_op <> 'DELETE' then new.decision_id end], null)
        loop
            -- Waits for whoever is deciding it right now.
            select finished_at into decided from decisions_decision where id = about for share;
            if decided is not null then
                raise exception 'What was decided stays as it was.'
                    using errcode = 'check_violation', constraint = 'decision_is_locked';
            end if;
        end loop;
    end if;
    return coalesce(new, old);
end $$;

create function public.decisions_review_has_its_time() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    decided timestamptz;
begin
    if current_user = 'selftrust_person' then
        select finished_at into decided from decisions_decision where id = new.decision_id;
        if decided is null then
            raise exception 'A decision is looked back on after it was made.'
                using errcode = 'check_violation', constraint = 'review_after_deciding';
        end if;
    end if;
    return new;
end $$;

revoke execute on function decisions_row_is_locked() from public;
revoke execute on function decisions_part_is_locked() from public;
revoke execute on function decisions_review_has_its_time() from public;

create trigger decided before update on decisions_decision
    for each row execute function decisions_row_is_locked();
create trigger decided before insert or update or delete on decisions_option
    for each row execute function decisions_part_is_locked();
create trigger decided before insert or update or delete on decisions_valueinplay
    for each row execute function decisions_part_is_locked();
create trigger decided before insert or update on decisions_decisionreview
    for each row execute function decisions_review_has_its_time();
"""

UNLOCK = """
drop trigger decided on decisions_decisionreview;
drop trigger decided on decisions_valueinplay;
drop trigger decided on decisions_option;
drop trigger decided on decisions_decision;
drop function decisions_review_has_its_time();
drop function decisions_part_is_locked();
drop function decisions_row_is_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_wall")]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
