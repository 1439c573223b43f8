"""The API itself: its parts, its description, its last resort."""

from django.http import Http404
from ninja import NinjaAPI, Router
from ninja.renderers import JSONRenderer

from mentoring.portal.api import own, problems, submissions
from mentoring.portal.api.access import TokenAuth, TokenThrottle

ABOUT = """Чтение показателей и отчётов о наставничестве другой программой. Менять данные нельзя.

Токен выдают куратор и администратор портала («Организация» → «Доступ для программ») и передают в заголовке
`Authorization: Bearer …`. Токен читает не больше, чем тот, кто его выдал. Даты – ГГГГ-ММ-ДД. Показатель без значения
(value: null) считать не из чего. Персональных данных в ответах нет."""


class ReadableJSON(JSONRenderer):
    """Russian letters as they are, not as codes."""

    json_dumps_params = {"ensure_ascii": False}


class PortalAPI(NinjaAPI):
    def get_openapi_schema(self, **kwargs):
        """The description with Russian words for the codes of answers."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    answer["description"] = problems.DESCRIPTIONS[str(status)]
        return schema


# The description is an operation of its own, behind the same token; a page of docs would load foreign scripts.
api = PortalAPI(
    title="Портал наставничества", version="1", description=ABOUT, urls_namespace="api",
    docs_url=None, openapi_url=None, auth=TokenAuth(), throttle=[TokenThrottle()],
    renderer=ReadableJSON(),
)  # fmt: skip
problems.register(api)
api.add_router("", own.router)
api.add_router("", submissions.router)


@api.get("openapi.json", url_name="openapi", include_in_schema=False)
def openapi(request):
    return api.get_openapi_schema(path_params={})


nowhere = Router()


@nowhere.get("{path:rest}", url_name="nothing", include_in_schema=False)
def nothing(request, rest: str):
    """Django's own page for a wrong address is HTML."""
    raise Http404


# Last, so that it takes only what no other address did.
api.add_router("", nowhere)
