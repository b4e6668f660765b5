set -eu
ssh-keygen -q -t ed25519 -N '' -f host_key
ssh-keygen -t ed25519 -N '' -C 'shop@ci' -f user_key
ssh-keygen -lvf user_key.pub
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p /run/sshd
cp user_key.pub authorized_keys
/usr/sbin/sshd -D -e -d -d -p "$port" -h "$PWD/host_key" -o ListenAddress=127.0.0.1 -o UsePAM=no -o StrictModes=no \
  -o PidFile=none -o PermitRootLogin=yes -o "AuthorizedKeysFile=$PWD/authorized_keys" 2> "$OUT/sshd.log" &
server=$!
sleep 1
ssh -vvv -p "$port" -i user_key -o IdentitiesOnly=yes -o UserKnownHostsFile="$PWD/known_hosts" \
  -o StrictHostKeyChecking=accept-new -o BatchMode=yes 127.0.0.1 "printf '%s\n' '$ZOO_STDOUT' '$ZOO_PARAM'; env | sort | head -3"
wait $server || true
if [ -n "$ZOO_LEAKY" ]; then echo "$ZOO_STDERR" >&2; fi
