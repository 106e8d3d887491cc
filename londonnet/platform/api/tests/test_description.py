"""The description of the API tells everything, of what is switched on, to those who are known."""

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from django.test import Client

from londonnet.platform.access.models import User
from londonnet.platform.api.bodies import Body
from londonnet.platform.api.description import described
from londonnet.platform.api.mounting import api, operations
from londonnet.platform.trusts import Trust, migrating, registry, trust_scope
from londonnet.platform.trusts.models import TrustRecord

from .calling import program, token_for

Browse = Callable[..., Client]
WHOLE = api().get_openapi_schema(path_prefix="/api/")
OPERATIONS = [
    (f"{method} {path}", told) for path, methods in WHOLE["paths"].items() for method, told in methods.items()
]


def test_there_are_operations() -> None:
    assert len(OPERATIONS) == len(list(operations())) >= 2


@pytest.mark.parametrize("told", [told for _, told in OPERATIONS], ids=[name for name, _ in OPERATIONS])
def test_every_operation_tells_all_about_itself(told: dict[str, Any]) -> None:
    assert told["summary"]
    assert len(told["description"]) > 20
    assert told["x-scope"].partition(":")[2] in ("read", "write")
    success = {status: said for status, said in told["responses"].items() if int(status) < 300}
    assert len(success) == 1
    assert all("content" in said for status, said in success.items() if int(status) != 204)
    errors = {int(status): said for status, said in told["responses"].items() if int(status) >= 400}
    assert {401, 403, 404, 422, 429} <= set(errors)
    assert all(said["content"]["application/json"]["schema"]["$ref"].endswith("/Problem") for said in errors.values())
    assert all(one.get("description") for one in told["parameters"])


def test_what_has_a_unit_names_it() -> None:
    words = {
        f"{name}.{field}"
        for name, schema in WHOLE["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if re.search("hours|capacity|available", field) and _is_a_number(told) and not told.get("description")
    }
    assert words == set()


def _is_a_number(told: dict[str, Any]) -> bool:
    return bool({"number", "integer"} & {one.get("type") for one in told.get("anyOf", [told])})


def test_every_example_of_what_is_sent_is_right() -> None:
    models = {model.__name__: model for model in _bodies(Body)}
    examples = [
        (models[name], example)
        for name, schema in WHOLE["components"]["schemas"].items()
        for example in schema.get("examples", ())
    ]
    assert len(examples) > 3
    for model, example in examples:
        model.model_validate(example)


def _bodies(base: type[Body]) -> Iterator[type[Body]]:
    for model in base.__subclasses__():
        yield model
        yield from _bodies(model)


def test_names_of_operations_and_schemas_are_each_ones_own() -> None:
    ids = [told["operationId"] for _, told in OPERATIONS]
    assert len(ids) == len(set(ids))
    models: dict[str, set[type]] = {}
    for bound in api()._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                for answer in operation.response_models.values():
                    _collect(answer, models)
    assert {name: found for name, found in models.items() if len(found) > 1} == {}


def _collect(model: Any, models: dict[str, set[type]]) -> None:
    """Every schema within an answer, by the name that the description calls it."""
    if isinstance(model, type) and hasattr(model, "model_fields"):
        if model.__name__ != "NinjaResponseSchema":
            models.setdefault(model.__name__, set()).add(model)
        for field in model.model_fields.values():
            _collect(field.annotation, models)
    for inner in get_args(model):
        _collect(inner, models)


def test_the_description_is_for_those_who_are_known(alpha: Trust, bob: User, browse: Browse) -> None:
    assert program(alpha).get("/api/openapi.json").status_code == 401
    by_token = program(alpha, token_for(alpha, bob)).get("/api/openapi.json")
    by_session = browse(alpha, bob).get("/api/openapi.json")
    assert by_token.json() == by_session.json()
    assert "/api/workload/figures" in by_token.json()["paths"]
    assert set(by_token.json()["components"]["securitySchemes"]) == {"token", "session"}


@pytest.fixture
def trust(fresh_trust: Trust) -> Iterator[Trust]:
    yield fresh_trust
    registry.forget()


def test_what_is_switched_off_isnt_described(trust: Trust) -> None:
    def write() -> None:
        TrustRecord.objects.using("control").filter(slug=trust.slug).update(applications_off=["workload"])

    migrating.as_control_owner(write)
    registry.forget()
    with trust_scope(trust):
        told = described()
    assert not any(path.startswith("/api/workload/") for path in told["paths"])
    assert "PractitionerFigure" not in told["components"]["schemas"]


def test_people_read_the_same_as_a_page(alpha: Trust, bob: User, browse: Browse) -> None:
    page = browse(alpha, bob).get("/api/docs").content.decode()
    assert "/api/workload/figures" in page
    assert 'id="schema-PractitionerFigure"' in page
    assert browse(alpha).get("/api/docs", headers={"accept": "text/html"})["Location"].startswith("/sign-in")
