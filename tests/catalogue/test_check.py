"""Each fault stops the catalogue, with a message that names file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kotsukotsu.catalogue.check import check
from kotsukotsu.catalogue.load import SHIPPED, load, read
from kotsukotsu.errors import CatalogueError

Edit = Callable[[str, str, str], tuple[Path, Path]]
DECREE = "factors/fuels-decree-2010.csv"
SHK = "factors/fuels-shk-2023.csv"
LIST_2013 = "factors/electricity-fy2013.csv"
KEROSENE = "kerosene.sekorei3.2010,sekorei3,kerosene,,,,rounded,CO2,2.49,kg,L,2010-04-01,"
HEPCO = "A0267.2013.basic,both,electricity,A0267,,basic,,CO2,0.000678,t,kWh,2014-04-01,2015-04-01,2013,"


def _line(name: str, text: str) -> int:
    lines = (SHIPPED / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_shipped_catalogue_is_sound() -> None:
    assert check(read()) == []


FAULTS = [
    (
        "CA-10",
        DECREE,
        "2.49,kg,L,2010-04-01,,,decree-2010,expydoc-7632556",
        "2.49,kg,L,2010-04-01,,,decree-2010,nowhere",
    ),
    ("CA-10", DECREE, "2.49,kg,L,2010-04-01,,,decree-2010", "2.49,kg,L,2010-04-01,,,decree-1910"),
    ("CA-10", DECREE, KEROSENE, KEROSENE.replace(",kerosene,", ",petrol,")),
    ("CA-10", DECREE, KEROSENE, KEROSENE.replace("sekorei3,kerosene", "sekorei4,kerosene")),
    ("CA-10", LIST_2013, HEPCO, HEPCO.replace("electricity,A0267", "electricity,A9999")),
    ("CA-11", DECREE, KEROSENE, KEROSENE.replace(",kg,L,", ",kg,gallon,")),
    ("CA-11", DECREE, KEROSENE, KEROSENE.replace(",kg,L,", ",kg,kWh,")),
    ("CA-11", DECREE, KEROSENE, KEROSENE.replace(",kg,L,", ",pound,L,")),
    ("CA-15", DECREE, KEROSENE, KEROSENE.replace("2010-04-01,", "2010-04-01,2010-04-01")),
    ("CA-16", LIST_2013, HEPCO, HEPCO.replace("2014-04-01,2015-04-01", "2013-04-01,2014-04-01")),
    ("CA-17", LIST_2013, HEPCO, HEPCO.replace(",CO2,", ",CO2,-")),
    ("CA-23", DECREE, KEROSENE, KEROSENE.replace("2.49", "2.48")),
    ("CA-23", DECREE, KEROSENE, KEROSENE.replace("2.49", "2.490")),
    ("CA-23", DECREE, KEROSENE, KEROSENE.replace("2.49", "24.9")),
    ("CA-25", LIST_2013, HEPCO, HEPCO.replace("CO2", "CO3")),
]


@pytest.mark.parametrize(("code", "name", "old", "new"), FAULTS)
def test_broken_row_stops_with_file_and_line(edited: Edit, code: str, name: str, old: str, new: str) -> None:
    folders = edited(name, old, new)
    with pytest.raises(CatalogueError) as error:
        load(*folders)
    assert (code, name, _line(name, old)) == (error.value.code, error.value.data["file"], error.value.data["line"])
    assert name in str(error.value)
    assert str(_line(name, old)) in str(error.value)


def test_unknown_status_is_refused(edited: Edit) -> None:
    folders = edited("gwp/ar5.csv", ",confirmed,", ",surely,")
    assert [finding.code for finding in check(read(*folders))] == ["CA-10"]


def test_unknown_unit_of_a_heat_value_is_refused(edited: Edit) -> None:
    folders = edited(
        "heat_values.csv", "electricity,energy_act,day,9.97,GJ,千kWh", "electricity,energy_act,day,9.97,GJ,kWhh"
    )
    assert [finding.code for finding in check(read(*folders))] == ["CA-13"]


def test_an_unknown_correction_of_the_energy_act_is_refused(edited: Edit) -> None:
    folders = edited("energy_act_items.csv", "wood,nonfossil_0.8,", "wood,nonfossil_0.7,")
    assert [finding.code for finding in check(read(*folders))] == ["CA-10"]


def test_factor_number_used_twice_is_refused(edited: Edit) -> None:
    folders = edited(LIST_2013, "A0268.2013.basic", "A0267.2013.basic")
    assert [finding.code for finding in check(read(*folders))] == ["CA-14"]


def _codes(folders: tuple[Path, ...]) -> set[str]:
    return {finding.code for finding in check(read(*folders))}


def test_two_rows_for_the_same_days_are_refused(edited: Edit) -> None:
    extra = KEROSENE.replace("kerosene.sekorei3.2010", "kerosene.again").replace("2010-04-01", "2020-04-01")
    row = f"{extra},,decree-2010,unconfirmed,,unconfirmed,\n{KEROSENE}"
    folders = edited(DECREE, KEROSENE, row)
    assert "CA-20" in _codes(folders)


def test_rows_that_follow_each_other_do_not_overlap(edited: Edit) -> None:
    """The end is the first day out of force: 2010-04-01 ends one row and begins the next."""
    assert "CA-20" not in _codes((SHIPPED,))
    folders = edited("factors/fuels-decree-2006.csv", "2006-04-01,2010-04-01", "2006-04-01,2010-04-02")
    assert "CA-20" in _codes(folders)


def test_row_for_any_kind_overlaps_one_for_basic(edited: Edit) -> None:
    folders = edited("factors/electricity-fy2024.csv", "substitute.2024.any,both,electricity,substitute,,any", (
        "substitute.2024.basic,both,electricity,substitute,,basic,,CO2,0.000416,t,kWh,2025-04-01,2026-04-01,2024,"
        "electricity-fy2024,denki-r6,,confirmed,\nsubstitute.2024.any,both,electricity,substitute,,any"
    ))  # fmt: skip
    assert _codes(folders) == {"CA-20"}


def test_gwp_in_force_twice_is_refused(edited: Edit) -> None:
    folders = edited(
        "gwp/ar4.csv", "sekorei3,CH4,AR4,25,2015-04-01,2024-04-01", "sekorei3,CH4,AR4,25,2015-04-01,2024-05-01"
    )
    assert _codes(folders) == {"CA-20"}


def test_year_that_disappears_from_a_series_must_be_declared(edited: Edit) -> None:
    text = (SHIPPED / LIST_2013).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines(keepends=True) if line.startswith("A0267.2013.basic"))
    folders = edited(LIST_2013, row, "")
    finding = check(read(*folders))[0]
    assert (
        finding.code,
        finding.data["years"],
        finding.data["file"],
    ) == ("CA-21", "2013", "factors/electricity-fy2014.csv")


def test_declared_gap_excuses_the_year_that_it_names_and_no_other(edited: Edit) -> None:
    text = (SHIPPED / LIST_2013).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines(keepends=True) if line.startswith("A0267.2013.basic"))
    edited(LIST_2013, row, "")
    head = "item,supplier,menu,kind,from_fy,to_fy,reason,regime\n"
    folders = edited("gaps.csv", head, f"{head}electricity,A0267,,basic,2013,2013,手元にない,\n")
    assert check(read(*folders)) == []
    folders = edited("gaps.csv", "electricity,A0267,,basic,2022,2023", "electricity,A0267,,basic,2022,2022")
    assert [(finding.code, finding.data["years"]) for finding in check(read(*folders))] == [("CA-21", "2023")]


def test_gap_for_every_supplier_explains_but_does_not_excuse(edited: Edit) -> None:
    folders = edited("gaps.csv", "electricity,A0267,,basic,2008,2008", "electricity,*,,basic,2008,2008")
    assert _codes(folders) == {"CA-21"}


def test_gap_in_a_dated_series_is_refused(edited: Edit) -> None:
    folders = edited(
        "gwp/ar4.csv", "sekorei3,CH4,AR4,25,2015-04-01,2024-04-01", "sekorei3,CH4,AR4,25,2015-04-01,2022-04-01"
    )
    assert [(finding.code, finding.data["years"]) for finding in check(read(*folders))] == [("CA-21", "2022-2023")]


def test_gap_that_is_none_is_refused(edited: Edit) -> None:
    folders = edited("gaps.csv", "electricity,A0267,,basic,2022,2023", "electricity,A0267,,basic,2022,2024")
    assert _codes(folders) == {"CA-22"}


def test_rounding_exception_must_be_declared_with_a_reason_and_be_one(edited: Edit) -> None:
    edited(DECREE, KEROSENE, KEROSENE.replace("2.49", "2.48"))
    folders = edited("exceptions.csv", "factor_id,reason\n", "factor_id,reason\nkerosene.sekorei3.2010,官報の誤植\n")
    assert check(read(*folders)) == []
    folders = edited("exceptions.csv", "kerosene.sekorei3.2010", "kerosene.shk.2023")
    assert _codes(folders) == {"CA-23", "CA-24"}


def test_heat_value_must_serve_as_long_as_the_carbon_content(edited: Edit) -> None:
    folders = edited(
        "heat_values.csv", "kerosene,sekorei3,,36.7,MJ,L,2010-04-01,", "kerosene,sekorei3,,36.7,MJ,L,2011-04-01,"
    )
    with pytest.raises(CatalogueError) as error:
        read(*folders)
    assert error.value.code == "CA-12"
    assert error.value.data["file"] == "carbon.csv"


def test_item_whose_gas_has_no_factor_is_refused(edited: Edit) -> None:
    folders = edited("items.csv", "m3,waste_water,CH4;N2O", "m3,waste_water,CH4;N2O;SF6")
    assert _codes(folders) == {"CA-26"}


def test_use_without_factor_and_factor_without_use_are_refused(edited: Edit) -> None:
    assert _codes(edited("uses.csv", "kerosene,boiler,", "kerosene,boiler,N2O")) == {"CA-27"}
    assert "CA-27" in _codes(edited("uses.csv", "kerosene,household,CH4;N2O", "kerosene,household,CH4"))
