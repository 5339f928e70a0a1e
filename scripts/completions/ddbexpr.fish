# SPDX-License-Identifier: Apache-2.0
# Completions of ddbexpr for fish. Made from its option tables.

# Whether the command is still to be written.
function __ddbexpr_first
    test (count (commandline -opc)) -eq 1
end

# Whether this is the command.
function __ddbexpr_is
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = $argv[1]
end

# A value inline, - or file://PATH.
function __ddbexpr_json
    set -l token (commandline -ct | string replace -r '^--[a-z-]+=' '')
    if string match -q 'file://*' -- $token
        for path in (string sub -s 8 -- $token)*
            test -d $path; and set path $path/
            echo file://$path
        end
    else
        echo file://
    end
end

complete -c ddbexpr -f
@COMMANDS@
complete -c ddbexpr -n __ddbexpr_first -l help -d 'lists the commands'
complete -c ddbexpr -n __ddbexpr_first -l version -d 'the version'
@OPTIONS@
