"""Forms for inviting a coach, for accepting an invitation, and for replying to a comment."""

from typing import Any
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


class ReplyForm(OwnedForm):
    class Meta:
        model = Reply
        fields = ("body",)
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"body": {"required": _("Write something first.")}}


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


class AcceptForm(ConsentForm):
    name = WordsInput(
        max_length=NAME, error_messages={"required": _("Any name will do, even initials.")}
    )

    def __init__(self, *args: Any, coach: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What should %(coach)s call you?") % {"coach": isolate(coach)}
        self.fields["name"].widget.attrs["autocomplete"] = "off"


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
