"""`/metrics`: not there unless it is switched on, not there for those who may not ask."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from mentoring.portal import metrics as figures


@require_safe
def metrics(request):
    if not figures.switched_on() or not figures.may_ask(request):
        raise Http404("Такой страницы нет.")
    return HttpResponse(figures.text(), content_type=figures.prometheus.CONTENT_TYPE_LATEST)
