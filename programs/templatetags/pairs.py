"""Words for pairs in papers and pages: titles of forms and kinds from the school's catalogues."""

from django import template

from people.services import catalogues

register = template.Library()


@register.filter
def form_title(group) -> str:
    """«педагог – педагог»; empty when the form is not chosen."""
    return titles(group, "form").get(group.form, group.form)


@register.filter
def kind_titles(group) -> str:
    found = titles(group, "kind")
    return ", ".join(found.get(code, code) for code in group.kinds)


def titles(group, name: str) -> dict[str, str]:
    """Title by code; kept on the organization of the rows at hand, so a list asks once."""
    kept = group.organization.__dict__.setdefault("_catalogue_titles", {})
    if name not in kept:
        rows = catalogues.all_catalogues(group.organization, [name])[name]
        kept[name] = {item.code: item.title for item in rows}
    return kept[name]


@register.filter
def short_date(day) -> str:
    return f"{day:%d.%m.%Y}"
