from django.urls import path

from journal.today import offer_views, views

app_name = "today"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/check/", views.check, name="check"),
    path("today/back/", views.come_back, name="come-back"),
    path("today/prompt/", views.another_prompt),
    path("today/visits/<uuid:pk>/let-go/", views.dismiss_visit, name="dismiss-visit"),
    path("today/offers/<slug:kind>/", offer_views.offer, name="offer"),
    path("today/offers/<slug:kind>/decline/", offer_views.decline, name="decline-offer"),
    path("practices/", views.practices, name="practices"),
]
