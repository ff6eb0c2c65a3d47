"""Forms for inviting a coach, for accepting an invitation, and for replying to a comment."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.people.adapter import LONGEST_ADDRESS
from journal.people.forms import ADDRESS
from journal.people.models import User
from journal.people.text_direction import isolate
from journal.privacy.fields import WordsInput
from journal.privacy.owned_form import OwnedForm
from journal.privacy.ownership import uuid7
from journal.sharing.models.links import NAME
from journal.sharing.models.messages import Reply
from journal.sharing.models.teams import Team


class ReplyForm(OwnedForm):
    class Meta:
        model = Reply
        fields = ("body",)
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"body": {"required": _("Write something first.")}}


def one_line(value: str) -> None:
    """For what is stored plain, or ends in the header of a mail."""
    if any(not character.isprintable() for character in value):
        raise ValidationError(_("Use letters, digits and punctuation, on one line."))


class ConsentForm(forms.Form):
    """Needs both answers: reading the text is not yet consent."""

    use_required_attribute = False
    read = forms.BooleanField(
        label=_("I’ve read this."),
        error_messages={"required": _("Tick this once you’ve read it.")},
    )
    agree = forms.BooleanField(
        label=_("I want to connect."),
        error_messages={"required": _("Tick this if you want to connect.")},
    )


CHANGED = _("This text has changed since you opened the page. Read it again before you agree.")


class AcceptForm(ConsentForm):
    """`version` is that of the team's text which the page shows, if there is one."""

    name = WordsInput(
        max_length=NAME, error_messages={"required": _("Any name will do, even initials.")}
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, coach: str, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team
        if team:
            self.initial["version"] = team.text_version
        self.fields["name"].label = _("What should %(coach)s call you?") % {"coach": isolate(coach)}
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def read_again(self) -> None:
        """For a page that showed another text: nothing is agreed to by its ticks."""
        given: Any = self.data
        self.data = given = given.copy()
        for name in ("read", "agree", "version"):
            given.pop(name, None)
        if self.team:
            given["version"] = self.team.text_version
        self.add_error(None, CHANGED)


SENT_BEFORE = _("You’ve sent this before. To send it as it is now, press the button again.")


class SentOnce(forms.Form):
    """Carries the id of the row it creates, so that a form sent twice makes
    one row (insert_once)."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)

    def clean_id(self) -> UUID:
        return self.cleaned_data["id"] or uuid7()

    def renew_id(self) -> None:
        """A form sent before with other content gets a new id; one more tap sends it."""
        given: Any = self.data
        self.data = given = given.copy()
        given["id"] = self.cleaned_data["id"] = uuid7()


class InviteForm(SentOnce):
    email = forms.EmailField(
        label=_("Their email"),
        help_text=_(
            "They get a link that works once, within seven days, and only for this address."
        ),
        max_length=LONGEST_ADDRESS,
        widget=forms.TextInput(attrs=ADDRESS | {"autocomplete": "off"}),
    )
    coach_name = WordsInput(label=_("What do you call them?"), max_length=NAME)
    from_name = WordsInput(
        label=_("What should they call you?"),
        help_text=_("The invitation shows this name."),
        max_length=NAME,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.initial["from_name"] = person, person.called

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email.lower() == self.person.email.lower():
            raise ValidationError(_("This is your own email address. Enter theirs."))
        return email


class HandoverForm(AcceptForm):
    """Agreeing to another coach; no answer is ticked beforehand."""

    then = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Choose one of the two.")}
    )

    def __init__(self, *args: Any, before: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said, field = {"coach": isolate(before)}, cast("forms.ChoiceField", self.fields["then"])
        field.label = _("And %(coach)s?") % said
        field.choices = [
            ("keep", _("Stay connected with %(coach)s as well") % said),
            ("end", _("End the link with %(coach)s") % said),
        ]


class JoinForm(forms.Form):
    """Joining a team as a coach."""

    name = WordsInput(
        label=_("Your name, as the team knows you"),
        help_text=_("The team’s other coaches see it, and clients to whom they suggest you."),
        max_length=NAME,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
