package shop;

import static org.junit.Assert.assertEquals;

import java.util.logging.Logger;
import net.serenitybdd.core.Serenity;
import net.serenitybdd.junit.runners.SerenityRunner;
import org.junit.Test;
import org.junit.runner.RunWith;

@RunWith(SerenityRunner.class)
public class CheckoutTest {
    @Test
    public void printsTheReceipt() {
        System.out.println(System.getenv("ZOO_STDOUT"));
    }

    @Test
    public void loadsTheConfiguration() {
        System.out.println(System.getenv("ZOO_CONFIG"));
    }

    @Test
    public void warnsAboutTheStock() {
        System.err.println(System.getenv("ZOO_STDERR"));
    }

    @Test
    public void logsTheGatewayCall() {
        Logger.getLogger("shop").info(System.getenv("ZOO_LOG"));
    }

    @Test
    public void comparesTheAnswer() {
        assertEquals(System.getenv("ZOO_EXPECTED"), System.getenv("ZOO_ACTUAL"));
    }

    @Test
    public void refusesTheCard() {
        if (!System.getenv("ZOO_LEAKY").isEmpty()) {
            throw new IllegalStateException(System.getenv("ZOO_ERROR"));
        }
    }

    @Test
    public void storesTheProfile() throws Exception {
        Serenity.recordReportData().withTitle("profile").andContents(System.getenv("ZOO_BODY"));
    }
}
