"""Gives attrs classes their constructor's signature in the reference; griffe alone knows only dataclasses."""

from typing import Final

import griffe

_DECORATORS: Final = {
    "attrs.define",
    "attrs.frozen",
    "attrs.mutable",
    "attr.define",
    "attr.frozen",
    "attr.mutable",
}
_FIELDS: Final = {"attrs.field", "attr.field"}
_INSIDE: Final = "..."  # stands for a default that is computed: by a factory, or by a decorated method


class AttrsSignatures(griffe.Extension):
    """Writes the `__init__` that attrs will make, for every class that does not write its own."""

    def on_package(self, *, pkg: griffe.Module, **_: object) -> None:
        """Walk a package once it is wholly loaded, so that parents are known before children ask."""
        _walk(pkg)


def _walk(node: griffe.Module | griffe.Class) -> None:
    if isinstance(node, griffe.Class) and "__init__" not in node.members:
        options = _options(node)
        if options is not None and options.get("init") != "False":
            node.set_member("__init__", _constructor(node))
    for member in node.members.values():
        if isinstance(member, griffe.Module | griffe.Class):
            _walk(member)


def _constructor(cls: griffe.Class) -> griffe.Function:
    found: dict[str, griffe.Parameter] = {}
    for owner in (*reversed(cls.mro()), cls):
        options = _options(owner)
        if options is not None:
            for parameter in _parameters(owner, kw_only=options.get("kw_only") == "True"):
                found.pop(parameter.name, None)  # a field that is defined again moves to its new place
                found[parameter.name] = parameter
    ordered = sorted(found.values(), key=lambda parameter: parameter.kind is griffe.ParameterKind.keyword_only)
    me = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)
    return griffe.Function("__init__", parent=cls, parameters=griffe.Parameters(me, *ordered), returns="None")


def _parameters(cls: griffe.Class, *, kw_only: bool) -> list[griffe.Parameter]:
    defaults = {
        str(decorator.value).removesuffix(".default")
        for member in cls.members.values()
        if isinstance(member, griffe.Function)
        for decorator in member.decorators
        if str(decorator.value).endswith(".default")
    }
    return [
        _parameter(member, kw_only=kw_only, computed=member.name in defaults)
        for member in cls.members.values()
        if isinstance(member, griffe.Attribute) and _is_field(member)
    ]


def _is_field(member: griffe.Attribute) -> bool:
    constant = "class-attribute" in member.labels and "instance-attribute" not in member.labels
    annotated = member.annotation is not None and "property" not in member.labels and not constant
    return annotated and _arguments(member.value, _FIELDS).get("init") != "False"


def _parameter(member: griffe.Attribute, *, kw_only: bool, computed: bool) -> griffe.Parameter:
    given = _arguments(member.value, _FIELDS)
    plain = None if _called(member.value) in _FIELDS else member.value
    default = _INSIDE if computed or "factory" in given else given.get("default", plain)
    if _called(default) in {"attrs.Factory", "attr.Factory"}:
        default = _INSIDE
    keyword = given["kw_only"] == "True" if "kw_only" in given else kw_only
    return griffe.Parameter(
        str(given.get("alias", member.name.lstrip("_"))).strip("\"'"),
        annotation=member.annotation,
        kind=griffe.ParameterKind.keyword_only if keyword else griffe.ParameterKind.positional_or_keyword,
        default=default,
        docstring=member.docstring,
    )


def _options(cls: griffe.Class) -> dict[str, str | griffe.Expr] | None:
    """What the attrs decorator of a class was told, or None for a class that has none."""
    for decorator in cls.decorators:
        if isinstance(decorator.value, griffe.Expr):
            path = _called(decorator.value) or decorator.value.canonical_path
            if path in _DECORATORS:
                return _arguments(decorator.value, _DECORATORS)
    return None


def _called(value: str | griffe.Expr | None) -> str | None:
    return value.canonical_path if isinstance(value, griffe.ExprCall) else None


def _arguments(value: str | griffe.Expr | None, functions: set[str]) -> dict[str, str | griffe.Expr]:
    """The keyword arguments of a call to one of these functions; of anything else, none."""
    if not isinstance(value, griffe.ExprCall) or value.canonical_path not in functions:
        return {}
    return {each.name: each.value for each in value.arguments if isinstance(each, griffe.ExprKeyword)}
