-module(checkout_SUITE).
-compile([export_all, nowarn_export_all]).

all() ->
    [prints_the_receipt, loads_the_configuration, warns_about_the_stock, logs_the_gateway_call,
     compares_the_answer, refuses_the_card, stores_the_profile].

prints_the_receipt(_Config) ->
    ct:pal("~ts", [os:getenv("ZOO_STDOUT")]).

loads_the_configuration(_Config) ->
    ct:log("~ts", [os:getenv("ZOO_CONFIG")]).

warns_about_the_stock(_Config) ->
    io:format(standard_error, "~ts~n", [os:getenv("ZOO_STDERR")]).

logs_the_gateway_call(_Config) ->
    logger:warning("~ts", [os:getenv("ZOO_LOG")]).

compares_the_answer(_Config) ->
    Expected = os:getenv("ZOO_EXPECTED"),
    Expected = os:getenv("ZOO_ACTUAL").

refuses_the_card(_Config) ->
    case os:getenv("ZOO_LEAKY") of
        "" -> ok;
        _ -> ct:fail(os:getenv("ZOO_ERROR"))
    end.

stores_the_profile(_Config) ->
    ok = file:write_file(os:getenv("OUT") ++ "/profile.json", os:getenv("ZOO_BODY")).
