package checkout

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

func TestPrintsTheReceipt(t *testing.T) {
	fmt.Println(os.Getenv("ZOO_STDOUT"))
}

func TestLoadsTheConfiguration(t *testing.T) {
	t.Log(os.Getenv("ZOO_CONFIG"))
	t.Logf("%+v", Config{User: "guest"})
}

func TestWarnsAboutTheStock(t *testing.T) {
	fmt.Fprintln(os.Stderr, os.Getenv("ZOO_STDERR"))
}

func TestLogsTheGatewayCall(t *testing.T) {
	log.SetFlags(log.LstdFlags | log.Lshortfile)
	log.Println(os.Getenv("ZOO_LOG"))
}

func TestComparesTheAnswer(t *testing.T) {
	if got, want := os.Getenv("ZOO_ACTUAL"), os.Getenv("ZOO_EXPECTED"); got != want {
		t.Errorf("got %q, want %q", got, want) // ZOO_ACTUAL
	}
}

func TestRefusesTheCard(t *testing.T) {
	if os.Getenv("ZOO_LEAKY") != "" {
		t.Fatalf("charge: %v", fmt.Errorf("%s", os.Getenv("ZOO_ERROR")))
	}
}

func TestStoresTheProfile(t *testing.T) {
	path := filepath.Join(os.Getenv("OUT"), "profile.json")
	if err := os.WriteFile(path, []byte(os.Getenv("ZOO_BODY")), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAcceptsTheLogin(t *testing.T) {
	for _, login := range []string{os.Getenv("ZOO_PARAM"), "guest"} {
		t.Run(login, func(t *testing.T) { t.Log("pass") })
	}
}

func TestOpensTheOrderPage(t *testing.T) {
	answer, err := http.Get(os.Getenv("ZOO_URL") + os.Getenv("ZOO_QUERY"))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	t.Log(answer.Request.URL, answer.Status, len(body)) // ZOO_QUERY
}

func TestPasswordIsStrong(t *testing.T) {
	for name, password := range map[string]string{"empty": "", "short": "1"} {
		t.Run(name, func(t *testing.T) {
			if PasswordIsStrong(password) {
				t.Error("is not")
			}
		})
	}
}

func BenchmarkPasswordIsStrong(b *testing.B) {
	for i := 0; i < b.N; i++ {
		PasswordIsStrong("")
	}
}
