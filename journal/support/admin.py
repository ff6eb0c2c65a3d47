from typing import Any

from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from journal.support import page_copy
from journal.support.models import SupportResource


@admin.register(SupportResource)
class SupportResourceAdmin(admin.ModelAdmin):
    """Refreshes the copy on the support page as soon as a change is committed."""

    list_display = ("name", "kind", "phone", "text", "region", "verified_on")
    list_filter = ("kind",)
    show_full_result_count = False
    fields = (
        "kind",
        "name",
        "phone",
        "text",
        "url",
        "region",
        "hours",
        "languages",
        "verified_on",
    )
    actions = ("verify_today",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupportResource]:
        return SupportResource.objects.in_order()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given = super().get_changeform_initial_data(request)
        return {"verified_on": timezone.localdate(), **given}

    @admin.action(description=_("Verified today"))
    def verify_today(self, request: HttpRequest, resources: QuerySet[SupportResource]) -> None:
        verified = list(resources)
        resources.update(verified_on=timezone.localdate())
        for resource in verified:
            self.log_change(request, resource, [{"changed": {"fields": ["Verified on"]}}])
        self.refresh_page()
        text = ngettext(
            "%d is verified as of today.", "%d are verified as of today.", len(verified)
        )
        messages.success(request, text % len(verified))

    def save_model(self, request: HttpRequest, *args: Any) -> None:
        super().save_model(request, *args)
        self.refresh_page()

    def delete_model(self, request: HttpRequest, resource: SupportResource) -> None:
        super().delete_model(request, resource)
        self.refresh_page()

    def delete_queryset(self, request: HttpRequest, resources: QuerySet[SupportResource]) -> None:
        super().delete_queryset(request, resources)
        self.refresh_page()

    def refresh_page(self) -> None:
        transaction.on_commit(page_copy.refresh)
