"""The vocabulary in which an edition of the form is declared (格式的构成).

Nothing in this folder knows a spreadsheet, a document or a Chinese label.
"""

from xltools.form.edition import Edition, Section
from xltools.form.heading import MONEY, Field, Flow, Heading, Identity, Place, Ref, Sum, Unit
from xltools.form.table import Equation, Table

__all__ = [
    "MONEY", "Edition", "Equation", "Field", "Flow", "Heading", "Identity", "Place", "Ref", "Section", "Sum",
    "Table", "Unit",
]  # fmt: skip
