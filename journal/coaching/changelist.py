"""Everything of one kind that clients share, as a read-only changelist of Django's admin.

An address may filter by a client and by a listed state, and may name a page and one of two orders;
the list refuses every other lookup, so that no filter reveals hidden fields.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from journal.coaching import queries
from journal.languages.collation import sorted_by_name
from journal.privacy.keys import load_keys
from journal.sharing.coach_queries import Item, rows
from journal.sharing.shareable import Kind, kind_of

MOST = 1000  # the longest list; the filter by client finds older rows
STATES = {"crossing": "result", "self_compassion": "mode", "entry": "practice"}


class Bounded(Paginator):
    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return rows[:MOST].count()


class OneOf(admin.SimpleListFilter):
    """A filter that ignores values outside its choices."""

    @cached_property
    def chosen(self) -> str | None:
        asked = super().value()
        return asked if asked in {str(key) for key, _label in self.lookup_choices} else None

    def value(self) -> str | None:
        return self.chosen

    @property
    def options(self) -> SafeString:
        """Built here: there may be hundreds of clients."""
        option, selected = '<option dir="auto" value="{}"{}>{}</option>', SafeString(" selected")
        return format_html_join(
            "\n",
            option,
            (
                (str(key), selected if str(key) == self.chosen else "", name)
                for key, name in self.lookup_choices
            ),
        )


class ByClient(OneOf):
    title, parameter_name = _("Client"), "client"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        self.known = queries.named(request.user)
        self.owners = {str(one.client.pk): owner for owner, one in self.known.items()}
        found = [(str(one.client.pk), one.name) for one in self.known.values()]
        return sorted_by_name(found, lambda pair: pair[1])

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        asked = self.value()
        return queryset.filter(owner_id=self.owners[asked]) if asked else queryset


class ByState(OneOf):
    title, parameter_name = _("Item"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        self.field = STATES.get(model_admin.kind.name, "state")
        choices = model_admin.model._meta.get_field(self.field).choices
        return [(key, label) for key, label in choices if key not in ("draft", "unsafe_to_act")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        asked = self.value()
        return queryset.filter(**{self.field: asked}) if asked else queryset


class SharedList(ChangeList):
    model_admin: Any

    @cached_property
    def items(self) -> list[tuple[Item, queries.RosterRow]]:
        load_keys(row.owner_id for row in self.result_list)
        kind, clients = self.model_admin.kind, self.model_admin.clients_of(self)
        return [(Item(kind, row), clients[row.owner_id]) for row in self.result_list]

    @property
    def pages(self) -> dict[str, str]:
        """The addresses of the pages before and after, if they exist."""
        found = {}
        if self.page_num > 1:
            found["newer"] = self.get_query_string({PAGE_VAR: self.page_num - 1})
        if self.multi_page and self.page_num < self.paginator.num_pages:
            found["older"] = self.get_query_string({PAGE_VAR: self.page_num + 1})
        return found


class SharedThings(admin.ModelAdmin):
    list_display = ("since",)
    list_display_links = None
    list_filter = (ByClient, ByState)
    list_per_page = 30
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = Bounded
    actions = None
    ASKED = frozenset({"client", "state"})

    @property
    def kind(self) -> Kind:
        return kind_of(self.model)

    @admin.display(description=_("Since"))
    def since(self, row: Any) -> Any:
        return getattr(row, self.kind.since)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return rows(self.kind)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return (f"-{self.kind.since}", "-id")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return SharedList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup in self.ASKED

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the site has admitted them, and the wall limits the rows

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def clients_of(self, found: SharedList) -> Any:
        return next(one for one in found.filter_specs if isinstance(one, ByClient)).known
