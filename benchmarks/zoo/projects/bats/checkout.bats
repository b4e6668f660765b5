#!/usr/bin/env bats

@test "prints the receipt" {
  echo "# $ZOO_STDOUT" >&3
}

@test "loads the configuration" {
  printf '%s\n' "$ZOO_CONFIG"
}

@test "warns about the stock" {
  echo "# $ZOO_STDERR" >&3
}

@test "logs the gateway call" {
  run echo "$ZOO_LOG"
  [ "$status" -eq 0 ]
}

@test "compares the answer" {
  echo "expected $ZOO_EXPECTED, got $ZOO_ACTUAL"
  [ "$ZOO_EXPECTED" = "$ZOO_ACTUAL" ]
}

@test "refuses the card" {
  if [ -n "$ZOO_LEAKY" ]; then
    echo "$ZOO_ERROR"
    false
  fi
}

@test "stores the profile" {
  printf '%s' "$ZOO_BODY" > "$OUT/profile.json"
}

@test "rotates the password" {
  skip "needs the secret store of the staging cluster"
}
