"""The description of the API as people read it: operations by application, and what the schemas hold."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_PLAIN: Final = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
_FORMATS: Final = {"date": "date", "date-time": "moment", "uuid": "UUID"}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of what says a value's kind: words, or the name of a schema that is described on the page."""

    words: str = ""
    schema: str = ""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A parameter or a field: its name, its kind, whether it has to be there, and what it means."""

    name: str
    kind: tuple[Part, ...]
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class OperationShown:
    """One operation; `body` and `answer` are empty where there are none."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    parameters: tuple[FieldShown, ...]
    body: tuple[Part, ...]
    answer: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ApplicationShown:
    """The operations of one application."""

    label: str
    operations: tuple[OperationShown, ...]


@dataclass(frozen=True, slots=True)
class SchemaShown:
    """What a schema holds; `is_sent` where programs send it, so that it matters what has to be there."""

    name: str
    description: str
    fields: tuple[FieldShown, ...]
    example: str
    is_sent: bool


def applications_shown(described: Mapping[str, Any]) -> tuple[ApplicationShown, ...]:
    """The operations that a description tells of, by application, in the order in which they come."""
    by_label: dict[str, list[OperationShown]] = {}
    for path, methods in described["paths"].items():
        for method in (method for method in _METHODS if method in methods):
            by_label.setdefault(methods[method]["tags"][0], []).append(_operation(method, path, methods[method]))
    return tuple(ApplicationShown(label, tuple(operations)) for label, operations in by_label.items())


def schemas_shown(described: Mapping[str, Any]) -> tuple[SchemaShown, ...]:
    """The schemas of a description that hold named fields, by name."""
    return tuple(
        SchemaShown(
            name,
            schema.get("description", ""),
            tuple(_fields(schema)),
            _example(schema),
            schema.get("additionalProperties") is False,
        )
        for name, schema in sorted(described["components"]["schemas"].items())
        if "properties" in schema
    )


def errors_shown(described: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Each status of an error, and when it comes; they are the same for all operations."""
    every = (operation for methods in described["paths"].values() for operation in methods.values())
    first: Mapping[str, Any] = next(every, {})
    responses = first.get("responses", {})
    return tuple((str(status), said["description"]) for status, said in responses.items() if int(status) >= 400)


def _operation(method: str, path: str, told: Mapping[str, Any]) -> OperationShown:
    success: Mapping[str, Any] = next((said for status, said in told["responses"].items() if int(status) < 300), {})
    return OperationShown(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        description=" ".join(told.get("description", "").split()),
        scope=told["x-scope"],
        parameters=tuple(
            FieldShown(one["name"], _kind(one["schema"]), one["required"], one.get("description", ""))
            for one in told["parameters"]
        ),
        body=_content(told.get("requestBody", {})),
        answer=_content(success),
    )


def _content(holder: Mapping[str, Any]) -> tuple[Part, ...]:
    return next((_kind_of(kind, content["schema"]) for kind, content in holder.get("content", {}).items()), ())


def _kind_of(content_type: str, schema: Mapping[str, Any]) -> tuple[Part, ...]:
    if content_type == "multipart/form-data":
        return (Part(f"a form ({content_type}) with the file {', '.join(schema['properties'])}"),)
    return _kind(schema)


def _example(schema: Mapping[str, Any]) -> str:
    examples = schema.get("examples", ())
    return json.dumps(examples[0], ensure_ascii=False) if examples else ""


def _fields(schema: Mapping[str, Any]) -> Iterator[FieldShown]:
    required = schema.get("required", ())
    for name, told in schema["properties"].items():
        yield FieldShown(name, _kind(told), name in required, told.get("description", ""))


def _kind(schema: Mapping[str, Any]) -> tuple[Part, ...]:
    if "$ref" in schema:
        return (Part(schema=schema["$ref"].rpartition("/")[2]),)
    if "anyOf" in schema:
        return tuple(_either([_kind(one) for one in schema["anyOf"]]))
    if "enum" in schema:
        return (Part(", ".join(str(one) for one in schema["enum"])),)
    if schema.get("type") == "array":
        return (Part("list of "), *_kind(schema["items"]))
    return (Part(_simple(schema)),)


def _either(kinds: Iterable[tuple[Part, ...]]) -> Iterator[Part]:
    for number, kind in enumerate(kinds):
        if number:
            yield Part(" or ")
        yield from kind


def _simple(schema: Mapping[str, Any]) -> str:
    kind = str(schema.get("type", "anything"))
    return _FORMATS.get(schema.get("format", ""), _PLAIN.get(kind, kind))
