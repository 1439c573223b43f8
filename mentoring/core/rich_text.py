"""Rich text of papers: the few elements that the editor, PDF and Word share."""

import nh3

TAGS = {
    "h2", "h3", "p", "ol", "ul", "li", "strong", "em", "u", "br", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}


def sanitise(html: str) -> str:
    """Drop scripts, styles, addresses of other schemes and unknown elements (their text stays)."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        clean_content_tags={"script", "style"},
    ).strip()
