set -eu
python3 -m venv venv
echo "$ZOO_STDOUT"
venv/bin/python -m pip install -v --no-cache-dir --report "$OUT/pip-report.json" requests==2.32.3 PyJWT==2.10.1 passlib==1.7.4 2>&1
venv/bin/python -m pip debug --verbose || true
venv/bin/python -m pip list --format json > "$OUT/pip-list.json"
echo "$ZOO_STDERR" >&2
