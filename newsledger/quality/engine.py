"""Great Expectations: suites run over a frame of rows. Loaded by the check step only, for that
takes a second or two."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from newsledger.errors import SettingsError
from newsledger.quality.library import load_library
from newsledger.quality.suites import Suite

if TYPE_CHECKING:
    import pandas as pd

ROW = "row_id"  # column of a checked frame that names its rows
EXAMPLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Result of one check. `failed_rows` are the row ids and values of failing rows."""

    table: str
    name: str
    severity: str
    is_passed: bool
    checked_count: int | None
    failed_count: int
    example: str | None = None
    column: str | None = None
    failed_rows: tuple[tuple[int, str | None], ...] = ()


@cache
def _context() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    gx = load_library()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


_built: dict[str, list[Any]] = {}  # by the suite's fingerprint: building takes as long as checking


def build_expectations(suite: Suite) -> list[Any]:
    """Build every expectation of a suite, once a process. Raises `SettingsError` for an unknown
    type or argument."""
    if suite.fingerprint not in _built:
        _built[suite.fingerprint] = _build_expectations(suite)
    return _built[suite.fingerprint]


def _build_expectations(suite: Suite) -> list[Any]:
    _context()
    from great_expectations.exceptions.exceptions import GreatExpectationsError
    from great_expectations.expectations.registry import get_expectation_impl

    built = []
    for number, item in enumerate(suite.expectations, 1):
        try:
            impl = get_expectation_impl(item["type"])
            more = {name: item[name] for name in ("meta", "notes") if item.get(name)}
            built.append(impl(severity=item["severity"], **more, **item["kwargs"]))
        except (GreatExpectationsError, ValueError, TypeError) as error:
            reason = " ".join(str(error).split())
            raise SettingsError(
                f"{suite.path}: expectation {number}, {item['type']}, cannot be built: {reason}"
            ) from None
    return built


def is_row_check(expectation: Any) -> bool:
    """Whether an expectation judges each row for itself (or against its like), so that the rows
    that fail can be named."""
    from great_expectations.expectations.expectation import (
        ColumnMapExpectation,
        ColumnPairMapExpectation,
        MulticolumnMapExpectation,
    )

    rows = (ColumnMapExpectation, ColumnPairMapExpectation, MulticolumnMapExpectation)
    ordered = "increasing" in expectation.expectation_type or (
        "decreasing" in expectation.expectation_type
    )
    return isinstance(expectation, rows) and expectation.mostly == 1 and not ordered


def unique_columns(expectation: Any) -> tuple[str, ...]:
    """Columns whose values together may stand in one row only; empty for other expectations."""
    if expectation.expectation_type == "expect_column_values_to_be_unique":
        return (expectation.column,)
    if expectation.expectation_type == "expect_compound_columns_to_be_unique":
        return tuple(expectation.column_list)
    return ()


def validate(frame: "pd.DataFrame", suite: Suite, expectations: Sequence[Any]) -> list[CheckResult]:
    """Run expectations over a frame, one result each. Raises `SettingsError` where one cannot
    run."""
    are_plain = all(is_row_check(item) and not item.row_condition for item in expectations)
    if are_plain and (frame.empty or _run(frame, suite, expectations, "BOOLEAN_ONLY").success):
        # to name the rows that fail takes twice as long
        return [_pass(suite, item, len(frame)) for item in expectations]
    validation = _run(frame, suite, expectations, "COMPLETE")
    if len(validation.results) != len(expectations):
        raise SettingsError(
            f"{suite.path}: {len(validation.results)} of {len(expectations)} expectations ran"
        )
    return [_read_result(suite, item) for item in validation.results]


@cache
def _rows() -> Any:
    """The rows of any table, as Great Expectations takes them."""
    asset = _context().data_sources.add_pandas("rows").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("rows")


def _run(frame: "pd.DataFrame", suite: Suite, expectations: Sequence[Any], detail: str) -> Any:
    copies = [expectation.copy() for expectation in expectations]
    key = [ROW] if ROW in frame.columns and detail == "COMPLETE" else []
    return (
        _rows()
        .get_batch({"dataframe": frame})
        .validate(
            load_library().ExpectationSuite(name=suite.table, expectations=copies),
            result_format={"result_format": detail, "unexpected_index_column_names": key},
        )
    )


def _pass(suite: Suite, expectation: Any, count: int) -> CheckResult:
    """The result of a row check that all rows passed."""
    config = expectation.configuration
    name, columns = _name_of(config)
    joined = ", ".join(columns) or None
    return CheckResult(suite.table, name, _severity_of(config), True, count, 0, column=joined)


def _name_of(config: Any) -> tuple[str, list[str]]:
    """Name a check by its type and columns; and list these."""
    kwargs = config.kwargs
    columns = kwargs.get("column_list") or [
        kwargs[name] for name in ("column", "column_A", "column_B") if kwargs.get(name)
    ]
    kind = config.type.removeprefix("expect_")
    return kind + (f"({', '.join(columns)})" if columns else ""), list(columns)


def _severity_of(config: Any) -> str:
    return str(getattr(config.severity, "value", config.severity))


def _read_result(suite: Suite, item: Any) -> CheckResult:
    config, found = item.expectation_config, item.result or {}
    name, columns = _name_of(config)
    if reason := _find_exception(item.exception_info):
        raise SettingsError(f"{suite.path}: {name} cannot run: {reason}")
    is_passed = bool(item.success)
    rows = tuple(
        (int(row[ROW]), _value_of(row)) for row in found.get("unexpected_index_list") or ()
    )
    examples = found.get("partial_unexpected_list") or (
        [found["observed_value"]] if "observed_value" in found else []
    )
    return CheckResult(
        suite.table,
        name,
        _severity_of(config),
        is_passed,
        found.get("element_count"),
        int(found.get("unexpected_count") or (0 if is_passed else 1)),
        None if is_passed or not examples else str(examples[0])[:EXAMPLE_LENGTH],
        ", ".join(columns) or None,
        () if is_passed else rows,
    )


def _find_exception(info: dict[str, Any] | None) -> str | None:
    """The message of what an expectation raised, of the expectation itself or of a metric of it."""
    for item in (info or {}, *(info or {}).values()):
        if isinstance(item, dict) and item.get("raised_exception"):
            return " ".join(str(item.get("exception_message")).split())[:EXAMPLE_LENGTH]
    return None


def _value_of(row: dict[str, Any]) -> str | None:
    values = [value for name, value in row.items() if name != ROW]
    if not values:
        return None
    return str(values[0] if len(values) == 1 else tuple(values))[:EXAMPLE_LENGTH]
