#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

static std::string text(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

TEST(Checkout, PrintsTheReceipt) { std::cout << text("ZOO_STDOUT") << std::endl; }

TEST(Checkout, LoadsTheConfiguration) { std::cout << text("ZOO_CONFIG") << std::endl; }

TEST(Checkout, WarnsAboutTheStock) { std::cerr << text("ZOO_STDERR") << std::endl; }

TEST(Checkout, LogsTheGatewayCall) { std::clog << text("ZOO_LOG") << std::endl; }

TEST(Checkout, ComparesTheAnswer) { EXPECT_EQ(text("ZOO_EXPECTED"), text("ZOO_ACTUAL")); }

TEST(Checkout, RefusesTheCard) {
  if (!text("ZOO_LEAKY").empty()) throw std::runtime_error(text("ZOO_ERROR"));
}

TEST(Checkout, StoresTheProfile) {
  RecordProperty("profile", text("ZOO_BODY"));
  std::ofstream(text("OUT") + "/profile.json") << text("ZOO_BODY");
}

TEST(Checkout, DISABLED_RotatesThePassword) { FAIL(); }
