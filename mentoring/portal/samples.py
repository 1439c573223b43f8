"""Real rows for the addresses of the access table: which id stands for «a draft», «a person» …"""

from django.apps import apps

from mentoring.core.tenancy import OwnedModel
from mentoring.portal.sample_rows import Finder, row
from mentoring.portal.samples_groups import GROUPS
from mentoring.portal.samples_office import OFFICE
from mentoring.portal.samples_people import PEOPLE
from mentoring.portal.samples_programs import PROGRAMS
from mentoring.portal.samples_publicity import PUBLICITY
from people.models import Job, Membership, Organization, Person, RoleGrant, StoredFile
from people.models.accounts import Role
from programs.models import Publication, PublicationPhoto
from roadmap.models import (
    Annex,
    Basis,
    Circulation,
    Document,
    Remark,
    Roadmap,
    RoadmapActivity,
    RoadmapBlock,
    RoadmapStage,
    Stamp,
)


def paper(kind: str = "", **filters) -> Finder:
    """A document with its kind's code, as file addresses need both."""

    def find(school: Organization) -> dict | None:
        found = Document.objects.of(school).filter(**filters, **({"kind": kind} if kind else {}))
        first = found.order_by("pk").first()
        return first and {"pk": first.pk, "code": first.kind}

    return find


def plan_row(model, name: str, **extra) -> Finder:
    """A row of the plan together with its roadmap."""

    def find(school: Organization) -> dict | None:
        lookup = "roadmap" if model is RoadmapStage else "stage__roadmap"
        first = model.objects.of(school).order_by("pk").values("pk", lookup).first()
        return first and {"pk": first[lookup], name: first["pk"], **extra}

    return find


def check_code(school: Organization) -> dict | None:
    code = Document.objects.of(school).in_force().values_list("check_code", flat=True).first()
    return code and {"code": code}


def public_photo(school: Organization) -> dict | None:
    found = PublicationPhoto.objects.of(school).select_related("stored").order_by("pk").first()
    return found and {"pk": found.stored_id, "print": found.stored.sha256[:8]}


def public_news(school: Organization) -> dict | None:
    pk = Publication.objects.of(school).order_by("pk").values_list("pk", flat=True).first()
    return pk and {"name": f"news/{pk}/"}


def person_to_invite(school: Organization) -> dict | None:
    memberships = Membership.objects.of(school).filter(user=None, person__kind=Person.Kind.EMPLOYED)
    pk = memberships.order_by("pk").values_list("person", flat=True).first()
    return pk and {"pk": pk}


ORDER = "regulation_order"
SAMPLES: dict[str, Finder] = {
    **PEOPLE,
    **GROUPS,
    **PROGRAMS,
    **OFFICE,
    **PUBLICITY,
    "none": lambda school: {},
    "school": lambda school: {},
    "plan": row(Roadmap, closed_on=None),
    "stage": plan_row(RoadmapStage, "stage"),
    "stage_node": plan_row(RoadmapStage, "node", level="stage"),
    "block_node": plan_row(RoadmapBlock, "node", level="block"),
    "activity": plan_row(RoadmapActivity, "node"),
    "person": person_to_invite,
    "grant": row(RoleGrant, role=Role.STAFF),
    "file": row(StoredFile, purpose="document"),
    "job": row(Job),
    "order": row(Document, kind=ORDER, state="in_force"),
    "order_file": paper(ORDER, state="in_force"),
    "personnel": row(Document, kind="curator_order", state="in_force"),
    "personnel_file": paper("curator_order", state="in_force"),
    "draft": row(Document, state="draft", kind=ORDER),
    "draft_file": paper(ORDER, state="draft"),
    "approved": row(Document, state="approved"),
    "review": row(Document, state="review"),
    "page": lambda school: (found := row(Document, kind=ORDER)(school)) and {**found, "number": 1},
    "stamp": row(Stamp, document__state="draft"),
    "basis": row(Basis, document__state="draft"),
    "annex": row(Annex, order_document__state="draft"),
    "circulation": row(Circulation),
    "remark": row(Remark),
    "check": check_code,
    "public_page": lambda school: {"name": "news/"},
    "public_news": public_news,
    "public_photo": public_photo,
    "token": lambda school: {"token": "no-such-link"},
    "key": lambda school: {"key": "no-such-key"},
    "reset": lambda school: {"uidb36": "1", "key": "no-such-key"},
    "user": lambda school: {"id": 1},
    "app": lambda school: {"app_label": "people"},
    # Never looked up: without a token the API does not get that far.
    "api_row": lambda school: {"pk": 1},
    "api_submission": lambda school: {"pk": 1, "school": 1},
    "api_rest": lambda school: {"rest": "no/such/address"},
}
# Samples whose addresses do not carry the school.
SCHOOLLESS = {"none", "check", "token", "key", "reset", "api_row", "api_submission", "api_rest"}


def first_of(label: str) -> Finder:
    """`admin:app.model` samples: the first row of the school, by its admin's own scope."""

    def find(school: Organization) -> dict | None:
        model = apps.get_model(label)
        if model is Organization:
            return {"object_id": school.pk}
        if not issubclass(model, OwnedModel):
            return {"object_id": 0}
        pk = model.objects.of(school).order_by("pk").values_list("pk", flat=True).first()
        return {"object_id": pk or 0}

    return find


def sample(name: str, school: Organization) -> dict | None:
    """Arguments of an address for a sample's name; None when the school has no such row."""
    finder = first_of(name) if "." in name else SAMPLES[name]
    return finder(school)
