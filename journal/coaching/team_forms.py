"""Forms about a team."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.coaching.forms import InviteForm
from journal.photos import decoding
from journal.privacy.fields import WordsInput
from journal.sharing.forms import one_line
from journal.sharing.models.teams import (
    LONGEST_TEXT,
    NOTES_DAYS,
    TEAM_NAME,
    Team,
    TeamMember,
    notes_kept,
)

MARK_SIZE, MARK_MAX_BYTES = "small", 1024 * 1024


class TeamInviteForm(InviteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "They get a link that works once, within seven days. Whoever accepts can coach here."
        )


class ColleagueForm(forms.Form):
    """One of the coaches given."""

    use_required_attribute = False
    colleague = forms.TypedChoiceField(
        label=_("Which coach?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a coach.")},
    )

    def __init__(self, *args: Any, colleagues: list[TeamMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(row.pk): row for row in colleagues}
        field = cast("forms.TypedChoiceField", self.fields["colleague"])
        field.choices = [(pk, row.name) for pk, row in by_id.items()]
        field.coerce = by_id.get


def no_address(value: str) -> None:
    """A sender that looks like an address would deceive whoever reads it."""
    if set(value) & set('@<>"'):
        raise ValidationError(_("Use a name here, not an address."))


class TeamForm(forms.Form):
    """`text_version` is that of the text which the page showed."""

    use_required_attribute = False
    name = WordsInput(label=_("Name of the team"), max_length=TEAM_NAME, validators=[one_line])
    mark = forms.FileField(
        label=_("Image"),
        help_text=_("Optional: JPEG, PNG or WebP, up to 1 MB. Without one, initials stand for it."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    no_mark = forms.BooleanField(label=_("Remove the image"), required=False)
    sender = WordsInput(
        label=_("Sender of its emails"),
        help_text=_(
            "Optional. Invitations come from this name; the address stays the one of this server."
        ),
        max_length=TEAM_NAME,
        required=False,
        validators=[one_line, no_address],
    )
    consent_text = WordsInput(
        label=_("What else clients agree to"),
        help_text=_(
            "Optional. Clients read it under the text of this server, which always stays. Each "
            "change makes a new version; who has agreed already agreed to theirs."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    notes_days = forms.TypedChoiceField(
        label=_("How long notes of former clients are kept"),
        help_text=_("Counts for people who connect from now on."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    text_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team, self.decoded = team, b""
        names = ("name", "sender", "consent_text", "notes_days", "text_version")
        self.initial = {name: getattr(team, name) for name in names}
        longest = notes_kept(None).days
        choices = [days for days in NOTES_DAYS if days < longest]
        field = cast("forms.TypedChoiceField", self.fields["notes_days"])
        field.choices = [
            ("", _("%(n)s days, as everywhere on this server") % {"n": longest}),
            *((days, _("%(n)s days") % {"n": days}) for days in choices),
        ]
        if team.notes_days and team.notes_days not in choices:
            self.initial["notes_days"] = ""
        if not team.marked_at:
            del self.fields["no_mark"]

    def clean_mark(self) -> Any:
        """Decodes it as photos are, and keeps only pixels."""
        file = self.cleaned_data["mark"]
        if file is None:
            return None
        if file.size > MARK_MAX_BYTES:
            raise ValidationError(_("Choose an image of up to 1 MB."))
        try:
            self.decoded = decoding.decode(file).files[MARK_SIZE]
        except decoding.PhotoRefused as error:
            raise ValidationError(str(error)) from error
        return file

    def changed_meanwhile(self, team: Team) -> None:
        """What was typed stays, and the next save is about the text of now."""
        data: Any = self.data
        self.data = data = data.copy()
        data["text_version"] = team.text_version
        text = _("This was changed somewhere else in the meantime. Save again to use your version.")
        self.add_error(None, text)
