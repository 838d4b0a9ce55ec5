# Completion of dvc-like in fish. In ~/.config/fish/config.fish: dvc-like completion fish | source

function __dvc_like_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found ($words[1] complete -- $words[2..-1] 2>/dev/null)
    if test "$found[1]" = ':files'
        __fish_complete_path (commandline -ct)
    else if set -q found[1]
        printf '%s\n' $found
    end
end

complete -c dvc-like -f -k -a '(__dvc_like_complete)'
