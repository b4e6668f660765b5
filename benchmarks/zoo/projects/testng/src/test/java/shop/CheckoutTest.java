package shop;

import static org.testng.Assert.assertEquals;
import static org.testng.Assert.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testng.Reporter;
import org.testng.annotations.DataProvider;
import org.testng.annotations.Test;

public class CheckoutTest {
    private static final Logger LOG = LoggerFactory.getLogger(CheckoutTest.class);

    @Test
    public void printsTheReceipt() {
        System.out.println(System.getenv("ZOO_STDOUT"));
    }

    @Test
    public void loadsTheConfiguration() {
        Reporter.log(System.getenv("ZOO_CONFIG"), true);
    }

    @Test
    public void warnsAboutTheStock() {
        System.err.println(System.getenv("ZOO_STDERR"));
    }

    @Test
    public void logsTheGatewayCall() {
        LOG.warn(System.getenv("ZOO_LOG"));
    }

    @Test
    public void comparesTheAnswer() {
        assertEquals(System.getenv("ZOO_ACTUAL"), System.getenv("ZOO_EXPECTED"));
    }

    @Test
    public void refusesTheCard() {
        if (!System.getenv("ZOO_LEAKY").isEmpty()) {
            throw new IllegalStateException(System.getenv("ZOO_ERROR"));
        }
    }

    @Test
    public void storesTheProfile() throws Exception {
        Files.writeString(Path.of(System.getenv("OUT"), "profile.json"), System.getenv("ZOO_BODY"));
    }

    @DataProvider
    public Object[][] logins() {
        return new Object[][] {{System.getenv("ZOO_PARAM")}, {"guest"}};
    }

    @Test(dataProvider = "logins")
    public void acceptsTheLogin(String login) {
        assertNotNull(login);
    }
}
