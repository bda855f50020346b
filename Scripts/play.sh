# Read by the scripts that play a story in a Git repository made for it. Such a script says in `session` what is typed, and
# calls `play_story PAGE "$@"`: that prints each command with what it says, with --page the page as it then reads, and with --write
# brings the page up to date.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
# shellcheck shell=bash

# shellcheck disable=SC2034  # for the stories
root=$PWD
triglyph=$(realpath "${TRIGLYPH:-.build/release/triglyph}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The user's own settings of Git, and the day, must not matter.
export LC_ALL=C TZ=UTC COLUMNS=80 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
mkdir "$scratch/bin" "$scratch/repository"
ln -s "$triglyph" "$scratch/bin/triglyph"
export PATH=$scratch/bin:$PATH

# Who commits, and on which day.
commits_as() {
  export GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$2 GIT_AUTHOR_DATE=$3
  export GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$2 GIT_COMMITTER_DATE=$3
}

# A command as it is typed, and all that it writes; `check` and `diff` have a status of their own when they find something.
play() {
  printf '$ %s\n' "$1"
  bash -o pipefail -c "$1" 2>&1 </dev/null || [[ $? -eq 1 ]]
}

# The commands of one block.
step() {
  local command
  printf '%s\n' "$mark"
  for command; do play "$command"; done
}

play_story() {
  local page=$1
  shift
  case ${1:-} in
    '')
      mark=
      session
      ;;
    --write | --page)
      mark=$'\f'
      (session) >"$scratch/session"
      # The nth block of the page becomes the nth of the session. A longer fence is for output that has fences itself.
      awk -v RS=$'\f\n' 'NR > 1 { printf "%s", $0 > sprintf("%s.%d", FILENAME, NR - 1) }' "$scratch/session"
      awk -v blocks="$scratch/session." '
        !inside && /^````?console$/ {
          print; fence = substr($0, 1, length($0) - 7); name = blocks (++n); inside = 1
          while ((getline line < name) > 0) print line
          next
        }
        $0 == fence { inside = 0 }
        !inside' "$page" >"$scratch/page"
      if [[ $1 == --page ]]; then cat "$scratch/page"; else cat "$scratch/page" >"$page"; fi
      ;;
    *)
      echo "$(basename "$0" .sh): the options are --page and --write" >&2
      exit 2
      ;;
  esac
}
