"""People in the text and photos of a publication (R-910, R-911)."""

from collections.abc import Iterable
from html import escape

from django.db import transaction
from django.db.models import Max

from mentoring.core import pictures
from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import files, journal
from programs.models import Publication, PublicationMark, PublicationPhoto
from programs.publication_permissions import can_edit_section
from programs.services.publication_checks import refuse_names

NOT_OURS = "Такого человека нет в списке. Выберите из списка."
MAX_PHOTOS = 40


@transaction.atomic
def add_mark(publication: Publication, *, person: Person, by: Membership, instead: str = "педагог") -> PublicationMark:  # fmt: skip
    """The next number; in the text {number} becomes the name where the consent allows, else `instead`."""
    can_edit_section(by).require()
    last = publication.marks.aggregate(last=Max("number"))["last"] or 0
    mark = PublicationMark(organization=publication.organization, publication=publication, person=person, number=last + 1, instead=instead.strip())  # fmt: skip
    mark.full_clean()
    refuse_names(publication, mark.instead, "В словах вместо имени", "instead")
    mark.save()
    journal.record(by, "publication.marked", publication)
    return mark


@transaction.atomic
def change_mark(mark: PublicationMark, *, instead: str, by: Membership) -> PublicationMark:
    can_edit_section(by).require()
    mark.instead = instead.strip()
    mark.full_clean()
    refuse_names(mark.publication, mark.instead, "В словах вместо имени", "instead")
    mark.save(update_fields=["instead"])
    journal.record(by, "publication.marked", mark.publication)
    return mark


@transaction.atomic
def remove_mark(mark: PublicationMark, *, by: Membership) -> None:
    """The text stays readable: the words for the nameless stand where the mark stood."""
    can_edit_section(by).require()
    publication = mark.publication
    publication.body = publication.body.replace(
        f"{{{mark.number}}}", escape(mark.instead, quote=False)
    )
    publication.full_clean()
    publication.save(update_fields=["body"])
    mark.delete()
    journal.record(by, "publication.marked", publication)


@transaction.atomic
def add_photo(publication: Publication, *, file, alt: str, by: Membership) -> PublicationPhoto:
    """Redrawn and small; hidden until somebody says who can be recognised."""
    can_edit_section(by).require()
    if publication.photos.count() >= MAX_PHOTOS:
        raise RuleError(f"В публикации уже {MAX_PHOTOS} фотографий. Сделайте вторую публикацию.", "file")  # fmt: skip
    stored = keep_picture(file, by=by, purpose="publication", owner_id=publication.pk)
    last = publication.photos.aggregate(last=Max("sort_index"))["last"] or 0
    photo = PublicationPhoto(organization=publication.organization, publication=publication, stored=stored, alt=alt.strip(), sort_index=last + 1)  # fmt: skip
    photo.full_clean()
    photo.save()
    journal.record(by, "publication.photo_added", publication)
    return photo


def keep_picture(upload, *, by: Membership, purpose: str, owner_id: int, field: str = "file"):
    picture = pictures.cleaned(files.read_upload(upload, field), field)
    return files.store(
        picture.content, organization=by.organization, purpose=purpose, name="фото.jpg",
        content_type="image/jpeg", owner_id=owner_id,
    )  # fmt: skip


@transaction.atomic
def change_photo(photo: PublicationPhoto, *, alt: str, by: Membership) -> PublicationPhoto:
    can_edit_section(by).require()
    photo.alt = alt.strip()
    photo.full_clean()
    refuse_names(photo.publication, photo.alt, "В подписи", "alt")
    photo.save(update_fields=["alt"])
    journal.record(by, "publication.photo_changed", photo.publication)
    return photo


@transaction.atomic
def mark_people(photo: PublicationPhoto, *, by: Membership, people: Iterable[Person] = (), nobody: bool = False) -> PublicationPhoto:  # fmt: skip
    """Who can be recognised; «никого» has to be said, an empty list alone is no answer."""
    can_edit_section(by).require()
    people = list(people)
    if any(person.organization_id != photo.organization_id for person in people):
        raise RuleError(NOT_OURS, "people")
    if bool(people) == nobody:
        raise RuleError("Отметьте людей или «Узнать никого нельзя» – одно из двух.", "nobody")
    photo.people.set(people)
    photo.people_marked = True
    photo.save(update_fields=["people_marked"])
    journal.record(by, "publication.photo_marked", photo.publication)
    return photo


@transaction.atomic
def move_photo(photo: PublicationPhoto, *, step: int, by: Membership) -> None:
    """One place earlier (-1) or later (1); the first photo goes to the head of the publication."""
    can_edit_section(by).require()
    rows = list(photo.publication.photos.all())
    place = next(number for number, row in enumerate(rows) if row.pk == photo.pk)
    other = min(max(place + step, 0), len(rows) - 1)
    rows[place], rows[other] = rows[other], rows[place]
    for number, row in enumerate(rows):
        row.sort_index = number
    PublicationPhoto.objects.bulk_update(rows, ["sort_index"])
    journal.record(by, "publication.photo_changed", photo.publication)


@transaction.atomic
def remove_photo(photo: PublicationPhoto, *, by: Membership) -> None:
    can_edit_section(by).require()
    journal.record(by, "publication.photo_removed", photo.publication)
    photo.delete()
