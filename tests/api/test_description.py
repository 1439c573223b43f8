"""openapi.json: whole, Russian, without anything foreign."""

import json
import re

import pytest
from django.urls import reverse

from tests.api.makers import reader


@pytest.fixture
def schema(curator) -> dict:
    return reader(curator, "organization:read").json("openapi.json")


def operations(schema: dict) -> list[dict]:
    return [operation for path in schema["paths"].values() for operation in path.values()]


def references(node) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if "$ref" in node else set()
        return own.union(*map(references, node.values()))
    return set().union(*map(references, node)) if isinstance(node, list) else set()


def test_the_address_is_the_promised_one():
    assert reverse("api:openapi") == "/api/v1/openapi.json"


def test_every_reference_leads_somewhere(schema):
    assert schema["openapi"].startswith("3.")
    found = references(schema)
    assert found
    kept = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert found - kept == set()


def test_every_operation_reads_names_its_answers_and_its_right(schema):
    assert {method for path in schema["paths"].values() for method in path} == {"get"}
    for operation in operations(schema):
        assert set(operation["responses"]) == {"200", "401", "403", "404", "422", "429"}
        assert operation["security"] == [{"TokenAuth": []}]
        assert "$ref" in operation["responses"]["200"]["content"]["application/json"]["schema"]
    ids = [operation["operationId"] for operation in operations(schema)]
    assert len(ids) == len(set(ids))
    assert schema["components"]["securitySchemes"]["TokenAuth"]["scheme"] == "bearer"


def test_path_parameters_are_those_of_the_address(schema):
    for path, methods in schema["paths"].items():
        given = {one["name"] for one in methods["get"]["parameters"] if one["in"] == "path"}
        assert given == set(re.findall(r"{(\w+)}", path))


def test_what_a_reader_sees_is_russian(schema):
    words = [schema["info"]["title"], schema["info"]["description"]]
    for operation in operations(schema):
        words += [operation["summary"], operation["description"], *operation["tags"]]
        words += [answer["description"] for answer in operation["responses"].values()]
        words += [one["description"] for one in operation["parameters"] if one["in"] == "query"]
    assert [text for text in words if not re.search("[а-я]{3}", text.lower())] == []


def test_nothing_foreign_and_no_page_of_docs(schema, curator):
    assert "http" not in json.dumps(schema).replace('"type": "http"', "")
    assert reader(curator, "organization:read").get("docs").status_code == 404
