"""Every address under /sharing/ x mira (linked, ended, never linked), eve, nobody x every method.

tests/routes knows ada, eve, the operator and nobody; here it is her coach who asks, too.
"""

import pytest
from django.db import transaction
from django.test import Client

from journal.privacy.rls import acting_as
from journal.sharing.models import CoachLink
from tests.coaching.factories import link as connect
from tests.coaching.factories import made_coach, make_program, offer, propose, share, suggest, sure
from tests.coaching.team_factories import make_team, suggest_coach
from tests.factories import make_entry, make_person
from tests.routes.addresses import all_addresses, filled
from tests.routes.expected import TO_SIGN_IN, worth_asking
from tests.routes.rows import CANARY
from tests.routes.table import TABLE

pytestmark = pytest.mark.django_db

SHARING = [address for address in all_addresses() if address.startswith("/sharing/")]
END = "/sharing/grants/<uuid:pk>/end/"
OWN_PAGES = {"GET": (200, 302), "POST": (200, 302)}


def ids_of(ada, mira, state: str) -> dict[str, object]:
    """What stands in the addresses: all of it ada's."""
    made_coach(mira)
    entry = make_entry(ada, f"The {CANARY} sang")
    made = connect(ada, mira, coach_name=CANARY)
    grant, suggested = share(made, entry), suggest(made, text=CANARY)
    agreement = propose(made, CANARY)
    program = offer(made, make_program(mira, CANARY))
    other = make_person("another.coach@example.org")
    make_team(mira, other)
    handover = suggest_coach(made, other)
    if state == "ended":
        with acting_as(ada):
            made.end()
    by_address = {
        "/sharing/grants/": made.pk,
        "/sharing/shares/": grant.pk,
        "/sharing/suggestions/": suggested.pk,
        "/sharing/items/": entry.pk,
        "/sharing/agreements/": agreement.pk,
        "/sharing/programs/": program.pk,
        "/sharing/handovers/": handover.pk,
        "/sharing/comments/": suggested.pk,
        "/sharing/invitations/": suggested.pk,
    }
    return {**by_address, "link": made.pk}


def asked(client: Client, method: str, path: str):
    with transaction.atomic():
        response = client.generic(method, path, b"", "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("who", ["linked", "ended", "never linked", "eve", "nobody"])
def test_nobody_else_meets_anything_of_hers(ada, mira, eve, operator, who):
    coach = mira if who in ("linked", "ended") else operator
    ids = ids_of(ada, coach, who)
    browser = Client() if who == "nobody" else sure(eve if who == "eve" else mira)
    surprises = []
    for address in SHARING:
        start = next((one for one in ids if address.startswith(one) and "<uuid" in address), "")
        places = {"pk": ids.get(start), "link": ids["link"], "kind": "entry", "token": "x"}
        path = filled(address, places)
        for method in worth_asking(lambda one, at=address: expected(at, one, who)[0]):
            response = asked(browser, method, path)
            if CANARY in response.content.decode():
                surprises.append(f"{method} {path} shows a word of hers")
            if response.status_code not in expected(address, method, who):
                surprises.append(f"{method} {address}: {response.status_code}")
    assert not surprises, "\n".join(surprises)
    with acting_as(ada):
        assert (CoachLink.objects.get().ended_at is None) == (who != "ended")


def expected(address: str, method: str, who: str) -> tuple[int, ...]:
    line = TABLE[address]
    status = line.expected(address, "nobody" if who == "nobody" else "eve", method)
    if status == TO_SIGN_IN:
        return (302,)
    if status == 405 or who == "nobody":
        return (int(status),)
    if address == END and who == "linked":
        return (302,)  # a coach ends a link there, too
    return (404,) if "<uuid" in address else (*OWN_PAGES.get(method, (int(status),)), int(status))
