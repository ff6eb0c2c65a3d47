"""What a coach reads of sessions, agreements and outcomes: by the open link, not by a grant.

An agreement is sealed with the client's key, so the coach of one may read that key. Nothing else
of the client's opens by it: rows are still found by their own policies.
"""

from typing import Any

from django.db.migrations.operations.special import RunSQL

from journal.privacy.rls import COACH
from journal.sharing.policies import KeysForCoaches

LOG = """
-- As coaching_log, for agreements and their outcomes, which an open link opens.
create or replace function public.coaching_log_agreements(owners uuid[], kinds text[], ids uuid[])
returns void language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    insert into sharing_accesslogentry
           (id, owner_id, link_id, kind, item_id, hour, created_at, updated_at, version)
    select gen_random_uuid(), a.owner_id, a.link_id, item.kind, a.id, date_trunc('hour', now()),
           now(), now(), 1
      from unnest(owners, kinds, ids) as item (owner, kind, id)
      join sharing_agreement a on a.owner_id = item.owner and a.id = item.id
     where item.kind = 'agreement' and a.link_id = any ((select coaching_links())::uuid[])
        on conflict do nothing
$$;
revoke execute on function public.coaching_log_agreements(uuid[], text[], uuid[]) from public;
grant execute on function public.coaching_log_agreements(uuid[], text[], uuid[]) to COACH;
""".replace("to COACH", f"to {COACH}")


class LogOfAgreements(RunSQL):
    def __init__(self) -> None:
        super().__init__(LOG, "drop function coaching_log_agreements(uuid[], text[], uuid[])")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {}


class KeysOfAgreements(KeysForCoaches):
    """Widens the policy of keys to the clients with whom the coach has an agreement."""

    def statements(self, table: str) -> list[str]:
        agreed = (
            "owner_id = any (array(select a.owner_id from sharing_coachlink l"
            " join sharing_agreement a on a.owner_id = l.owner_id and a.link_id = l.id))"
        )
        using, check = self.for_(table).removeprefix(f"to {COACH} using (").split(") with check ")
        return [
            f"alter policy {self.policy} on {table} to {COACH} "
            f"using ({using} or {agreed}) with check {check}"
        ]

    def reversal(self, table: str) -> list[str]:
        return [f"alter policy {self.policy} on {table} {self.for_(table)}"]
