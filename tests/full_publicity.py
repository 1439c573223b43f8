"""The public section of a full school: publications in each state, people, photos, the honour board."""

import datetime as dt

from django.utils import timezone

from people.models import Membership
from people.services.files import store
from programs.models import (
    HonourEntry,
    Publication,
    PublicationMark,
    PublicationPhoto,
    SiteArchive,
)
from programs.services.public_sections import section_of
from roadmap.models import RoadmapStage
from tests.core.test_pictures import drawn

TODAY = timezone.localdate()


def fill_publicity(members: dict[str, Membership], word: str) -> None:
    curator, teacher = members["curator"], members["teacher"].person
    school = curator.organization
    own = {"organization": school}
    section = section_of(school)
    section.intro, section.contacts = f"О программе {word}", f"Контакты {word}"
    section.save()
    stage = RoadmapStage.objects.of(school).first()
    shared = {"created_by": curator, "author": teacher, "stage": stage, **own}
    news = Publication.objects.create(title=f"Новость {word}", lead=f"Коротко {word}", body=f"<p>Текст {word} {{1}}</p>", state="published", publish_on=TODAY, **shared)  # fmt: skip
    Publication.objects.create(title=f"Черновик {word}", body=f"<p>{word}</p>", publish_on=TODAY, **shared)  # fmt: skip
    Publication.objects.create(title=f"Анонс {word}", kind="announcement", state="published", publish_on=TODAY, until=TODAY + dt.timedelta(days=30), **shared)  # fmt: skip
    PublicationMark.objects.create(publication=news, person=teacher, number=1, instead=f"педагог {word}", **own)  # fmt: skip
    for place, marked in enumerate([True, False]):
        photo = store(drawn(), organization=school, purpose="publication", name="фото.jpg", content_type="image/jpeg", owner_id=news.pk)  # fmt: skip
        PublicationPhoto.objects.create(publication=news, stored=photo, alt=f"Снимок {word}", people_marked=marked, sort_index=place, **own)  # fmt: skip
    HonourEntry.objects.create(person=teacher, merit=f"за {word}", since=TODAY, **own)
    kept = store(b"PK", organization=school, purpose="site_archive", name="раздел.zip", content_type="application/zip")  # fmt: skip
    archive = SiteArchive.objects.create(stored=kept, made_by=curator, with_people=True, replace_by=TODAY, **own)  # fmt: skip
    archive.people.add(teacher)
