package main

import "github.com/spf13/cobra"

func (c *command) traceCommand() *cobra.Command { return &cobra.Command{Use: "trace"} }
