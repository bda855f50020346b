/// The script that completes for Bash, with ids that are written with their kind.
enum BashCompletion {
  static let registration = "complete -o filenames -F _triglyph triglyph\n"

  /// Bash breaks words at colons: before the script sees them they are put together, and what stands before the last
  /// colon is taken from what the script answers.
  static func joiningKinds(_ script: String) -> String {
    guard script.hasSuffix(registration) || script.hasSuffix(registration.dropLast()) else { return script }
    return script.replacing(
      registration.dropLast(),
      with: joining + registration.dropLast().replacing("_triglyph ", with: "_triglyph_joined "))
  }

  private static let joining = #"""
    # Ids are written `kind:id`, and Bash breaks words at a colon.
    _triglyph_joined() {
        local -a joined=()
        local -i index place=0 goes_on=0
        for index in "${!COMP_WORDS[@]}"; do
            if [[ ${#joined[@]} -gt 0 && ( goes_on -eq 1 || ${COMP_WORDS[index]} == :* ) ]]; then
                joined[${#joined[@]}-1]+=${COMP_WORDS[index]}
            else
                joined+=("${COMP_WORDS[index]}")
            fi
            goes_on=0
            if [[ ${COMP_WORDS[index]} == :* ]]; then goes_on=1; fi
            if [[ ${index} -eq ${COMP_CWORD} ]]; then place=$((${#joined[@]} - 1)); fi
        done
        local -a COMP_WORDS=("${joined[@]}")
        local -i COMP_CWORD=${place}
        local -r whole=${joined[place]}
        _triglyph "${1}" "${whole}" "${joined[place > 0 ? place - 1 : 0]}"
        if [[ ${whole} == *:* && ${COMP_WORDBREAKS} == *:* ]]; then
            COMPREPLY=("${COMPREPLY[@]#"${whole%"${whole##*:}"}"}")
        fi
    }


    """#
}
