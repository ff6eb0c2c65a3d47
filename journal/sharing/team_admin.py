"""Teams, for the operator: who administers each, and how many coaches it has. No client, no count
of clients."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journal.audit.events import What
from journal.audit.recording import record
from journal.people.admin_site import KeptRows
from journal.people.models import User
from journal.privacy.fields import WordsInput
from journal.sharing import teams
from journal.sharing.forms import one_line
from journal.sharing.models.links import NAME
from journal.sharing.models.teams import TEAM_NAME, Team, TeamMember


class TeamForm(forms.ModelForm):
    name = WordsInput(label=_("Name of the team"), max_length=TEAM_NAME, validators=[one_line])
    email = forms.EmailField(
        label=_("Email of the administrator"),
        help_text=_("An account here. It can coach from then on, and invite other coaches."),
        max_length=254,
    )
    called = WordsInput(
        label=_("Their name, as the team knows them"), max_length=NAME, validators=[one_line]
    )

    class Meta:
        model = Team
        fields = ("name",)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.person = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise ValidationError(_("No account here has this address, or it is switched off."))
        if TeamMember.objects.filter(owner=self.person).exists():
            raise ValidationError(_("This account is in a team already."))
        return email


class AdministratorForm(forms.ModelForm):
    """Which of its coaches administers a team."""

    coach = forms.ModelChoiceField(label=_("Administrator"), queryset=TeamMember.objects.none())

    class Meta:
        model = Team
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["coach"]
        field.queryset = teams.able(self.instance).select_related("owner")
        field.label_from_instance = lambda row: row.owner.email
        field.initial = field.queryset.filter(owner=self.instance.administrator_id).first()


@admin.register(Team)
class TeamAdmin(KeptRows):
    list_display = ("name", "administrator_account", "coaches", "created_at")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("name",)
    actions = ("dissolve",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        rows = Team.objects.select_related("administrator").annotate(n=Count("members"))
        return rows.only("name", "created_at", "administrator__email")

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return AdministratorForm if obj else TeamForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("coach",) if obj else ("name", "email", "called")

    def save_model(self, request: HttpRequest, obj: Team, form: Any, change: bool) -> None:
        """By the verbs of a team, which the operator's log follows."""
        by, given = request.user.pk, form.cleaned_data
        if change:
            teams.appoint(obj, given["coach"].owner_id, by, operator=True)
        else:
            obj.pk = teams.create(given["name"], form.person, given["called"], by).pk
            record(What.TEAM, by)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return False

    @admin.display(description=_("Administrator"))
    def administrator_account(self, team: Team) -> str:
        return team.administrator.email

    @admin.display(description=_("Coaches"))
    def coaches(self, team: Any) -> int:
        return team.n  # annotated by get_queryset

    @admin.action(description=_("Dissolve: the coaches keep their clients"))
    def dissolve(self, request: HttpRequest, rows: QuerySet[Team]) -> None:
        found = list(rows)
        for team in found:
            teams.dissolve(team, request.user.pk)
        text = ngettext("%d team dissolved.", "%d teams dissolved.", len(found))
        messages.success(request, text % len(found))
