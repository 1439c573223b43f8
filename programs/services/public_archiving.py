"""Starting the background work that packs the section."""

from django.db import transaction

from people.models import Job, Membership
from people.services import jobs
from programs.models import PublicSection
from programs.services import site_archives
from programs.tasks_public import pack_section


@transaction.atomic
def start(section: PublicSection, *, with_people: bool, by: Membership) -> Job:
    site_archives.check(section, with_people=with_people, by=by)
    title = "Архив раздела с именами и фотографиями" if with_people else "Архив раздела без людей"
    return jobs.start(pack_section, by=by, title=title, with_people=with_people)
