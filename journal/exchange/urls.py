from django.urls import path

from journal.exchange import views

app_name = "exchange"
urlpatterns = [
    path("export/", views.export, name="export"),
    path("export/<uuid:pk>/", views.fetch, name="download"),
    path("import/", views.bring_in, name="import"),
    path("import/<uuid:pk>/", views.imported, name="import-detail"),
    path("import/<uuid:pk>/start/", views.start, name="start-import"),
    path("import/<uuid:pk>/stop/", views.stop, name="stop-import"),
    path("import/<uuid:pk>/discard/", views.discard, name="discard-import"),
    path("import/<uuid:pk>/undo/", views.undo, name="undo-import"),
]
