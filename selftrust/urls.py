from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_change
from allauth.mfa.base.views import index as security
from django.contrib import admin
from django.urls import include, path

from journal.people import error_views

urlpatterns = [
    path("", include("journal.people.urls")),
    path("", include("journal.today.urls")),
    path("", include("journal.offline.urls")),
    path("", include("journal.web_app.urls")),
    path("", include("journal.coaching.urls")),
    path("example/", include("journal.operation.example.urls")),
    path("help/", include("journal.help.urls")),
    path("support/", include("journal.support.urls")),
    path("admin/", admin.site.urls),
    path("accounts/operator/", include("journal.operation.urls")),
    # allauth requires only signing in for these; we require re-authentication.
    path("accounts/2fa/", reauthentication_required(security)),
    path("accounts/password/change/", reauthentication_required(password_change)),
    path("accounts/", include("allauth.urls")),
    path("settings/", include("journal.exchange.urls")),
    path("settings/export/scheduled/", include("journal.scheduled_exports.urls")),
    path("settings/delete/", include("journal.account_deletion.urls")),
    path("settings/calendar/", include("journal.calendar_feed.urls")),
    path("settings/tokens/", include("journal.api.token_urls")),
    path("api/", include("journal.api.urls")),
    path("settings/reminders/", include("journal.reminders.urls")),
    path("t/", include("selftrust.token_urls")),
    path("settings/values/", include("journal.people.values.urls")),
    path("lessons/", include("journal.lessons.urls")),
    path("promises/", include("journal.promises.urls")),
    path("boundaries/", include("journal.boundaries.urls")),
    path("mistakes/", include("journal.reflections.mistakes.urls")),
    path("decisions/", include("journal.decisions.urls")),
    path("self-compassion/", include("journal.reflections.compassion.urls")),
    path("rating/", include("journal.reflections.rating.urls")),
    path("week/", include("journal.reflections.week.urls")),
    path("welcome/", include("journal.today.onboarding.urls")),
    path("", include("journal.reflections.rumination.urls")),
    path("journal/prompts/", include("journal.reflections.entries.prompts.urls")),
    path(
        "journal/templates/",
        include("journal.reflections.entries.entry_templates.urls"),
    ),
    path("journal/book/", include("journal.book.urls")),
    path("journal/tags/", include("journal.reflections.entries.tag_urls")),
    path("capture/", include("journal.reflections.entries.capture_urls")),
    path("journal/", include("journal.reflections.entries.urls")),
    path("sharing/", include("journal.sharing.urls")),
    path("", include("journal.photos.urls")),
    path("search/", include("journal.search.urls")),
    path("insights/", include("journal.insights.urls")),
]

handler400 = error_views.bad_request
handler403 = error_views.forbidden
handler404 = error_views.not_found
handler429 = error_views.too_many
handler500 = error_views.server_error
