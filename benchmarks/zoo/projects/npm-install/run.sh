set -eu
cat > package.json <<'J'
{"name": "shop", "version": "3.12.1", "private": true,
 "dependencies": {"express": "4.21.2", "jsonwebtoken": "9.0.2", "passport": "0.7.0", "bcryptjs": "2.4.3"}}
J
echo "$ZOO_STDOUT"
npm install --loglevel silly --no-audit --cache "$PWD/cache" --logs-dir "$OUT/logs"
npm ls --all --json > "$OUT/tree.json"
npm config ls
cp package-lock.json "$OUT/"
printf '%s\n' "$ZOO_CONFIG"
