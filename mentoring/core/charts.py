"""Charts drawn on the server as SVG; the only module that imports pygal.

A picture never stands alone: the page keeps a table with the same figures beside it, for keyboard and screen reader.
It is embedded as a `data:` address, so its own style needs no exception in the content security policy.
"""

import sys
from base64 import b64encode

import pygal
from lxml import etree
from pygal.style import Style

# The library hooks into imports for its plug-ins in a way Python no longer knows (a warning at every later import);
# no plug-in is used here.
sys.meta_path[:] = [one for one in sys.meta_path if type(one).__module__ != "pygal"]

FONT = "Liberation Sans, Arial, sans-serif"
INK, NOW, BEFORE = "#1d2b2d", "#6fb5bd", "#d3dfe0"  # numbers stand on the bars: ≥ 4.5 : 1
LINES = ("#0b5c66", "#b35a00", "#5b3e96", "#2f7d32", "#b3261e")  # ≥ 4.5 : 1 on white
DASHES = ("none", "12, 6", "3, 5", "16, 5, 3, 5", "8, 3")
TALL = 470  # pixels of a chart of lines with its legend
WIDTH, LINE, FRAME = 760, 46, 110  # pixels: whole width, a line of two bars, title and legend


def bars(labels: list[str], series: list[tuple[str, list[float | None]]], *, title: str, points: int = 0) -> str:  # fmt: skip
    """SVG of horizontal bars in per cent, or on a scale up to `points`; the first label on top, None draws no bar.

    `series`: (words of the legend, a value for each label).
    """
    greatest, formatter = (points, in_points) if points else (100, in_percent)
    chart = pygal.HorizontalBar(
        style=style(), js=[], no_prefix=True, width=WIDTH, height=FRAME + LINE * len(labels),
        range=(0, greatest), print_values=True, print_values_position="center", show_x_guides=False, show_y_guides=False, legend_at_bottom=True, spacing=12,
        value_formatter=formatter, truncate_label=-1, truncate_legend=-1, no_data_text="нет данных",
    )  # fmt: skip
    chart.title = title
    # The library builds from the bottom up; people read from the top down.
    chart.x_labels = labels[::-1]
    chart.y_labels = range(0, points + 1, 2) if points else [0, 25, 50, 75, 100]
    for words, values in series:
        chart.add(words, values[::-1])
    return still(chart)


def lines(labels: list[str], series: list[tuple[str, list[float | None]]], *, title: str) -> str:
    """SVG of shares in per cent over years, a line each; None breaks a line. Lines differ by colour and by dashes."""
    chart = pygal.Line(
        style=style(LINES), js=[], no_prefix=True, width=WIDTH, height=TALL, range=(0, 100), dots_size=5,
        show_x_guides=False, show_y_guides=True, legend_at_bottom=True, legend_at_bottom_columns=1, value_formatter=in_percent,
        truncate_label=-1, truncate_legend=-1, no_data_text="нет данных",
    )  # fmt: skip
    chart.title = title
    chart.x_labels, chart.y_labels = labels, [0, 25, 50, 75, 100]
    for (words, values), dashes in zip(series, DASHES, strict=False):
        chart.add(words, values, stroke_style={"dasharray": dashes})
    return still(chart)


def still(chart) -> str:
    """The picture without the library's script and comments (they name its site)."""
    tree = chart.render_tree()
    etree.strip_elements(tree, "script", etree.Comment, with_tail=False)
    return etree.tostring(tree, encoding="unicode")


def style(colours: tuple[str, ...] = (NOW, BEFORE)) -> Style:
    sizes = dict.fromkeys(("label", "major_label", "legend", "value", "title"), 14)
    return Style(
        font_family=FONT, value_font_family=FONT, background="#ffffff", plot_background="#ffffff", foreground=INK, foreground_strong=INK,
        foreground_subtle=INK, opacity="1", opacity_hover="1", stroke_width=3, stroke_opacity="1",
        guide_stroke_color=BEFORE, major_guide_stroke_color=BEFORE, transition="0s", colors=colours, value_colors=(INK,) * len(colours),
        **{f"{name}_font_size": size for name, size in sizes.items()},
    )  # fmt: skip


def in_percent(value: float | None) -> str:
    return "" if value is None else f"{value:g} %".replace(".", ",")


def in_points(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")


def address(svg: str) -> str:
    """`data:` address of a picture for `<img src>`."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
