"""Kept outputs of the public section."""


def drop(organization) -> None:
    """Stand-in: nothing is kept yet."""
