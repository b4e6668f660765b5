using System;
using Xunit;

public class CheckoutTest
{
    private static string Text(string name) => Environment.GetEnvironmentVariable(name) ?? "";

    [Fact]
    public void PrintsTheReceipt() => Console.WriteLine(Text("ZOO_STDOUT"));

    [Fact]
    public void LoadsTheConfiguration() => Console.WriteLine(Text("ZOO_CONFIG"));

    [Fact]
    public void WarnsAboutTheStock() => Console.Error.WriteLine(Text("ZOO_STDERR"));

    [Fact]
    public void ComparesTheAnswer() => Assert.Equal(Text("ZOO_EXPECTED"), Text("ZOO_ACTUAL"));

    [Fact]
    public void RefusesTheCard()
    {
        if (Text("ZOO_LEAKY") != "") throw new InvalidOperationException(Text("ZOO_ERROR"));
    }
}
