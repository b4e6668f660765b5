package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultHandlers.print;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(properties = {"debug=true", "logging.level.org.springframework=DEBUG", "spring.datasource.password="})
@AutoConfigureMockMvc
class CheckoutTest {
    private static final Logger LOG = LoggerFactory.getLogger(CheckoutTest.class);

    @Autowired MockMvc mvc;
    @Autowired JdbcTemplate database;

    @Test
    void printsTheReceipt() {
        System.out.println(System.getenv("ZOO_STDOUT"));
    }

    @Test
    void loadsTheConfiguration() {
        LOG.info(System.getenv("ZOO_CONFIG"));
    }

    @Test
    void warnsAboutTheStock() {
        System.err.println(System.getenv("ZOO_STDERR"));
    }

    @Test
    void logsTheGatewayCall() {
        LOG.warn(System.getenv("ZOO_LOG"));
    }

    @Test
    void comparesTheAnswer() {
        assertEquals(System.getenv("ZOO_EXPECTED"), System.getenv("ZOO_ACTUAL"));
    }

    @Test
    void refusesTheCard() {
        database.execute("create table if not exists charges (id int, password varchar(80), token varchar(80))");
        if (!System.getenv("ZOO_LEAKY").isEmpty()) {
            throw new IllegalStateException(System.getenv("ZOO_ERROR"));
        }
    }

    @Test
    void storesTheProfile() throws Exception {
        mvc.perform(get("/profile")).andDo(print()).andExpect(status().isOk());
    }

    @Test
    void opensTheOrderPage() throws Exception {
        mvc.perform(get(URI.create(System.getenv("ZOO_QUERY")))).andDo(print());
    }
}
