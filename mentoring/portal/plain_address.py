"""A NUL in an address: PostgreSQL would refuse the search for it, so nothing is looked for by it."""

from django.core.exceptions import SuspiciousOperation

from mentoring.portal.api.address import ADDRESS

NUL = "%00"


class PlainAddressMiddleware:
    """In a path it is 400; in a filter it is as good as nothing, like other garbage. The API checks its own parameters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(ADDRESS):
            return self.get_response(request)
        if "\0" in request.path:
            raise SuspiciousOperation("NUL in an address")
        while NUL in request.META.get("QUERY_STRING", ""):  # «%%0000» holds one more than is seen
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace(NUL, "")
        return self.get_response(request)
