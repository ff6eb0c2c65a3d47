"""The check constraints of a row, validated in one statement.

Django asks the database once for each of them, inside a savepoint of its own: a decision, which has
eight, took 24 statements. Nearly always they all hold, so one statement asks for all; only where
that fails does Django ask one by one, to say which.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, models, transaction
from django.db.models import BooleanField, CheckConstraint, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE


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
        """As `Q.check` of all conditions. One that names an excluded field is not asked for; after
        an error of the database the answer is no."""
        query = Query(None)
        for name, value in instance._get_field_expression_map(model._meta, exclude).items():
            expression = value if hasattr(value, "resolve_expression") else Value(value)
            query.add_annotation(expression, name, select=False)
        query.add_annotation(Value(1), "_check")
        for constraint in self.constraints:
            condition = Coalesce(Q(constraint.condition), True, output_field=BooleanField())
            try:
                query.add_q(Q(condition))
            except FieldError:
                continue
        if not query.where:
            return True
        try:
            with transaction.atomic(using):
                return query.get_compiler(using).execute_sql(SINGLE) is not None
        except DatabaseError:
            return False


def batch_checks(constraints: Sequence[models.BaseConstraint]) -> list[models.BaseConstraint]:
    """The constraints, those that are checks as one."""
    checks = [one for one in constraints if isinstance(one, CheckConstraint)]
    others = [one for one in constraints if not isinstance(one, CheckConstraint)]
    return [CheckConstraints(checks), *others] if checks else others
