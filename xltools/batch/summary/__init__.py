"""汇总.xlsx: the sum on the statutory form with everything that it comes from, and who has filed (汇总表)."""

from xltools.batch.summary.build import build, workbook
from xltools.batch.summary.detail import frame
from xltools.batch.summary.sums import Sums

__all__ = ["Sums", "build", "frame", "workbook"]
