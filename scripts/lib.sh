# SPDX-License-Identifier: Apache-2.0
# What the scripts share: speaking, installing what is missing (Debian), configuring a build. Sourced, by bash.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Tools must not answer in another language, nor sort or fold letters by one.
unset LANGUAGE LC_CTYPE LC_COLLATE LC_MESSAGES LC_NUMERIC
export LANG=C.UTF-8 LC_ALL=C.UTF-8

say() {
    printf '== %s\n' "$*"
}

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# --- what must be there: a Debian package, and how to see that its content is there, wherever from ---

have_command() {
    command -v "$1" >/dev/null 2>&1
}

have_library() {
    pkg-config --exists "$1" 2>/dev/null
}

have_python() {
    python3 -c "import $1" 2>/dev/null
}

# Whether a compiler can build a program with these flags.
can_compile() {
    local folder status
    folder=$(mktemp -d) || return 1
    printf '#include <stdlib.h>\nint main(void) { return EXIT_SUCCESS; }\n' >"$folder/try.c"
    "$@" -o "$folder/try" "$folder/try.c" >/dev/null 2>&1
    status=$?
    rm -rf "$folder"
    return $status
}

have_package() {
    case $1 in
    autopkgtest) have_command autopkgtest ;;
    bison) have_command bison ;;
    clang) have_command clang ;;
    clang-format) have_command clang-format ;;
    clang-tidy) have_command clang-tidy ;;
    cmake) have_command cmake ;;
    dpkg-dev) have_command dpkg-source ;;
    fish) have_command fish ;;
    g++) have_command g++ ;;
    gcc) have_command gcc ;;
    gcovr) have_command gcovr ;;
    git) have_command git ;;
    libc6-dev) can_compile gcc ;;
    libclang-rt-14-dev) can_compile clang -fsanitize=address,undefined ;;
    libcmocka-dev) have_library cmocka ;;
    libjansson-dev) have_library jansson ;;
    libxml2-dev) have_library libxml-2.0 ;;
    libyaml-dev) have_library yaml-0.1 ;;
    libzstd-dev) have_library libzstd ;;
    lintian) have_command lintian ;;
    locales) have_command locale-gen ;;
    make) have_command make ;;
    mandoc) have_command mandoc ;;
    meson) have_command meson ;;
    musl-tools) have_command musl-gcc ;;
    ninja-build) have_command ninja ;;
    perl) have_command prove ;;
    pkg-config) have_command pkg-config ;;
    pre-commit) have_command pre-commit ;;
    python3) have_command python3 ;;
    python3-jsonschema) have_python jsonschema ;;
    python3-yaml) have_python yaml ;;
    re2c) have_command re2c ;;
    strace) have_command strace ;;
    valgrind) have_command valgrind ;;
    zlib1g-dev) have_library zlib ;;
    zsh) have_command zsh ;;
    *) dpkg -s "$1" >/dev/null 2>&1 ;;
    esac
}

# shellcheck disable=SC2034  # for those who source this file
build_packages=(gcc libc6-dev meson ninja-build pkg-config python3 re2c bison libjansson-dev libxml2-dev libyaml-dev
    zlib1g-dev libzstd-dev)
# shellcheck disable=SC2034
test_packages=(g++ clang-format clang-tidy cmake fish git libcmocka-dev locales make mandoc perl pre-commit
    python3-jsonschema python3-junitparser python3-yaml strace valgrind zsh)
# What the Python package is built with, and what it is tested with.
# shellcheck disable=SC2034
wheel_packages=(python3-build python3-setuptools python3-wheel)
# shellcheck disable=SC2034
python_packages=("${wheel_packages[@]}" mypy python3-boto3 python3-pip python3-pytest python3-venv)
# shellcheck disable=SC2034
clang_packages=(clang libclang-rt-14-dev)
# shellcheck disable=SC2034
coverage_packages=(gcovr)

# shellcheck disable=SC2034
static_packages=(cmake dpkg-dev make musl-tools)
# shellcheck disable=SC2034
debian_packages=(autopkgtest build-essential debhelper dpkg-dev fakeroot git lintian)

# Sets `missing` to those of the packages that are not there.
find_missing() {
    local package
    missing=()
    for package in "$@"; do
        have_package "$package" || missing+=("$package")
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}

# Installs what is missing of the packages, or says what is and ends.
require_packages() {
    find_missing "$@"
    [ ${#missing[@]} -gt 0 ] || return 0
    have_command apt-get || die "missing, and there is no apt-get to install it: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] && ! have_command sudo; then
        die "missing, and neither root nor sudo to install it: ${missing[*]}"
    fi
    say "installing ${missing[*]}"
    if ! apt_get install --no-install-recommends "${missing[@]}"; then
        say "fetching the lists of packages first"
        apt_get update && apt_get install --no-install-recommends "${missing[@]}"
    fi
    hash -r
    find_missing "$@"
    if [[ " ${missing[*]}" = *' python3-'* && $(command -v python3) != /usr/bin/python3 ]]; then
        say "$(command -v python3) does not see Debian's packages: put /usr/bin in front of it in PATH" >&2
    fi
    [ ${#missing[@]} -eq 0 ] || die "could not be installed: ${missing[*]}"
}

# Makes a locale that tests want, where it is missing. Where that fails, they say that they were skipped.
make_locale() {
    locale -a 2>/dev/null | grep -qix "${1/UTF-8/utf8}" && return 0
    as_root localedef -i "${1%%.*}" -f UTF-8 "$1" || say "$1 cannot be made"
}

# --- building ---

# configure DIRECTORY OPTION...: makes a build directory or brings an old one up to date, quietly.
configure() {
    local build=$1 log=$1.log
    shift
    mkdir -p "$(dirname "$build")"
    if [ -e "$build/build.ninja" ] && meson setup --reconfigure "$@" "$build" "$root" >"$log" 2>&1; then
        return 0
    fi
    # New, or left half-made, or by another meson, or for another place.
    rm -rf "$build"
    if ! meson setup "$@" "$build" "$root" >"$log" 2>&1; then
        cat "$log"
        return 1
    fi
}
