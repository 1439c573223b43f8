"""An address with a NUL in it is nobody's: PostgreSQL would refuse the search for it."""

from django.core.exceptions import SuspiciousOperation

from mentoring.portal.api.address import ADDRESS


class PlainAddressMiddleware:
    """400 before anything is looked for; the API checks its parameters itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        odd = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        if odd and not request.path.startswith(ADDRESS):
            raise SuspiciousOperation("NUL in an address")
        return self.get_response(request)
