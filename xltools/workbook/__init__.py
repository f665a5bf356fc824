"""The workbook: where things sit, how it is written, how it is read. Only this folder knows “D8”."""
