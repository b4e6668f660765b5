#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

static std::string text(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

TEST_CASE("prints the receipt") { std::cout << text("ZOO_STDOUT") << std::endl; }

TEST_CASE("loads the configuration") { std::cout << text("ZOO_CONFIG") << std::endl; }

TEST_CASE("warns about the stock") { std::cerr << text("ZOO_STDERR") << std::endl; }

TEST_CASE("logs the gateway call") {
  UNSCOPED_INFO(text("ZOO_LOG"));
  SUCCEED();
}

TEST_CASE("compares the answer") { REQUIRE(text("ZOO_ACTUAL") == text("ZOO_EXPECTED")); }

TEST_CASE("refuses the card") {
  if (!text("ZOO_LEAKY").empty()) throw std::runtime_error(text("ZOO_ERROR"));
}

TEST_CASE("stores the profile") { std::ofstream(text("OUT") + "/profile.json") << text("ZOO_BODY"); }
