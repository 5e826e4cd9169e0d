"""An inventory as one document of plain values: numbers are strings in decimal notation with full precision.

The command line writes it as JSON, the web application answers with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kotsukotsu.accounting.completeness import is_complete, last_statement
from kotsukotsu.accounting.inventory import Inventory, InventoryRow, LikeForLike
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain
from kotsukotsu.schema.city import City


def body(result: Inventory, columns: Sequence[str], findings: Sequence[Finding]) -> dict[str, Any]:
    """The document of an inventory that could be computed.

    Parameters
    ----------
    columns : sequence of str
        What its rows are added up by.
    findings : sequence of Finding
        What is to be said of it; they tell whether it is complete.
    """
    return {
        **_head(result.city, result.fy, result.policy.as_dict(), result.law.catalogue.version),
        "rows": [_row(row) for row in result.rows(tuple(columns))],
        "total_tonnes_co2e": _text(result.total),
        "comparable_total_tonnes_co2e": _text(result.comparable_total),
        "like_for_like": _like_for_like(result.like_for_like()),
        "base_year": _base_year(result),
        "apart": [_row(row) for row in result.apart()],
        "status": result.status(result.lines),
        "complete": is_complete(findings),
        "findings": [finding.as_dict() for finding in findings],
    }


def refused(city: City, fy: int, policy: dict[str, Any], version: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """The same document where rows cannot be computed: no rows, no totals, the reasons."""
    return {
        **_head(city, fy, policy, version),
        "rows": [],
        "total_tonnes_co2e": None,
        "comparable_total_tonnes_co2e": None,
        "like_for_like": None,
        "base_year": None,
        "apart": [],
        "status": None,
        "complete": False,
        "findings": [finding.as_dict() for finding in findings],
    }


def _head(city: City, fy: int, policy: dict[str, Any], version: str) -> dict[str, Any]:
    return {
        "city": {"code": city.code, "name": city.name},
        "fiscal_year": fy,
        "policy": policy,
        "catalogue": version,
    }


def _base_year(result: Inventory) -> dict[str, Any]:
    statement = last_statement(result.city)
    return {
        "fiscal_year": result.city.base_fy,
        "tonnes_co2e": _text(result.base_total),
        "version": statement["version"] if statement else None,
        "stated_tonnes_co2e": _text(statement["tonnes_co2e"]) if statement else None,
        "reason": statement["reason"] if statement else None,
    }


def _row(row: InventoryRow) -> dict[str, Any]:
    return {
        **row.keys,
        "quantity": _text(row.quantity),
        "unit": row.unit or None,
        "gas": row.gas or None,
        "tonnes": _text(row.tonnes),
        "tonnes_co2e": _text(row.tonnes_co2e),
        "comparable_tonnes_co2e": _text(row.comparable_tonnes_co2e),
        "status": row.status,
        "has_estimates": row.has_estimates,
    }


def _like_for_like(value: LikeForLike | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "fiscal_year": value.fiscal_year,
        "base_fy": value.base_fy,
        "facilities": value.facilities,
        "tonnes_co2e": _text(value.tonnes_co2e),
        "base_tonnes_co2e": _text(value.base_tonnes_co2e),
        "change_tonnes_co2e": _text(value.change),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
