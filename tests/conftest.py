"""Fixtures shared by all tests."""

import gc
import hashlib
import os
from pathlib import Path
from types import SimpleNamespace

# Playwright runs an event loop in the main thread; database set-up must not mind.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.test import Client

from people.models.accounts import Role
from tests import databases
from tests.factories import make_curator, make_head, make_member, make_organization


def pytest_addoption(parser):
    parser.addoption(
        "--on-database", action="store_true", help="only tests that ask for a database"
    )
    parser.addoption(
        "--pictures", action="store_true", help="keep a picture of every page in var/screens"
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--on-database"):
        return
    left_out = [item for item in items if not databases.asked_by(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if databases.asked_by(item)]


def pytest_collection_finish():
    """What is imported by now lives to the end: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def private_settings(folder: Path) -> dict:
    """Settings of a test: files in a folder of its own, tasks at once, nothing shared."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # WhiteNoise walks over the collected files for every new client; a test asks for none of them.
    collected = folder / "collected"
    collected.mkdir(exist_ok=True)
    return {
        "MEDIA_ROOT": folder / "files",
        "STATIC_ROOT": collected,
        "STORAGES": {**django_settings.STORAGES, "staticfiles": static},
        "CACHES": {
            name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
            for name in ("default", "memory")
        },
        "PRINT_PROCESSES": 1,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
    }


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id):
    """In place of pytest-django's: a copy of the migrated database for each worker."""
    with django_db_blocker.unblock():
        real = databases.copy_for(worker_id)
    yield
    with django_db_blocker.unblock():
        databases.drop(real)


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    for name, value in private_settings(tmp_path).items():
        setattr(settings, name, value)
    for one in (cache, caches["memory"]):
        one.clear()


@pytest.fixture
def quick_papers(monkeypatch):
    """Issued papers are blank files: drawing takes half a second a page and these tests read none.

    As with real ones, the same HTML gives the same bytes and another HTML others.
    """

    def blank(html: str) -> bytes:
        return f"%PDF-1.7\n% {hashlib.sha256(html.encode()).hexdigest()}\n%%EOF\n".encode()

    monkeypatch.setattr("roadmap.services.archive.pdf", SimpleNamespace(render_pdf=blank))


@pytest.fixture
def real_papers():
    """Ask for it where the PDF of an order is read: the others need only that it is in force."""


@pytest.fixture
def school(db):
    return make_organization(slug="school")


@pytest.fixture
def other_school(db):
    return make_organization(slug="neighbour")


@pytest.fixture
def head(school):
    return make_head(school)


@pytest.fixture
def curator(school):
    return make_curator(school)


@pytest.fixture
def teacher(school):
    return make_member(school, Role.STAFF)


@pytest.fixture
def portal_admin(school):
    return make_member(
        school, Role.ADMIN, last_name="Гасанов", first_name="Рашид", patronymic="", sex="m"
    )


@pytest.fixture
def stranger(other_school):
    return make_curator(other_school)


@pytest.fixture
def client_for():
    """`client_for(membership)` -> HTTP client signed in as that member."""

    def sign_in(membership) -> Client:
        client = Client()
        client.force_login(membership.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
