"""An object is an attrs value in a document: what it is, its fields, and nothing else."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from reconnect.edges._codec import Codec, Json, built, check_mark, is_object, read_part, unwritten
from reconnect.edges._name import Named, named_fields, tag_of
from reconnect.errors import DecodeError, InvalidBody

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
    return Codec(shape.read, shape.write)
