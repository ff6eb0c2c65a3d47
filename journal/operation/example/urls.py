from django.urls import path

from journal.operation.example import views
from journal.operation.example.pages import PAGES

app_name = "example"
urlpatterns = [
    path(f"{page.slug}/" if page.slug else "", views.example, {"slug": page.slug}, name=page.icon)
    for page in PAGES
]
