"""The collecting office: a folder of submitted workbooks in, everything it needs out (汇总单位)."""
