"""Topics of «Мои данные»: card, account, consents, cards of the banks, pupil's card."""

from django.urls import reverse

from people.models import Consent, MenteeProfile, MentorProfile, Person, SignatureJoining
from people.models.catalogues import Catalogue
from people.my_data import Section
from people.services.catalogues import titles
from people.services.consents import State

LABOUR = "трудовое законодательство: карточка ведётся без согласия"
CONSENT = "ваше согласие на обработку персональных данных"
HIDDEN_FIELDS = {"id", "organization", "anonymised_on", "name_forms", "job_title_forms", "person"}


def day(value) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def shown(row, name: str) -> str:
    """A field as a person reads it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return "да" if value else "нет"
    return day(value) if hasattr(value, "strftime") else str(value if value is not None else "")


def filled(row, skip: set[str] = HIDDEN_FIELDS) -> list[tuple[str, str]]:
    """Label and value of every filled field of a row, in the order of the model."""
    fields = [field for field in row._meta.concrete_fields if field.name not in skip]
    pairs = [
        (str(field.verbose_name).capitalize(), shown(row, field.name))
        for field in fields
        if not field.is_relation
    ]
    return [(label, value) for label, value in pairs if value]


def card(person: Person) -> Section:
    why = LABOUR if person.kind == Person.Kind.EMPLOYED else CONSENT
    if person.kind == Person.Kind.PUPIL:
        why = "согласие законного представителя, с 14 лет – и обучающегося"
    return Section("Карточка", filled(person), why=why)


def account(person: Person) -> Section | None:
    """Sign-in, roles with their dates; nothing of the password is ever shown."""
    membership = getattr(person, "membership", None)
    if membership is None:
        return None
    slug = person.organization.slug
    rows = []
    if membership.user_id:
        rows.append(("Имя для входа", membership.user.get_username()))
        rows.append(("Адрес для писем", membership.user.email))
        rows.append(("Последний вход", day(membership.user.last_login)))
    if membership.number:
        rows.append(("Вход без почты", f"{slug}-{membership.number}"))
    for grant in membership.grants.all():
        ends = f" по {day(grant.ends_on)}" if grant.ends_on else ""
        basis = f", {grant.basis}" if grant.basis else ""
        rows.append(("Роль", f"{grant.get_role_display()} с {day(grant.starts_on)}{ends}{basis}"))
    data = [{"что": label, "значение": value} for label, value in rows]
    return Section("Вход и роли", [row for row in rows if row[1]], data=data)


def consents(person: Person) -> Section:
    """Own consents; those given by a representative are named as such."""
    slug = person.organization.slug
    found = Consent.objects.filter(person=person).select_related("text", "representative")
    rows, links = [], []
    for row in found:
        title = row.text.title
        if row.representative:
            title += f" (подписывает {row.representative.full_name})"
        state = row.get_state_display()
        if row.state == State.WITHDRAWN:
            state += f" {day(row.withdrawn_on)}"
        rows.append((title, f"редакция {row.text.number}", state, day(row.given_on), day(row.valid_until), row.get_method_display() if row.method else ""))  # fmt: skip
        if row.state == State.GIVEN and not row.representative:
            links.append(
                (f"Отозвать: {title.lower()}", reverse("my_consent_withdraw", args=[slug, row.pk]))
            )
    links.append(("Мои согласия", reverse("my_consents", args=[slug])))
    columns = ("Согласие", "Текст", "Состояние", "Дано", "Действует по", "Как подписано")
    return Section(
        "Согласия", rows, columns=columns, links=tuple(links), why="152-ФЗ, ст. 9: организация обязана доказать, что согласие есть",
        empty="Согласий не запрашивали.",
    )  # fmt: skip


def joining(person: Person) -> Section | None:
    row = SignatureJoining.objects.filter(person=person).select_related("received_by__person")
    found = row.first()
    if found is None:
        return None
    pairs = [
        ("Заявление подписано", day(found.signed_on)),
        ("Принял(а)", found.received_by.person.short_name),
    ]
    if found.ended_on:
        pairs.append(("Прекращено", day(found.ended_on)))
    return Section("Простая электронная подпись", pairs, why="63-ФЗ, ст. 6 ч. 2 и ст. 9")


def mentor(person: Person) -> Section | None:
    card = MentorProfile.objects.filter(person=person).prefetch_related("strengths").first()
    if card is None:
        return None
    directions = titles(person.organization, Catalogue.DIRECTION)
    rows = filled(card, HIDDEN_FIELDS | {"forms", "kinds", "competences"}) + coded(card)
    competences = titles(person.organization, Catalogue.COMPETENCE)
    rows += [("Компетенция", competences.get(code, code)) for code in card.competences]
    for row in card.strengths.all():
        text = f", {row.text}" if row.text else ""
        rows.append(
            ("Сильная сторона", f"{directions.get(row.direction, row.direction)}: {row.level} из 3{text}")
        )  # fmt: skip
    return bank_section("Карточка в банке наставников", rows)


def mentee(person: Person) -> Section | None:
    card = MenteeProfile.objects.filter(person=person).prefetch_related("needs").first()
    if card is None:
        return None
    directions = titles(person.organization, Catalogue.DIRECTION)
    difficulties = titles(person.organization, Catalogue.DIFFICULTY)
    rows = filled(card, HIDDEN_FIELDS | {"forms", "kinds", "strengths"}) + coded(card)
    for row in card.needs.all():
        what = difficulties.get(row.difficulty) or directions.get(row.direction, row.direction)
        text = f", {row.text}" if row.text and row.source != "third_party" else ""
        rows.append(("Запрос", f"{what}{text} (откуда: {row.get_source_display()}, {day(row.noted_on)})"))  # fmt: skip
    return bank_section("Карточка в банке наставляемых", rows)


def coded(card) -> list[tuple[str, str]]:
    """Forms and kinds in words."""
    forms, kinds = (
        titles(card.organization, name) if codes else {}
        for name, codes in ((Catalogue.FORM, card.forms), (Catalogue.KIND, card.kinds))
    )
    return [("Форма", forms.get(code, code)) for code in card.forms] + [
        ("Вид", kinds.get(code, code)) for code in card.kinds
    ]


def bank_section(title: str, rows: list[tuple[str, str]]) -> Section:
    data = [{"что": label, "значение": value} for label, value in rows]
    return Section(title, rows, data=data, why=CONSENT)


def pupil(person: Person) -> Section | None:
    """Class, birth date and who represents the pupil."""
    if person.kind != Person.Kind.PUPIL or not hasattr(person, "pupil"):
        return None
    rows = filled(person.pupil)
    for one in person.representatives.all():
        contact = ", ".join(filter(None, [one.phone, one.email]))
        value = f"{one.full_name}, {one.get_kind_display()}, {one.basis}"
        rows.append(("Законный представитель", f"{value}{f', {contact}' if contact else ''}"))
    data = [{"что": label, "значение": value} for label, value in rows]
    return Section("Карточка обучающегося", rows, data=data)
