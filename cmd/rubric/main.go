// Command rubric evaluates composite indicators that are written as documents.
package main

import (
	"os"

	"rubric/cmd/rubric/internal/cli"
)

func main() {
	os.Exit(cli.Run(os.Args[1:], cli.Standard()))
}
