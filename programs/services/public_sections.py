"""Settings of the public section: words, look, blocks, the sites that may embed it (R-901)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from mentoring.core.colours import check_accent
from mentoring.core.errors import RuleError
from people.models import Membership, Organization, PublicAddress
from people.services import journal
from programs.models import PublicSection
from programs.publication.blocks import BLOCKS, BY_CODE, Block
from programs.publication_permissions import can_edit_section
from roadmap.services.public_text import names_said

PAGE_TITLE = "Раздел «Наставничество» в портале"
FIELDS = ("title", "intro", "contacts", "theme", "accent", "parents", "site_address")


def section_of(organization: Organization) -> PublicSection:
    """The row of the school, made on first need with the address of its page in the portal."""
    section = PublicSection.objects.of(organization).select_related("page_address", "site_address").first()  # fmt: skip
    return section or begin(organization)


@transaction.atomic
def begin(organization: Organization) -> PublicSection:
    """Two requests at once make one row: both addresses and sections are unique."""
    url = f"{settings.PUBLIC_URL}/p/{organization.slug}/"
    address, _ = PublicAddress.objects.get_or_create(organization=organization, url=url, defaults={"title": PAGE_TITLE})  # fmt: skip
    section, _ = PublicSection.objects.get_or_create(organization=organization, defaults={"page_address": address})  # fmt: skip
    return section


@transaction.atomic
def save_section(section: PublicSection, *, by: Membership, **values) -> PublicSection:
    """Any of FIELDS; `parents` is a list of addresses as the curator typed them."""
    can_edit_section(by).require()
    if "parents" in values:
        values["parents"] = origins(values["parents"])
    if "accent" in values:
        values["accent"] = values["accent"].lower()
    for name in FIELDS:
        setattr(section, name, values.get(name, getattr(section, name)))
    section.full_clean()
    if section.accent:
        check_accent(section.accent)
    refuse_names(section)
    section.save(update_fields=FIELDS)
    journal.record(by, "section.saved", section)
    return section


def refuse_names(section: PublicSection) -> None:
    """These texts are shown as they are typed, without the gate of consents."""
    for name in ("title", "intro", "contacts"):
        if found := names_said(getattr(section, name), section.organization):
            raise RuleError(f"Здесь стоит фамилия: {', '.join(found)}. Назовите должность: имена раздел показывает только по согласию.", name)  # fmt: skip


def origins(typed: list[str]) -> list[str]:
    """Each once, in order, as a browser compares it: scheme, host and maybe a port."""
    return list(dict.fromkeys(origin(one.strip()) for one in typed if one.strip()))


def origin(typed: str) -> str:
    """«https://школа.рф/vr/» → «https://xn--80atdl2c.xn--p1ai»; what is no site of the net is refused."""
    if "*" in typed:
        raise RuleError(f"{typed}: звёздочка открыла бы раздел чужим сайтам. Укажите каждый адрес целиком.", "parents")  # fmt: skip
    parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    if parts.scheme != "https":
        raise RuleError(f"{typed}: нужен защищённый адрес, он начинается с https://.", "parents")
    try:
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port and parts.port != 443 else ""
    except ValueError:
        host = ""
    if "." not in host or parts.username or not host.replace("-", "").replace(".", "").isalnum():
        raise RuleError(f"{typed}: это не адрес сайта. Скопируйте его из адресной строки браузера, например https://school.example.", "parents")  # fmt: skip
    return f"https://{host}{port}"


def site_origin(organization: Organization) -> str:
    """Origin of the site in the requisites of the school, "" when there is none or it is unreadable."""
    try:
        return origin(organization.site.replace("http://", "https://")) if organization.site else ""
    except RuleError:
        return ""


def rows_of(section: PublicSection) -> list[dict]:
    """Every block in the school's order, hidden ones too: code, own title or "", hidden."""
    kept = [row for row in section.blocks if row.get("code") in BY_CODE]
    known = {row["code"] for row in kept}
    new = [block.code for block in BLOCKS if block.code not in known]
    own = [{"code": row["code"], "title": row.get("title", ""), "hidden": bool(row.get("hidden"))} for row in kept]  # fmt: skip
    return own + [{"code": code, "title": "", "hidden": False} for code in new]


def usual(code: str) -> Block:
    return BY_CODE[code]


@transaction.atomic
def save_blocks(section: PublicSection, *, rows: list[dict], by: Membership) -> PublicSection:
    """The whole list in its new order; a title equal to the usual one is kept as "" and follows the portal."""
    can_edit_section(by).require()
    codes = [row.get("code") for row in rows]
    if sorted(codes, key=str) != sorted(BY_CODE):
        raise RuleError("Список блоков изменился. Обновите страницу и повторите.")
    section.blocks = [clean_row(row) for row in rows]
    section.full_clean()
    section.save(update_fields=["blocks"])
    journal.record(by, "section.blocks", section)
    return section


def clean_row(row: dict) -> dict:
    title = " ".join(str(row.get("title", "")).split())
    if len(title) > 80:
        raise RuleError(f"Название «{title[:30]}…» длиннее 80 знаков. Сократите его.")
    own = "" if title == BY_CODE[row["code"]].title else title
    return {"code": row["code"], "title": own, "hidden": bool(row.get("hidden"))}


def move_block(section: PublicSection, *, code: str, step: int, by: Membership) -> PublicSection:
    """One place up (-1) or down (1); at the edge nothing happens."""
    rows = rows_of(section)
    place = next((number for number, row in enumerate(rows) if row["code"] == code), None)
    if place is None or step not in (-1, 1):
        raise RuleError("Такого блока нет. Обновите страницу и повторите.")
    other = min(max(place + step, 0), len(rows) - 1)
    rows[place], rows[other] = rows[other], rows[place]
    return save_blocks(section, rows=rows, by=by)


@transaction.atomic
def set_opened(section: PublicSection, *, opened: bool, by: Membership) -> PublicSection:
    """A closed section answers as if it were not there."""
    can_edit_section(by).require()
    section.opened = opened
    section.save(update_fields=["opened"])
    journal.record(by, "section.opened" if opened else "section.closed", section)
    return section
