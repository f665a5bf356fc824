"""Inside Excel or LibreOffice: buttons that work on the open workbook through xlwings (按钮)."""
