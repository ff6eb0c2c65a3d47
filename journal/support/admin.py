from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journal.audit.events import What
from journal.audit.recording import record
from journal.languages.collation import without_accents
from journal.support import page_copy, starter
from journal.support.countries import NAMES
from journal.support.models import ServedCountry, SupportResource

STARTER_PAGE = "admin:support_supportresource_starter"


def named_countries() -> list[tuple[str, Any]]:
    return sorted(NAMES.items(), key=lambda named: without_accents(str(named[1])))


class CountriesForm(forms.Form):
    countries = forms.MultipleChoiceField(
        label=_("Countries on the support page"),
        help_text=_("None: all of them."),
        choices=named_countries,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@admin.register(SupportResource)
class SupportResourceAdmin(admin.ModelAdmin):
    """Refreshes the copy on the support page as soon as a change is committed."""

    change_list_template = "admin/support_resources.html"
    list_display = ("name", "country", "kind", "phone", "text", "verified_on", "left_out_on")
    list_filter = ("kind", "country")
    show_full_result_count = False
    fields = (
        "kind",
        "name",
        "country",
        "phone",
        "text",
        "url",
        "region",
        "hours",
        "languages",
        "note",
        "verified_on",
    )
    actions = ("verify_today",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupportResource]:
        return SupportResource.objects.in_order()

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.starter_list)
        return [
            path("starter/", page, name="support_supportresource_starter"),
            *super().get_urls(),
        ]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name != "country":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.ChoiceField(
            label=db_field.verbose_name,
            help_text=db_field.help_text,
            choices=[("", _("Every country")), *named_countries()],
            required=False,
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given = super().get_changeform_initial_data(request)
        if entry := self.entry_to_change(request):
            row = entry.resource
            given |= {name: getattr(row, name) for name in (*starter.FIELDS, "country")}
        return {"verified_on": timezone.localdate(), **given}

    def entry_to_change(self, request: HttpRequest) -> starter.StarterEntry | None:
        """The entry of the starter list that the address names, if no row has its place yet."""
        key = request.GET.get("starter", "")
        return next(
            (one for one in self.unconfirmed([*NAMES]) if one.resource.starter == key), None
        )

    def unconfirmed(self, countries: Iterable[str]) -> list[starter.StarterEntry]:
        kept = SupportResource.objects.starter_keys()
        return [*starter.entries_for([*countries], without=kept)]

    def starter_list(self, request: HttpRequest) -> HttpResponse:
        """The countries served, and what is not confirmed yet of their starter list."""
        chosen = [*ServedCountry.objects.values_list("code", flat=True)]
        form = CountriesForm(
            request.POST if "countries" in request.POST.getlist("do") else None,
            initial={"countries": chosen},
        )
        entries = self.unconfirmed(page_copy.served(chosen))
        if request.method == "POST" and (not form.is_bound or form.is_valid()):
            if form.is_bound:
                self.serve(request, form.cleaned_data["countries"])
            else:
                named = {*request.POST.getlist("entry")}
                self.decide(
                    request,
                    [one.resource for one in entries if one.resource.starter in named],
                    left_out="leave-out" in request.POST.getlist("do"),
                )
            self.refresh_page()
            return redirect(STARTER_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Starter list"),
            "opts": self.opts,
            "form": None if settings.COUNTRIES else form,
            "collected_on": starter.collected_on(),
            "countries": [
                (NAMES.get(code, _("Every country")), rows)
                for code in [*page_copy.served(chosen), starter.WORLD]
                if (rows := [one for one in entries if one.resource.country == code])
            ],
        }
        return TemplateResponse(request, "admin/support_starter.html", context)

    def serve(self, request: HttpRequest, countries: list[str]) -> None:
        ServedCountry.objects.all().delete()
        ServedCountry.objects.bulk_create(
            [ServedCountry(code=code) for code in countries], ignore_conflicts=True
        )
        record(What.COUNTRIES, request.user.pk, countries=len(countries))

    def decide(
        self, request: HttpRequest, resources: list[SupportResource], *, left_out: bool
    ) -> None:
        """Confirms entries of the starter list, or leaves them out; once, whatever is tapped."""
        today, decided = timezone.localdate(), 0
        for resource in resources:
            resource.verified_on = today
            resource.left_out_on = today if left_out else None
            defaults = {
                name: getattr(resource, name)
                for name in (*starter.FIELDS, "country", "verified_on", "left_out_on")
            }
            row, is_new = SupportResource.objects.get_or_create(
                starter=resource.starter, defaults=defaults
            )
            if is_new:
                decided += 1
                self.log_addition(request, row, [{"added": {}}])
        if decided:
            self.record_change(request, decided)

    @admin.action(description=_("Verified today"))
    def verify_today(self, request: HttpRequest, resources: QuerySet[SupportResource]) -> None:
        verified = list(resources)
        resources.update(verified_on=timezone.localdate(), left_out_on=None)
        for resource in verified:
            self.log_change(request, resource, [{"changed": {"fields": ["Verified on"]}}])
        self.record_change(request, len(verified))
        self.refresh_page()
        text = ngettext(
            "%d is verified as of today.", "%d are verified as of today.", len(verified)
        )
        messages.success(request, text % len(verified))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change and (entry := self.entry_to_change(request)):
            obj.starter = entry.resource.starter
        super().save_model(request, obj, form, change)
        self.record_change(request, 1)
        self.refresh_page()

    def delete_model(self, request: HttpRequest, resource: SupportResource) -> None:
        super().delete_model(request, resource)
        self.record_change(request, 1)
        self.refresh_page()

    def delete_queryset(self, request: HttpRequest, resources: QuerySet[SupportResource]) -> None:
        self.record_change(request, len(resources))
        super().delete_queryset(request, resources)
        self.refresh_page()

    def record_change(self, request: HttpRequest, entries: int) -> None:
        record(What.SUPPORT, request.user.pk, entries=entries)

    def refresh_page(self) -> None:
        transaction.on_commit(page_copy.refresh)
