#!/bin/sh
# The checkout by shunit2.

testPrintsTheReceipt() {
  echo "$ZOO_STDOUT"
}

testLoadsTheConfiguration() {
  echo "$ZOO_CONFIG"
}

testWarnsAboutTheStock() {
  echo "$ZOO_STDERR" >&2
}

testLogsTheGatewayCall() {
  echo "$ZOO_LOG"
}

testComparesTheAnswer() {
  assertEquals "$ZOO_EXPECTED" "$ZOO_ACTUAL"
}

testRefusesTheCard() {
  if [ -n "$ZOO_LEAKY" ]; then fail "$ZOO_ERROR"; fi
}

. /usr/bin/shunit2
