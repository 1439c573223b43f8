"""Headers that every answer carries, whoever made it: outermost, so that even a refusal by another middleware has them."""

from django.conf import settings

# No page of ours uses any of these; nobody framed or injected may either.
OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in OFF)
PRIVATE = "private, no-store"
COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}


class HeadersMiddleware:
    """What has no rule of its own is private: after signing out the back button of a shared computer shows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.static = f"/{settings.STATIC_URL.lstrip('/')}"

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in COMMON.items():
            response.headers.setdefault(name, value)
        if not request.path_info.startswith(self.static):
            response.headers.setdefault("Cache-Control", PRIVATE)
        return response
