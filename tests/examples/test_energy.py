"""The two sites of the examples are those that their maker writes."""

from __future__ import annotations

from examples.make_energy.__main__ import FOLDER, main


def test_the_maker_writes_every_file_of_the_examples_as_it_is(tmp_path) -> None:
    main(tmp_path)
    there, made = (
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (FOLDER, tmp_path)
    )
    assert made == there


def test_the_printed_totals_are_in_the_tables() -> None:
    def column(file: str, place: int) -> list[float]:
        lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()[1:]
        return [float(line.split(",")[place]) for line in lines]

    assert sum(column("city-hall/generators.csv", 3)) == 508.8
    assert sum(column("wind-and-schools/bills.csv", 2)) == 3_300_000
    assert column("wind-and-schools/generators.csv", 4) == [3_480_000]
