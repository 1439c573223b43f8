"""Requests to the API, made by schemathesis from its own description."""

import json
from typing import Any

import schemathesis
from django.test import Client
from schemathesis.generation import GenerationMode

from tests.api.makers import ALL_SCOPES, SCHOOL_SCOPES, make_token

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def operations(author, *, authority: bool = True) -> list[tuple[Any, dict]]:
    """(strategy of cases, headers) for each operation, kind of case and token; `authority`: is the author of one."""
    scopes = ALL_SCOPES if authority else SCHOOL_SCOPES
    tokens = [make_token(author, *scopes), *(make_token(author, scope) for scope in scopes)]
    headers = [{"authorization": f"Bearer {token}"} for token in tokens]
    answer = Client(headers=headers[0]).get("/api/v1/openapi.json")
    schema = schemathesis.openapi.from_dict(json.loads(answer.content))
    found = [one.ok() for one in schema.get_all_operations()]
    return [
        (operation.as_strategy(generation_mode=mode), token)
        for operation in found
        for mode in MODES
        for token in (headers if mode is MODES[0] else headers[:1])
    ]
