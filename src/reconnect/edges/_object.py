"""An object is an attrs value in a document: what it is, its fields, and nothing else."""

from collections.abc import Callable
from typing import Any

import attrs
from attrs import frozen

from reconnect.edges._codec import Codec, Json, built, check_mark, is_object, read_part, unwritten
from reconnect.edges._docstring import attribute, entitled
from reconnect.edges._name import Named, named_fields, tag_of
from reconnect.edges._pages import Pages, Schema, narrowed
from reconnect.errors import DecodeError, InvalidBody
from reconnect.limits import limits_of

__all__ = ["object_of"]


@frozen
class _Field:
    named: Named
    codec: Codec

    def write(self, value: object, said: str) -> Json:
        """Write it; the innermost field that cannot be written is named in the refusal."""
        try:
            return self.codec.write(value)
        except InvalidBody as error:
            if " for " not in error.expected:
                error.expected = f"{error.expected} for {self.named.key} of {said}"
                error.args = (error.expected, error.got)
            raise

    def says(self, cls: type, pages: Pages) -> Schema:
        """Say what is read, within the limits that stand beside its converter, and what its absence means."""
        described = attribute(cls, self.named.name)
        silent = self.named.silent
        return {
            **narrowed(self.codec.says(pages), limits_of(self.named.converter)),
            **({"description": described} if described else {}),
            **({} if silent is attrs.NOTHING else {"default": self.codec.write(silent)}),
        }


@frozen
class _Object:
    cls: type
    fields: tuple[_Field, ...]
    tag: str
    said: str

    def read(self, data: Json) -> Any:  # noqa: ANN401 - an instance of the class
        """Read its fields, and let the class put them together."""
        self._check_names(data)
        given: dict[str, Any] = {}
        for field in self.fields:
            key = field.named.key
            if key in data:
                given[key] = read_part(field.codec, data[key], key)
            elif field.named.required:
                raise DecodeError("", f"the name {key}")
        return built(self.cls, self.cls.__name__, **given)

    def write(self, value: object) -> Json:
        """Write what it is and its fields, without those that say nothing."""
        if type(value) is not self.cls:
            raise unwritten(f"a {self.cls.__name__}", value)
        written: dict[str, Json] = {self.tag: self.said}
        for field in self.fields:
            inner = getattr(value, field.named.name)
            if not field.named.is_silent(inner):
                written[field.named.key] = field.write(inner, self.said)
        return written

    def says(self, pages: Pages) -> Schema:
        """Refer to what it is: its fields, and nothing else."""
        return pages.refer(self.cls, self.said, lambda: self._written(pages))

    def _written(self, pages: Pages) -> Schema:
        fields = {field.named.key: field.says(self.cls, pages) for field in self.fields}
        required = [field.named.key for field in self.fields if field.named.required]
        return {
            **entitled(self.cls),
            "type": "object",
            "properties": {self.tag: {"const": self.said}, **fields},
            "required": [self.tag, *required],
            "additionalProperties": False,
        }

    def _check_names(self, data: Json) -> None:
        if not is_object(data):
            raise DecodeError("", f"an object of {self.tag} {self.said}")
        if data.get(self.tag) != self.said:
            raise DecodeError(self.tag, self.said)
        names = {self.tag, *(field.named.key for field in self.fields)}
        if not data.keys() <= names:
            check_mark(data)
            raise DecodeError("", f"no other names than {', '.join(sorted(names))}")


def object_of(cls: type, part: Callable[[Any], Codec]) -> Codec:
    """Return the codec of an attrs class.

    Raises:
        InvalidBody: a field has no annotation, one without a strict shape, or a name that documents use.
    """
    fields = tuple(_Field(named, part(named.wanted)) for named in named_fields(cls))
    shape = _Object(cls, fields, *tag_of(cls))
    return Codec(shape.read, shape.write, shape.says)
