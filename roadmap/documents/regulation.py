"""The regulation on the mentoring system (R-107, R-120…R-124): model regulation of letter АЗ-1128/08,
brought into line with article 351.8 of the Labour Code and law 152-ФЗ."""

import lxml.html

from roadmap.documents.context import base_context

FIELDS = ()
# The concepts stand in clause 1.2 of the model regulation.
GLOSSARY_SECTION, GLOSSARY_CLAUSE = 1, 2


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """The regulation is filled from the settings of the school alone."""
    return base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)


def heading(context: dict) -> str:
    """Continues the word ПОЛОЖЕНИЕ."""
    return "о системе (целевой модели) наставничества педагогических работников"


def glossary(body_html: str) -> dict[str, str]:
    """Concepts of clause 1.2 as the school words them: term -> explanation (R-122).

    Reads the possibly edited body; an item without a bold term is skipped, no clause 1.2 gives an empty dict.
    """
    clauses = clauses_of_section(body_html, GLOSSARY_SECTION)
    if len(clauses) < GLOSSARY_CLAUSE:
        return {}
    concepts = {}
    for item in clauses[GLOSSARY_CLAUSE - 1].xpath("./ul/li | ./ol/li"):
        bold = item.find(".//strong")
        if bold is None:
            continue
        term, whole = plain(bold), plain(item)
        explanation = whole.removeprefix(term).lstrip(" –—-:\N{NO-BREAK SPACE}")
        if term and explanation:
            concepts[term.rstrip(" –—:")] = explanation
    return concepts


def clauses_of_section(body_html: str, section: int) -> list:
    """Top items of the lists of a section, over all its lists."""
    root = lxml.html.fragment_fromstring(body_html or "", create_parent="div")
    seen, items = 0, []
    for node in root:
        if node.tag == "h2":
            seen += 1
        elif node.tag == "ol" and seen == section:
            items += node.findall("li")
    return items


def plain(node) -> str:
    return " ".join(node.text_content().split())
