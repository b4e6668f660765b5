package shop

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.io.File

private fun text(name: String) = System.getenv(name) ?: ""

class CheckoutSpec : StringSpec({
    "prints the receipt" {
        println(text("ZOO_STDOUT"))
    }

    "loads the configuration" {
        println(text("ZOO_CONFIG"))
    }

    "warns about the stock" {
        System.err.println(text("ZOO_STDERR"))
    }

    "logs the gateway call" {
        java.util.logging.Logger.getLogger("shop").info(text("ZOO_LOG"))
    }

    "compares the answer" {
        text("ZOO_ACTUAL") shouldBe text("ZOO_EXPECTED")
    }

    "refuses the card" {
        if (text("ZOO_LEAKY").isNotEmpty()) error(text("ZOO_ERROR"))
    }

    "stores the profile" {
        File(text("OUT"), "profile.json").writeText(text("ZOO_BODY"))
    }

    "!rotates the password" {
        error("needs the secret store of the staging cluster")
    }
})
