# SPDX-License-Identifier: Apache-2.0
# Completions of ddbexpr for bash. Made from its option tables.
# shellcheck shell=bash

# Paths that begin with $1, each with $2 before it. What has blanks in it is a reply, not several.
_ddbexpr_paths() {
    local path
    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do
        COMPREPLY+=("$2$path")
    done < <(compgen -f -- "$1")
}

_ddbexpr_words() {
    local word
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(compgen -W "$1" -- "$2")
}

# A value inline, - or file://PATH. Bash takes the colon for a word of its own.
_ddbexpr_json() {
    if [[ $1 == //* ]]; then
        _ddbexpr_paths "${1#//}" //
    elif [[ file:// == "$1"* ]]; then
        compopt -o nospace 2>/dev/null
        COMPREPLY=(file://)
    fi
}

_ddbexpr() {
@COMMANDS@
    COMPREPLY=()
    local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} options='' value='' arguments=''
    if ((COMP_CWORD == 1)); then
        _ddbexpr_words "$commands --help --version" "$current"
        return
    fi

    # The option that the word belongs to: --name=word and file://word are several words to bash.
    local before=$((COMP_CWORD - 1))
    if [[ $current == = || $current == : ]]; then
        current=''
    elif [[ ${COMP_WORDS[before]} == : && ${COMP_WORDS[before - 1]} == file ]]; then
        ((before -= 2))
    fi
    [[ ${COMP_WORDS[before]} != = ]] || ((before -= 1))

    case $command:${COMP_WORDS[before]} in
@VALUES@
    esac
    case $value in
    words\ *) _ddbexpr_words "${value#words }" "$current" ;;
    files) _ddbexpr_paths "$current" '' ;;
    json) _ddbexpr_json "$current" ;;
    esac
    [[ -z $value ]] || return 0

    if [[ $current == -* ]]; then
        case $command in
@OPTIONS@
        esac
        _ddbexpr_words "$options" "$current"
        return
    fi
    case $command in
@ARGUMENTS@
    esac
    case $arguments in
    @files) _ddbexpr_paths "$current" '' ;;
    *) _ddbexpr_words "$arguments" "$current" ;;
    esac
}

complete -F _ddbexpr ddbexpr
