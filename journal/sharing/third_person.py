"""What a coach reads about a client, in sentences of its own: "Maren kept 5 and missed 2".

None of them is a sentence for the client turned round. Where one is stored before a page knows the
name (shared_measures.py), it has `CLIENT` in its place.
"""

from collections import Counter
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.boundaries.models import Boundary, Crossing
from journal.decisions.models import Decision
from journal.languages.lists import listed
from journal.people.percent import percent
from journal.people.text_direction import isolate
from journal.promises.models import CheckIn
from journal.promises.tallies import Tally
from journal.sharing.coach_queries import Item

CLIENT = "{client}"
DAY = "j F Y"
Result, Status = Crossing.Result, CheckIn.Status

HELD: dict[str, str | Lazy] = {
    Result.HELD: gettext_lazy("%(client)s held it"),
    Result.HELD_LATER: gettext_lazy("%(client)s held it later"),
    Result.PARTLY: gettext_lazy("%(client)s held it in part"),
    Result.NOT_HELD: gettext_lazy("%(client)s did not hold it this time"),
    Result.UNDECIDED: gettext_lazy("%(client)s has not decided yet"),
}


def named(text: str, client: str) -> str:
    """A stored sentence, with the name."""
    return text.replace(CLIENT, isolate(client))


def facts(item: Item, client: str) -> str:
    """One line about it in our words."""
    found = FACTS[item.kind.name](item.row, {"client": isolate(client)})
    return ". ".join(str(one) for one in found if one)


def _promise(row: Any, _name: dict[str, str]) -> list[Any]:
    return [row.rhythm_text]


def _boundary(row: Any, _name: dict[str, str]) -> list[Any]:
    return [Boundary.State(row.state).label]


def _crossing(row: Any, name: dict[str, str]) -> list[Any]:
    return [date_format(row.occurred_on, DAY), str(HELD[row.result]) % name]


def _moment(row: Any, name: dict[str, str]) -> list[Any]:
    given = {**name, "before": row.intensity_before, "after": row.intensity_after}
    if row.intensity_before is None:
        said = ""
    elif row.intensity_after is None:
        said = _("%(before)s before, by %(client)s’s own rating") % given
    else:
        said = _("%(before)s before, %(after)s after, by %(client)s’s own rating") % given
    return [date_format(row.occurred_on, DAY), said]


def _decision(row: Any, name: dict[str, str]) -> list[Any]:
    sure = {**name, "percent": percent(row.confidence)} if row.confidence else {}
    said = _("%(client)s was %(percent)s sure") % sure if sure else ""
    return [Decision.State(row.state).label, said]


def _mistake(row: Any, _name: dict[str, str]) -> list[Any]:
    return [date_format(row.occurred_on, DAY)] if row.occurred_on else []


def _lesson(row: Any, _name: dict[str, str]) -> list[Any]:
    return [row.areas_text]


def _entry(row: Any, _name: dict[str, str]) -> list[Any]:
    return [date_format(row.written_on, DAY)]


FACTS = {
    "promise": _promise,
    "boundary": _boundary,
    "crossing": _crossing,
    "self_compassion": _moment,
    "decision": _decision,
    "mistake": _mistake,
    "lesson": _lesson,
    "entry": _entry,
}


def answers(counted: Counter[str], client: str) -> str:
    """ "Maren kept 5 and missed 2."; empty without answers."""
    did = [
        text % {"n": counted[status]}
        for status, text in (
            # Translators: these follow the client's name, as in "Nora kept 4, kept 1 small and
            # missed 2."; a colon after the name, and "4 kept", will do as well.
            (Status.KEPT, _("kept %(n)s")),
            (Status.KEPT_SMALL, _("kept %(n)s small")),
            (Status.MISSED, _("missed %(n)s")),
        )
        if counted[status]
    ]
    name, found = isolate(client), []
    if did:
        said = {"client": name, "did": listed(did)}
        found.append(_("%(client)s %(did)s.") % said)
    if n := counted[Status.EXCUSED]:
        text = ngettext("Life happened once.", "Life happened %(n)s times.", n)
        found.append(text % {"n": n})
    return " ".join(found)


def tally(amount: Tally) -> list[str]:
    """ "Maren kept 16 of 18, 2 of them small.", with `CLIENT` for the name; then what is not
    counted."""
    found = []
    if amount.n:
        counts = {"kept": amount.kept, "n": amount.n, "small": amount.small}
        text = _("{client} kept %(kept)s of %(n)s.")
        if amount.small:
            text = _("{client} kept %(kept)s of %(n)s, %(small)s of them small.")
        found.append(text % counts)
    if amount.excused:
        text = ngettext("Life happened once.", "Life happened %(n)s times.", amount.excused)
        found.append(text % {"n": amount.excused})
    if amount.unrecorded:
        text = ngettext("One was not recorded.", "%(n)s were not recorded.", amount.unrecorded)
        found.append(text % {"n": amount.unrecorded})
    return found
