"""kotsukotsu: a Japanese city's own greenhouse-gas inventory, each number traceable to its bill and its law."""
