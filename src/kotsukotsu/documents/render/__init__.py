r"""From figures to files: how a document is made. A renderer cannot calculate; it places what it is given.

Four steps, each a module:

1. **Registry** (`documents.registry`). Everything that a document may place has one name: numbers
   (`Number`: printed figure, meaning, rounding, rows behind it), words, tables (`documents.table.Table`), pictures
   (`Picture`: an SVG with caption and alt text), notes (terms explained once), and blocks (passages whose number
   depends on the data). Build it where figures may be computed (`documents.figures` and its neighbours).
2. **Template** (`template.blocks(text, file, registry)`). Markdown of a few signs: `#` to `###`, `-`, `1.`,
   `**strong**`, `> remark`, frames `::: title` … `:::`; and names: `{{ key }}`, `{{ ref key }}`, `{{ note key }}` in
   a sentence; `{{ table key }}`, `{{ chart key }}` (or `{{ chart key 60% }}` of the width), `{{ blocks key }}`,
   `{{ page }}`, `{{ if key }}` … `{{ else }}` … `{{ end }}` on a line of their own. `# Heading {-}` has no number.
   Everything else is plain text in every format. `documents.prose.parts` gives the shipped texts of a document
   (``documents/templates/NAME``),
   replaced or extended by the city's ``texts/*.md``.
3. **Document** (`model.Document`): blocks, title, cover, mark (案), footer. Blocks may be made by hand too.
4. **Output** (`outputs.render(document, forms)`): bytes of ``docx``, ``pdf`` and ``html`` and findings on glyphs.
   Captions, headings and notes are numbered there (`numbering`); the caller writes the bytes
   (`sessions.papers.write`, whole or not at all).

    registry = Registry()
    registry.add([Number("total", "総排出量", printer.emission(total), rule, Behind(2024))])
    registry.tables["items"] = tables.items(found)
    registry.pictures["years"] = picture_of(chart, caption)
    found = blocks("# 排出量\n\n総排出量は {{ total }} t です。\n\n{{ table items }}", "example.md", registry)
    files = render(Document("報告書", "", "市", made, found, "市　版"), ("pdf", "docx")).files
"""
