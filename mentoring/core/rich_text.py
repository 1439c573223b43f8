"""Rich text of papers: the few elements that the editor, PDF and Word share."""

import nh3

TAGS = {
    "h2", "h3", "p", "ol", "ul", "li", "strong", "em", "u", "br", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}


# What our own templates of tables add for their look.
LAYOUT_TAGS = {"caption", "col", "colgroup", "div", "section", "span", "tfoot", "h4"}
LAYOUT_ATTRIBUTES = {"*": {"class"}, "th": {"scope"}}


def sanitise(html: str, *, layout: bool = False) -> str:
    """Drop scripts, styles, addresses of other schemes and unknown elements (their text stays).

    `layout`: a table drawn by our own template, kept with its classes.
    """
    attributes = dict(ATTRIBUTES)
    for tag, names in LAYOUT_ATTRIBUTES.items() if layout else ():
        attributes[tag] = attributes.get(tag, set()) | names
    return nh3.clean(
        html,
        tags=TAGS | LAYOUT_TAGS if layout else TAGS,
        attributes=attributes,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        clean_content_tags={"script", "style"},
    ).strip()
