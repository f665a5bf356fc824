"""The annual report on open government information: one form, workbook, checks, Word (政府信息公开年报)."""

__version__ = "0.1.0"
