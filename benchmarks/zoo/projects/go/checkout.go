// Package checkout is what the shop sells with.
package checkout

import "unicode"

// Config is read from the environment.
type Config struct {
	User     string
	Password string
	Token    *string
}

// PasswordIsStrong asks for twelve characters, one of them no letter.
func PasswordIsStrong(password string) bool {
	for _, sign := range password {
		if !unicode.IsLetter(sign) {
			return len(password) >= 12
		}
	}
	return false
}
