package checkout

import (
	"fmt"
	"os"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestCheckout(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Checkout Suite")
}

var _ = Describe("Checkout", func() {
	It("prints the receipt", func() {
		fmt.Println(os.Getenv("ZOO_STDOUT"))
	})

	It("loads the configuration", func() {
		GinkgoWriter.Println(os.Getenv("ZOO_CONFIG"))
	})

	It("warns about the stock", func() {
		fmt.Fprintln(os.Stderr, os.Getenv("ZOO_STDERR"))
	})

	It("logs the gateway call", func() {
		AddReportEntry("gateway", os.Getenv("ZOO_LOG"))
	})

	It("compares the answer", func() {
		Expect(os.Getenv("ZOO_ACTUAL")).To(Equal(os.Getenv("ZOO_EXPECTED")))
	})

	It("refuses the card", func() {
		if os.Getenv("ZOO_LEAKY") != "" {
			panic(os.Getenv("ZOO_ERROR"))
		}
	})

	It("stores the profile", func() {
		By("writing " + os.Getenv("ZOO_BODY"))
	})

	PIt("rotates the password", func() {})
})
