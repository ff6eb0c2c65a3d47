"""Everything that the two roles of the wall may do, table by table.

A new table fails the suite until its migration protects it and this file says, in so many words,
what each role may do with it. tests/privacy/complaints.py compares it with PostgreSQL.
"""

PERSON, COACH = "selftrust_person", "selftrust_coach"

ALL = {"select", "insert", "update", "delete"}
PREFERENCES = ("called", "day_starts_at", "language", "lock_after", "theme")
PREFERENCES += ("no_offers_since", "numbers_hidden_since", "week_starts_on", "zone")
PREFERENCES += ("zone_declined", "no_zone_offers_since", "start_due_since")
PREFERENCES += ("declined_offers", "next_offer_on", "app_name")


def only(columns: str, *others: str) -> set[str]:
    return {*others, *(f"update({name})" for name in columns.split())}


# What a person may do, always held to their own rows. `update(column)` is one column's privilege.
PERSON_MAY: dict[str, set[str]] = {
    "access_tokens_accesstoken": ALL,
    "push_pushmessage": ALL,
    "push_pushsubscription": ALL,
    "scheduled_exports_exportschedule": ALL,
    "scheduled_exports_scheduledexport": ALL,
    "search_search": ALL,
    "photos_photo": ALL,
    "reminders_reminder": ALL,
    "reminders_reminderpreference": ALL,
    "reminders_sentreminder": ALL,
    "account_emailaddress": {"select"},
    "boundaries_areafeeling": ALL,
    "boundaries_boundary": ALL,
    "boundaries_crossing": ALL,
    "boundaries_rehearsal": ALL,
    "boundaries_telling": ALL,
    "sharing_brief": ALL,
    "sharing_client": ALL,
    "sharing_coachinvitation": ALL,
    "sharing_coachlink": only(
        "address_shown_since muted_since updated_at version zone_shown", "select", "insert"
    ),
    "coaching_coachnote": ALL,
    "sharing_comment": only("deleted_at seen_at updated_at version", "select", "delete"),
    "sharing_reply": only("deleted_at seen_at updated_at version", "select", "insert", "delete"),
    "sharing_consentevent": {"select", "insert"},
    "coaching_libraryprompt": ALL,
    "coaching_notetemplate": ALL,
    "sharing_accesslogentry": {"select"},
    "sharing_sharedmeasure": ALL,
    "sharing_sharegrant": {"select", "insert", "update"},
    "sharing_suggestion": {"select", "insert", "update"},
    "sharing_withheld": ALL,
    "sharing_clientprogram": {"select", "insert", "update"},
    "coaching_program": ALL,
    "sharing_coachsession": {"select", "insert", "update"},
    "sharing_agreement": {"select", "insert", "update"},
    "sharing_outcome": {"select", "insert", "update"},
    "sharing_handover": {"select", "insert", "update"},
    "sharing_team": {"select"},
    "sharing_teammember": {"select"},
    "decisions_addendum": ALL,
    "decisions_decision": ALL,
    "decisions_decisionreview": ALL,
    "decisions_earlierreview": ALL,
    "decisions_forecast": ALL,
    "decisions_option": ALL,
    "decisions_valueinplay": ALL,
    "exchange_export": ALL,
    "exchange_import": ALL,
    "exchange_importedrows": ALL,
    "lessons_lesson": ALL,
    "lessons_lessonreturn": ALL,
    "lessons_lessonuse": ALL,
    "lessons_thread": ALL,
    "mfa_authenticator": {"select"},
    "people_user": {"select", *(f"update({name})" for name in PREFERENCES)},
    "people_value": ALL,
    "privacy_datakey": {"select", "insert"},
    "promises_checkin": ALL,
    "promises_experiment": only(
        "deleted_at ended_on stop_reason updated_at version went_on_with",
        *("select", "insert", "delete"),
    ),
    "promises_promise": ALL,
    "promises_promisepause": ALL,
    "promises_promiserevision": ALL,
    "promises_weekconfirmation": ALL,
    "entries_earlierversion": ALL,
    "reflections_dailycheck": ALL,
    "entries_entry": ALL,
    "compassion_kindnessstarter": {"select"},
    "compassion_selfcompassion": ALL,
    "compassion_startermark": ALL,
    "reflections_selfrating": ALL,
    "entries_entrytemplate": ALL,
    "entries_hiddenprompt": ALL,
    "mistakes_mistake": ALL,
    "entries_ownprompt": ALL,
    "entries_prompt": {"select"},
    "rumination_ruminationanswer": ALL,
    "entries_tag": ALL,
    "entries_entrytag": ALL,
    "reflections_weeklyreflection": ALL,
    "support_servedcountry": {"select"},
    "support_supportresource": {"select"},
    "usersessions_usersession": {"select"},
}
SUGGESTED = "id owner_id link_id what practice by_on state answered_at created_at deleted_at"
COMMENTED = "id owner_id link_id kind item_id body created_at updated_at deleted_at version"
SUGGESTED += " program_id week"
PROGRAM = "id owner_id link_id copied_from weeks answered_at started_on days_paused paused_on"
PROGRAM += " paused_by stopped_on stopped_by created_at deleted_at"
HANDED = "id owner_id link_id coach_id state created_at answered_at deleted_at"
CHECKED = "id owner_id promise_id due_on status deleted_at"
SHOWN_OF_PHOTOS = "id owner_id entry_id position description width height stored_as deleted_at"
COACH_MAY: dict[str, set[str]] = {
    "boundaries_boundary": {"select"},
    "boundaries_crossing": {"select"},
    "sharing_brief": {"select"},
    "sharing_client": ALL,
    "sharing_coachinvitation": ALL,
    "sharing_coachlink": {"select"},
    "coaching_coachnote": ALL,
    "sharing_comment": {"insert", *(f"select({name})" for name in COMMENTED.split())},
    "sharing_reply": {"select"},
    "coaching_libraryprompt": ALL,
    "coaching_notetemplate": ALL,
    "sharing_sharedmeasure": {"select"},
    "sharing_sharegrant": {"select"},
    "sharing_suggestion": {f"select({name})" for name in SUGGESTED.split()},
    "sharing_withheld": {"select"},
    "sharing_clientprogram": {f"select({name})" for name in PROGRAM.split()},
    "coaching_program": ALL,
    "sharing_coachsession": {"select"},
    "sharing_agreement": {"select"},
    "sharing_outcome": {"select"},
    "sharing_handover": {f"select({name})" for name in HANDED.split()},
    "sharing_team": {"select"},
    "sharing_teammember": {"select"},
    "decisions_addendum": {"select"},
    "decisions_decision": {"select"},
    "decisions_decisionreview": {"select"},
    "decisions_option": {"select"},
    "decisions_valueinplay": {"select"},
    "lessons_lesson": {"select"},
    "privacy_datakey": {"select", "insert"},
    "photos_photo": {f"select({name})" for name in SHOWN_OF_PHOTOS.split()},
    "promises_checkin": {f"select({name})" for name in CHECKED.split()},
    "promises_promise": {"select"},
    "entries_entry": {"select"},
    "compassion_kindnessstarter": {"select"},
    "mistakes_mistake": {"select"},
    "entries_prompt": {"select"},
    "compassion_selfcompassion": {"select"},
    "support_servedcountry": {"select"},
    "support_supportresource": {"select"},
}
# The one policy by which a coach meets each table: its name, what it is for, and everything that
# has to stand in it. tests/coaching/test_wall.py looks at what it lets through.
MINE = "(owner_id = ( SELECT privacy_me() AS privacy_me))"
OWNERS, LINKS = "SELECT coaching_readable_owners()", "SELECT coaching_links()"
TEAM = "SELECT coaching_team()"
LIVING, FINISHED = "(deleted_at IS NULL) AND", "(finished_at IS NOT NULL) AND"


def shared(kind: str, practice: str = "", *more: str) -> tuple[str, str, tuple[str, ...]]:
    of_practice = f"SELECT coaching_practice('{practice}'::text)"
    kept_out = f"(NOT (( SELECT coaching_kept_out('{kind}'::text)"
    items = (f"SELECT coaching_items('{kind}'::text)", f"SELECT coaching_pairs('{kind}'::text)")
    needed = (LIVING, OWNERS, *items, *more)
    return "shared", "SELECT", (*needed, of_practice, kept_out) if practice else needed


def part_of(table: str) -> tuple[str, str, tuple[str, ...]]:
    return "shared", "SELECT", (LIVING, OWNERS, f"FROM {table} whole")


COACHS_OWN = ("coachs_own", "ALL", (MINE,))
BY_GRANT = ("shared", "SELECT", (OWNERS,))
COACH_BY: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "boundaries_boundary": shared("boundary", "boundaries", FINISHED),
    "boundaries_crossing": shared("crossing", "boundaries", "<> 'unsafe_to_act'::text) AND"),
    "sharing_brief": shared("brief"),
    "sharing_client": COACHS_OWN,
    "sharing_coachinvitation": COACHS_OWN,
    "sharing_coachlink": ("shared", "SELECT", (f"(id = ANY (( {LINKS}",)),
    "coaching_coachnote": COACHS_OWN,
    "sharing_comment": ("shared", "ALL", (LIVING, LINKS, "coaching_sees(owner_id, ")),
    "sharing_reply": ("shared", "SELECT", (LIVING, LINKS, "coaching_sees(owner_id, ")),
    "coaching_libraryprompt": COACHS_OWN,
    "coaching_notetemplate": COACHS_OWN,
    "sharing_sharedmeasure": ("shared", "SELECT", (LIVING, "FROM sharing_sharegrant opened")),
    "sharing_sharegrant": (
        *("shared", "SELECT"),
        (LINKS, "(revoked_at IS NULL) AND (expires_at > now())"),
    ),
    "sharing_suggestion": ("shared", "SELECT", (LIVING, LINKS)),
    "sharing_withheld": BY_GRANT,
    "sharing_clientprogram": ("shared", "SELECT", (LIVING, LINKS)),
    "coaching_program": COACHS_OWN,
    "sharing_coachsession": ("shared", "SELECT", (LIVING, LINKS)),
    "sharing_agreement": ("shared", "SELECT", (LIVING, LINKS)),
    "sharing_outcome": (
        *("shared", "SELECT"),
        (LIVING, LINKS, "(shared_at IS NOT NULL)", "FROM sharing_agreement a"),
    ),
    "sharing_handover": ("shared", "SELECT", (LIVING, LINKS)),
    "sharing_team": ("shared", "SELECT", (f"(id = ( {TEAM}",)),
    "sharing_teammember": ("shared", "SELECT", (LIVING, f"(team_id = ( {TEAM}")),
    "decisions_addendum": part_of("decisions_decision"),
    "decisions_decision": shared("decision", "decisions", FINISHED),
    "decisions_decisionreview": part_of("decisions_decision"),
    "decisions_option": part_of("decisions_decision"),
    "decisions_valueinplay": part_of("decisions_decision"),
    "lessons_lesson": shared("lesson", "mistakes"),
    "privacy_datakey": ("shared", "ALL", (MINE, f"(owner_id = ANY (( {OWNERS}")),
    "photos_photo": (
        *part_of("entries_entry")[:2],
        (*part_of("entries_entry")[2], "FROM sharing_sharegrant g", "= ANY (g.photos)"),
    ),
    "promises_checkin": part_of("promises_promise"),
    "promises_promise": shared("promise", "promises", FINISHED),
    "entries_entry": shared("entry"),
    "mistakes_mistake": shared("mistake", "mistakes", FINISHED),
    "compassion_selfcompassion": shared(
        *("self_compassion", "self_compassion", FINISHED), "(NOT ((mode)::text = 'letter'::text))"
    ),
}

# The installation's own: sessions, tokens, bookkeeping. Only the owner's role goes there.
CLOSED_TO_BOTH = {
    "account_emailconfirmation",
    "audit_auditevent",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_admin_log",
    "django_content_type",
    "django_migrations",
    "django_session",
    "django_tasks_database_dbtaskresult",
    "installation_deletedaccount",
    "installation_note",
    "mail_outboxmessage",
    "people_invitation",
    "people_sharedvalue",
    "sharing_notekey",
}
# Not `owner_id`, but held to the person's own row all the same.
IDENTITY = {
    "account_emailaddress": "user_id",
    "mfa_authenticator": "user_id",
    "people_user": "id",
    "sharing_team": "administrator_id",
    "usersessions_usersession": "user_id",
}
OF_COACHING = {"lock_links()", "items(text)", "kept_out(text)", "links()", "listens(uuid)"}
OF_COACHING |= {
    "lock(uuid)",
    "log(uuid[],text[],uuid[])",
    "log_agreements(uuid[],text[],uuid[])",
    "practice(text)",
    "readable_owners()",
    "team()",
    "team_counts()",
}
OF_COACHING |= {"sees(uuid,text,uuid)", "pairs(text)", "restrict_to(uuid[])"}
FUNCTIONS = {
    PERSON: {f"coaching_{name}" for name in ("end(uuid)", "lock(uuid)", "withdraw()")},
    COACH: {f"coaching_{name}" for name in OF_COACHING},
}
# For what a coach asks across the people who share with them, and for the worker of reminders.
INDEXES_ACROSS_OWNERS = {
    *("sharing_coachlink_coach_id", "grant_in_force", "reminder_by_time", "handover_by_link"),
    # For the purge, past the wall; the first is one of each table (`<table>_bin`).
    *("team_member_by_team", "earlier_version_by_age", "sent_reminder_by_day"),
}
INDEXES_ACROSS_OWNERS |= {"reply_unseen", "push_message_by_time", "export_schedule_by_time"}
