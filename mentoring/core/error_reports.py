"""What a report of an error tells: where it happened, nothing of what was typed and by whom."""

from django.views.debug import SafeExceptionReporterFilter

# Of the request only what is needed to repeat it.
META = ("REQUEST_METHOD", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme")


class NothingPrivate(SafeExceptionReporterFilter):
    """No form, no cookie, no settings, no values of variables: a name in one of them would leave the school by mail."""

    def is_active(self, request) -> bool:
        return True

    def get_safe_settings(self) -> dict:
        return {}

    def get_safe_request_meta(self, request) -> dict:
        return {name: request.META[name] for name in META if name in request.META}

    def get_safe_cookies(self, request) -> dict:
        return {}

    def get_post_parameters(self, request) -> dict:
        return {}

    def get_traceback_frame_variables(self, request, tb_frame) -> list:
        return []
