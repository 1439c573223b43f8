"""What every page of the cabinet shows around its content."""


def navigation(request) -> dict:
    return {"nav": []}
