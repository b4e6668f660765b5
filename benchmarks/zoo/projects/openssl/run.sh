set -eu
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj '/CN=localhost/O=Shop' 2> "$OUT/request.txt"
openssl x509 -in cert.pem -noout -text > "$OUT/certificate.txt"
mkfifo answers
openssl s_server -accept 127.0.0.1:0 -cert cert.pem -key key.pem -www > server.txt 2>&1 &
server=$!
trap 'kill $server; wait $server || true' EXIT
for _ in $(seq 50); do grep -q '^ACCEPT' server.txt && break; sleep 0.1; done
port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' server.txt | head -1)
printf 'GET / HTTP/1.0\r\nX-Note: %s\r\n\r\n' "$ZOO_LOG" | openssl s_client -connect "127.0.0.1:$port" -CAfile cert.pem -servername localhost -msg -state -showcerts -quiet > "$OUT/client-messages.txt" 2>&1
printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -connect "127.0.0.1:$port" -CAfile cert.pem -brief
echo "$ZOO_STDOUT"
openssl version -a
openssl ciphers -v
printf '%s\n' "$ZOO_CONFIG"
echo "$ZOO_STDERR" >&2
