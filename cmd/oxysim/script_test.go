package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"oxysim": main})
}

// The scripts in testdata/script say what each subcommand does, with its exit
// status. GOLDEN=update writes what is compared with. Those that simulate much
// are left out where that would take long.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("GOLDEN") == "update",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(cond string) (bool, error) {
			if cond != "slow" {
				return false, fmt.Errorf("there is no condition %q", cond)
			}
			return checked || testing.Short(), nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":     exits,
			"interrupt": interrupt,
			"cut":       cut,
			"closed":    closed,
			"twice":     twice,
		},
	})
}

// exits runs a program and wants an exit status: exits 3 oxysim run district.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status program args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("got exit status %d, want %d", got, want)
	}
}

// command returns a program of the script, to be started.
func program(ts *testscript.TestScript, args []string) *exec.Cmd {
	path := args[0]
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if full := filepath.Join(dir, args[0]); fileExists(full) {
			path = full
			break
		}
	}
	cmd := exec.Command(path, args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME")}
	return cmd
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// interrupt starts a program with --progress, interrupts it when it tells of
// progress, and wants the exit status of an interrupted run. What it wrote is
// in the files interrupt.out and interrupt.err.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	cmd := program(ts, append(args, "--progress"))
	var out, errs bytes.Buffer
	cmd.Stdout = &out
	pipe, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	lines := bufio.NewReader(pipe)
	for {
		line, err := lines.ReadString('\n')
		errs.WriteString(line)
		if err != nil {
			ts.Fatalf("it ended before it told of progress: %s", &errs)
		}
		if strings.Contains(line, "replications") && strings.Contains(line, "Ctrl-C") {
			break
		}
	}
	ts.Check(cmd.Process.Signal(os.Interrupt))
	_, err = io.Copy(&errs, lines)
	ts.Check(err)
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		ts.Fatalf("got %v, want exit status %d; it said: %s", err, exitInterrupted, &errs)
	}
	ts.Check(os.WriteFile(ts.MkAbs("interrupt.out"), out.Bytes(), 0o666))
	ts.Check(os.WriteFile(ts.MkAbs("interrupt.err"), errs.Bytes(), 0o666))
}

// twice starts a program, interrupts it, and interrupts it again as soon as it
// says what it does about that. It wants the exit status of an interrupted run,
// soon.
func twice(ts *testscript.TestScript, neg bool, args []string) {
	cmd := program(ts, args)
	pipe, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	time.Sleep(time.Second) // until it simulates
	ts.Check(cmd.Process.Signal(os.Interrupt))
	line, err := bufio.NewReader(pipe).ReadString('\n')
	ts.Check(err)
	if !strings.Contains(line, "Ctrl-C again to stop now") {
		ts.Fatalf("it said %q", line)
	}
	begun := time.Now()
	ts.Check(cmd.Process.Signal(os.Interrupt))
	err = cmd.Wait()
	var exit *exec.ExitError
	if took := time.Since(begun); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted || took > 3*time.Second {
		ts.Fatalf("got %v after %v, want exit status %d at once", err, took, exitInterrupted)
	}
}

// cut cuts the last so many bytes off a file: cut 10 file.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[1]), info.Size()-n))
}

// closed runs a program whose output nobody reads, and wants it to end without
// a word: closed oxysim trace district.
func closed(ts *testscript.TestScript, neg bool, args []string) {
	cmd := program(ts, args)
	r, w, err := os.Pipe()
	ts.Check(err)
	var errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &errs
	ts.Check(r.Close())
	err = cmd.Run()
	ts.Check(w.Close())
	if errs.Len() > 0 || err == nil {
		ts.Fatalf("got %v and %q, want a failure without a word", err, &errs)
	}
	fmt.Fprintln(ts.Stdout(), err)
}
