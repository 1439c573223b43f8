"""The staff list as a table; loaded back by the import, it changes nothing."""

import datetime as dt
from collections.abc import Iterator

from people.models import Person
from people.models.persons import experience

HEADINGS = [
    "Фамилия", "Имя", "Отчество", "Пол", "Кто", "Должность", "Предмет или группа", "Место работы",
    "Год рождения", "Работает с", "Работает по", "Впервые в должности с", "Категория",
    "Категория присвоена", "Педстаж, лет", "Педстаж с", "Стаж в организации, лет",
    "Электронная почта", "Телефон",
]  # fmt: skip
READ = (
    "last_name", "first_name", "patronymic", "sex", "kind", "job_title", "subject", "institution",
    "birth_year", "employed_from", "employed_to", "new_in_post_since", "category", "category_date",
    "teaching_since", "teaching_years", "teaching_years_on", "here_years", "here_years_on",
    "email", "phone",
)  # fmt: skip
SEX, KIND = dict(Person.Sex.choices), dict(Person.Kind.choices)


def staff_rows(people, day: dt.date) -> Iterator[list]:
    """A row of `HEADINGS` for each person of the queryset; read in portions."""
    for (
        last, first, patronymic, sex, kind, post, subject, institution, born, since, until, new_in_post,
        category, category_date, teaching, years, years_on, here, here_on, email, phone,
    ) in people.values_list(*READ).iterator(chunk_size=2000):  # fmt: skip
        yield [
            last, first, patronymic, SEX[sex], KIND[kind], post, subject, institution, born, since, until,
            new_in_post, category, category_date,
            past(experience(teaching, years, years_on, day)), teaching,
            past(experience(None if here is not None else since, here, here_on, day)), email, phone,
        ]  # fmt: skip


def past(years: int | None) -> int | None:
    """Who begins next month has no years yet."""
    return years if years is not None and years >= 0 else None
