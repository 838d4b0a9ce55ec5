#compdef dvc-like
# Completion of dvc-like in zsh. In ~/.zshrc, after compinit: source <(dvc-like completion zsh)

_dvc_like() {
  local -a found candidates
  local each
  found=("${(@f)$("$words[1]" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ $found[1] == ':files' ]]; then
    _files
    return
  fi
  for each in $found; do
    candidates+=("${${each%%$'\t'*}//:/\\:}:${each#*$'\t'}")
  done
  (( $#candidates )) && _describe -V 'dvc-like' candidates
}

if [[ $funcstack[1] == _dvc-like ]]; then
  _dvc_like "$@"
else
  compdef _dvc_like dvc-like
fi
