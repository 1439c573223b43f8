"""Guided import of the staff list; included under s/<slug:school>/."""

from django.urls import path

from people.views import import_columns, imports

urlpatterns = [
    path("people/imports/", imports.imports, name="imports"),
    path("people/imports/<int:pk>/", imports.batch, name="import"),
    path("people/imports/<int:pk>/columns/", import_columns.columns, name="import_columns"),
    path("people/imports/<int:pk>/namesakes/", imports.namesakes, name="import_namesakes"),
    path("people/imports/<int:pk>/apply/", imports.apply, name="import_apply"),
    path("people/imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("people/imports/<int:pk>/delete/", imports.discard, name="import_delete"),
]
