"""Plain makers of rows for tests; everything can be overridden."""

import datetime as dt
import itertools

from django.contrib.auth import get_user_model

from people.models import Membership, Organization, Person, RoleGrant
from people.models.accounts import Role
from people.pages import with_current_roles

PASSWORD = "nastavnik-demo"
_numbers = itertools.count(1)
LONG_AGO = dt.date(2015, 9, 1)


def make_organization(**over) -> Organization:
    number = next(_numbers)
    values = {
        "slug": f"school-{number}",
        "full_name": f"Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № {number}»",
        "short_name": f"МБОУ «Школа № {number}»",
        "institution_type": Organization.Type.SCHOOL,
        "founder": "Управление образования города Заречье",
        "address": "000100, г. Заречье, ул. Школьная, д. 1",
        "place": "г. Заречье",
        "phone": "+7 (999) 000-00-01",
        "email": f"office{number}@school.example",
        "site": "school.example",
    }
    return Organization.objects.create(**{**values, **over})


def make_person(organization: Organization, **over) -> Person:
    values = {
        "last_name": "Ветрова",
        "first_name": "Мария",
        "patronymic": "Ильинична",
        "sex": Person.Sex.FEMALE,
        "job_title": "учитель математики",
        "employed_from": LONG_AGO,
    }
    person = Person.objects.create(organization=organization, **{**values, **over})
    Membership.objects.create(organization=organization, person=person)
    return person


def make_member(
    organization: Organization, *roles: str, login: str = "", **person_fields
) -> Membership:
    """A person with an account and the given roles since long ago; `current_roles` is set."""
    person = make_person(organization, **person_fields)
    login = login or f"user{next(_numbers)}@{organization.slug}.example"
    user = get_user_model().objects.create_user(username=login, email=login, password=PASSWORD)
    membership = person.membership
    membership.user = user
    membership.save()
    for role in roles:
        RoleGrant.objects.create(
            organization=organization, membership=membership, role=role, starts_on=LONG_AGO
        )
    return with_current_roles(membership)


def make_head(organization: Organization, **over) -> Membership:
    person = {
        "last_name": "Ключевская",
        "first_name": "Вера",
        "patronymic": "Павловна",
        "job_title": organization.head_title,
    }
    return make_member(organization, Role.HEAD, Role.STAFF, **{**person, **over})


def make_curator(organization: Organization, **over) -> Membership:
    person = {
        "last_name": "Ким",
        "first_name": "Алла",
        "patronymic": "Сергеевна",
        "job_title": "заместитель директора по УВР",
    }
    return make_member(organization, Role.CURATOR, Role.STAFF, **{**person, **over})
