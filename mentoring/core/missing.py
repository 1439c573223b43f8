"""Values that a wording template could not fill: the literal text `[[учредитель]]` (R-107).

The mark survives the rich-text editor because it is plain text; nobody has to trust markup that a person may delete.
"""

import html as entities
import re

MARK = re.compile(r"\[\[([^\[\]<>]+)\]\]")
TAG = re.compile(r"(<[^>]*>)")


def missing_in(html: str) -> list[str]:
    """Russian names of the empty values, each once, in the order of the text.

    Tags inside a mark (`[[<em>учредитель</em>]]`, made by an editor) do not hide it.
    """
    text = entities.unescape(TAG.sub("", html))
    names = (" ".join(name.split()) for name in MARK.findall(text))
    return list(dict.fromkeys(names))


def mark_missing(html: str) -> str:
    """The same HTML with each mark of a text inside `<span class="missing">`; attributes and `<title>` stay as they are."""
    parts, in_title = [], False
    for part in TAG.split(html):
        if part.startswith("<"):
            in_title = part.lower().startswith("<title") or (
                in_title and not part.lower().startswith("</title")
            )
            parts.append(part)
        else:
            parts.append(
                part if in_title else MARK.sub(r'<span class="missing">\g<0></span>', part)
            )
    return "".join(parts)
