"""Where the API lives."""

ADDRESS = "/api/v1/"
