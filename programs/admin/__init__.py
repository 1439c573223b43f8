"""Records of the public section in the curator's admin."""

from programs.admin import publications  # noqa: F401
