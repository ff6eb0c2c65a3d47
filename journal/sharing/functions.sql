create or replace function public.coaching_lock(which uuid) returns bigint language sql immutable parallel safe
set search_path = pg_catalog, public, pg_temp as $$ select hashtextextended(which::text, 739) $$;

-- Signs the note of the links that a transaction holds. The key is in a table that no role reads, so
-- nobody else can write a note; it says for which coach and in which transaction, so none is used
-- again. Neither role may call this.
create table if not exists public.sharing_notekey (secret bytea not null);
-- NEW_NOTE_KEY

create or replace function public.coaching_signed(links text) returns text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    said bytea := convert_to(concat_ws(' ', pg_backend_pid(), extract(epoch from now()),
                                       privacy_me(), links), 'UTF8');
begin
    return (select encode(sha256(secret || sha256(secret || said)), 'hex') || ' ' || links
              from sharing_notekey);
end $$;
create or replace function public.coaching_note(links uuid[]) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp
as $$ select coaching_signed(links::text) $$;
revoke execute on function public.coaching_signed(text), public.coaching_note(uuid[]) from public;

-- Takes shared locks on the open links of this coach whose two accounts are active, and notes their
-- ids in a setting of the transaction. It waits for a running change of a link.
create or replace function public.coaching_lock_links() returns void language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    held uuid[];
begin
    select array_agg(id order by id) into held from sharing_coachlink
     where coach_id = privacy_me() and ended_at is null;
    perform pg_advisory_xact_lock_shared(coaching_lock(one)) from unnest(held) one;
    -- Asked only now: what was changed while it waited is seen.
    select coalesce(array_agg(link.id), '{}') into held from sharing_coachlink link
      join people_user coach on coach.id = link.coach_id
      join people_user client on client.id = link.owner_id
     where link.id = any (held) and link.ended_at is null
       and coach.is_active and coach.coaches_since is not null
       and client.is_active and client.deletion_due_at is null;
    perform set_config('selftrust.links', coaching_note(held), true);
end $$;

-- The links that this transaction locked for this very coach; none without `coaching_lock_links`, and none
-- by a note that somebody else wrote. A statement asks once per policy: the ids are parsed once, after the
-- check of the text.
create or replace function public.coaching_links() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    note text := current_setting('selftrust.links', true);
    links text := substr(note, 66);
begin
    return case when note = coaching_signed(links) then links::uuid[] else '{}' end;
end $$;

-- Limits them to the links of a page, so that no query reads or computes anything for the others.
create or replace function public.coaching_restrict_to(links uuid[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform set_config('selftrust.links', coaching_note(array(
        select unnest(coaching_links()) intersect select unnest(links))), true);
end $$;

-- The next five functions read grants as the coach, so the policy of grants applies. A page calls
-- them many times; PL/pgSQL caches their plans.
create or replace function public.coaching_readable_owners() returns uuid[] language plpgsql stable
set search_path = pg_catalog, public, pg_temp as $$ begin
    return (select coalesce(array_agg(distinct owner_id), '{}') from sharing_sharegrant);
end $$;

create or replace function public.coaching_items(what text) returns uuid[] language plpgsql stable
set search_path = pg_catalog, public, pg_temp as $$ begin
    return (select coalesce(array_agg(item_id), '{}') from sharing_sharegrant
             where scope = 'item' and about = what);
end $$;

-- The same with the owners, since a grant may name somebody else's item: {"owner:item": true}. Keys of
-- an object are searched by halving, an array from its start for each row.
create or replace function public.coaching_pairs(what text) returns jsonb language plpgsql stable
set search_path = pg_catalog, public, pg_temp as $$ begin
    return (select coalesce(jsonb_object_agg(owner_id || ':' || item_id, true), '{}') from sharing_sharegrant
             where scope = 'item' and about = what);
end $$;

-- The start of each grant of a whole practice, by client: {"id": seconds}.
create or replace function public.coaching_practice(which text) returns jsonb language plpgsql stable
set search_path = pg_catalog, public, pg_temp as $$ begin
    return (select coalesce(jsonb_object_agg(owner_id, since), '{}') from (
              select owner_id, min(coalesce(extract(epoch from from_at), 0)) as since
                from sharing_sharegrant
               where scope = 'practice' and about = which and detail = 'full'
               group by owner_id) found);
end $$;

create or replace function public.coaching_kept_out(what text) returns jsonb language plpgsql stable
set search_path = pg_catalog, public, pg_temp as $$ begin
    return (select coalesce(jsonb_object_agg(owner_id || ':' || item_id, true), '{}') from sharing_withheld
             where kind = what);
end $$;

-- Whether the coach may comment on it: they see it, and the client accepts comments.
create or replace function public.coaching_sees(whose uuid, what text, which uuid) returns boolean
language plpgsql stable
set search_path = pg_catalog, public, pg_temp as $$
begin
    return case what
        -- one line for each kind: SEES
        else false end;
end $$;

create or replace function public.coaching_listens(which uuid) returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp
as $$ select exists (select from sharing_coachlink where id = which and muted_since is null) $$;

-- Inserts one row per item and hour, if a grant of the owner's can open the item. The item of a
-- figure or week is its grant.
create or replace function public.coaching_log(owners uuid[], kinds text[], ids uuid[]) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
    insert into sharing_accesslogentry
           (id, owner_id, link_id, kind, item_id, hour, created_at, updated_at, version)
    select distinct on (g.link_id, item.kind, item.id) gen_random_uuid(), g.owner_id, g.link_id,
           item.kind, item.id, date_trunc('hour', now()), now(), now(), 1
      from unnest(owners, kinds, ids) as item (owner, kind, id)
      join sharing_sharegrant g
        on g.owner_id = item.owner and g.revoked_at is null and g.expires_at > now()
       and (g.scope = 'item' and g.about = item.kind and g.item_id = item.id
            or item.kind = 'figure' and g.id = item.id
            and (g.scope in ('measure', 'week') or g.scope = 'practice' and g.detail = 'counts')
            or g.scope = 'practice' and g.detail = 'full' and g.about = case item.kind
                -- one line for each kind: PRACTICES
                end)
     where g.link_id = any ((select coaching_links())::uuid[])
        on conflict do nothing
$$;

-- Ends a link, as the client or as the coach. Nothing opens it again.
create or replace function public.coaching_end(which uuid) returns boolean language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    link sharing_coachlink;
    who text;
begin
    if not exists (select from sharing_coachlink
                    where id = which and privacy_me() in (owner_id, coach_id)) then
        return false;
    end if;
    perform pg_advisory_xact_lock(coaching_lock(which));
    select * into link from sharing_coachlink where id = which and ended_at is null for update;
    if not found then
        return false;
    end if;
    who := case privacy_me() when link.owner_id then 'client' else 'coach' end;
    update sharing_coachlink
       set ended_at = now(), ended_by = who, updated_at = now(), version = version + 1
     where id = which;
    update sharing_sharegrant set revoked_at = now(), updated_at = now(), version = version + 1
     where link_id = which and revoked_at is null;
    update sharing_client set ended_at = now(), next_session_at = null, address = null, updated_at = now(),
           version = version + 1
     where link_id = which;
    insert into sharing_consentevent (id, owner_id, link_id, at, what, scope, about, detail,
           created_at, updated_at, version)
    values (gen_random_uuid(), link.owner_id, which, now(), 'ended', '', who, '', now(), now(), 1);
    return true;
end $$;

-- Revokes the grants of a row that its owner deletes; restoring the row does not restore them.
create or replace function public.coaching_withdraw() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    one record;
begin
    for one in
        select g.link_id, bool_or(g.scope = 'item') as by_itself from sharing_sharegrant g
         where g.owner_id = new.owner_id and g.revoked_at is null and g.expires_at > now()
           and (g.scope = 'item' and g.about = tg_argv[0] and g.item_id = new.id
                or g.scope = 'practice' and g.about = tg_argv[1])
         group by g.link_id order by g.link_id
    loop
        perform pg_advisory_xact_lock(coaching_lock(one.link_id));
        if one.by_itself then
            update sharing_sharegrant
               set revoked_at = now(), updated_at = now(), version = version + 1
             where link_id = one.link_id and owner_id = new.owner_id and scope = 'item'
               and about = tg_argv[0] and item_id = new.id and revoked_at is null;
            insert into sharing_consentevent (id, owner_id, link_id, at, what, scope, about,
                   item_id, detail, created_at, updated_at, version)
            values (gen_random_uuid(), new.owner_id, one.link_id, now(), 'revoked', 'item',
                   tg_argv[0], new.id, '', now(), now(), 1);
        end if;
        insert into sharing_withheld
               (id, owner_id, kind, item_id, created_at, updated_at, version)
        values (gen_random_uuid(), new.owner_id, tg_argv[0], new.id, now(), now(), 1)
            on conflict do nothing;
    end loop;
    return null;
end $$;
