"""Rights of the people floor."""

from mentoring.core.access import ALLOWED, Verdict, allow_if, deny
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


PUPILS_OFF = (
    "Наставничество обучающихся в организации не ведётся. Его включают на странице «Организация»."
)


def can_read_pupils(membership: Membership) -> Verdict:
    """Where the school does not mentor pupils nothing about them exists (N-5)."""
    if not membership.organization.works_with_pupils:
        return deny(PUPILS_OFF)
    return allow_if(
        has_any(membership, MANAGERS | KEEPERS),
        "Список обучающихся видят руководитель, куратор и администратор портала.",
    )


def can_edit_pupils(membership: Membership) -> Verdict:
    if not membership.organization.works_with_pupils:
        return deny(PUPILS_OFF)
    return allow_if(
        has_any(membership, KEEPERS),
        "Список обучающихся ведут куратор и администратор портала.",
    )


def can_read_consents(membership: Membership) -> Verdict:
    """The register with its texts; the administrator sees states only (R-213, design §3a)."""
    return allow_if(
        has_any(membership, MANAGERS),
        "Согласия видят руководитель и куратор. Свои – на странице «Мои согласия».",
    )


def can_see_consent_states(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, MANAGERS | KEEPERS),
        "Согласия видят руководитель и куратор. Свои – на странице «Мои согласия».",
    )


def can_edit_consents(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, CURATORS), "Согласия ведёт куратор. Свои решайте на «Мои согласия»."
    )


def can_edit_catalogues(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Справочники ведёт куратор. Обратитесь к нему.")


def can_read_questionnaires(membership: Membership) -> Verdict:
    """Forms and runs; the administrator opens neither (R-213)."""
    return allow_if(
        has_any(membership, MANAGERS),
        "Анкеты готовит куратор. Те, что ждут вашего ответа, – на странице «Мои анкеты».",
    )


def can_edit_questionnaires(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, CURATORS),
        "Анкеты готовит куратор. Те, что ждут вашего ответа, – на странице «Мои анкеты».",
    )


def can_read_organization(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, MANAGERS | KEEPERS),
        "Реквизиты и настройки видят руководитель, куратор и администратор портала.",
    )


def can_read_state(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, frozenset({Role.ADMIN})),
        "Состояние портала открыто администратору портала.",
    )


def can_edit_organization(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, KEEPERS),
        "Реквизиты и настройки меняют куратор и администратор портала.",
    )


def can_purge(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, CURATORS),
        "Данные с истёкшим сроком уничтожает куратор. Обратитесь к нему.",
    )


def can_invite(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, KEEPERS), "Приглашения выдают куратор и администратор портала."
    )


def can_keep_tokens(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, KEEPERS),
        "Доступ для программ выдают куратор и администратор портала.",
    )


def can_use_admin(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, KEEPERS), "Записи ведут куратор и администратор портала.")


def can_read_job(membership: Membership, job) -> Verdict:
    own = job.membership_id == membership.pk
    return allow_if(own or has_any(membership, CURATORS), "Это задание запускал другой сотрудник.")


def can_keep_letters(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, KEEPERS), "Исходящие письма видят куратор и администратор портала."
    )
