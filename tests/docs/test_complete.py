"""Nothing that a person can meet is left out of the documentation."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from made_commands import every_command
from made_findings import prefix

from kotsukotsu import schema, texts, units
from kotsukotsu.accounting.inventory import COLUMNS
from kotsukotsu.catalogue.load import SHIPPED, load
from kotsukotsu.catalogue.policy import CHOICES, Policy
from kotsukotsu.importers.profile import LAYOUTS, PERIODS
from kotsukotsu.ledger.states import ORDER

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def text(name):
    return (DOCS / name).read_text(encoding="utf-8")


def table(name):
    with (ROOT / "tools" / "docs" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def missing(words, page):
    return [word for word in words if f"`{word}`" not in page]


def test_every_command_and_option_is_listed():
    page = text("reference/commands.md")
    for name, command in every_command():
        section = page.partition(f"### `{name}`\n")[2].partition("\n### ")[0]
        options = [opt for part in command.params if part.param_type_name == "option" for opt in part.opts]
        assert section, f"no section for {name}"
        assert missing([opt for opt in options if opt not in ("-h", "--help")], section) == [], name


def test_every_command_and_option_of_a_city_is_used_or_told_of_in_a_guide():
    """A list of options tells nobody when to use one; those of every command, such as --format, are left out."""
    pages = [*(DOCS / "how-to").glob("*.md"), *(DOCS / "tutorial").glob("*.md")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    wanted = []
    for name, command in every_command():
        options = [opt for part in command.params if part.param_type_name == "option" for opt in part.opts]
        wanted += [name.removeprefix("kotsukotsu "), *(opt for opt in options if opt.startswith("--"))]
    assert [word for word in dict.fromkeys(wanted) if word not in said and word != "--help"] == []


def test_every_column_of_the_inventory_is_listed():
    assert missing(COLUMNS, text("reference/commands.md")) == []


def test_every_policy_key_and_value_is_explained():
    page = text("reference/policy.md")
    keys = Policy().as_dict()
    assert [key for key in keys if f"`{key}`" not in page and f"（{key}）" not in page] == []
    assert missing([value for values in CHOICES.values() for value in values], page) == []


@pytest.mark.parametrize("name", schema.tables())
def test_every_table_and_column_of_the_city_folder_is_listed(name):
    said = {row["table"]: row for row in table("tables.csv")}
    assert name in said, "add a line to tools/docs/tables.csv"
    section = text("reference/city-folder.md").partition(f"`{said[name]['file']}`\n")[2].partition("\n### ")[0]
    assert missing([column.column for column in schema.columns(name)], section) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in (schema.FOLDER / "energy").glob("*.csv")))
def test_every_table_and_column_of_a_site_of_energy_is_listed(name):
    assert name in {row["table"] for row in table("energy_tables.csv")}, "add a line to tools/docs/energy_tables.csv"
    section = text("reference/energy-site.md").partition(f"`{name}.csv`\n")[2].partition("\n### ")[0]
    assert missing([column.column for column in schema.columns(f"energy/{name}")], section) == []


def test_every_finding_has_a_page_and_its_group_a_title():
    codes = sorted(code for code, entry in texts.entries().items() if entry.severity)
    titles = {row["prefix"] for row in table("finding_groups.csv") if row["title"]}
    assert [code for code in codes if not (DOCS / "reference" / "findings" / f"{code}.md").is_file()] == []
    assert {prefix(code) for code in codes} - titles == set(), "add a line to tools/docs/finding_groups.csv"


def test_every_status_is_explained():
    assert missing(load(SHIPPED).statuses, text("explanation/statuses.md")) == []


def test_every_state_of_a_month_is_in_the_glossary():
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [state for state in ORDER if f"| {state} |" not in glossary] == []


def test_every_item_unit_and_use_is_listed():
    law, page = load(SHIPPED), text("reference/items.md")
    assert missing(law.items, page) == []
    assert missing([unit.unit for unit in units.all_units()], page) == []
    assert missing({row.use for row in law.use_rows}, page) == []


def test_every_source_and_edition_is_listed():
    law, page = load(SHIPPED), text("reference/catalogue.md")
    assert missing([*law.sources, *law.editions], page) == []


def test_every_layout_and_period_of_imports_is_explained():
    page = text("how-to/import-files.md")
    assert missing(PERIODS, page) == []
    assert [layout for layout in LAYOUTS if texts.label(f"layout.{layout}") not in page] == []


def test_every_fate_of_a_row_is_explained():
    fates = [code for code in texts.entries() if code.startswith("fate.")]
    assert [code for code in fates if texts.label(code) not in text("how-to/import-files.md")] == []


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_readme_names_licence_and_terms_of_the_data(name):
    page = (ROOT / name).read_text(encoding="utf-8")
    wanted = ("Apache", "公共データ利用規約（第1.0版）", "を加工して作成", "政府標準利用規約（第2.0版）", "石狩市")
    assert [word for word in wanted if word not in page] == []


def test_the_page_of_a_server_that_stands_still_needs_nothing_else_and_is_named_in_each_set_up():
    said = text("how-to/operate.md")
    page = said.partition("```text\n<!DOCTYPE html>\n")[2].partition("```")[0]
    assert "開き直して" in page
    assert not any(word in page for word in ("http", "src=", "<link", "<script"))
    blocks = said.split("```text\n")[1:]
    named = [block for block in blocks if "stopped.html" in block.partition("```")[0]]
    assert [("error_page 502" in block, "<httpErrors" in block) for block in named] == [(True, False), (False, True)]
