"""汇总.xlsx: the sum on the statutory form with everything that it comes from, and who has filed (汇总表)."""

from xltools.batch.summary.build import build, workbook
from xltools.batch.summary.kept import read_adjustments

__all__ = ["build", "read_adjustments", "workbook"]
