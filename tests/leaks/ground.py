"""An empty migrated database of the command's own, on whichever engine `DATABASE_URL` names."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.load.server import database


@contextlib.contextmanager
def own_database(name: str) -> Iterator[None]:
    """Django set up on it as in a test, files in a folder of its own. All is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            os.environ["DATABASE_URL"] = stack.enter_context(database(name))
        else:
            os.environ.pop("DATABASE_URL", None)
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "mentoring.settings"}
        import django

        django.setup()
        with settled(Path(folder)):
            yield


@contextlib.contextmanager
def settled(folder: Path) -> Iterator[None]:
    from django.core.management import call_command
    from django.db import connections
    from django.test import override_settings
    from django.test.utils import setup_test_environment

    from tests.conftest import private_settings

    call_command("migrate", verbosity=0)
    setup_test_environment(debug=False)
    with override_settings(**private_settings(folder), API_REQUESTS_PER_MINUTE=10**6):
        yield
    connections.close_all()
