"""Records of the plan and the papers in the curator's admin."""

from roadmap.admin import documents, plan  # noqa: F401
