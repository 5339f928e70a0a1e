#compdef ddbexpr
# SPDX-License-Identifier: Apache-2.0
# Completions of ddbexpr for zsh. Made from its option tables.

# A value inline, - or file://PATH.
_ddbexpr_json() {
    if compset -P 'file://'; then
        _files
    else
        compadd -S '' -- file://
    fi
}

@OPTIONS@

_ddbexpr() {
    local -a commands
    commands=(
@COMMANDS@
    )
    if ((CURRENT == 2)); then
        _describe -t commands command commands
        return
    fi
    shift words
    ((CURRENT -= 1))
    if (($+functions[_ddbexpr_$words[1]])); then
        _ddbexpr_$words[1]
    fi
}

_ddbexpr "$@"
