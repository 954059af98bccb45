# Sourced by the Makefile and by CI. The race detector needs a C compiler, which a bare machine lacks.

# race_detector GO: whether `GO test -race` works here. On a Debian machine that we may change it installs a compiler.
race_detector() {
  local go=$1
  if CGO_ENABLED=1 "$go" build -race runtime/cgo >/dev/null 2>&1; then
    return 0
  fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v gcc >/dev/null; then
    echo 'race detector: no C compiler, installing gcc'
    install_packages gcc libc6-dev
    if CGO_ENABLED=1 "$go" build -race runtime/cgo >/dev/null 2>&1; then
      return 0
    fi
  fi
  echo '*** no C compiler: the tests run WITHOUT the race detector'
  echo '*** to run them with it, install one (Debian: apt-get install gcc libc6-dev)'
  return 1
}

# install_packages NAME…: from the lists at hand, or from fresh ones; never for long.
install_packages() {
  local apt=(timeout 300 apt-get -q -y -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" install --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  "${apt[@]}" update >/dev/null 2>&1 && "${apt[@]}" install --no-install-recommends "$@" >/dev/null 2>&1
}
