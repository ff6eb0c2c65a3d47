from allauth.account.views import password_change
from allauth.mfa.base.views import index as security
from django.contrib import admin
from django.urls import include, path

from journal.coaching.admin_site import site as coach
from journal.coaching.mfa_views import require_second_step
from journal.operation.views import health
from journal.people import error_views, views
from journal.people.reauthentication import lock, reauthentication_required
from journal.support.views import support
from journal.today.views import practices

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", error_views.alive, name="alive"),
    path("readyz", error_views.ready, name="ready"),
    path("today/", include("journal.today.urls")),
    path("practices/", practices, name="practices"),
    path("support/", support, name="support"),
    path("admin/", admin.site.urls),
    path("coach/", coach.urls),
    path("settings/", views.preferences, name="preferences"),
    path("settings/reminders/", views.reminders, name="reminders"),
    path("settings/zone/", views.confirm_zone, name="confirm-zone"),
    path("accounts/operator/", views.become_operator, name="become-operator"),
    path("accounts/operator/health/", health, name="health"),
    path("accounts/invitations/", views.invitations, name="invitations"),
    path("accounts/locked/", lock, name="lock"),
    path("accounts/coach/", require_second_step, name="coach-second-step"),
    # allauth shows these to whoever is signed in; here it has to be them.
    path("accounts/2fa/", reauthentication_required(security)),
    path("accounts/password/change/", reauthentication_required(password_change)),
    path("accounts/", include("allauth.urls")),
    path("settings/", include("journal.exchange.urls")),
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
    path("journal/", include("journal.reflections.entries.urls")),
    path("sharing/", include("journal.sharing.urls")),
    path("search/", include("journal.search.urls")),
    path("insights/", include("journal.insights.urls")),
]

handler400 = error_views.bad_request
handler403 = error_views.forbidden
handler404 = error_views.not_found
handler429 = error_views.too_many
handler500 = error_views.server_error
