"""The decomposition of very many places over a chain of years at once, in float64, with its rest checked.

The same two-level LMDI-I as `decomposition`, with the same limits for zeros, on arrays. Floats leave a rest of about
1E-16 of the emission; it is given back for every place and step, and `BatchEffects.worst_rest` says how large it is
beside the change. Published figures come from the exact path; this one answers questions over all municipalities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Truths = NDArray[np.bool_]
NAMES = ("amount", "mix", "factor", "gwp")


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of many places: one entry for each place, item, supply, gas and year; arrays of one length.

    Attributes
    ----------
    place, item, supply, gas, year : array of int
        Codes from 0 on. A combination stands once.
    quantity : array
        Of the supply, the same for each of its gases. [base unit]
    tonnes : array
        Of the gas. [t]
    gwp : array
        [t-CO2e/t]
    """

    place: Codes
    item: Codes
    supply: Codes
    gas: Codes
    year: Codes
    quantity: Floats
    tonnes: Floats
    gwp: Floats


@dataclass(frozen=True, slots=True)
class BatchEffects:
    """Effects by place, step (from a year to the next) and cause.

    Attributes
    ----------
    effects : array
        Place x step x `NAMES`. [t-CO2e]
    change, rest : array
        Place x step: change of the emission, and what the effects leave of it. [t-CO2e]
    irregular : array of bool
        Place x step: a negative quantity or emission, whose item counts whole as amount.
    """

    effects: Floats
    change: Floats
    rest: Floats
    irregular: Truths

    def worst_rest(self) -> float:
        """The largest rest beside the change of its place and step; 0 where nothing changed. [1]"""
        changed = self.change != 0
        return float(np.max(np.abs(self.rest[changed] / self.change[changed]), initial=0.0))

    def whole(self) -> Floats:
        """Effects over the whole chain, place x `NAMES`. [t-CO2e]"""
        return np.asarray(self.effects.sum(axis=1), dtype=np.float64)


def effects_of(sums: Sums) -> BatchEffects:
    """Effects of every place and step.

    Raises
    ------
    ValueError
        If a combination of place, item, supply, gas and year stands twice.
    """
    years = int(sums.year.max()) + 1
    terms, term = _unique(sums.place, sums.item, sums.supply, sums.gas)
    cells, cell = _unique(terms[0], terms[1])
    supplies, supply = _unique(terms[0], terms[1], terms[2])
    shape = (terms.shape[1], years)
    if np.unique(term * years + sums.year).size != term.size:
        raise ValueError("twice")
    tonnes, gwp = (_scattered(shape, term, sums.year, values) for values in (sums.tonnes, sums.gwp))
    used = _scattered((supplies.shape[1], years), supply[term], sums.year, sums.quantity)
    cell_of_supply = np.zeros(supplies.shape[1], dtype=np.int64)
    cell_of_supply[supply] = cell
    quantity = _added(cells.shape[1], cell_of_supply, used)
    emission = _added(cells.shape[1], cell, tonnes * gwp)
    bad = _added(cells.shape[1], cell, ((used[supply] < 0) | (tonnes < 0)).astype(np.float64)) > 0
    effects, odd = _effects(_Levels(cell, quantity, emission, used[supply], tonnes, gwp), bad)
    places = int(sums.place.max()) + 1
    summed = np.zeros((places, years - 1, len(NAMES)))
    np.add.at(summed, cells[0], effects)
    change = _added(places, cells[0], np.diff(emission, axis=1))
    irregular = _added(places, cells[0], odd.astype(np.float64)) > 0
    return BatchEffects(summed, change, change - summed.sum(axis=2), irregular)


@dataclass(frozen=True, slots=True)
class _Levels:
    """Cell x year: quantity, emission; term x year: quantity of its supply, tonnes, GWP; and each term's cell."""

    cell: Codes
    quantity: Floats
    emission: Floats
    used: Floats
    tonnes: Floats
    gwp: Floats


def _effects(levels: _Levels, bad: Truths) -> tuple[Floats, Truths]:
    """Effects, cell x step x `NAMES`, and where a cell is irregular."""
    quantity, emission = levels.quantity, levels.emission
    q0, q1, e0, e1 = quantity[:, :-1], quantity[:, 1:], emission[:, :-1], emission[:, 1:]
    odd = bad[:, :-1] | bad[:, 1:]
    both = (q0 > 0) & (q1 > 0) & ~odd
    lasting = both & (e0 > 0) & (e1 > 0)
    mean = _log_mean(e1, e0, lasting)
    f0, f1 = _ratio(e0, q0), _ratio(e1, q1)
    weight = np.where(lasting, _ratio(mean, _log_mean(f1, f0, lasting)), 0.0)
    weight = np.where(both & ~lasting, np.where(e0 > 0, q0, q1), weight)
    amount = np.where(lasting, mean * _log(q1, q0, lasting), 0.0)
    amount = np.where(both, amount, e1 - e0)
    lower = _lower(levels) * weight[levels.cell][:, :, None]
    summed = np.zeros((*q0.shape, 3))
    np.add.at(summed, levels.cell, lower)
    return np.concatenate([amount[:, :, None], summed], axis=2), odd


def _lower(levels: _Levels) -> Floats:
    """Effects of mix, factors and GWP on the mean factor, term x step x 3."""
    share = _ratio(levels.used, levels.quantity[levels.cell])
    per_unit = _ratio(levels.tonnes, levels.used)
    value = share * per_unit * levels.gwp
    v0, v1 = value[:, :-1], value[:, 1:]
    lasting = (v0 > 0) & (v1 > 0)
    mean = _log_mean(v1, v0, lasting)
    logs = [_log(part[:, 1:], part[:, :-1], lasting) for part in (share, per_unit, levels.gwp)]
    kept = (levels.used[:, :-1] > 0) & (levels.used[:, 1:] > 0)
    jump = np.where(lasting, 0.0, v1 - v0)
    mix = np.where(lasting, mean * logs[0], np.where(kept, 0.0, jump))
    factor = np.where(lasting, mean * logs[1], np.where(kept, jump, 0.0))
    return np.stack([mix, factor, np.where(lasting, mean * logs[2], 0.0)], axis=2)


def _ratio(dividend: Floats, divisor: Floats) -> Floats:
    return np.divide(dividend, divisor, out=np.zeros_like(dividend), where=divisor != 0)


def _log(after: Floats, before: Floats, where: Truths) -> Floats:
    ratio = np.divide(after, before, out=np.ones_like(after), where=where & (before > 0))
    return np.log(ratio, out=np.zeros_like(after), where=where & (ratio > 0))


def _log_mean(one: Floats, other: Floats, where: Truths) -> Floats:
    log = _log(one, other, where)
    return np.divide(one - other, log, out=one.copy(), where=where & (log != 0))


def _unique(*codes: Codes) -> tuple[Codes, Codes]:
    """The different combinations, column by column, and which one each entry is."""
    found, which = np.unique(np.stack(codes), axis=1, return_inverse=True)
    return found, np.asarray(which, dtype=np.int64).ravel()


def _scattered(shape: tuple[int, int], row: Codes, column: Codes, values: Any) -> Floats:
    found = np.zeros(shape)
    found[row, column] = values
    return found


def _added(rows: int, row: Codes, values: Floats) -> Floats:
    found = np.zeros((rows, values.shape[1]))
    np.add.at(found, row, values)
    return found
