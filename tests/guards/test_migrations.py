"""The migrations hold what the models say."""

from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


def test_no_change_of_a_model_is_without_a_migration(db):
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert out.getvalue() == "No changes detected\n" or "Изменений не обнаружено" in out.getvalue()


OURS = {"people", "roadmap", "programs"}


def test_an_interrupted_migration_is_taken_back_whole(db):
    """Both databases change tables inside a transaction; a migration that steps out of it could stay half done."""
    migrations = MigrationLoader(connection).disk_migrations.values()
    ours = [one for one in migrations if one.app_label in OURS]
    assert len(ours) > 20
    assert [str(one) for one in ours if not one.atomic] == []
