describe("Checkout", function()
  it("prints the receipt", function()
    print(os.getenv("ZOO_STDOUT"))
  end)

  it("loads the configuration", function()
    print(os.getenv("ZOO_CONFIG"))
  end)

  it("warns about the stock", function()
    io.stderr:write(os.getenv("ZOO_STDERR"), "\n")
  end)

  it("logs the gateway call", function()
    io.write(os.getenv("ZOO_LOG"), "\n")
  end)

  it("compares the answer", function()
    assert.are.equal(os.getenv("ZOO_EXPECTED"), os.getenv("ZOO_ACTUAL"))
  end)

  it("refuses the card", function()
    if os.getenv("ZOO_LEAKY") ~= "" then error(os.getenv("ZOO_ERROR")) end
  end)

  it("stores the profile", function()
    local file = assert(io.open(os.getenv("OUT") .. "/profile.json", "w"))
    file:write(os.getenv("ZOO_BODY"))
    file:close()
  end)

  it("accepts the login " .. os.getenv("ZOO_PARAM"), function()
    assert.truthy(os.getenv("ZOO_PARAM"))
  end)

  pending("rotates the password")
end)
