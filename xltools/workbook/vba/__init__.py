"""The macros of the buttons and of the ribbon, as source (宏的源代码)."""
