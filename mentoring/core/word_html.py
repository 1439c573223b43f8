"""HTML of a paper made ready for pandoc: layout blocks become borderless tables, classes become Word styles."""

from lxml import etree

TAB = "\ue000"  # pandoc folds a tab of HTML into a space, so a private character stands for it


def take_check(body) -> tuple[list[str], str] | None:
    """Remove the check block; return its lines and the address of its QR code, for the footer of the first sheet."""
    for block in body.find_class("check"):
        lines = [" ".join(line.text_content().split()) for line in block.iter("p")]
        block.drop_tree()
        return lines, block.get("data-address") or ""
    return None


def prepare(body, *, wide: bool) -> None:
    """Turn layout blocks into tables and classes into what pandoc understands."""
    for line in list(body.iter("tfoot")):
        line.drop_tree()
    for col in body.iter("col"):
        width = (col.get("class") or "").removeprefix("w")
        if width.isdecimal():
            col.set("width", f"{width}%")
    for span in body.find_class("missing"):
        span.set("custom-style", "Missing")
    for tab in body.find_class("tab"):
        tab.text = TAB
    for contacts in body.find_class("contacts"):
        wrap(contacts, "Contacts")
    for command in body.find_class("command"):
        wrap(command, "Command")
    for sheet in body.find_class("sheet"):
        sheet.set("custom-style", "Sheet")
    for stamps in body.find_class("stamps"):
        stamps_table(stamps, wide=wide)
    for signature in body.find_class("signature"):
        layout_table(
            signature,
            [
                (60, signature.find_class("post"), "Signature Left"),
                (40, signature.find_class("name"), "Signature Right"),
            ],
        )


def wrap(node, style: str) -> None:
    """Put a `<div custom-style>` around a block: pandoc keeps no attributes of paragraphs."""
    box = etree.Element("div", {"custom-style": style})
    box.tail, node.tail = node.tail, None
    node.getparent().replace(node, box)
    box.append(node)


def stamps_table(stamps, *, wide: bool) -> None:
    """One stamp stands at its side of the sheet, several in a row of columns."""
    found = stamps.find_class("stamp")
    if len(found) == 1:
        share = 31 if wide else 47
        right = "right" in found[0].get("class").split()
        cells = (
            [(100 - share, [], "Stamp"), (share, found, "Stamp")]
            if right
            else [(share, found, "Stamp"), (100 - share, [], "Stamp")]
        )
    else:
        cells = [(100 // len(found), [stamp], "Stamp Narrow") for stamp in found]
    layout_table(stamps, cells)


def layout_table(block, cells) -> None:
    """Replace a block by a borderless table of one row; `cells`: (width in per cent, blocks, paragraph style)."""
    table = etree.Element("table", {"custom-style": "Layout"})
    group, row = (
        etree.SubElement(table, "colgroup"),
        etree.SubElement(etree.SubElement(table, "tbody"), "tr"),
    )
    for percent, blocks, style in cells:
        etree.SubElement(group, "col", {"width": f"{percent}%"})
        box = etree.SubElement(etree.SubElement(row, "td"), "div", {"custom-style": style})
        for part in blocks:
            box.extend(list(part))
    table.tail = block.tail
    block.getparent().replace(block, table)
