"""What the database lets `selftrust_coach` read of teams.

A coach reads their own team and its coaches. Its administrator gets numbers from a function, which
reads links past the wall and gives no number below `FEWEST_COUNTED`: a small one that changes says
of a person whom somebody has sent to a coach that they came, or left. Nobody writes here in a
role of the wall (teams.py).
"""

from typing import Any

from django.db.migrations.operations.special import RunSQL

from journal.privacy.rls import COACH

FUNCTIONS = """
create or replace function public.coaching_team() returns uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select m.team_id from sharing_teammember m join people_user u on u.id = m.owner_id
     where m.owner_id = privacy_me() and u.is_active and u.coaches_since is not null
$$;

-- How many clients of the team each of its coaches has: for the administrator, nobody else.
create or replace function public.coaching_team_counts() returns table (coach uuid, clients int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select m.owner_id, case when count(l.id) >= 5 then count(l.id)::int end
      from sharing_team t
      join sharing_teammember m on m.team_id = t.id
      left join sharing_coachlink l
        on l.coach_id = m.owner_id and l.team_id = t.id and l.ended_at is null
     where t.id = coaching_team() and t.administrator_id = privacy_me()
     group by m.owner_id
$$;
revoke execute on function public.coaching_team() from public;
revoke execute on function public.coaching_team_counts() from public;
grant execute on function public.coaching_team() to COACH;
grant execute on function public.coaching_team_counts() to COACH;
""".replace("to COACH", f"to {COACH}")
DROP = "drop function coaching_team_counts(); drop function coaching_team();"


class TeamFunctions(RunSQL):
    def __init__(self) -> None:
        super().__init__(FUNCTIONS, DROP)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {}
