"""Bringing the empty tables to the state an archive was taken in; everything runs inside one transaction."""

from django.apps import apps as current_apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from mentoring.portal.backup.making import applied_migrations


def unknown(migrations: dict[str, list[str]]) -> list[str]:
    """Migrations of the archive that this code does not have: the archive is newer."""
    known = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, names in migrations.items() for name in names if (app, name) not in known]  # fmt: skip


def emptied(migrations: dict[str, list[str]]):
    """No row is left and the tables are as the archive knows them; gives the models to write them with."""
    check_links()
    if applied_migrations() == migrations:
        execute(flush_statements())
    else:
        execute(drop_statements())
        MigrationExecutor(connection).migrate(leaves(migrations))
        check_links()
        execute(flush_statements())  # what the migrations themselves put in
    links_later()
    return models_of(migrations)


def check_links() -> None:
    """PostgreSQL neither alters nor empties a table while links wait for their check at the end."""
    if connection.vendor == "postgresql":
        execute(["SET CONSTRAINTS ALL IMMEDIATE"])


def links_later() -> None:
    """Rows of one table may come before those of another to which they lead."""
    if connection.vendor == "postgresql":
        execute(["SET CONSTRAINTS ALL DEFERRED"])


def leaves(migrations: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The last migration of each app, as far as the archive had come."""
    graph = MigrationLoader(None).graph
    wanted = {(app, name) for app, names in migrations.items() for name in names}
    wanted &= set(graph.nodes)
    followed = {
        parent.key
        for key in wanted
        for parent in graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(wanted - followed)


def models_of(migrations: dict[str, list[str]]):
    """Today's models where nothing has changed since; else those of that time."""
    loader = MigrationLoader(None)
    if {(app, name) for app, names in migrations.items() for name in names} >= set(loader.disk_migrations):  # fmt: skip
        return current_apps
    return loader.project_state(leaves(migrations)).apps


def forward() -> None:
    """What came after the archive; content types and permissions of new models."""
    ContentType.objects.clear_cache()
    call_command("migrate", interactive=False, verbosity=0)


def flush_statements() -> list[str]:
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return connection.ops.sql_flush(no_style(), tables, reset_sequences=True)


def drop_statements() -> list[str]:
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    quote = connection.ops.quote_name
    return [f"DROP TABLE {quote(name)}{cascade}" for name in tables_there()]


def tables_there() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
