"""The migrations hold what the models say."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import operations
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


# The last migrations of the release before this one; moved on with each release.
RELEASED = {"people": "0012", "roadmap": "0009", "programs": "0009"}
HARMLESS = (
    operations.CreateModel,
    operations.AddIndex,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.RunPython,
)


def breaks_old_code(operation, new_models: set[str], before=None) -> bool:
    """The release before must go on working on the new tables while machines are updated one by one.

    `before`: state of the models before the migration, asked where a field is changed.
    """
    if isinstance(operation, operations.AlterField) and before is not None:
        old = before[operation.model_name].fields[operation.name]
        return column(old) != column(operation.field)
    if isinstance(operation, HARMLESS) or getattr(operation, "model_name", "") in new_models:
        return False
    if isinstance(operation, operations.AddField):
        field = operation.field
        return not (field.null or field.many_to_many or field.has_db_default())
    return True


def column(field) -> tuple:
    """What the database knows of a field: words, choices and validators are Python's alone."""
    return field.db_type(connection), field.null, field.unique


def models_before(loader, migration) -> dict:
    state = loader.project_state((migration.app_label, migration.name), at_end=False)
    return {name: model for (app, name), model in state.models.items() if app == migration.app_label}  # fmt: skip


def test_a_new_release_only_adds(db):
    loader = MigrationLoader(connection)
    new = [
        one
        for one in loader.disk_migrations.values()
        if one.app_label in OURS and one.name[:4] > RELEASED[one.app_label]
    ]
    made = {op.name.lower() for one in new for op in one.operations if hasattr(op, "managers")}
    broken = [
        f"{one}: {op.describe()}"
        for one in new
        for op in one.operations
        if breaks_old_code(op, made, models_before(loader, one))
    ]
    assert broken == []
    assert made  # the newer ones were found at all


@pytest.mark.parametrize(
    "operation",
    [
        operations.RemoveField("person", "email"),
        operations.RenameField("person", "email", "mail"),
        operations.DeleteModel("Person"),
        operations.AddField("person", "rank", models.IntegerField(default=0)),
        operations.RunSQL("DROP TABLE people_person"),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_would_break_the_release_before_is_seen(operation):
    assert breaks_old_code(operation, set())


def test_a_column_that_may_stay_empty_is_no_break():
    assert not breaks_old_code(operations.AddField("person", "rank", models.IntegerField(null=True)), set())  # fmt: skip
