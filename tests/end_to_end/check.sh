#!/usr/bin/env bash
# `proviso check`: what it says, where, in which form, and its exit codes.
source "$(dirname "$0")/common.sh" "$@"
cd "$root/tests/golden/diagnostics" || exit 1

# A library without mistakes.
run check "$root/policies"
exits_with 0
is_silent
complains "all well"

# Five mistakes: five errors, each on its line.
run check five_mistakes.policy
exits_with 1
is_silent
equal "$(grep -c '^five_mistakes.policy:[0-9]*:[0-9]*: error\[P[0-9]*\]: ' "$work/err")" 5 "errors"
equal "$(sed -n 's/^five_mistakes.policy:\([0-9]*\):.* error.*/\1/p' "$work/err" | tr '\n' ' ')" \
  "$(grep -n '# mistake: ' five_mistakes.policy | cut -d: -f1 | tr '\n' ' ')" "their lines"
complains "5 errors"
complains 'help: did you mean `smoke_free`?'

# The forms for programs.
run check --format plain five_mistakes.policy
exits_with 1
equal "$(grep -c ': error\[' "$work/err")" 5 "errors in plain form"
run check --format json five_mistakes.policy
exits_with 1
prints '"code":'
prints 'P0104'
run check --format sarif five_mistakes.policy
exits_with 1
prints '"version":'
prints '2.1.0'
run check --format json "$root/policies"
exits_with 0

# No colour into a pipe.
run check five_mistakes.policy
equal "$(grep -c $'\033' "$work/err")" 0 "lines with terminal controls"

# Warnings alone do not fail.
run check P0509_no_source.policy
exits_with 0
complains "warning[P0509]"
complains "1 warning"

# Several paths; a folder to any depth.
sed 's/^library example$/library other/' P0509_no_source.policy >"$work/other.policy"
run check "$work/other.policy" five_mistakes.policy
exits_with 1
complains "5 errors, 1 warning"
mkdir -p "$work/deep/er"
cp P0201_unknown_name.policy "$work/deep/er"
run check "$work/deep"
exits_with 1
complains "deep/er/P0201_unknown_name.policy:17:16: error[P0201]"

# The columns of a table's file are found by their names, and by nothing else where a name says two things.
cat >"$work/tables.policy" <<'POLICY'
library example
table limit(value number) -> number from "limit.csv"
POLICY
printf 'value,limit\n1,35\n' >"$work/limit.csv"
run eval "$work/tables.policy" 'limit(1)'
equal "$out" 35 "value of a table that is looked up by \`value\`"
printf 'note,value,limit,note\na,1,35,b\n' >"$work/limit.csv"
run eval "$work/tables.policy" 'limit(1)'
equal "$out" 35 "value beside columns that the table does not name"
printf 'value,limit,limit\n1,35,40\n' >"$work/limit.csv"
run check "$work/tables.policy"
exits_with 1
complains 'error[P0603]: `limit.csv`: its header has two columns `limit`'

# What cannot be read.
run check no_such_folder
exits_with 1
complains "error[P0001]"
mkdir "$work/linked"
cp P0509_no_source.policy "$work/linked/a.policy"
ln -s ../deep/er/P0201_unknown_name.policy "$work/linked/b.policy"
ln -s nowhere.policy "$work/linked/c.policy"
ln -s c.policy "$work/linked/d.policy"
ln -s e.policy "$work/linked/e.policy"
mkdir "$work/linked/folder.policy"
ln -s somebody@somewhere.1:2 "$work/linked/.#a.policy"   # as editors say that a file is open
run check "$work/linked"
exits_with 1
complains "linked/b.policy:17:16: error[P0201]"
for link in c d e; do complains "\`$work/linked/$link.policy\` cannot be read"; done
equal "$(grep -c 'error\[P0001\]' "$work/err")" 3 "files that cannot be read"
run check folder_without_policies
exits_with 1
complains "error[P0004]"

# A wrong command line.
run check
exits_with 2
run check --format html five_mistakes.policy
exits_with 2
run check --no-such-option five_mistakes.policy
exits_with 2
run
exits_with 2
complains 'say which command: check, decide, '
# What there is not is named, and asking for help does not hide it.
run chek five_mistakes.policy
exits_with 2
complains 'there is no command `chek`; did you mean `check`?'
run nosuch --help
exits_with 2
is_silent
complains 'there is no command `nosuch`'
run --verison
exits_with 2
complains 'there is no option `--verison` without a command'

# Help.
run --help
exits_with 0
for command in check decide test diff eval show schema explain; do prints "$command"; done
for command in check decide test diff eval show schema explain; do
  run "$command" --help
  exits_with 0
  prints "Usage: proviso $command"
done
run --version
exits_with 0
prints "0."

finish
