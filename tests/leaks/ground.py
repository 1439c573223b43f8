"""A copy of the migrated test database (`tests/databases.py`), on whichever engine `DATABASE_URL` names."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def own_database(name: str) -> Iterator[None]:
    """Django set up on it as in a test, files in a folder of its own. All is gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    import django

    django.setup()
    from django.test import override_settings
    from django.test.utils import setup_test_environment

    from tests import databases
    from tests.conftest import private_settings

    setup_test_environment(debug=False)
    real = databases.copy_for(name)
    try:
        with tempfile.TemporaryDirectory() as folder:
            mine = {**private_settings(Path(folder)), "API_REQUESTS_PER_MINUTE": 10**6}
            with override_settings(**mine):
                yield
    finally:
        databases.drop(real)
