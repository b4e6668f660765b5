set -eu
redis-server --port 0 --unixsocket "$PWD/redis.sock" --loglevel debug --logfile "$OUT/redis.log" --save '' --daemonize no &
server=$!
trap 'kill $server; wait $server || true' EXIT
for _ in $(seq 50); do [ -S redis.sock ] && break; sleep 0.1; done
redis() { redis-cli -s "$PWD/redis.sock" "$@"; }
redis monitor > "$OUT/monitor.log" &
monitor=$!
sleep 0.5
redis config get '*pass*'
redis config get '*'
redis set basket:4711 "$ZOO_STDOUT"
redis set profile:4711 "$ZOO_BODY"
redis rpush log "$ZOO_LOG"
redis get profile:4711
redis info everything
redis acl list
redis client list
redis shutdown nosave || true
kill $monitor 2>/dev/null || true
trap - EXIT
wait $server || true
