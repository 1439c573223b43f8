"""The public section of a full school; `word` marks each text."""

from django.utils import timezone

from people.models import Membership
from programs.models import PublicationMark
from tests.programs.makers_public import agree, honour, photograph, publish

TODAY = timezone.localdate()


def fill_section(members: dict[str, Membership], word: str) -> None:
    """News with a photo and a person who agreed, a draft, a place on the board."""
    curator, person = members["curator"], members["psychologist"].person
    agree(person)
    news = publish(curator, title=f"Новость {word}", lead=f"Коротко {word}", body=f"{{1}} {word}", publish_on=TODAY)  # fmt: skip
    PublicationMark.objects.create(organization=news.organization, publication=news, person=person, number=1, instead=f"педагог {word}")  # fmt: skip
    photograph(news, alt=f"Снимок {word}")
    publish(curator, title=f"Черновик {word}", state="draft", publish_on=TODAY)
    honour(person, merit=f"За {word}", since=TODAY)
