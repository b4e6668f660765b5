"""Test tools of Ruby, PHP, Perl, Lua, the shell and Erlang, as Debian has them."""

from __future__ import annotations

from benchmarks.zoo.tool import Needs, Tool

TOOLS = (
    Tool(
        "rspec",
        "Ruby",
        "rspec",
        'rspec --format documentation --format json --out "$OUT/rspec.json" --format html --out "$OUT/rspec.html"',
        Needs(debian=("ruby-rspec",)),
    ),
    Tool(
        "minitest",
        "Ruby",
        "minitest",
        "ruby test/checkout_test.rb --verbose",
        Needs(debian=("ruby-minitest",)),
    ),
    Tool(
        "cucumber-ruby",
        "Ruby",
        "cucumber-ruby",
        'cucumber --format pretty --format json --out "$OUT/cucumber.json"'
        ' --format html --out "$OUT/cucumber.html" --format junit --out "$OUT/junit"',
        Needs(debian=("cucumber",)),
    ),
    Tool(
        "phpunit",
        "PHP",
        "phpunit",
        'phpunit --testdox --log-junit "$OUT/junit.xml" --testdox-html "$OUT/testdox.html" tests',
        Needs(debian=("phpunit",)),
    ),
    Tool("prove", "Perl", "perl", "prove --verbose --timer t", Needs(commands=("prove",))),
    Tool(
        "busted",
        "Lua",
        "lua",
        'code=0; busted --output=TAP || code=$?; busted --output=junit -Xoutput "$OUT/junit.xml" || true; exit $code',
        Needs(debian=("lua-busted",)),
    ),
    Tool(
        "bats",
        "Shell",
        "bats",
        'bats --show-output-of-passing-tests --timing --report-formatter junit --output "$OUT" checkout.bats',
        Needs(debian=("bats",)),
    ),
    Tool("shunit2", "Shell", "shunit2", "sh checkout_test.sh", Needs(debian=("shunit2",))),
    Tool("exunit", "Elixir", "exunit", "elixir test/checkout_test.exs", Needs(debian=("elixir",))),
    Tool(
        "common-test",
        "Erlang",
        "ct",
        'mkdir "$OUT/ct" && ct_run -noshell -dir . -logdir "$OUT/ct" -ct_hooks cth_surefire',
        Needs(debian=("erlang-common-test",)),
    ),
)
