"""The questions of a preview as fields of its form, and the answers of that form."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from journal.exchange.foreign.questions import ALSO, EXTRAS, Answers
from journal.languages.lists import beside
from journal.people import clock
from journal.people.models import User

INVALID = {"invalid_choice": _("Choose from the list.")}
Lines = list[dict[str, Any]]


def fields_of(lines: Lines, answers: Answers, person: User) -> Iterator[tuple[str, forms.Field]]:
    by_kind: dict[str, Lines] = {}
    for line in lines:
        by_kind.setdefault(line["kind"], []).append(line)
    if zone := by_kind.get("zone"):
        yield "zone", zone_field(zone[0], answers, person)
    if people := by_kind.get("who"):
        yield "who", who_field(people, answers)
    if order := by_kind.get("day_first"):
        yield "day_first", day_first_field(order[0], answers)
    for line in by_kind.get("extra", []):
        yield name_of(line["name"]), extra_field(line, answers)
    if unsure := by_kind.get("unsure"):
        yield "count_unsure", unsure_field(unsure[0], answers)
    if automatic := by_kind.get("automatic"):
        yield "count_automatic", automatic_field(automatic[0], answers)
    if also := by_kind.get("also"):
        yield "also", also_field(also, answers)


def answers_of(given: dict[str, Any], lines: Lines, before: Answers, person: User) -> Answers:
    """What the form does not ask keeps its answer. An answer that holds unasked is none."""
    found = Answers(**vars(before))
    if "zone" in given:
        unasked = str(clock.zone_of(person))
        found.zone = "" if given["zone"] in ("", unasked) else given["zone"]
    if given.get("day_first"):
        found.day_first = given["day_first"] == "day"
    if given.get("who"):
        unasked = next(line["name"] for line in lines if line["kind"] == "who")
        found.who = "" if given["who"] == unasked else given["who"]
    if given.get("count_unsure"):
        found.count_unsure = given["count_unsure"] == "missed"
    if given.get("count_automatic"):
        found.count_automatic = given["count_automatic"] == "kept"
    if "also" in given:
        found.also = sorted(given["also"])
    extras = dict(before.extras)
    for line in lines:
        choice = given.get(name_of(line["name"])) if line["kind"] == "extra" else None
        if choice and choice != before.choice(line["name"]):
            extras[line["name"]] = choice
    found.extras = extras
    return found


def zone_field(line: dict[str, Any], answers: Answers, person: User) -> forms.Field:
    label = ngettext(
        "%(count)s entry has a time but no time zone. Where were you?",
        "%(count)s entries have a time but no time zone. Where were you?",
        line["count"],
    )
    return forms.ChoiceField(
        label=label % line,
        required=False,
        initial=answers.zone or str(clock.zone_of(person)),
        choices=[(name, name.replace("_", " ")) for name in clock.zone_names()],
        error_messages=INVALID,
    )


def who_field(lines: Lines, answers: Answers) -> forms.Field:
    return radio(
        gettext("The file has forecasts of several people. Which are yours?"),
        [(line["name"], f"{line['name']} ({line['count']})") for line in lines],
        answers.who or lines[0]["name"],
    )


def day_first_field(line: dict[str, Any], answers: Answers) -> forms.Field:
    label = ngettext(
        "%(count)s date could be read in two ways: %(examples)s",
        "%(count)s dates could be read in two ways: %(examples)s",
        line["count"],
    )
    return radio(
        label % {**line, "examples": beside(line["examples"])},
        [("day", _("The day comes first")), ("month", _("The month comes first"))],
        "day" if answers.day_first else "month",
    )


def extra_field(line: dict[str, Any], answers: Answers) -> forms.Field:
    choices = [("line", _("Keep as a line below")), ("tag", _("Make it a tag"))]
    if line["name"] == "mood":
        choices.append(("mood", _("Use it as the word for your mood")))
    label = gettext("%(name)s, for example %(example)s (%(count)s)") % {
        "name": EXTRAS.get(line["name"]) or line["name"].capitalize(),
        "example": line["examples"][0] if line["examples"] else "…",
        "count": line["count"],
    }
    return radio(label, [*choices, ("out", _("Leave out"))], answers.choice(line["name"]))


def unsure_field(line: dict[str, Any], answers: Answers) -> forms.Field:
    label = ngettext(
        "%(count)s day is marked “no” there, which can also mean that nothing was entered",
        "%(count)s days are marked “no” there, which can also mean that nothing was entered",
        line["count"],
    )
    choices = [("none", _("Leave them unanswered")), ("missed", _("Count them as missed"))]
    return radio(label % line, choices, "missed" if answers.count_unsure else "none")


def automatic_field(line: dict[str, Any], answers: Answers) -> forms.Field:
    label = ngettext(
        "%(count)s day was filled in by the app itself",
        "%(count)s days were filled in by the app itself",
        line["count"],
    )
    choices = [("none", _("Leave them unanswered")), ("kept", _("Count them as kept"))]
    return radio(label % line, choices, "kept" if answers.count_automatic else "none")


def also_field(lines: Lines, answers: Answers) -> forms.Field:
    choices = [
        (line["name"], f"{ALSO[line['name']]} ({line['count']})")
        for line in lines
        if line["name"] in ALSO
    ]
    return forms.MultipleChoiceField(
        label=_("Left out unless you tick it"),
        required=False,
        choices=choices,
        initial=answers.also,
        widget=forms.CheckboxSelectMultiple,
        error_messages=INVALID,
    )


def radio(label: str, choices: list[Any], initial: str) -> forms.Field:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=choices,
        initial=initial,
        widget=forms.RadioSelect(attrs={"row": True}),
        error_messages=INVALID,
    )


def name_of(extra: str) -> str:
    """The field of an extra, whose name a file chose."""
    return f"extra-{slugify(extra)}"[:60]
