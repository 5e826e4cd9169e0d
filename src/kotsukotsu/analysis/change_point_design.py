"""Periods and their temperatures as sums, from which the error of any balance points follows without the periods.

Between two neighbouring temperatures the degrees below a balance point b are linear in it, b S - P, with the share S
of a period that is colder and the sum P of those temperatures. So every product of two terms, and of a term and the
use, is a polynomial in the balance points whose coefficients are products of S, P and the mean temperature T: they
are computed once for all facilities whose periods are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kotsukotsu.analysis.change_point_forms import Array, Points

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Vector:
    """Numbers by period, ``below * S + products * P + means * T``, for many balance points at once.

    Attributes
    ----------
    place : array
        How many of the temperatures lie below the balance point: the row of S and P.
    """

    place: Places
    below: Array | float
    products: Array | float
    means: float


def products_of(ones: Array, others: Array) -> Array:
    """Sums of products by row, without the threads of a matrix product: they cost more than such small ones."""
    return np.asarray(np.einsum("...p,jp->...j", ones, others))


@dataclass(frozen=True)
class Design:
    """The periods of `data`, whose use is left aside."""

    data: Points

    @cached_property
    def _sums(self) -> tuple[Array, Array, Array]:
        """All temperatures in order, each once; below each, by period, the shares and the shares times temperature."""
        temperatures, shares = self.data.temperatures, self.data.shares
        values, index = np.unique(temperatures, return_inverse=True)
        count = len(temperatures)
        cells = index.reshape(temperatures.shape) * count + np.arange(count)[:, None]
        found = []
        for each in (shares, shares * temperatures):
            summed = np.bincount(cells.ravel(), each.ravel(), len(values) * count).reshape(len(values), count)
            found.append(np.concatenate([np.zeros((1, count)), summed.cumsum(axis=0)]))
        return values, found[0], found[1]

    @cached_property
    def edges(self) -> Array:
        """Where the error of a form has an edge: at every temperature, and at the mean of a period. [°C]"""
        return np.union1d(self._sums[0], self.data.means)

    def place(self, balances: Array) -> Places:
        """How many of the temperatures lie below each balance point."""
        return np.searchsorted(self._sums[0], balances)

    def degrees_below(self, balances: Array) -> Array:
        """Mean of ``max(0, balance - T)`` for each balance point and period. [K]"""
        _, shares, products = self._sums
        places = self.place(balances)
        return np.asarray(balances[:, None] * shares[places] - products[places])

    @cached_property
    def ranked(self) -> Array:
        """Mean temperatures of the periods, the lowest first. [°C]"""
        return np.sort(self.data.means)

    def scaled(self, rows: Array) -> Array:
        """Numbers by period less their weighted mean, times the root of the weight, as least squares needs them."""
        weights = self.data.weights
        return np.asarray((rows - (rows @ weights / weights.sum())[..., None]) * np.sqrt(weights))

    @cached_property
    def parts(self) -> tuple[Array, Array, Array]:
        """S, P and T, scaled."""
        _, shares, products = self._sums
        return self.scaled(shares), self.scaled(products), self.scaled(self.data.means)

    @cached_property
    def _tables(self) -> tuple[Array, ...]:
        """Products of S with S, S with P, P with P, S with T, P with T, and T with T."""
        below, products, means = self.parts
        pairs = (products_of(below, below), products_of(below, products), products_of(products, products))
        return (*pairs, below @ means, products @ means, np.asarray(means @ means))

    def product(self, one: Vector, other: Vector) -> Array:
        """Sum over the periods of the product of two vectors."""
        both, mixed, squares, below, products, means = self._tables
        here, there = one.place, other.place
        found = one.below * other.below * both[here, there] + one.products * other.products * squares[here, there]
        found += one.below * other.products * mixed[here, there] + one.products * other.below * mixed[there, here]
        if other.means:
            found += other.means * (one.below * below[here] + one.products * products[here])
        if one.means:
            found += one.means * (other.below * below[there] + other.products * products[there])
        return np.asarray(found + one.means * other.means * means)


class Uses:
    """Use of many facilities in the periods of one design.

    Parameters
    ----------
    use : array (facilities, periods)
        Use per day. [unit/d]
    """

    def __init__(self, design: Design, use: Array) -> None:
        self.design, self.use = design, use
        scaled = design.scaled(use)
        self.squares = np.einsum("ij,ij->i", scaled, scaled)
        self._below, self._products, self._means = (products_of(part, scaled) for part in design.parts)

    def product(self, vector: Vector, owners: Places) -> Array:
        """Sum over the periods of the product of a vector and the use of its owner."""
        found = (
            vector.below * self._below[vector.place, owners] + vector.products * self._products[vector.place, owners]
        )
        return np.asarray(found + vector.means * self._means[owners])
