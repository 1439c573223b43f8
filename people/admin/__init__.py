"""Records of the people floor in the curator's admin."""

from people.admin import accounts, journal, notices, organizations, persons  # noqa: F401
