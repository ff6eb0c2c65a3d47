"""The client's grants in words: "3 chosen items, Decisions, promise totals"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.languages.lists import beside
from journal.sharing import shared_measures
from journal.sharing.models.grants import ShareGrant
from journal.sharing.shareable import Practice

Scope, Detail = ShareGrant.Scope, ShareGrant.Detail


def describe_grants(grants: Iterable[ShareGrant]) -> str:
    """Empty if nothing is shared."""
    return capfirst(beside(said.text for said in each(grants)))


@dataclass(frozen=True)
class GrantText:
    text: str
    until: datetime  # the first expiry


def each(grants: Iterable[ShareGrant]) -> list[GrantText]:
    grants = list(grants)
    items = [one for one in grants if one.scope == Scope.ITEM and one.about != "brief"]
    briefs = [one for one in grants if one.scope == Scope.ITEM and one.about == "brief"]
    found = []
    if items:
        text = ngettext("one chosen item", "%(n)s chosen items", len(items))
        found.append(GrantText(text % {"n": len(items)}, _first_end(items)))
    if briefs:
        found.append(GrantText(_("a session brief"), _first_end(briefs)))
    found += [
        GrantText(describe_grant(one), one.expires_at) for one in grants if one.scope != Scope.ITEM
    ]
    return found


def _first_end(grants: list[ShareGrant]) -> datetime:
    return min(one.expires_at for one in grants)


def not_shared(grants: Iterable[ShareGrant]) -> list[str]:
    """The practices, and the journal, without any grant."""
    shared = set()
    for one in grants:
        if one.scope == Scope.PRACTICE:
            shared.add(one.about)
        elif one.kind:
            shared.add(one.kind.practice)
    practices = [*Practice.choices, ("", _("Journal"))]
    return [str(label) for value, label in practices if value not in shared]


def describe_grant(grant: ShareGrant) -> str:
    if grant.scope == Scope.PRACTICE:
        name = Practice(grant.about).label
        given = {"practice": name}
        if grant.detail == Detail.COUNTS:
            return _("%(practice)s (counts only)") % given
        if grant.past == ShareGrant.Past.FROM_NOW:
            return _("%(practice)s, from that day on") % given
        return str(name)
    if grant.scope == Scope.MEASURE:
        return measure(grant.about)
    if grant.detail == Detail.COUNTS:
        return _("weekly summary (counts only)")
    return _("weekly summary")


def measure(slug: str) -> str:
    """The name of a known measure, otherwise its slug; the figure itself contains its name."""
    return str(dict(shared_measures.MEASURES).get(slug, slug))
