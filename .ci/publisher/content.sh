#!/bin/sh
# What the CI of a district's project does with its content. The workflow files beside this script only call it.
#
#   content.sh review BASE    check, what the change since BASE touches (impact.md), and a preview (preview/)
#   content.sh publish DIR    build, verify and publish to DIR, a folder that the web server reads (DIR/current)
#   content.sh due            what is due, as text; fails where something is overdue
#
# FORMAT is the format of the problems: text, github, sarif, json.
set -eu
cd "$(dirname "$0")/../.."
sh .ci/set-up.sh requirements.lock
tongchuang=.venv/bin/tongchuang

review() {
    status=0
    "$tongchuang" check --base "$1" --format "${FORMAT:-text}" || status=$?
    # What a change touches is worth knowing even where the check finds mistakes; it says itself why it can't tell.
    # 1 is a rule that the change breaks, such as a fee without a basis.
    "$tongchuang" impact --base "$1" --format markdown >impact.md || {
        broken=$?
        [ "$status" -ne 0 ] || status=$broken
    }
    cat impact.md
    [ "$status" -eq 0 ] || return "$status"
    "$tongchuang" build --site-dir preview
}

case "${1:-} $#" in
    "review 2") review "$2" ;;
    "publish 2")
        "$tongchuang" build
        "$tongchuang" publish "$2"
        ;;
    "due 1") "$tongchuang" due --strict ;;
    *)
        sed -n 's/^#   //p' "$0" >&2
        exit 2
        ;;
esac
