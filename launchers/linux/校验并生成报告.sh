#!/bin/sh
# Drop saved workbooks onto this file: they are checked, and their reports made beside them.
xltools drop "$@"
printf '按回车键关闭。'
read -r _
