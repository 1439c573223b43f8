"""A region of 1 300 schools and 50 000 people on PostgreSQL: the authority's report and the page of one school.

Builds two databases of its own beside the one of DATABASE_URL, and drops them: the region by `manage.py demo --region`, and one
school of it alone, copied row by row. The report is `report_summary.count`, as the page counts it; its floor is the largest
of its own queries run by itself. The school's page is opened by its curator in both databases in turns.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from mentoring.core.tenancy import OwnedModel
from mentoring.portal.demo.region.words import PREFIX
from people.models import Membership, Organization, Subordination
from programs.models import ReportRequest, ReportSubmission
from programs.monitoring.scope import school_year
from programs.services import report_requests, report_summary
from tests.bench.staff_export import highest, memory
from tests.bench.timing import Result, compare, seconds

TIMES, MOST_QUERIES, MOST_MEMORY, PAGE = 10.0, 30, 300, 1.3
SCHOOL = f"{PREFIX}-01-0001"
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


# ---- databases ----------------------------------------------------------------------------------------------
@contextmanager
def database(name: str) -> Iterator[None]:
    """Inside, the portal works with that database of the same server."""
    kept = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connected(name)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = kept


OPEN: dict[str, object] = {}


def connected(name: str):
    """One connection a database, kept open: changing the database costs no time inside the clock."""
    if name not in OPEN:
        OPEN[name] = connections.create_connection(DEFAULT_DB_ALIAS)
        OPEN[name].settings_dict = {**OPEN[name].settings_dict, "NAME": name}
    return OPEN[name]


def administer(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def drop(*names: str) -> None:
    for name in names:
        if name in OPEN:
            OPEN.pop(name).close()
        administer(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def databases() -> Iterator[tuple[str, str]]:
    """Names of the region's database and of the school's alone, filled."""
    region, alone = (f"{settings.DATABASES['default']['NAME']}_bench_{end}" for end in ("region", "school"))  # fmt: skip
    drop(region, alone)
    try:
        administer(f'CREATE DATABASE "{region}"')
        with database(region):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        connected(region).close()
        administer(f'CREATE DATABASE "{alone}" TEMPLATE "{region}"')
        with database(region), open(os.devnull, "w") as nowhere:
            call_command("demo", region=True, stdout=nowhere)
        copy_school(region, alone)
        yield region, alone
    finally:
        drop(region, alone)


def copy_school(region: str, alone: str) -> None:
    """All rows that the school owns, its own row and its users; links are checked at the commit."""
    with database(region):
        pk = Organization.objects.get(slug=SCHOOL).pk
    owned = [model for model in apps.get_models() if issubclass(model, OwnedModel) and model is not Subordination]  # fmt: skip
    wanted = {model._meta.db_table: f"organization_id = {pk}" for model in owned}
    users = f"SELECT user_id FROM people_membership WHERE organization_id = {pk}"
    wanted |= {"people_organization": f"id = {pk}", get_user_model()._meta.db_table: f"id IN ({users})"}  # fmt: skip
    with connected(region).cursor() as source, connected(alone).cursor() as target:
        target.execute("BEGIN")
        for table, condition in wanted.items():
            with tempfile.TemporaryFile() as rows:
                source.copy_expert(f"COPY (SELECT * FROM {table} WHERE {condition}) TO STDOUT", rows)  # fmt: skip
                rows.seek(0)
                target.copy_expert(f"COPY {table} FROM STDIN", rows)
        target.execute("COMMIT")
        target.execute("ANALYZE")


# ---- the authority's report ---------------------------------------------------------------------------------
def ask() -> None:
    """The region asks all its schools for the school year before: it has figures of every kind."""
    by = Membership.objects.select_related("organization").get(user__username=f"curator@{PREFIX}.example")  # fmt: skip
    today = timezone.localdate()
    year = school_year(today.replace(year=today.year - 1))
    request = ReportRequest.objects.create(
        organization=by.organization, asked_by=by, asked_on=today, due_on=today, title="Наставничество за год",
        start=year.start, end=year.end, on=min(year.end, today),
    )  # fmt: skip
    ReportSubmission.objects.bulk_create(
        ReportSubmission(organization_id=pk, request=request)
        for pk in report_requests.schools_under(by.organization, request.on)
    )


def count() -> dict:
    request = ReportRequest.objects.select_related("organization").get()
    return report_summary.count(request, protected=True)


def report() -> list[Result]:
    ask()
    with CaptureQueriesContext(connection) as queries:
        table = count()
    assert sum(not row["authority"] for row in table["rows"]) == Organization.objects.exclude(institution_type="authority").count()  # fmt: skip
    largest = max((query["sql"] for query in queries.captured_queries if "GROUP BY" in query["sql"]), key=median)  # fmt: skip
    return [
        compare("authority_report", count, lambda: run_sql(largest), goal=TIMES, repeats=5),
        Result("authority_report: запросов к базе", len(queries), MOST_QUERIES),
        Result("authority_report: МиБ памяти сверх покоя", measured_alone(), MOST_MEMORY),
    ]


def median(sql: str) -> float:
    return statistics.median(seconds(lambda: run_sql(sql)) for _ in range(3))


def run_sql(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()


def measured_alone() -> float:
    """Peak of a fresh process that does nothing but the report."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    command = [sys.executable, "-c", "import django; django.setup(); from tests.bench import region; print(region.peak())"]  # fmt: skip
    done = subprocess.run(command, env={**os.environ, "DATABASE_URL": url.geturl()}, check=True, capture_output=True, text=True)  # fmt: skip
    return float(done.stdout)


def peak() -> float:
    """MiB over rest; called in the child."""
    connection.ensure_connection()
    return highest(count, memory("VmRSS"))


# ---- the page of one school ---------------------------------------------------------------------------------
def visitor(name: str):
    """A function that opens the figures of the school in that database, signed in as its curator."""
    with database(name):
        client = Client()
        client.force_login(get_user_model().objects.get(username=f"curator@{SCHOOL}.example"))

    def visit() -> None:
        with database(name):
            assert client.get(reverse("indicators", args=[SCHOOL])).status_code == 200

    return visit


def queries_of(visit, name: str) -> int:
    visit()
    with CaptureQueriesContext(connected(name)) as queries:
        visit()
    return len(queries)


def page(region: str, alone: str) -> list[Result]:
    among_all, by_itself = visitor(region), visitor(alone)
    numbers = queries_of(among_all, region), queries_of(by_itself, alone)
    return [
        compare("school_page_in_region", among_all, by_itself, goal=PAGE),
        Result("school_page_in_region: запросов, × одной", numbers[0] / numbers[1], 1.0),
    ]


def run() -> list[Result]:
    if connection.vendor != "postgresql":
        print("region: пропущен, нужен PostgreSQL (DATABASE_URL)", file=sys.stderr)
        return []
    plain = {"ALLOWED_HOSTS": ["*"], "STORAGES": {**settings.STORAGES, "staticfiles": STATIC}}
    with databases() as (region, alone), override_settings(**plain):
        with database(region):
            found = report()
        return [*found, *page(region, alone)]
