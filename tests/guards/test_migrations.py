"""The migrations hold what the models say."""

from io import StringIO

from django.core.management import call_command


def test_no_change_of_a_model_is_without_a_migration(db):
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert out.getvalue() == "No changes detected\n" or "Изменений не обнаружено" in out.getvalue()
