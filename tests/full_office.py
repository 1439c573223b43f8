"""Acts, partners, tasks of orders, letters, readings of files of a full school; `word` marks each text."""

import datetime as dt

from django.utils import timezone

from people.models import Letter, Membership
from people.services.files import store
from programs.models import ReportFigures, ReportRequest, ReportSubmission
from roadmap.models import (
    Contact,
    Document,
    Event,
    EventFile,
    Norm,
    NormStudy,
    OrderTask,
    Partner,
    Posting,
    Roadmap,
    RoadmapImport,
    WorkingGroup,
    WorkingGroupMember,
)
from tests.factories import make_curator
from tests.programs.makers_reports import make_authority, put_under

TODAY = timezone.localdate()


def fill_office(members: dict[str, Membership], word: str) -> None:
    curator, teacher = members["curator"], members["teacher"].person
    school = curator.organization
    own = {"organization": school}
    act = Norm.objects.create(kind="приказ", title=f"Акт {word}", note=f"Заметка {word}", issuer=f"управления {word}", **own)  # fmt: skip
    NormStudy.objects.create(norm=act, person=teacher, studied_on=TODAY, **own)
    partner = Partner.objects.create(title=f"Партнёр {word}", contact=f"Связь {word}", note=word, head_name="Ким Алла Сергеевна", head_post="директор", **own)  # fmt: skip
    Contact.objects.create(partner=partner, held_on=TODAY, subject=f"Разговор {word}", outcome=word, next_step=f"Дальше {word}", next_on=TODAY, noted_by=curator, **own)  # fmt: skip
    Posting.objects.create(title=f"Заметка {word}", place=f"Газета {word}", posted_on=TODAY, **own)
    order = Document.objects.of(school).in_force().filter(kind="curator_order").first()
    OrderTask.objects.create(document=order, person=teacher, text=f"Поручение {word}", due_on=TODAY, **own)  # fmt: skip
    group = WorkingGroup.objects.create(title=f"по внедрению {word}", document=order, starts_on=TODAY, **own)  # fmt: skip
    WorkingGroupMember.objects.create(group=group, person=teacher, leads=True, **own)
    event = Event.objects.of(school).first()
    photo = store(b"\x89PNG", organization=school, purpose="event", name="снимок.png", content_type="image/png", owner_id=event.pk)  # fmt: skip
    EventFile.objects.create(event=event, kind="photo", stored=photo, title=f"Снимок {word}", **own)
    RoadmapImport.objects.create(file_name=f"{word}.docx", title=f"План {word}", created_by=curator, lines=[{"level": "activity", "title": f"Строка {word}", "period": "", "responsible": "", "extra": {}}], source=[[[f"Строка {word}"]]], **own)  # fmt: skip
    Letter.objects.create(person=teacher, address="t@school.example", subject=f"Письмо {word}", text=f"Текст {word}", state="held", batch=f"batch-{school.slug}", **own)  # fmt: skip
    Roadmap.objects.create(
        title=f"План, который пора закрыть {word}", year_start=TODAY.year - 2, **own
    )
    Roadmap.objects.create(title=f"Прошлый план {word}", year_start=TODAY.year - 3, closed_on=TODAY - dt.timedelta(days=300), **own)  # fmt: skip
    owe_reports(curator, word)


def owe_reports(curator: Membership, word: str) -> None:
    """An authority over the school, its request, a draft of a report that needs none."""
    school = curator.organization
    authority = make_authority(short_name=f"Управление {word}")
    put_under(school, authority)
    ReportSubmission.objects.create(organization=school, request=ReportRequest.objects.create(
        organization=authority, title=f"Запрос {word}", note=f"Пояснение {word}", start=TODAY, end=TODAY, on=TODAY, due_on=TODAY,
        asked_on=TODAY, asked_by=make_curator(authority, last_name=f"Лунин{word}"),
    ))  # fmt: skip
    paper = Document.objects.create(organization=school, kind="authority_report", title=f"о наставничестве {word}", body=f"<p>{word}</p>", register="outgoing", check_code=f"report-{school.slug}", created_by=curator)  # fmt: skip
    ReportFigures.objects.create(organization=school, document=paper, start=TODAY, end=TODAY, on=TODAY, values={"I-01": [1, 2, 50.0]})  # fmt: skip
