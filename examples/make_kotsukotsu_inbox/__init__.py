"""Makes the files that the demo city's departments would send: every layout, every bad habit.

``python -m examples.make_kotsukotsu_inbox FOLDER`` writes them, with the values that
``examples.make_kotsukotsu_shi`` drew for the months that its ledger lacks. Needs XlsxWriter, xlwt and odfpy.
"""
