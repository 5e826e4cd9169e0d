"""Billing models of eemeter on the cases of standard input; runs in its own environment and prints one JSON line."""

from __future__ import annotations

import json
import sys
from typing import Any

import pandas as pd
from eemeter.eemeter.models.billing import BillingBaselineData, BillingModel, BillingReportingData

ZONE = "Asia/Tokyo"


def main() -> None:
    print(json.dumps([predicted(case) for case in json.load(sys.stdin)]))


def predicted(case: dict[str, Any]) -> float:
    """Use expected in the later weather. [unit of the case]"""
    index = pd.DatetimeIndex([*case["starts"], case["end"]], tz=ZONE)
    # The last value only closes the period before it; the weather goes on for some days, or that period would be cut.
    meter = pd.DataFrame({"observed": [*case["use"], 0.0]}, index=index)
    data = BillingBaselineData.from_series(meter, fahrenheit(case["weather_before"]), is_electricity_data=False)
    model = BillingModel().fit(data, ignore_disqualification=True)
    after = BillingReportingData.from_series(None, fahrenheit(case["weather_after"]), is_electricity_data=None)
    return float(model.predict(after, ignore_disqualification=True)["predicted"].sum())


def fahrenheit(days: dict[str, float]) -> pd.DataFrame:
    """Hourly temperatures [°F] from daily means [°C], as eemeter wants them."""
    daily = pd.Series(days)
    daily.index = pd.DatetimeIndex(daily.index, tz=ZONE)
    hours = pd.date_range(daily.index[0], daily.index[-1] + pd.Timedelta(hours=23), freq="h")
    return (daily.reindex(hours, method="ffill") * 9 / 5 + 32).to_frame("temperature")


if __name__ == "__main__":
    main()
