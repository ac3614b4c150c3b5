# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# env.sh BUILD - sourced by the scripts here: finds kith in the build folder and pins the surroundings.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(cd "$1" && pwd) || exit 1
bin=$build/src/cli
if [ ! -x "$bin/kith" ]; then
    echo "there is no $bin/kith; build first (./run build)" >&2
    exit 1
fi

# surround LOCALE ZONE THREADS COMMAND...: runs a command with nothing from the user's environment;
# today is 2025-01-01.
surround() {
    local locale=$1 zone=$2 threads=$3 name keep=()
    shift 3
    for name in ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS LOCPATH KITH_SANITIZED; do
        [ -z "${!name:-}" ] || keep+=("$name=${!name}")
    done
    env -i PATH="$bin:/usr/local/bin:/usr/bin:/bin" HOME="$PWD" TERM=dumb LC_ALL="$locale" TZ="$zone" \
        OMP_NUM_THREADS="$threads" SOURCE_DATE_EPOCH=1735689600 KITH_ROOT="$root" \
        DATA="$root/datasets" "${keep[@]}" "$@"
}
