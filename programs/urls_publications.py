"""The cabinet of the public section; included under s/<slug:school>/."""

from django.urls import path

from programs.views import (
    honours,
    public_section,
    publication_parts,
    publications,
    site_archives,
)

ONE, MARK, PHOTO, HONOUR = "public/publications/<int:pk>/", "public/marks/<int:pk>/", "public/photos/<int:pk>/", "public/honours/<int:pk>/"  # fmt: skip

urlpatterns = [
    path("public/", public_section.overview, name="public_section"),
    path("public/settings/", public_section.settings, name="public_settings"),
    path("public/open/", public_section.opened, name="public_open"),
    path("public/blocks/", public_section.blocks, name="public_blocks"),
    path("public/publications/", publications.publication_list, name="publications"),
    path("public/publications/new/", publications.publication_new, name="publication_new"),
    path(ONE, publications.publication, name="publication"),
    path(f"{ONE}edit/", publications.publication_edit, name="publication_edit"),
    path(f"{ONE}preview/", publications.publication_preview, name="publication_preview"),
    path(f"{ONE}state/", publications.publication_state, name="publication_state"),
    path(f"{ONE}people/", publication_parts.mark_new, name="publication_mark_new"),
    path(MARK, publication_parts.mark_edit, name="publication_mark"),
    path(f"{MARK}remove/", publication_parts.mark_remove, name="publication_mark_remove"),
    path(f"{ONE}photos/", publication_parts.photo_new, name="publication_photo_new"),
    path(PHOTO, publication_parts.photo_edit, name="publication_photo"),
    path(f"{PHOTO}people/", publication_parts.photo_people, name="publication_photo_people"),
    path(f"{PHOTO}move/", publication_parts.photo_move, name="publication_photo_move"),
    path(f"{PHOTO}remove/", publication_parts.photo_remove, name="publication_photo_remove"),
    path("public/honours/", honours.board, name="honours"),
    path("public/honours/new/", honours.honour_new, name="honour_new"),
    path(HONOUR, honours.honour_edit, name="honour_edit"),
    path(f"{HONOUR}photo/", honours.honour_photo, name="honour_photo"),
    path(f"{HONOUR}move/", honours.honour_move, name="honour_move"),
    path(f"{HONOUR}remove/", honours.honour_remove, name="honour_remove"),
    path("public/archives/", site_archives.archives, name="site_archives"),
    path("public/archives/new/", site_archives.archive_new, name="site_archive_new"),
    path(
        "public/archives/<int:pk>/replaced/",
        site_archives.archive_replaced,
        name="site_archive_replaced",
    ),
]
