"""An update changes the catalogue as a whole or not at all."""

import hashlib
import io
import json
import resource
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kotsukotsu.catalogue.difference import compare, tally
from kotsukotsu.catalogue.load import SHIPPED, load
from kotsukotsu.catalogue.update import (
    LARGEST_FILE,
    MOST_FILES,
    build_update,
    install,
    installed,
    read_update,
)
from kotsukotsu.catalogue.words import said as words_of
from kotsukotsu.errors import CatalogueError, UpdateError

LIST_2024 = "factors/electricity-fy2024.csv"
HEPCO = ",CO2,0.000526,t,kWh"


def _changed() -> dict[str, bytes]:
    text = (SHIPPED / LIST_2024).read_text(encoding="utf-8")
    return {LIST_2024: text.replace(HEPCO, ",CO2,0.000527,t,kWh", 1).encode()}


def _next_list() -> dict[str, bytes]:
    """A list of FY2025 results with one retailer, and its edition."""
    header = (SHIPPED / LIST_2024).read_text(encoding="utf-8").splitlines()[0]
    row = (
        "A0267.2025.basic.メニューF(残差),both,electricity,A0267,メニューF(残差),basic,,CO2,0.000510,t,kWh,"
        "2026-04-01,2027-04-01,2025,electricity-fy2025,denki-r6,,confirmed,"
    )
    editions = (SHIPPED / "editions.csv").read_text(encoding="utf-8")
    return {
        "factors/electricity-fy2025.csv": f"{header}\n{row}\n".encode(),
        "editions.csv": f"{editions}electricity-fy2025,電気事業者別排出係数 令和7年度実績,2026,2026,,\n".encode(),
    }


def _update(files: dict[str, bytes], edition: str = "2027.1") -> bytes:
    return build_update(files, title="令和7年度実績", edition=edition, created="2027-01-20")


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _with_manifest(files: dict[str, bytes], **changes: str) -> bytes:
    head = {"title": "t", "edition": "2027.1", "created": "2027-01-20"} | changes
    lines = [f"{key} = {json.dumps(value)}" for key, value in head.items()]
    for name, content in files.items():
        lines += ["[[files]]", f"path = {json.dumps(name)}", f'sha256 = "{hashlib.sha256(content).hexdigest()}"']
    return _zip({"manifest.toml": "\n".join(lines).encode(), **files})


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_update_adds_a_list_and_the_next_one_keeps_it(tmp_path: Path) -> None:
    install(read_update(_update(_next_list())), tmp_path)
    assert load(*installed(tmp_path)).version == "2027.1"
    install(read_update(_update(_changed(), "2027.2")), tmp_path)
    catalogue = load(*installed(tmp_path))
    values = {factor.factor_id: str(factor.value) for factor in catalogue.factors}
    assert catalogue.version == "2027.2"
    assert values["A0267.2025.basic.メニューF(残差)"] == "0.000510"
    assert values["A0267.2024.basic.メニューF(残差)"] == "0.000527"


def test_without_an_update_the_shipped_data_answer(tmp_path: Path) -> None:
    assert installed(tmp_path) == installed(tmp_path / "none") == (SHIPPED,)


def test_changes_are_said_by_item_supplier_and_year(tmp_path: Path) -> None:
    install(read_update(_update(_next_list() | _changed())), tmp_path)
    changes = compare(load(), load(*installed(tmp_path)))
    said = [(row.action, row.table, row.item, row.supplier, row.year, row.old, row.new) for row in changes]
    assert said == [
        ("changed", "factors", "electricity", "A0267", "2024", "0.000526", "0.000527"),
        ("added", "factors", "electricity", "A0267", "2025", "", "0.000510"),
        ("added", "editions", "", "", "", "", ""),
    ]
    assert tally(changes)["added", "factors", "electricity", "2025"] == 1
    law = load(*installed(tmp_path))
    words = "電気（買電）　北海道電力(株)　メニューF(残差)　基礎　令和6（2024）年度"
    assert words_of(changes[0], law).replace("　CO2", "") == f"{words}：0.000526 → 0.000527 t/kWh"
    other = replace(changes[0], old="", new="", others=("valid_to", "source", "locator", "menu", "family"))
    assert words_of(other, law).endswith("（終わりの日、出典、出典の中の場所、その他の欄も変わります）")
    assert words_of(changes[2], law).startswith(changes[2].row.title)
    assert [row.action for row in compare(load(*installed(tmp_path)), load())] == ["changed", "removed", "removed"]


def test_catalogue_does_not_differ_from_itself() -> None:
    assert compare(load(), load()) == []


VERSION = {"VERSION": b"2027.1\n"}
TOML = b'title = "t"\nedition = "2027.1"\ncreated = "c"\n'
BAD_PATHS = ("../items.csv", "/items.csv", "factors/../../x.csv", "factors/a/b.csv", "new.csv", "factors/", "x.py")
REFUSED = [
    ("UP-01", "no zip", b""),
    ("UP-01", "cut off", _update(_changed())[:400]),
    ("UP-01", "content damaged", _with_manifest(VERSION).replace(b"2027.1\n", b"2027.2\n", 1)),
    ("UP-02", "no manifest", _zip(VERSION)),
    ("UP-02", "manifest without files", _zip({"manifest.toml": TOML})),
    ("UP-02", "manifest no TOML", _zip({"manifest.toml": b"\xff"})),
    ("UP-02", "files no tables", _zip({"manifest.toml": TOML + b'files = ["a"]'})),
    ("UP-02", "title no text", _zip({"manifest.toml": TOML.replace(b'"t"', b"1") + b"files = []"})),
    ("UP-02", "edition no name", _with_manifest(VERSION, edition="../2027")),
    *(("UP-03", name, _with_manifest(VERSION | {name: b"x"})) for name in BAD_PATHS),
    ("UP-05", "file not named", _zip({"manifest.toml": TOML + b"files = []", **VERSION})),
    ("UP-05", "named file missing", _zip({"manifest.toml": TOML + b'[[files]]\npath = "gaps.csv"\nsha256 = ""'})),
    ("UP-06", "checksum", _zip({"manifest.toml": TOML + b'[[files]]\npath = "VERSION"\nsha256 = "00"', **VERSION})),
    ("UP-07", "encoding", _with_manifest(VERSION | {"gaps.csv": "手元".encode("cp932")})),
    ("UP-08", "version", _with_manifest({"VERSION": b"2026.9\n"})),
    ("UP-08", "no version", _with_manifest({"gaps.csv": b"x"})),
]


@pytest.mark.parametrize(("code", "reason", "data"), REFUSED, ids=[f"{row[0]} {row[1]}" for row in REFUSED])
def test_bad_file_is_refused_before_anything_is_written(code: str, reason: str, data: bytes) -> None:
    with pytest.raises(UpdateError) as error:
        read_update(data)
    assert code == error.value.code, reason
    assert "何も変えていません" in error.value.text("ja")


@pytest.mark.parametrize(
    "sizes",
    [[LARGEST_FILE + 1], [LARGEST_FILE] * 4, [0] * (MOST_FILES + 1)],
    ids=["one file", "all together", "too many"],
)
def test_file_that_unpacks_too_large_is_refused(sizes: list[int]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"factors/{number}.csv", bytes(size))
    with pytest.raises(UpdateError) as error:
        read_update(out.getvalue())
    assert error.value.code == "UP-04"


def test_name_given_twice_in_the_zip_is_refused() -> None:
    out = io.BytesIO(_with_manifest(VERSION))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("VERSION", b"2027.1\n")
    with pytest.raises(UpdateError) as error:
        read_update(out.getvalue())
    assert error.value.code == "UP-03"


def test_update_that_breaks_the_catalogue_leaves_the_folder_byte_identical(tmp_path: Path) -> None:
    install(read_update(_update(_next_list())), tmp_path)
    before = _snapshot(tmp_path)
    broken = {LIST_2024: _changed()[LIST_2024].replace(b"2025-04-01,2026-04-01", b"2024-04-01,2026-04-01", 1)}
    with pytest.raises(CatalogueError) as error:
        install(read_update(_update(broken, "2027.2")), tmp_path)
    assert error.value.code == "CA-16"
    assert before == _snapshot(tmp_path)
    assert load(*installed(tmp_path)).version == "2027.1"


def test_first_update_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError):
        install(read_update(_update({"gaps.csv": b"x\n"})), tmp_path / "updates")
    assert list(tmp_path.iterdir()) == []


def test_update_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "updates").write_text("a file in the place of the folder", encoding="utf-8")
    before = _snapshot(tmp_path)
    with pytest.raises(UpdateError) as error:
        install(read_update(_update(_changed())), tmp_path / "updates")
    assert error.value.code == "UP-09"
    assert before == _snapshot(tmp_path)


def test_disk_that_runs_full_on_the_way_leaves_the_folder_byte_identical(tmp_path: Path) -> None:
    install(read_update(_update(_next_list())), tmp_path)
    before = _snapshot(tmp_path)
    new = read_update(_update(_changed(), "2027.2"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(UpdateError) as error:
            install(new, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert error.value.code == "UP-09"
    assert before == _snapshot(tmp_path)
    assert load(*installed(tmp_path)).version == "2027.1"


def test_pointer_to_a_folder_that_is_gone_is_an_error_and_not_the_old_law(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("2027.1-gone\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load(*installed(tmp_path))
    assert error.value.code == "CA-01"


def test_maintainer_cannot_build_what_cannot_be_read() -> None:
    with pytest.raises(UpdateError) as error:
        _update({"notes.txt": b"x"})
    assert error.value.code == "UP-03"


def test_title_with_quotes_survives() -> None:
    data = build_update({}, title='令和7年度 "実績"', edition="2027.1", created="2027-01-20")
    assert read_update(data).title == '令和7年度 "実績"'
