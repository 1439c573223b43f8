"""Rights of the people floor."""

from mentoring.core.access import ALLOWED, Verdict, allow_if
from people.models import Membership, Person
from people.models.accounts import Role

HEADS = frozenset({Role.HEAD, Role.ACTING_HEAD})
CURATORS = frozenset({Role.CURATOR, Role.COORDINATOR})
MANAGERS = HEADS | CURATORS
KEEPERS = CURATORS | {Role.ADMIN}


def has_any(membership: Membership, roles: frozenset) -> bool:
    """Whether the member holds one of the roles today; `current_roles` is set by `member_page`."""
    return bool(membership.current_roles & roles)


def can_read_people(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, MANAGERS | KEEPERS),
        "Список сотрудников видят руководитель, куратор и администратор. Своя карточка – на странице «Мои данные».",
    )


def can_read_person(membership: Membership, person: Person) -> Verdict:
    """Everybody reads the own card."""
    return ALLOWED if person.pk == membership.person_id else can_read_people(membership)


def can_edit_people(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, KEEPERS),
        "Список сотрудников ведут куратор и администратор портала. Попросите их внести изменение.",
    )


def can_read_organization(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, MANAGERS | KEEPERS),
        "Реквизиты и настройки видят руководитель, куратор и администратор портала.",
    )


def can_edit_organization(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, KEEPERS),
        "Реквизиты и настройки меняют куратор и администратор портала.",
    )


def can_invite(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, KEEPERS), "Приглашения выдают куратор и администратор портала."
    )


def can_use_admin(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, KEEPERS), "Записи ведут куратор и администратор портала.")


def can_read_job(membership: Membership, job) -> Verdict:
    own = job.membership_id == membership.pk
    return allow_if(own or has_any(membership, CURATORS), "Это задание запускал другой сотрудник.")
