"""Migrations whose operations share one picture of the models.

After each operation Django draws the changed model anew, and with it all that are related to it, which here are nearly all:
nine tenths of the time of a first start went into that. `together` has the models drawn once for all the operations it is given.
"""

from collections.abc import Iterable, Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import operations as known
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# What asks the models only how they were before all, or are after all. RunPython and RunSQL may ask for more.
SHARING = (
    known.CreateModel,
    known.AddField,
    known.AlterField,
    known.RemoveField,
    known.AddIndex,
    known.RemoveIndex,
    known.AddConstraint,
    known.RemoveConstraint,
    AddTrigger,
    RemoveTrigger,
)


class Together(Operation):
    """Operations that see the models as they were before all of them, and as they are after all of them."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (type(self).__name__, [], {"operations": self.operations})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the models' states undrawn, then draw what changed."""
        drawn = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if drawn is not None:
            state.apps = drawn
            names = {_name_of_model(operation) for operation in self.operations}
            state.reload_models([(app_label, name) for name in sorted(names)], delay=False)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take back what was done; a model made here is not known before, so it goes as it is."""
        for operation in reversed(self.operations):
            known_before = (app_label, _name_of_model(operation)) in to_state.models
            before = to_state if known_before else from_state
            operation.database_backwards(app_label, schema_editor, from_state, before)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


def together(operations: Iterable[Operation]) -> list[Operation]:
    """Return what does the same as `operations`, in as few `Together` as may be; other kinds stay by themselves, where they are.

    What is added to a model that is made here becomes part of its making, in the same order.
    """
    stretches: list[Operation] = []
    shared: list[Operation] = []
    for operation in operations:
        if shared and not (type(operation) in SHARING and _may_share(operation, shared)):
            stretches.append(Together(shared))
            shared = []
        if type(operation) not in SHARING:
            stretches.append(operation)
            continue
        made = _making(operation, shared)
        whole = made.reduce(operation, "") if made and not isinstance(operation, AddTrigger) else None
        if made and isinstance(whole, list):
            shared[shared.index(made)] = whole[0]
        else:
            shared.append(operation)
    if shared:
        stretches.append(Together(shared))
    return stretches


def _name_of_model(operation: Operation) -> str:
    return str(getattr(operation, "model_name", None) or getattr(operation, "name", "")).lower()


def _making(operation: Operation, among: list[Operation]) -> known.CreateModel | None:
    """Return the operation that makes the model of `operation`, if it is `among` them and another."""
    makings: Iterator[known.CreateModel] = (one for one in among if isinstance(one, known.CreateModel))
    return next((one for one in makings if one.name_lower == _name_of_model(operation)), None)


def _may_share(operation: Operation, shared: list[Operation]) -> bool:
    """Say whether `operation` needs no picture between: of what one adds, another of the same stretch changes nothing."""
    if isinstance(operation, FieldOperation) and not _making(operation, shared):
        return not any(
            isinstance(one, FieldOperation) and one.is_same_field_operation(operation) for one in shared
        )
    return True
