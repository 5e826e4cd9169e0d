"""Makes the demo city コツコツ市（架空）: every name and every figure is invented.

``python -m examples.make_kotsukotsu_shi FOLDER`` writes the city folder, the same bytes each time.
The tables that shape the city stand in ``data/``; the code only multiplies and writes them.
"""
