package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"oxysim/scenarios/quantity"
	"oxysim/study"
)

// command is a call of oxysim: what it was given and where it writes.
type command struct {
	args   []string
	stdin  io.Reader
	stdout io.Writer // the answer
	stderr io.Writer // progress and errors
}

// run carries out a call and returns its exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (exit int) {
	c := &command{args, stdin, stdout, stderr}
	defer func() {
		if v := recover(); v != nil {
			c.explainPanic(v)
			exit = exitInternal
		}
	}()
	root := c.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err != nil {
		c.explain(err)
	}
	return status(err)
}

// Groups of subcommands, in the order of the help.
const (
	groupAnswer = "answer"
	groupLook   = "look"
	groupBegin  = "begin"
)

// root returns the command with its subcommands.
func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "oxysim",
		Short: "Simulate how medical oxygen reaches patients in cylinders",
		Long: `oxysim simulates how oxygen is made, filled into cylinders, carried over roads and used in
hospitals, many times over, and says how likely it is that somebody runs out.`,
		Example: "  oxysim run district              what happens in a ready-made scenario\n" +
			"  oxysim new mine -o mine.toml     a file of your own to start from",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			formatByEnding(cmd.Flags())
			return twoFiles(cmd.Flags())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return unknownCommand(cmd, args[0])
		},
	}
	root.AddGroup(
		&cobra.Group{ID: groupAnswer, Title: "Answer questions"},
		&cobra.Group{ID: groupLook, Title: "Look closer"},
		&cobra.Group{ID: groupBegin, Title: "Begin"},
	)
	root.AddCommand(
		c.runCommand(), c.forecastCommand(), c.whyCommand(), c.mergeCommand(), c.compareCommand(), c.planCommand(), c.sweepCommand(), c.rareCommand(),
		c.reportCommand(),
		c.checkCommand(), c.traceCommand(), c.plotCommand(), c.verifyCommand(),
		c.newCommand(), c.importCommand(), c.exportCommand(), c.scenariosCommand(), c.schemaCommand(), c.versionCommand(),
	)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommandGroupID(groupBegin)
	root.SetCompletionCommandGroupID(groupBegin)
	strict(root)
	return root
}

// unknownCommand says that there is no such subcommand, with a guess.
func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, sub := range root.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	if guess := quantity.Guess(name, names); guess != "" {
		return bad("there is no command %q (did you mean %q?)", name, guess)
	}
	return bad("there is no command %q; want one of %s", name, strings.Join(names, ", "))
}

// strict makes the subcommands that cobra adds refuse what they do not know.
func strict(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, sub := range root.Commands() {
		switch sub.Name() {
		case "help":
			sub.Args = func(_ *cobra.Command, args []string) error {
				if _, rest, err := root.Find(args); err != nil || len(rest) > 0 {
					return unknownCommand(root, args[0])
				}
				return nil
			}
		case "completion":
			sub.Args = cobra.ArbitraryArgs
			sub.RunE = func(cmd *cobra.Command, args []string) error {
				if len(args) == 0 {
					return cmd.Help()
				}
				return unknownCommand(cmd, args[0])
			}
		}
	}
}

// flagError says what is wrong with a flag, with a guess if it is unknown.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if guess := quantity.Guess(name, names); guess != "" && len(name) > 1 {
			return bad("there is no flag --%s (did you mean --%s?)", name, guess)
		}
		return bad("%v; see oxysim %s --help", err, cmd.Name())
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		if f.Value.Type() == "bool" {
			return bad("--%s: want true or false, not %q", f.Name, invalid.GetValue())
		}
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand
		}
		if reason := errors.Unwrap(invalid); !errors.As(reason, new(*strconv.NumError)) {
			return bad("%s: %v", name, reason)
		}
		return bad("%s: want a number, not %q", name, invalid.GetValue())
	}
	return bad("%v; see oxysim %s --help", err, cmd.Name())
}

// exactly makes a subcommand take n arguments, of which it says what they are.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return bad("want %s, not %s; see oxysim %s --help", what, plural(len(args), "argument"), cmd.Name())
		}
		return nil
	}
}

// isTerminal reports whether somebody looks at what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// coloured reports whether the answer may have colours, and turns them on or
// off.
func (c *command) coloured(toFile bool) bool {
	_, no := os.LookupEnv("NO_COLOR")
	on := !toFile && !no && os.Getenv("TERM") != "dumb" && isTerminal(c.stdout)
	if on {
		text.EnableColors()
	} else {
		text.DisableColors()
	}
	return on
}

// resuming returns the call as it was typed, with --resume instead of what it
// was resumed from, if it was, unless what is known was saved there again.
func (c *command) resuming(from string, again bool) string {
	words := []string{"oxysim"}
	for _, a := range c.args {
		if a != "--resume" && !strings.HasPrefix(a, "--resume=") && (from == "" || a != from) {
			words = append(words, a)
		}
	}
	if again {
		return study.Words(append(words, "--resume="+from)...)
	}
	return study.Words(append(words, "--resume")...)
}

// someOf lists some names.
func someOf(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}
