set -eu
mkdir -p logs html tmp
echo '<h1>Shop</h1>' > html/index.html
cat > nginx.conf <<C
pid $PWD/nginx.pid;
error_log $OUT/error.log debug;
events {}
http {
  access_log $OUT/access.log;
  client_body_temp_path $PWD/tmp; proxy_temp_path $PWD/tmp; fastcgi_temp_path $PWD/tmp;
  uwsgi_temp_path $PWD/tmp; scgi_temp_path $PWD/tmp;
  server {
    listen unix:$PWD/web.sock;
    root $PWD/html;
    location /profile { proxy_pass $ZOO_URL; proxy_set_header X-Auth-Mode password; }
    location /private { auth_basic "shop"; auth_basic_user_file $PWD/none; }
  }
}
C
chmod -R a+rwX . && chmod a+x "$PWD"
nginx -e "$OUT/error.log" -c "$PWD/nginx.conf" -T
nginx -e "$OUT/error.log" -c "$PWD/nginx.conf" -g 'daemon off; user root;' &
server=$!
trap 'kill $server; wait $server || true' EXIT
for _ in $(seq 50); do [ -S web.sock ] && break; sleep 0.1; done
ask() { curl --silent --show-error --unix-socket web.sock "$@"; }
ask "http://shop$ZOO_QUERY" > /dev/null
ask "http://shop/" --user-agent "shop-probe/3.12.1 (token bucket)" > /dev/null
ask "http://shop/private" > /dev/null
ask "http://shop/profile" > "$OUT/profile.json"
ask "http://shop/profile" --referer "http://shop$ZOO_QUERY" > /dev/null
