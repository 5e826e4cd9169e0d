"""What the exit status and the severities of findings mean, counted from the texts."""

from __future__ import annotations

from collections import Counter

from markdown import table

from kotsukotsu import texts

GROUPS = (
    ("C", "点検（`kotsukotsu check`）"),
    ("A", "算定"),
    ("IM", "取り込み"),
    ("L", "取り込み：行政データの機械可読性の規則"),
    ("F", "市のフォルダ"),
    ("P", "算定方針"),
    ("U", "単位"),
    ("LG", "活動量の登録と訂正"),
    ("CA", "係数一覧"),
    ("UP", "係数一覧の更新"),
    ("N", "多数の市町村の計算"),
)


def groups() -> str:
    """How many codes each group has.

    Raises
    ------
    SystemExit
        If a code belongs to no group of `GROUPS`.
    """
    counts = Counter(code.split("-")[0].rstrip("0123456789") for code, text in texts.entries().items() if text.severity)
    unknown = sorted(counts.keys() - {prefix for prefix, _ in GROUPS})
    if unknown:
        raise SystemExit(f"tools/docs/made_findings.py: no group for {', '.join(unknown)}")
    return table(("番号の始まり", "何のとき", "数"), [(f"`{prefix}`", says, counts[prefix]) for prefix, says in GROUPS])


MAKERS = {"finding groups": groups}
