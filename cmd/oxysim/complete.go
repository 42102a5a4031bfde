package main

import (
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"oxysim/scenarios"
	"oxysim/study"
)

// completeScenario completes the name of a ready-made scenario, or the path of
// a file.
func completeScenario(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return scenarios.Ready(), cobra.ShellCompDirectiveDefault
}

// completeHospital completes the name of a hospital of the scenario that has
// been typed.
func completeHospital(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	return thingsOf(args, func(s *study.Subject) []string { return slices.Sorted(maps.Keys(s.File.Hospital)) })
}

// completes makes the values of a flag be completed.
func completes(cmd *cobra.Command, flag string, by cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, by); err != nil {
		panic(err) // there is no such flag
	}
}

// thingsOf completes names of a scenario that has been typed.
func thingsOf(args []string, of func(s *study.Subject) []string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	s, problems := study.Open(args[0])
	if len(problems) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return of(s), cobra.ShellCompDirectiveNoFileComp
}
