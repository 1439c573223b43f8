"""The one exception by which a rule of the portal says no."""


class RuleError(Exception):
    """A rule forbids the change; `message` is Russian and names the next step.

    `field` is the form field the sentence belongs to, or None for the whole form.
    """

    def __init__(self, message: str, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field
