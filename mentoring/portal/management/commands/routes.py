"""`manage.py routes`: METHOD, path with a real id of a demo school, role, expected code."""

from django.core.management.base import BaseCommand, CommandError

from mentoring.portal.demo import SCHOOLS
from mentoring.portal.routes import ROLES, Route, routes
from people.models import Organization


class Command(BaseCommand):
    help = "Адреса портала: кто какой ответ получает (по учебным школам)."

    def handle(self, **options):
        schools = {school.slug: school for school in Organization.objects.filter(slug__in=SCHOOLS)}
        if not schools:
            raise CommandError("Учебных школ нет. Постройте их: make demo.")
        ordered = [schools[slug] for slug in SCHOOLS if slug in schools]
        for route in routes():
            path = self.first_path(route, ordered)
            for role, code in zip(ROLES, route.codes, strict=True):
                self.stdout.write(f"{route.method}\t{path}\t{role}\t{code}")

    def first_path(self, route: Route, schools: list[Organization]) -> str:
        """The first demo school that has such a row."""
        for school in schools:
            if path := route.path(school):
                return path
        raise CommandError(
            f"Ни в одной учебной школе нет записи «{route.sample}» для {route.name}."
        )
