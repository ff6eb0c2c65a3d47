"""The words of an agreement, which either side may write; and how it went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.people.date_validators import a_day_to_come
from journal.people.day_fields import DayField
from journal.people.models import User
from journal.privacy.owned_form import OwnedForm
from journal.sharing.models.agreements import Agreement, AgreementOutcome


class AgreementForm(OwnedForm):
    """`person` writes it: the coach who proposes, or the client who changes it."""

    by_on = DayField(
        label=_("By when"), rule=a_day_to_come, person=lambda form: form.person, required=False
    )

    class Meta:
        model = Agreement
        fields = ("text", "by_on", "sign")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": _("Write what it is about.")}}

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person


class OutcomeForm(OwnedForm):
    """A row that was stored since the page was opened counts as changed elsewhere."""

    class Meta:
        model = AgreementOutcome
        fields = ("result", "words")
        widgets = {"result": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"result": {"required": _("Choose how it went.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = AgreementOutcome.Result.choices
        if "version" in self.fields:
            self.fields["version"].required = False
