"""Small charts drawn directly as SVG: a thousand of them take seconds, and page, PDF and sheet show the same ones."""
