# Pages in a real browser: what they show, and how they look. Sourced after common.sh, by scripts that work from the
# root. UPDATE_GOLDEN=1 keeps the pictures in examples/.
# shellcheck shell=bash

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
checks=$((checks + 1))
[ -n "$browser" ] || { fail "no browser is installed" && exit 1; }

# browse PAGE ARGUMENT...: the browser without a window, which ends by itself. It may not reach any network.
browse() {
  local page=$1
  shift
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars --no-first-run \
    --disable-background-networking --disable-component-update --user-data-dir="$work/browser" \
    --host-resolver-rules='MAP * ~NOTFOUND' "$@" "file://$page" 2>"$work/browser.log"
}

# shows PAGE TEXT...: each is in the page as the browser has read it.
shows() {
  local page=$1 text dom
  shift
  dom=$(browse "$page" --dump-dom)
  for text in "$@"; do
    checks=$((checks + 1))
    [[ $dom == *"$text"* ]] || fail "expected in $(basename "$page"): $text"
  done
}

number_at() { od -An -tu4 --endian=big -j "$2" -N 4 "$1" | tr -d ' '; }

# looks PAGE HEIGHT: a picture of the page's beginning is made, of that size, and is no blank sheet.
looks() {
  local page=$1 height=$2 picture=${1%.html}.png
  browse "$page" --window-size=1200,"$height" --screenshot="$picture" >/dev/null
  equal "$(head -c 4 "$picture" 2>/dev/null | tail -c 3)" PNG "the picture of $(basename "$page")"
  equal "$(number_at "$picture" 16)x$(number_at "$picture" 20)" "1200x$height" "its size"
  checks=$((checks + 1))
  [ "$(stat -c %s "$picture")" -gt 40000 ] || fail "the picture of $(basename "$page") is all but blank"
  [ -z "${UPDATE_GOLDEN:-}" ] || cp "$picture" "examples/$(basename "$picture")"
}
