set -eu
export CHROME_PATH=/usr/bin/chromium
lighthouse "$ZOO_URL$ZOO_QUERY" --output json --output html --output-path "$OUT/report" --save-assets --quiet --max-wait-for-load 20000 \
  --chrome-flags='--headless=new --no-sandbox' --extra-headers "{\"X-Step\": \"2\"}"
echo "$ZOO_STDOUT"
