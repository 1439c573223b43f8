"""Pages of the plan; included under s/<slug:school>/."""

from django.urls import path, register_converter

from roadmap.views import plan, plan_import, plan_nodes
from roadmap.views import year as year_pages


class LevelConverter:
    """Which kind of row an address names."""

    regex = "stage|block|activity"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LevelConverter, "plan_level")

ONE = "roadmap/<int:pk>/"
NODE = f"{ONE}<plan_level:level>/<int:node>/"

urlpatterns = [
    path("year/", year_pages.year, name="year"),
    path("year/confirm/", year_pages.year_confirm, name="year_confirm"),
    path("year/<int:pk>/open/", year_pages.year_open, name="year_open"),
    path("roadmap/", plan.roadmaps, name="roadmaps"),
    path("roadmap/new/", plan.roadmap_new, name="roadmap_new"),
    path("roadmap/from-file/", plan_import.roadmap_upload, name="roadmap_upload"),
    path("roadmap/from-file/<int:pk>/", plan_import.roadmap_import, name="roadmap_import"),
    path("roadmap/from-file/<int:pk>/make/", plan_import.roadmap_make, name="roadmap_make"),
    path(ONE, plan.roadmap, name="roadmap"),
    path(f"{ONE}settings/", plan.roadmap_settings, name="roadmap_settings"),
    path(f"{ONE}copy/", plan.roadmap_copy, name="roadmap_copy"),
    path(f"{ONE}print/", plan.roadmap_print, name="roadmap_print"),
    path(f"{ONE}stages/new/", plan_nodes.stage_add, name="stage_add"),
    path(f"{ONE}stage/<int:stage>/blocks/new/", plan_nodes.block_add, name="block_add"),
    path(f"{ONE}stage/<int:stage>/activities/new/", plan_nodes.activity_add, name="activity_add"),
    path(f"{NODE}edit/", plan_nodes.node_edit, name="node_edit"),
    path(f"{NODE}move/", plan_nodes.node_move, name="node_move"),
    path(f"{NODE}place/", plan_nodes.node_place, name="node_place"),
    path(f"{NODE}remove/", plan_nodes.node_remove, name="node_remove"),
    path(
        f"{ONE}activity/<int:node>/progress/",
        plan_nodes.activity_progress,
        name="activity_progress",
    ),
]
