set -eu
curl --verbose --silent --header "X-Note: $ZOO_LOG" "$ZOO_URL/profile" --output "$OUT/profile.json"
curl --verbose --silent "$ZOO_URL$ZOO_QUERY" --output /dev/null
curl --verbose --silent --data "$ZOO_BODY" --header 'Content-Type: application/json' --trace-ascii "$OUT/trace.txt" "$ZOO_URL/gateway" --output /dev/null
curl --verbose --silent --trace "$OUT/trace-hex.txt" --trace-time "$ZOO_URL/" --output "$OUT/page.html"
curl --silent --write-out '%{json}\n' "$ZOO_URL/" --output /dev/null
curl --verbose --silent --cookie-jar "$OUT/cookies.txt" "$ZOO_URL/" --output /dev/null
