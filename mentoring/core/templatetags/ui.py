"""Reusable pieces of a page: pill of state, progress, list toolbar, pager, form, stepper…

Load with ``{% load ui %}``. Each tag draws one template of ``templates/partials/`` and holds no
rules: what is done, late or waiting is decided by the caller. Classes are in ``portal.css``.
"""

from django import template

register = template.Library()

# code -> (colour class, sign, Russian word). The sign says it to those who do not see the colour.
STATES = {
    "document": {
        "draft": ("none", "✎", "черновик"),
        "review": ("wait", "◷", "на утверждении"),
        "approved": ("work", "◐", "утверждён, ждёт подписи"),
        "in_force": ("done", "✓", "действует"),
        "replaced": ("none", "↻", "заменён новым"),
        "cancelled": ("none", "✕", "отменён"),
    },
    "activity": {
        "planned": ("none", "○", "по плану"),
        "in_progress": ("work", "◐", "в работе"),
        "waiting": ("wait", "◷", "ждёт"),
        "done": ("done", "✓", "готово"),
        "overdue": ("late", "!", "просрочено"),
        "skipped": ("none", "–", "не проводится"),
        "cancelled": ("none", "✕", "отменено"),
        "no_data": ("none", "·", "нет данных"),
    },
    "step": {
        "next": ("none", "○", "ещё впереди"),
        "waiting": ("wait", "◷", "ждёт"),
        "done": ("done", "✓", "готово"),
        "returned": ("late", "↩", "возвращено"),
    },
    "task": {
        "queued": ("none", "○", "в очереди"),
        "running": ("work", "◐", "выполняется"),
        "done": ("done", "✓", "готово"),
        "failed": ("late", "!", "не получилось"),
    },
}
PARAMETERS_OF_LIST = ("q", "sort", "page")


@register.filter
def plural(number, forms):
    """Word that agrees with ``number``: ``{{ n }} {{ n|plural:"пара,пары,пар" }}`` → «3 пары».

    ``forms``: three words separated by commas (1, 2–4, 5–0). Returns the word alone.
    """
    one, few, many = forms.split(",")
    tens, units = abs(int(number)) % 100, abs(int(number)) % 10
    if units == 1 and tens != 11:
        return one
    return few if 2 <= units <= 4 and not 12 <= tens <= 14 else many


@register.inclusion_tag("partials/state.html")
def state(code, kind="document", word=""):
    """Coloured pill «sign + word»: ``{% state document.state %}``.

    ``kind``: document, activity, step or task; ``word`` replaces the usual word (gender).
    An unknown code is a mistake of the programmer: KeyError.
    """
    colour, sign, usual = STATES[kind][str(code)]
    return {"colour": colour, "sign": sign, "word": word or usual}


@register.inclusion_tag("partials/pill.html")
def pill(colour, sign, word):
    """Pill for states outside the map: ``{% pill "wait" "◷" "истекает 30.11" %}``.

    Colours: work, wait, done, late, none.
    """
    return {"colour": colour, "sign": sign, "word": word}


@register.inclusion_tag("partials/progress.html")
def progress(done, total, label="Готово", unit=""):
    """Bar with words «12 из 40 мероприятий»: counts, not percent; ``unit`` is the last word."""
    return {"done": done, "total": total or 1, "shown_total": total, "label": label, "unit": unit}


@register.inclusion_tag("partials/empty.html")
def empty(title, text="", url="", action=""):
    """Empty state of a list: what is missing, what to do first, one link ``action`` to ``url``."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("partials/list_toolbar.html", takes_context=True)
def list_toolbar(context, count, forms, search="", filters=None, sorts=(), export=""):
    """Count, search (``?q=``), filters, sort links (``?sort=``) and export link of a list.

    All is kept in the address. ``count``: rows after filtering; ``forms``: three words for it;
    ``search``: label of the search field or "" for none; ``filters``: a Django form read from
    request.GET; ``sorts``: pairs (value, Russian label), the first is the default; ``export``:
    address of the export (the filters are added).
    """
    request = context["request"]
    filter_names = {filters.add_prefix(name) for name in filters.fields} if filters else set()
    searched = filter_names | {"q"}
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in filter_names and name not in PARAMETERS_OF_LIST
    ]
    current_sort = request.GET.get("sort") or (sorts[0][0] if sorts else "")
    return {
        "request": request,
        "count": count,
        "forms": forms,
        "search": search,
        "filters": filters,
        "kept": kept,
        "sorts": sorts,
        "current_sort": current_sort,
        "export": _with_query(export, request.GET),
        "narrowed": any(value for name, value in request.GET.items() if name in searched),
        "clear": _with_query(request.path, _without(request.GET, searched)),
        "q": request.GET.get("q", ""),
    }


def _without(query, names):
    """Copy of a QueryDict without these parameters."""
    copy = query.copy()
    for name in names:
        copy.pop(name, None)
    return copy


def _with_query(address, query):
    """Address with the query of this page (without its number), for export links; "" stays ""."""
    if not address:
        return ""
    copy = query.copy()
    copy.pop("page", None)
    return f"{address}?{copy.urlencode()}" if copy else address


@register.inclusion_tag("partials/pager.html", takes_context=True)
def pager(context, page):
    """Pages of a list (``?page=``) from a django Page; draws nothing when there is one page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "request": context["request"],
        "page": page,
        "numbers": list(numbers),
        "gap": page.paginator.ELLIPSIS,
    }


@register.inclusion_tag("partials/error_summary.html")
def error_summary(*forms):
    """All mistakes of the forms and formsets on top of the page, each a link to its field."""
    rows = []
    for form in forms:
        rows.extend(_errors_of(form))
    return {"rows": rows}


def _errors_of(form):
    """Mistakes of a form or formset as dicts label, text, target (id of the field or "")."""
    if form is None or not form.is_bound:
        return []
    if hasattr(form, "management_form"):
        rows = [{"label": "", "text": text, "target": ""} for text in form.non_form_errors()]
        return rows + [row for each in form.forms for row in _errors_of(each)]
    rows = [{"label": "", "text": text, "target": ""} for text in form.non_field_errors()]
    for field in form:
        target = f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id
        rows += [{"label": field.label, "text": text, "target": target} for text in field.errors]
    return rows


@register.simple_tag
def relabel(form, **labels):
    """Own labels for a form of a library: ``{% relabel form login="Почта" %}``.

    Call it before the form is drawn. Placeholders of these fields go: a hint that vanishes is none.
    """
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
            form[name].label = label  # a form already checked has its bound fields cached
            form.fields[name].widget.attrs.pop("placeholder", None)
    return ""


@register.inclusion_tag("partials/form.html", takes_context=True)
def form_page(context, form, submit="Сохранить", cancel="", **look):
    """Whole form: error summary, csrf, fields, ONE main button and a «Отмена» link to ``cancel``.

    ``look``: keep=False for passwords (else what is typed survives an expired session), danger=True
    for a red button, compact=True without the bar that sticks to the bottom on a phone, action=url.
    An unknown word is a mistake of the programmer: TypeError.
    """
    if unknown := set(look) - {"keep", "danger", "compact", "action"}:
        raise TypeError(f"form_page knows no {', '.join(sorted(unknown))}")
    return {
        "keep": True,
        **look,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "form": form,
        "submit": submit,
        "cancel": cancel,
    }


@register.inclusion_tag("partials/history.html")
def history(entries, title="История"):
    """What happened, newest first. Entries have when (datetime), who, text and maybe note."""
    return {"entries": entries, "title": title}


@register.inclusion_tag("partials/requisites.html")
def requisites(pairs):
    """Definition list of requisites from pairs (label, value); an empty value is «не указано»."""
    return {"pairs": pairs}


@register.inclusion_tag("partials/stepper.html")
def stepper(steps):
    """Chain of approval. Steps have title, who, state, days (waiting) or None, when, note.

    States: next, waiting, done, returned.
    """
    return {"steps": steps}


@register.inclusion_tag("partials/paper_pages.html")
def paper_pages(pages=(), pdf="", title="Документ"):
    """Paper as it will print: page images by their addresses, else a frame with ``pdf``."""
    return {"pages": pages, "pdf": pdf, "title": title}
