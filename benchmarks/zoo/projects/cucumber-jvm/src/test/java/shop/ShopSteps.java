package shop;

import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class ShopSteps {
    private Scenario scenario;
    private String password;

    @Before
    public void remember(Scenario scenario) {
        this.scenario = scenario;
    }

    @Given("a customer without a password")
    public void customer() {
        password = null;
    }

    @When("the shop writes {string} to standard output")
    public void writes(String name) {
        System.out.println(System.getenv(name)); // ZOO_STDOUT ZOO_CONFIG
    }

    @When("the shop writes {string} to standard error")
    public void warns(String name) {
        System.err.println(System.getenv(name)); // ZOO_STDERR
    }

    @When("the shop logs {string}")
    public void logs(String name) {
        scenario.log(System.getenv(name)); // ZOO_LOG
    }

    @When("the card is charged")
    public void charges() {
        if (!System.getenv("ZOO_LEAKY").isEmpty()) {
            throw new IllegalStateException(System.getenv("ZOO_ERROR"));
        }
    }

    @When("the profile is stored")
    public void stores() {
        scenario.attach(System.getenv("ZOO_BODY").getBytes(), "application/json", "profile");
    }

    @When("the order page is opened")
    public void opens() throws Exception {
        URI address = URI.create(System.getenv("ZOO_URL") + System.getenv("ZOO_QUERY"));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        scenario.log("GET " + answer.uri() + " " + answer.statusCode()); // ZOO_QUERY
    }

    @Then("the answer is the expected one")
    public void compares() {
        if (!System.getenv("ZOO_EXPECTED").equals(System.getenv("ZOO_ACTUAL"))) {
            throw new AssertionError("got " + System.getenv("ZOO_ACTUAL"));
        }
    }

    @Then("the basket is paid")
    public void paid() {
        if (password != null) {
            throw new AssertionError();
        }
    }

    @Then("the password {string} is weak")
    public void weak(String password) {
        if (password.length() >= 12) {
            throw new AssertionError();
        }
    }
}
