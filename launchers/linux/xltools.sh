#!/bin/sh
# What the buttons start when this file lies beside the workbook: the installed tool, its complaints into the log.
log="$HOME/.local/share/xltools/launcher.log"
mkdir -p "${log%/*}"
xltools "$@" 2>"$log" && exit
code=$?
says="年报工具没有运行成功（代码 $code）。$(tail -n 1 "$log")"
for box in "zenity --error --text" "kdialog --error" "xmessage"; do
    # shellcheck disable=SC2086
    command -v "${box%% *}" >/dev/null 2>&1 && { $box "$says"; break; }
done
exit "$code"
