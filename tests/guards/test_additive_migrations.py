"""Old code works on the new schema: what a release adds is nullable or has a default of the database (CONTRIBUTING).

An upgrade without a pause runs `migrate` first, while the hosts still serve the old release. So a migration newer than
the last release may add, and may loosen; what tightens, renames or drops waits for the release after the next.
"""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

# The last migration of each app in the last release: move on with each release.
RELEASED = {
    "people": "0012_limit_of_tokens",
    "roadmap": "0009_facts_of_publications",
    "programs": "0009_attestation_note",
}
SAFE = (
    migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex, migrations.RemoveConstraint,
    migrations.AlterModelOptions, migrations.AlterModelManagers, migrations.RunPython, migrations.RunSQL,
)  # fmt: skip


def fault(operation: Operation, before, app: str, made_here: set[str]) -> str:
    """Why code that does not know of the operation would break, or "". `before`: the state that it changes."""
    model = getattr(operation, "model_name", "").lower()
    if model in made_here or isinstance(operation, SAFE):
        return ""
    if isinstance(operation, migrations.AddField):
        return missing_default(operation.field)
    if isinstance(operation, migrations.AlterField):
        return narrowed(before.models[app, model].get_field(operation.name), operation.field)
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        found = [fault(one, before, app, made_here) for one in operation.database_operations]
        return "; ".join(filter(None, found))
    return f"{type(operation).__name__} breaks code that writes as before"


def missing_default(field: models.Field) -> str:
    if field.many_to_many or field.null or field.has_db_default():
        return ""
    return "a column that old code does not fill: null=True or db_default"


def narrowed(old: models.Field, new: models.Field) -> str:
    if old.null and not new.null:
        return "old code still writes NULL"
    if type(old) is not type(new) and old.db_type(connection) != new.db_type(connection):
        return "another type of column"
    if (new.max_length or 0) < (old.max_length or 0):
        return "a shorter column"
    if new.unique and not old.unique:
        return "old code still writes doubles"
    return ""


def newer(loader: MigrationLoader, app: str) -> list:
    """Migrations of the app after the release, in order."""
    keys = [key for key in loader.graph.forwards_plan(loader.graph.leaf_nodes(app)[0]) if key[0] == app]  # fmt: skip
    after = keys.index((app, RELEASED[app])) + 1
    return [loader.disk_migrations[key] for key in keys[after:]]


@pytest.mark.parametrize("app", sorted(RELEASED))
def test_migrations_since_the_release_only_add(app):
    loader = MigrationLoader(None)
    faults, made_here = [], set()
    for migration in newer(loader, app):
        state = loader.project_state((app, migration.name), at_end=False)
        for operation in migration.operations:
            if isinstance(operation, migrations.CreateModel):
                made_here.add(operation.name.lower())
            if found := fault(operation, state, app, made_here):
                faults.append(f"{migration.name}: {operation.describe()}: {found}")
            operation.state_forwards(app, state)
    assert faults == []


def state_of(**fields):
    state = migrations.state.ProjectState()
    state.add_model(migrations.state.ModelState("x", "person", list(fields.items())))
    return state


@pytest.mark.parametrize(
    ("operation", "refused"),
    [
        (migrations.AddField("person", "b", models.CharField(max_length=5, default="")), True),
        (migrations.AddField("person", "b", models.CharField(max_length=5, null=True)), False),
        (migrations.AddField("person", "b", models.IntegerField(default=0, db_default=0)), False),
        (migrations.RemoveField("person", "a"), True),
        (migrations.RenameField("person", "a", "b"), True),
        (migrations.RenameModel("person", "people"), True),
        (migrations.DeleteModel("person"), True),
        (migrations.AlterField("person", "a", models.CharField(max_length=9, null=True)), False),
        (migrations.AlterField("person", "a", models.CharField(max_length=3, null=True)), True),
        (migrations.AlterField("person", "a", models.CharField(max_length=5)), True),
        (migrations.AlterField("person", "a", models.IntegerField(null=True)), True),
        (migrations.AddConstraint("person", models.UniqueConstraint(fields=["a"], name="u")), True),
        (migrations.AddIndex("person", models.Index(fields=["a"], name="i")), False),
    ],
    ids=lambda value: getattr(value, "describe", lambda: value)(),
)
def test_the_guard_knows_what_breaks_old_code(operation, refused):
    state = state_of(a=models.CharField(max_length=5, null=True))
    assert bool(fault(operation, state, "x", set())) == refused
