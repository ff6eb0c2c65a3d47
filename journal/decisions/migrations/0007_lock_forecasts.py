"""What a forecast says cannot change after the day on which it was made, nor once it is answered:
not by the person's role, in forms, by the ORM or in raw SQL. A chance of hindsight says nothing.

A later day to ask on, its answer and the trash stay open. The days are the person's own, as
journal/people/clock.py counts them; no day has more than 25 hours, which binds those without a zone.
The owner of the tables is not bound, as with decisions (0003).
"""

from django.db import migrations

LOCK = """
create function public.decisions_forecast_is_locked() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    -- Everything that is not named here is locked; a new column is, until someone thinks of it.
    may_change constant text[] := array['due_on', 'result', 'answered_on', 'deleted_at',
                                        'updated_at', 'version'];
    person_zone text;
    starts_at interval;
begin
    if current_user <> 'selftrust_person'
       or to_jsonb(new) - may_change is not distinct from to_jsonb(old) - may_change then
        return new;
    end if;
    select nullif(zone, ''), make_interval(hours => day_starts_at)
        into person_zone, starts_at from people_user where id = old.owner_id;
    if old.result <> '' or new.created_at <> old.created_at
       or old.created_at < now() - interval '25 hours'
       or (old.created_at at time zone person_zone - starts_at)::date
          is distinct from (now() at time zone person_zone - starts_at)::date then
        raise exception 'What was forecast stays as it was.'
            using errcode = 'check_violation', constraint = 'forecast_is_locked';
    end if;
    return new;
end $$;

revoke execute on function decisions_forecast_is_locked() from public;

create trigger said before update on decisions_forecast
    for each row execute function decisions_forecast_is_locked();
"""

UNLOCK = """
drop trigger said on decisions_forecast;
drop function decisions_forecast_is_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0006_informed")]
    operations = [migrations.RunSQL(LOCK, UNLOCK)]
