"""Who: organizations, persons, accounts, journal, files and background jobs."""

from people.models.accounts import Invitation, Membership, RoleGrant
from people.models.files import StoredFile
from people.models.jobs import Job
from people.models.journal import JournalEntry
from people.models.organizations import Organization
from people.models.persons import Person

__all__ = [
    "Invitation",
    "Job",
    "JournalEntry",
    "Membership",
    "Organization",
    "Person",
    "RoleGrant",
    "StoredFile",
]
