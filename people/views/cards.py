"""What the pages tell about a person: account, roles, experience, forms of the name, leaving."""

from django.db.models import Prefetch
from django.utils import timezone

from mentoring.core import grammar
from people.forms.persons import CASES
from people.models import Invitation, Membership, Person, RoleGrant

UNSURE = "(портал не уверен, проверьте)"


def accounts() -> Prefetch:
    """Membership with grants and usable invitations: three queries whatever the number of rows."""
    usable = Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())
    memberships = Membership.objects.prefetch_related(
        "grants", Prefetch("invitations", queryset=usable, to_attr="open_invitations")
    )
    return Prefetch("membership", queryset=memberships)


def describe(person: Person, today) -> None:
    """Set what the pages show: roles of today, state of the account, years of experience."""
    membership = getattr(person, "membership", None)
    grants = membership.grants.all() if membership else []
    person.roles_today = [grant.get_role_display() for grant in grants if grant.active_on(today)]
    person.teaching_years_today = person.teaching_experience_on(today)
    person.years_here_today = person.experience_here_on(today)
    person.has_left = bool(person.employed_to and person.employed_to < today)
    person.account_state = account_state(membership)


def account_state(membership: Membership | None) -> tuple[str, str, str]:
    """Colour, sign and words for `{% pill %}`."""
    if membership and membership.user_id:
        return ("done", "✓", "есть вход")
    if membership and membership.open_invitations:
        until = timezone.localtime(membership.open_invitations[0].expires_at)
        return ("wait", "◷", f"приглашение до {until:%d.%m}")
    return ("none", "○", "входа нет")


def dated_grants(shown: Person, today) -> list[RoleGrant]:
    """Grants, those in force first, each with `is_active` and `may_end`."""
    grants = list(shown.membership.grants.all())
    for grant in grants:
        grant.is_active = grant.active_on(today)
        grant.is_future = grant.starts_on > today
        grant.may_end = grant.ends_on is None or grant.ends_on >= today
    return sorted(grants, key=lambda grant: (not grant.is_active, grant.starts_on, grant.pk))


def facts(shown: Person) -> list[tuple[str, object]]:
    """Pairs for `{% requisites %}`; rows that do not fit the kind are left out."""
    rows = [("Кто", shown.get_kind_display()), ("Должность", shown.job_title)]
    if shown.kind == Person.Kind.EXTERNAL:
        rows.append(("Место работы", shown.institution))
    rows.append(("Работает с", day(shown.employed_from)))
    if shown.employed_to:
        rows.append(("Работает по", day(shown.employed_to)))
    rows += [
        ("Стаж в организации", years(shown.years_here_today)),
        ("Педагогический стаж", years(shown.teaching_years_today)),
    ]
    if shown.new_in_post_since:
        rows.append(("Впервые в должности с", day(shown.new_in_post_since)))
    category = shown.category or "нет"
    if shown.category and shown.category_date:
        category += f" с {day(shown.category_date)}"
    rows += [
        ("Категория", category), ("Электронная почта", shown.email), ("Телефон", shown.phone),
    ]  # fmt: skip
    if shown.birth_year:
        rows.append(("Год рождения", shown.birth_year))
    return rows


def day(date) -> str:
    return f"{date:%d.%m.%Y}" if date else ""


def years(number: int | None) -> str:
    if number is None or number < 0:
        return ""
    return "меньше года" if number == 0 else grammar.count(number, "год")


def word_forms(shown: Person) -> list[tuple[str, str, str]]:
    """Case label, name and post as the papers will print them."""
    return [
        (label, name_in(shown, code), post_in(shown, code, shown.job_title_forms))
        for code, label in CASES
    ]


def name_in(shown: Person, code: str) -> str:
    """The name in the case; where the grammar is unsure, as it stands on the card."""
    try:
        return grammar.person_in_case(shown, code, "full")
    except grammar.Unsure:
        return f"{shown.full_name} {UNSURE}"


def post_in(shown: Person, code: str, overrides: dict) -> str:
    if not shown.job_title:
        return ""
    try:
        return grammar.post_in_case(shown.job_title, code, overrides=overrides)
    except grammar.Unsure:
        return f"{shown.job_title} {UNSURE}"


def proposals(shown: Person) -> dict[str, dict[str, str]]:
    """What the grammar says without the overrides of the card."""
    plain = Person(
        last_name=shown.last_name, first_name=shown.first_name, patronymic=shown.patronymic,
        sex=shown.sex, job_title=shown.job_title,
    )  # fmt: skip
    return {
        "name": {code: name_in(plain, code) for code, _ in CASES},
        "post": {code: post_in(plain, code, {}) for code, _ in CASES},
    }


def consequences(shown: Person) -> list[str]:
    """What the leaving will change, in numbers."""
    today = timezone.localdate()
    grants = (
        RoleGrant.objects.of(shown.organization).filter(membership__person=shown).active_on(today)
    )
    titles = [grant.get_role_display() for grant in grants]
    rows = [f"Закончатся роли: {len(titles)} ({', '.join(titles)})." if titles else "Ролей нет."]
    if getattr(shown, "membership", None) and shown.membership.user_id:
        rows.append("Вход в этот раздел закроется на следующий день.")
    rows.append("Карточка и подписанные документы останутся.")
    return rows
