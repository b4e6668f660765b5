package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class CheckoutTest {
    private static final Logger LOG = LoggerFactory.getLogger(CheckoutTest.class);

    @Test
    void printsTheReceipt() {
        System.out.println(System.getenv("ZOO_STDOUT"));
    }

    @Test
    void loadsTheConfiguration() {
        System.out.println(System.getenv("ZOO_CONFIG"));
    }

    @Test
    void warnsAboutTheStock() {
        System.err.println(System.getenv("ZOO_STDERR"));
    }

    @Test
    void logsTheGatewayCall() {
        LOG.info(System.getenv("ZOO_LOG"));
    }

    @Test
    void comparesTheAnswer() {
        assertEquals(System.getenv("ZOO_EXPECTED"), System.getenv("ZOO_ACTUAL"));
    }

    @Test
    void refusesTheCard() {
        if (!System.getenv("ZOO_LEAKY").isEmpty()) {
            throw new IllegalStateException(System.getenv("ZOO_ERROR"));
        }
    }

    @Test
    void storesTheProfile() throws Exception {
        Files.writeString(Path.of(System.getenv("OUT"), "profile.json"), System.getenv("ZOO_BODY"));
    }

    @Test
    @DisplayName("a weak password is refused")
    void refusesWeakPasswords() {
        assertFalse(Passwords.isStrong(""));
    }

    @Test
    @Disabled("needs the secret store of the staging cluster")
    void rotatesThePassword() {}

    static Stream<String> logins() {
        return Stream.of(System.getenv("ZOO_PARAM"), "guest");
    }

    @ParameterizedTest
    @MethodSource("logins")
    void acceptsTheLogin(String login) {
        assertNotNull(login);
    }
}
