"""The settings page: one form for each section, so that saving one leaves the others alone.

The account has no version. A form carries a fingerprint of the values it was rendered with; if
another page stored others since, it shows both and saves when it is sent again.
"""

from functools import cache
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journal.people import clock
from journal.people.models import User
from journal.privacy.comparison import ComparingForm

PAUSES = (1, 5, 15, 30, 60)  # minutes


def hour_choices() -> list[tuple[int, Any]]:
    return [(0, _("Midnight")), *((hour, f"{hour:02}:00") for hour in range(1, 24))]


def pause_choices() -> list[tuple[int | str, Any]]:
    after = [
        (minutes, ngettext("After %d minute", "After %d minutes", minutes) % minutes)
        for minutes in PAUSES
    ]
    return [("", _("Never")), *after]


class SettingsForm(ComparingForm):
    section: ClassVar[str]
    headline: ClassVar[Promise]
    SINCE: ClassVar[
        dict[str, str]
    ] = {}  # boxes, and the column that says since when each is ticked

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column in self.SINCE.items():
            self.initial[name] = bool(getattr(self.instance, column))

    @property
    def fingerprint(self) -> str:
        stored = [(name, self.stored_value(name)) for name in self.fields]
        return sha256(repr(stored).encode()).hexdigest()[:16]

    @property
    def shown(self) -> str:
        """The fingerprint of the values that the person has seen."""
        if self.is_bound and not self.elsewhere:
            return self.data.get("shown", "")
        return self.fingerprint

    @property
    def would_overwrite(self) -> bool:
        """Whether saving would overwrite values that this page never showed."""
        return self.shown not in ("", self.fingerprint) and any(map(self.differs, self.fields))

    def changed_elsewhere(self, text: Any) -> None:
        self.elsewhere = tuple(self.differences())
        self.add_error(None, text)

    def save_answers(self) -> User:
        """Keeps the moment of a box unless its answer changes."""
        person: User = self.instance
        for name, column in self.SINCE.items():
            since = getattr(person, column) or timezone.now()
            setattr(person, column, since if self.cleaned_data[name] else None)
        person.save(update_fields=[*(self._meta.fields or ()), *self.SINCE.values()])
        return person


class AppearanceForm(SettingsForm):
    section, headline = "appearance", _("Appearance")
    SINCE = {"words_for_numbers": "numbers_hidden_since"}

    words_for_numbers = forms.BooleanField(
        label=_("Show words instead of numbers"),
        help_text=_(
            "Your pages leave out counts and ranges. Nothing is lost, and you can look at them "
            "whenever you like."
        ),
        required=False,
    )

    class Meta:
        model = User
        fields = ("theme",)
        labels = {"theme": _("Light or dark")}
        widgets = {"theme": forms.RadioSelect(attrs={"row": True})}
        error_messages = {
            "theme": {"invalid_choice": _("Choose light, dark or the same as your device.")}
        }


class NameForm(SettingsForm):
    section, headline = "name", _("Name and language")

    class Meta:
        model = User
        fields = ("called", "language")
        help_texts = {"called": _("Optional. Only you see it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            required=False,
            choices=[("", _("Same as my browser")), *settings.LANGUAGES],
            error_messages={"invalid_choice": _("Choose a language from the list.")},
        )


class ZoneSelect(forms.Select):
    """430 time zones take three quarters of the settings' time, and are the same for everyone but
    for the chosen one."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """The first, the server's, as ever; the others as they were written once."""
        server = forms.Select(choices=[next(iter(self.choices))]).optgroups(name, value, attrs)
        written = _zone_options()
        for chosen in {*value} & {*clock.zone_names()}:
            one = f'value="{chosen}"'
            written = SafeString(written.replace(one, f"{one} selected", 1))
        return [*server, (None, written, 1)]


@cache
def _zone_options() -> SafeString:
    every = ((name, name.replace("_", " ")) for name in clock.zone_names())
    return format_html_join("\n", '<option dir="auto" value="{}">{}</option>', every)


class CalendarForm(SettingsForm):
    section, headline = "calendar", _("Your calendar")
    SINCE = {"no_zone_offers": "no_zone_offers_since"}

    zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        widget=ZoneSelect,
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )
    no_zone_offers = forms.BooleanField(
        label=_("Don't ask when my browser is in another time zone"), required=False
    )
    day_starts_at = forms.TypedChoiceField(
        label=_("My day starts at"),
        help_text=_("What you write before this hour counts for the day before."),
        choices=hour_choices,
        coerce=int,
        error_messages={"invalid_choice": _("Choose a full hour from 0 to 23.")},
    )

    class Meta:
        model = User
        fields = ("zone", "day_starts_at", "week_starts_on")
        error_messages = {
            "week_starts_on": {"invalid_choice": _("Choose Monday, Saturday or Sunday.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        server_zone = _("Same as the server: %(zone)s") % {"zone": settings.TIME_ZONE}
        names = [(name, name.replace("_", " ")) for name in clock.zone_names()]
        self.fields["zone"].choices = [("", server_zone), *names]
        self.order_fields(["zone", "no_zone_offers", "day_starts_at", "week_starts_on"])


class LockForm(SettingsForm):
    section, headline = "lock", _("Screen lock")

    lock_after = forms.TypedChoiceField(
        label=_("Lock when I’m away"),
        help_text=_(
            "You stay signed in, but nothing is shown until you enter your password or use "
            "a passkey."
        ),
        required=False,
        choices=pause_choices,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one of the times in the list.")},
    )

    class Meta:
        model = User
        fields = ("lock_after",)


SECTIONS: dict[str, type[SettingsForm]] = {
    form.section: form for form in (AppearanceForm, NameForm, CalendarForm, LockForm)
}
