"""Headers of the API's answers; the policy of HTML pages does not fit JSON."""

from django.http import JsonResponse

from mentoring.portal.api.address import ADDRESS

READ_ONLY = "Этот адрес только читают (GET). Описание – в openapi.json."
POLICY = "default-src 'none'; frame-ancestors 'none'"


class ApiMiddleware:
    """Stands last: what it writes the outer middleware leaves as it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path.startswith(ADDRESS):
            return response
        if response.status_code == 405:
            allowed = response["Allow"]
            response = JsonResponse({"detail": READ_ONLY, "fields": {}}, status=405, json_dumps_params={"ensure_ascii": False})  # fmt: skip
            response["Allow"] = allowed
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = POLICY
        return response
