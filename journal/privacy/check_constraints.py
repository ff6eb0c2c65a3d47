"""The check constraints of a row, validated in one statement.

Django asks the database once for each of them, inside a savepoint of its own: a decision, which has
eight, took 24 statements. Nearly always they all hold, so one statement asks for all, compiled once
for each model; only where that fails does Django ask one by one, to say which.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models, transaction
from django.db.models import BooleanField, CheckConstraint, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query

from journal.privacy.fields import WordsField

Statement = tuple[str, tuple[Any, ...]]


class OpenValue(Value):
    """The value of a column, which is not null and stays open until the statement runs."""

    def __init__(self, name: str, field: models.Field) -> None:
        super().__init__(name, field)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if hasattr(self.output_field, "get_placeholder"):
            return self.output_field.get_placeholder(self, compiler, connection), [self]
        return "%s", [self]


class CheckConstraints(models.BaseConstraint):
    """Stands for several in `Model.get_constraints`; never part of a migration."""

    def __init__(self, constraints: list[CheckConstraint]) -> None:
        super().__init__(name="checks")
        self.constraints = constraints

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "") -> None:
        using = using or DEFAULT_DB_ALIAS
        if not self._all_hold(model, instance, exclude, using):
            errors = [*self._errors(model, instance, exclude=exclude, using=using)]
            if errors:
                raise ValidationError(errors)

    def _errors(self, *args: Any, **kwargs: Any) -> Iterator[ValidationError]:
        for constraint in self.constraints:
            try:
                constraint.validate(*args, **kwargs)
            except ValidationError as error:
                yield error

    def _all_hold(self, model: Any, instance: Any, exclude: Any, using: str) -> bool:
        """After an error of the database, and where a column is an expression, the answer is no."""
        given = instance._get_field_expression_map(model._meta, exclude)
        if not all(type(one) is Value for one in given.values()):
            return False
        nulls = frozenset(name for name, one in given.items() if _is_null(one))
        statement = _compiled(model, frozenset(exclude or ()), nulls, using)
        if statement is None:
            return True
        connection = connections[using]
        sql, parameters = statement
        values = [
            one.output_field.get_db_prep_value(given[one.value].value, connection=connection)
            if isinstance(one, OpenValue)
            else one
            for one in parameters
        ]
        try:
            with transaction.atomic(using), connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchone() is not None
        except DatabaseError:
            return False


def _is_null(value: Value) -> bool:
    """For the database, where words that are blank are null."""
    words = isinstance(value.output_field, WordsField)
    return value.value is None or (words and value.value == "")


@lru_cache(maxsize=512)
def _compiled(
    model: type[models.Model], excluded: frozenset[str], nulls: frozenset[str], using: str
) -> Statement | None:
    """`Q.check` of all conditions, for a row that has these nulls; None where there is nothing to
    ask. A condition that names an excluded field is left out."""
    fields = {
        field.name: field
        for field in model._meta.local_concrete_fields
        if field.name not in excluded and not field.generated
    }
    if "pk" not in excluded:
        fields["pk"] = model._meta.pk
    query = Query(None)
    for name, field in fields.items():
        value = Value(None, field) if name in nulls else OpenValue(name, field)
        query.add_annotation(value, name, select=False)
    query.add_annotation(Value(1), "_check")
    for constraint in model._meta.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        condition = Coalesce(Q(constraint.condition), True, output_field=BooleanField())
        try:
            query.add_q(Q(condition))
        except FieldError:
            continue
    try:
        return query.get_compiler(using).as_sql() if query.where else None
    except EmptyResultSet:
        return "select where false", ()


def batch_checks(constraints: Sequence[models.BaseConstraint]) -> list[models.BaseConstraint]:
    """The constraints, those that are checks as one."""
    checks = [one for one in constraints if isinstance(one, CheckConstraint)]
    others = [one for one in constraints if not isinstance(one, CheckConstraint)]
    return [CheckConstraints(checks), *others] if checks else others
