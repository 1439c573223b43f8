"""Who gets what at each address: the access table `routes.txt`, read by the guard test and by `make routes`."""

from dataclasses import dataclass
from pathlib import Path

from django.urls import get_resolver, reverse

from mentoring.portal.samples import SCHOOLLESS, sample

ROLES = ("anonymous", "stranger", "teacher", "psychologist", "head", "curator", "portal_admin")
TABLE = Path(__file__).with_name("routes.txt")


@dataclass(frozen=True)
class Route:
    """One line of the table; `codes` in the order of ROLES."""

    name: str
    sample: str
    method: str
    codes: tuple[int, ...]

    def path(self, school) -> str | None:
        """Address with a real id of the school; None when it has no such row."""
        arguments = sample(self.sample, school)
        return None if arguments is None else self.address(school, arguments)

    def address(self, school, arguments: dict) -> str:
        """Address under that school with these ids, whosesoever they are."""
        if not (self.sample in SCHOOLLESS or self.name.startswith("admin:")):
            arguments = {"school": school.slug, **arguments}
        return reverse(self.name, kwargs=arguments)


def routes() -> list[Route]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return [
        Route(name, where, method, tuple(map(int, codes))) for name, where, method, *codes in rows
    ]


def resolver_names(resolver=None, namespace: str = "") -> set[str | None]:
    """Names of all addresses, those of a namespace with its prefix."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            found |= resolver_names(pattern, inner)
        else:
            found.add(pattern.name and f"{namespace}{pattern.name}")
    return found
