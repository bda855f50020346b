#!/usr/bin/env bash
# Runs everything that a page shows, in an empty folder of its own, and prints the page as it then reads. With
# --write, puts that into the page; otherwise nothing here is changed.
#
#   Scripts/pages.sh docs/modelling.md             # prints the page
#   Scripts/pages.sh --write docs/modelling.md     # brings it up to date
#
# A block between fences is run, or says why not. In the line above it stands, as a comment of HTML,
#
#   file: PATH          the block is a file: written there, in place of what was there
#   add to: PATH        the block is a document more in that file
#   part of: PATH       the block stands in that file, word for word, at whatever indentation
#   each line runs      each line is a command that has to succeed, or to find something, as of 2026-12-01; what it writes is
#                       not shown
#   excerpt             a command after `$ `, and parts of what it writes, one after the other; `…` stands for the rest
#   not run: REASON     the block is only read
#
# Paths begin where the last command left off; `cd` stays.
#
# A `console` block needs no such line: each line that begins with `$ ` is a command, run by bash, and what it writes follows.
# A line `run: COMMAND` is a command that the page does not show; it has to succeed, and to say nothing. `$SHIPPED` is the
# shipped repository. Below `values: OPTIONS` stands a table whose first cell is an expression and whose second is what
# `triglyph query OPTIONS` answers; `;` parts rows.
#
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

export SHIPPED=$root
commits_as 'Design Authority' authority@example.org 2026-12-01T09:00:00Z

here() { printf '%s:%d: %s\n' "$page" "$number" "$1" >&2; exit 2; }

# One command where the last one left off, with all that it writes; a command that finds something may say so by 1, and one
# that cannot read its input by 2, unless a second argument allows less.
command_says() {
  local status=0
  bash -o pipefail -c "cd \"\$(cat '$scratch/place')\" && $1"$'\n''status=$?; pwd >'"'$scratch/place'"'; exit $status' 2>&1 </dev/null ||
    status=$?
  [[ $status -le ${2:-2} ]] || here "status $status: $1"
}

value_of() {
  (cd "$(cat "$scratch/place")" && eval "triglyph query --no-headings -f tsv $2 \"\$1\"" 2>"$scratch/complaint") >"$scratch/value" </dev/null ||
    here "$1: $(cat "$scratch/complaint")"
  sed -e 's/[[:space:]]*$//' -e 's/\t/ /g' "$scratch/value" | paste -s -d ';' | sed 's/;/; /g'
}

# A command that is shown without a day must not depend on the day on which the page is run.
mkdir "$scratch/dated"
cat >"$scratch/dated/triglyph" <<'SH'
#!/usr/bin/env bash
if [[ " $* " != *' --as-of '* && $("$TRIGLYPH_UNDATED" "${1:-}" ${2:+"$2"} --help 2>/dev/null) == *--as-of* ]]; then
  set -- "$@" --as-of 2026-12-01
fi
exec "$TRIGLYPH_UNDATED" "$@"
SH
chmod +x "$scratch/dated/triglyph"
export TRIGLYPH_UNDATED=$triglyph

# The parts between `…` stand in what the command of the first line writes, in their order.
excerpt() {
  local line part='' all
  line=${1%%$'\n'*}
  [[ $line == '$ '* ]] || here 'an excerpt begins with its command'
  all=$(command_says "${line#'$ '}")
  while IFS= read -r line; do
    if [[ $line != … ]]; then
      part+=$line$'\n'
      continue
    fi
    contains_part
  done <<<"${1#*$'\n'}"
  contains_part
}

contains_part() {
  local text=$part
  part=''
  while [[ $text == $'\n'* ]]; do text=${text#$'\n'}; done
  while [[ $text == *$'\n' ]]; do text=${text%$'\n'}; done
  [[ $all == *"$text"* ]] || here "the command does not write, or not in this order: $text"
  all=${all#*"$text"}
}

# What stands in a block is written, compared or run.
block() {
  local file said place=''
  place=$(cat "$scratch/place")
  case $task in
    'file: '*)
      file=$place/${task#file: }
      mkdir -p "$(dirname "$file")"
      printf '%s' "$text" >"$file"
      ;;
    'add to: '*)
      file=$place/${task#add to: }
      [[ -f $file ]] || here "there is no file ${task#add to: } to add to"
      printf -- '---\n%s' "$text" >>"$file"
      ;;
    'part of: '*)
      file=$place/${task#part of: }
      # shellcheck disable=SC2016 # a page writes the name, not what it stands for
      [[ $task == 'part of: $SHIPPED/'* ]] && file=$root/${task#'part of: $SHIPPED/'}
      [[ -f $file ]] || here "there is no file ${task#part of: }"
      strip() { sed -E -e 's/^[[:space:]]+//' -e '/^$/d'; }
      [[ $'\n'$(strip <"$file")$'\n' == *$'\n'"$(printf '%s' "$text" | strip)"$'\n'* ]] ||
        here "this does not stand in ${task#part of: }"
      ;;
    'each line runs')
      while IFS= read -r file; do
        said=$(PATH=$scratch/dated:$PATH command_says "$file" 1) || { printf '%s\n' "$said" >&2; exit 2; }
      done <<<"${text%$'\n'}"
      ;;
    excerpt) excerpt "$text" ;;
    'not run: '?*) ;;
    *) here 'the block above is not run, and nothing says why' ;;
  esac
}

play_page() {
  local line='' fence='' language='' task='' text='' options='' shown='' row rest
  # shellcheck disable=SC2016 # backticks of Markdown
  local asked='^\| `([^`]+)` \| `([^`]*)` \|(.*)$'
  local told='^<!-- (((file|add to|part of|not run): .*)|each line runs|excerpt) -->$'
  page=$1 number=0
  rm -rf "$scratch/repository"
  mkdir "$scratch/repository"
  printf '%s\n' "$scratch/repository" >"$scratch/place"
  while IFS= read -r line; do
    number=$((number + 1))
    if [[ -n $fence ]]; then
      if [[ $line == "$fence" ]]; then
        fence=''
        [[ $language == console && -z $task ]] || block
        task=''
      elif [[ $language == console && -z $task ]]; then
        [[ $line == '$ '* ]] || continue
        printf '%s\n' "$line"
        command_says "${line#'$ '}"
        continue
      else
        text+=$line$'\n'
      fi
    elif [[ $line =~ ^(\`\`\`+)([a-z]*)$ ]]; then
      fence=${BASH_REMATCH[1]} language=${BASH_REMATCH[2]} text=''
    elif [[ $line =~ ^'<!-- run: '(.*)' -->'$ ]]; then
      shown=$(command_says "${BASH_REMATCH[1]}")
      [[ -z $shown ]] || here "$shown"
    elif [[ $line =~ ^'<!-- values:'(.*)' -->'$ ]]; then
      options=${BASH_REMATCH[1]:- }
    elif [[ $line =~ $told ]]; then
      task=${BASH_REMATCH[1]}
    elif [[ -n $task ]]; then
      here "a block has to follow \`$task\`"
    elif [[ -n $options && $line =~ $asked ]]; then
      row=${BASH_REMATCH[1]} rest=${BASH_REMATCH[3]}
      shown=$(value_of "${row//\\|/|}" "$options")
      line="| \`$row\` | \`${shown//|/\\|}\` |$rest"
    elif [[ -z $line && $shown != '' ]]; then
      options='' shown=''
    fi
    printf '%s\n' "$line"
  done <"$page"
  [[ -z $fence ]] || here 'a block is not closed'
}

write=''
if [[ ${1:-} == --write ]]; then
  write=yes
  shift
fi
[[ $# -gt 0 && $1 != -* ]] || { echo 'pages: name the pages, after --write or without' >&2; exit 2; }
for name; do
  play_page "$name" >"$scratch/page"
  if [[ -n $write ]]; then cat "$scratch/page" >"$name"; else cat "$scratch/page"; fi
done
