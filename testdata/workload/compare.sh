#!/usr/bin/env bash
# Runs the common workload side by side: rubric, numpy and polars in turn, in one run on one machine, and prints the medians.
#
#   testdata/workload/compare.sh DIR RUNS N...
#
# DIR holds or gets the data. Needs Go, GNU time, python3 with numpy (Debian: python3-numpy, time) and Node.js with
# nodejs-polars on NODE_PATH. Every tool prints a check value; they must agree.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dir=$1 runs=$2; shift 2
mkdir -p "$dir"
(cd "$root" && CGO_ENABLED=0 go build -trimpath -o "$dir/rubric" ./cmd/rubric)

# once LABEL N COMMAND...: one run; appends label, size, compute, load, process seconds, peak MiB, check.
once() {
  local label=$1 n=$2; shift 2
  /usr/bin/time -f '%e %M' -o "$dir/time" "$@" >"$dir/out" 2>"$dir/err"
  local wall rss compute load check
  read -r wall rss <"$dir/time"
  if [ "$label" = rubric ]; then
    compute=$(seconds "$(awk '$1 == "evaluate" {print $2}' "$dir/err")")
    load=$(seconds "$(awk '$1 == "load" {print $2}' "$dir/err")")
    check=$(awk -F, 'NR > 1 {c = (c + (NR - 1) * $7) % 1000000007} END {printf "%d", c}' "$dir/scores.csv")
  else
    compute=$(sed -nE 's/.*compute=([0-9.]+).*/\1/p' "$dir/out")
    load=$(sed -nE 's/.*load=([0-9.]+).*/\1/p' "$dir/out")
    check=$(sed -nE 's/.*check=([0-9]+).*/\1/p' "$dir/out")
  fi
  echo "$label $n $compute $load $wall $((rss / 1024)) $check" >>"$dir/results"
}

seconds() { # 12.3ms or 1.08s
  case $1 in *ms) awk "BEGIN {print ${1%ms} / 1000}" ;; *) echo "${1%s}" ;; esac
}

median() { # label n column
  awk -v l="$1" -v n="$2" -v c="$3" '$1 == l && $2 == n {print $c}' "$dir/results" | sort -g | awk '{x[NR] = $1} END {printf "%.3g", x[int((NR + 1) / 2)]}'
}

: >"$dir/results"
for n in "$@"; do
  [ -f "$dir/vars_$n.csv" ] || /usr/bin/python3 "$here/peers/gen_data.py" "$dir" "$n"
  for _ in $(seq "$runs"); do
    once rubric "$n" "$dir/rubric" score "$here" --data "$dir/vars_$n.csv" --level index --format csv --stats -o "$dir/scores.csv"
    once numpy "$n" /usr/bin/python3 "$here/peers/pipe_numpy.py" "$dir" "$n"
    once polars "$n" node "$here/peers/pipe_polars.js" "$dir" "$n"
  done
done

echo '| units | tool | compute s | load s | process s | peak MiB | check |'
echo '|---:|---|---:|---:|---:|---:|---:|'
for n in "$@"; do
  for tool in rubric numpy polars; do
    echo "| $n | $tool | $(median $tool "$n" 3) | $(median $tool "$n" 4) | $(median $tool "$n" 5) | $(median $tool "$n" 6) | $(awk -v l=$tool -v n="$n" '$1 == l && $2 == n {print $7}' "$dir/results" | sort -u | paste -sd' ') |"
  done
done
