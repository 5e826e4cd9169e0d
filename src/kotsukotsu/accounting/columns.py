"""Exact arithmetic on whole columns: 100,000 products take milliseconds, and keep every digit or stop."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.int64]
# Of a product of 38 and 37 digits, 76 hold every one; that is what Arrow's decimal256 has.
QUANTITY = pa.decimal256(38, 6)
FACTOR_DIGITS = 37


def distinct(table: pa.Table, columns: Sequence[str]) -> tuple[pa.Table, Codes]:
    """The distinct values of some columns, and for each row which of them it has; null is like empty, or like 0."""
    codes: Codes = np.zeros(table.num_rows, dtype=np.int64)
    for column in columns:
        values = table[column].combine_chunks()
        coded = values.fill_null("" if pa.types.is_string(values.type) else 0).dictionary_encode()
        codes = codes * max(len(coded.dictionary), 1) + coded.indices.to_numpy()
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    return table.select(columns).take(first), which


def products(quantities: pa.ChunkedArray, factors: Sequence[Decimal], which: Codes) -> pa.ChunkedArray:
    """Each quantity (type `QUANTITY`) times the one of the factors that `which` names, with every digit.

    Raises
    ------
    pyarrow.ArrowInvalid
        If a factor has more than 37 digits.
    """
    decimals = max((-int(factor.as_tuple().exponent) for factor in factors), default=0)
    known = pa.array(factors, pa.decimal256(FACTOR_DIGITS, max(decimals, 0)))
    return pc.multiply(quantities, known.take(pa.array(which)))


def totals(values: pa.ChunkedArray, groups: Codes) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """The groups that have a value, and the exact sum of each."""
    table = pa.table({"group": groups, "value": values})
    summed = table.group_by("group", use_threads=False).aggregate([("value", "sum")])
    return summed["group"], summed["value_sum"]
