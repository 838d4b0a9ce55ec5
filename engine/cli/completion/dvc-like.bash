# Completion of dvc-like in bash. In ~/.bashrc: source <(dvc-like completion bash)

_dvc_like() {
  # Stage names hold "@", at which bash breaks words: the line is split here again, at blanks only.
  local line=${COMP_LINE:0:COMP_POINT}
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  local word=${words[${#words[@]} - 1]}
  # What readline is going to replace is only the end of the word: $2.
  local kept=${word%"$2"}
  local found
  COMPREPLY=()
  while IFS= read -r found; do
    if [[ $found == ':files' ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r found; do COMPREPLY+=("${found#"$kept"}"); done < <(compgen -f -- "$word")
      return
    fi
    found=${found%%$'\t'*}
    COMPREPLY+=("${found#"$kept"}")
  done < <("$1" complete -- "${words[@]:1}" 2>/dev/null)
}

complete -F _dvc_like dvc-like
