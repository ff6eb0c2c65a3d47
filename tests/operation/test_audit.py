"""The operator's log: one line for each thing done, no word of a person, and it only grows."""

import base64
import re
from datetime import datetime
from io import StringIO
from json import loads
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from journal.account_deletion import deletion
from journal.audit.events import What
from journal.audit.models import AuditEvent
from journal.audit.recording import record, recorded
from journal.privacy.rls import COACH, PERSON, acting_as
from journal.reflections.entries.prompts.models import Prompt
from journal.support import starter
from journal.support.models import SupportResource
from tests.conftest import signed_in
from tests.factories import make_entry, make_person
from tests.operation.backup_runs import backup, restore
from tests.privacy.stored import run

LOG, ACCOUNTS, PROMPTS = "/accounts/operator/log/", "/admin/people/user/", "/admin/entries/prompt/"
RESOURCES, STARTER = "/admin/support/supportresource/", "/admin/support/supportresource/starter/"
CANARY = "zanzibarquokka"
Line = tuple[str, str, dict[str, int]]


def lines(seen: int = 0) -> list[Line]:
    """Oldest first, after those already seen."""
    rows = AuditEvent.objects.order_by("pk")[seen:]
    return [(line.what, line.outcome, line.counts) for line in rows]


def printed(**options: int) -> str:
    said = StringIO()
    call_command("audit", stdout=said, **options)
    return said.getvalue()


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# --- commands ---------------------------------------------------------------------------------


@pytest.fixture
def key_file(settings, tmp_path):
    settings.SELFTRUST_KEY = ""
    settings.SELFTRUST_KEY_FILE = tmp_path / "selftrust_key"
    settings.SELFTRUST_KEY_FILE.write_text(base64.b64encode(bytes([1]) * 32).decode())
    settings.SELFTRUST_KEY_FILE.chmod(0o600)
    return settings.SELFTRUST_KEY_FILE


@pytest.mark.django_db
def test_each_command_leaves_one_line(key_file):
    for name in ("ada", "eve"):
        make_entry(make_person(f"{name}@example.org", called=CANARY), CANARY)
    deletion.ask(make_person("bob@example.org"), at_once=True)
    run("update entries_entry set deleted_at = now() - interval '31 days'")

    for command, options, line in (
        ("purge", {}, ("purge", "done", {"accounts": 1, "rows": 2})),
        ("purge", {}, ("purge", "done", {"accounts": 0, "rows": 0})),
        ("rotate_key", {"new": True}, ("rotate_key", "done", {"keys": 2})),
        ("demo", {"password": "an example for the tests"}, ("example", "done", {})),
    ):
        seen = len(lines())
        call_command(command, stdout=StringIO(), **options)
        assert lines(seen) == [line]

    assert not AuditEvent.objects.exclude(by=None).exists()
    said = printed()
    assert said.splitlines()[1].endswith("Z  rotate_key  done  command  keys=2")
    assert CANARY not in said
    assert "@" not in said
    assert len(printed(lines=1).splitlines()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_command_that_fails_leaves_one_line(key_file, data, tmp_path, monkeypatch):
    make_person("nora@example.org")
    monkeypatch.setattr("journal.operation.purge.outdated", lambda: run("select no_such_column"))
    nowhere = str(tmp_path / "no" / "folder")

    for what, arguments in (
        ("purge", ["purge"]),
        ("example", ["demo"]),
        ("backup", ["backup", nowhere]),
        ("restore", ["restore", nowhere]),
        ("rotate_key", ["rotate_key"]),
    ):
        key_file.write_text("no key" if what == "rotate_key" else key_file.read_text())
        seen = len(lines())
        with pytest.raises((CommandError, ProgrammingError)):
            call_command(*arguments, stdout=StringIO())
        assert lines(seen) == [(what, "failed", {})]


@pytest.mark.django_db(transaction=True)
def test_a_rollback_takes_no_failure_with_it():
    def interrupted() -> None:
        with recorded(What.PURGE), transaction.atomic():
            record(What.BACKUP)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert lines() == [("purge", "failed", {})]


@pytest.mark.django_db
def test_a_log_that_cannot_be_written_stops_no_command(caplog):
    run("alter table audit_auditevent rename to gone")

    with recorded(What.PURGE) as counts:
        counts["rows"] = 1

    assert "The operator's log has no line of this: ProgrammingError." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_restore_adds_its_line_and_takes_none_away(ada, data, tmp_path):
    record(What.INVITATION, ada.pk)
    backup(tmp_path / "monday")
    record(What.OPERATOR, ada.pk)
    made_at = loads((tmp_path / "monday/manifest.json").read_text())["made_at"]
    rows = sum(loads((tmp_path / "monday/manifest.json").read_text())["rows"].values())
    restored = {"backup_of": datetime.fromisoformat(made_at).timestamp(), "accounts": 1}
    before = [
        ("invitation", "done", {}),
        ("backup", "done", {"accounts": 1, "rows": rows}),
        ("operator", "done", {}),
    ]

    restore(tmp_path / "monday", yes=True)
    assert lines() == [*before, ("restore", "done", restored)]
    restore(tmp_path / "monday", yes=True)
    assert lines() == [*before, *[("restore", "done", restored)] * 2]

    with pytest.raises(IntegrityError):  # the trigger came along
        run("delete from audit_auditevent")


# --- the operator's pages -----------------------------------------------------------------------


@pytest.mark.django_db
def test_each_act_of_the_operator_leaves_one_line(operator, ada, eve, data, settings):
    settings.COUNTRIES = []
    ada.called = CANARY
    ada.save(update_fields=["called"])
    visit = signed_in(operator)
    first = beginning_of_key(settings)
    keys = [entry.resource.starter for entry in starter.entries_for(["SE"], without=())][:2]
    people = {"_selected_action": [ada.pk, eve.pk]}
    prompt = {"practice": "", "text": CANARY}
    own = {"name": CANARY, "kind": "crisis", "phone": "112", "verified_on": "2026-11-01"}

    def saved() -> dict[str, object]:
        return {"_selected_action": list(SupportResource.objects.values_list("pk", flat=True))}

    for address, form, line in (
        ("/accounts/invitations/", {}, ("invitation", {})),
        ("/accounts/operator/health/", {"beginning": first}, ("recovery_key", {})),
        (ACCOUNTS, {"action": "deactivate", **people}, ("switched_off", {"accounts": 2})),
        (ACCOUNTS, {"action": "activate", **people}, ("switched_on", {"accounts": 2})),
        (ACCOUNTS, {"action": "let_coach", **people}, ("coach", {"accounts": 2})),
        (ACCOUNTS, {"action": "no_longer_coach", **people}, ("no_coach", {"accounts": 2})),
        (STARTER, {"do": "countries", "countries": ["SE", "DE"]}, ("countries", {"countries": 2})),
        (STARTER, {"do": "confirm", "entry": keys}, ("support", {"entries": 2})),
        (RESOURCES, {"action": "verify_today", **saved()}, ("support", {"entries": 2})),
        (f"{RESOURCES}add/", own, ("support", {"entries": 1})),
        (f"{PROMPTS}add/", prompt, ("prompts", {"entries": 1})),
        (f"{PROMPTS}{Prompt.objects.first().pk}/change/", prompt, ("prompts", {"entries": 1})),
    ):
        if form.get("action") == "verify_today":
            form |= saved()
        seen = len(lines())
        answer = visit.post(address, form)
        what, counts = line
        assert answer.status_code in (200, 302), address
        assert lines(seen) == [(what, "done", counts)], (address, page(answer)[-3000:])
    visit.post(f"{RESOURCES}{SupportResource.objects.get(name=CANARY).pk}/delete/", {"post": "yes"})
    assert lines()[-1] == ("support", "done", {"entries": 1})

    seen = len(lines())
    for address, form in (
        ("/accounts/operator/health/", {"beginning": "guess1"}),
        (ACCOUNTS, {"action": "no_longer_coach", **people}),
        (ACCOUNTS, {"action": "deactivate", "_selected_action": [operator.pk]}),
        (STARTER, {"do": "confirm", "entry": keys}),
        (f"{PROMPTS}add/", {"text": ""}),
    ):
        visit.post(address, form)
    assert lines(seen) == []  # nothing was done

    assert set(AuditEvent.objects.values_list("by", flat=True)) == {operator.pk}
    log = page(visit.get(LOG))
    stored = f"{run('select row_to_json(l)::text from audit_auditevent l')}"
    for text in (log.split("<main")[1], stored, printed()):
        assert CANARY not in text
        assert "@" not in text


def beginning_of_key(settings) -> str:
    return Path(settings.SELFTRUST_KEY_FILE).read_text()[:6]


@pytest.mark.django_db
def test_becoming_operator_leaves_a_line_and_a_guess_none(ada, ada_client):
    ada_client.post("/accounts/operator/", {"token": "guess"})
    ada_client.post("/accounts/operator/", {"token": configured.OPERATOR_TOKEN})

    (line,) = AuditEvent.objects.all()
    assert (line.what, line.outcome, line.by) == ("operator", "done", ada.pk)


# --- it only grows, and only the operator reads it ----------------------------------------------


@pytest.mark.django_db
def test_no_role_changes_or_deletes_a_line(ada):
    record(What.PURGE, rows=1)
    record(What.INVITATION, ada.pk)
    statements = (
        "update audit_auditevent set outcome = 'failed'",
        "update audit_auditevent set by = null where false",
        "delete from audit_auditevent",
        "truncate audit_auditevent",
        "insert into audit_auditevent (at, what, outcome, counts) values "
        "(now(), 'purge', 'done', '{\"rows\": \"a word\"}')",
    )
    before = run("select * from audit_auditevent order by id")

    for statement in statements:
        with pytest.raises(IntegrityError), transaction.atomic():
            run(statement)
    for role in (PERSON, COACH):
        for statement in (*statements, "select from audit_auditevent"):
            with pytest.raises(ProgrammingError, match="permission"), acting_as(ada, role=role):
                run(statement)
    ada.delete()
    assert run("select * from audit_auditevent order by id") == before


@pytest.mark.django_db
def test_only_the_operator_reads_it_a_page_at_a_time(operator, eve, mira, client: Client):
    visit = signed_in(operator)
    assert "Nothing yet." in page(visit.get(LOG))
    assert printed() == "The log is empty.\n"
    record(What.RESTORE, backup_of=1764500000, accounts=3)
    for _number in range(40):
        record(What.PURGE, rows=7)
    record(What.SWITCHED_OFF, operator.pk, accounts=1)
    record(What.INVITATION, eve.pk)

    newest = page(visit.get(LOG))
    assert newest.index(str(eve.pk)) < newest.index("by you") < newest.index("Rows: 7")
    assert newest.count('<li class="consent">') == 40
    older = page(visit.get(LOG + re.search(r'href="(\?before=\d+)"', newest)[1]))
    assert older.count('<li class="consent">') == 3
    assert "From the backup of <time" in older
    assert "Accounts: 3" in older
    assert "?before=" not in older
    assert "Nothing older." in page(
        visit.get(LOG, {"before": AuditEvent.objects.earliest("pk").pk})
    )
    for rubbish in ("0", "-1", "x", "\0", "9" * 30, "1.5", ""):
        assert page(visit.get(LOG, {"before": rubbish})).count('<li class="consent">') == 40

    mira.let_coach(coaches=True)
    for person in (eve, mira):
        assert signed_in(person).get(LOG).status_code == 404
    assert client.get(LOG).status_code == 302
