#!/bin/sh
# What the end-to-end tests drive besides the program. Missing Debian packages are installed where
# that can be done without asking (root, apt-get); otherwise this says what to install, and fails.
PATH=$PATH:/usr/sbin:/sbin

# What prints Chinese: pages are printed as people see them.
chinese_font() {
  fc-list :lang=zh-cn 2>/dev/null | grep -q . || echo fonts-noto-cjk
}

missing() {
  for pair in tmux:tmux strace:strace unshare:util-linux syncthing:syncthing sshfs:sshfs \
    khal:khal calcurse:calcurse chromium:chromium pdftoppm:poppler-utils fc-list:fontconfig \
    sshd:openssh-server ssh-keygen:openssh-client; do
    command -v "${pair%%:*}" >/dev/null || echo "${pair#*:}"
  done | { cat && chinese_font; } | sort -u | tr '\n' ' '
}

# Servers that come with a package stay off: the tests start their own, on loopback.
install_quietly() {
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
  fi
  # shellcheck disable=SC2086 # a list of names
  { apt-get -qq update &&
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $1; } \
    >/dev/null 2>&1
  case " $1" in
    *" openssh-server "*) systemctl -q disable ssh.service >/dev/null 2>&1 ;;
  esac
}

packages=$(missing)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  install_quietly "$packages"
  packages=$(missing)
fi
if [ -n "$packages" ]; then
  echo "The end-to-end tests need more programs: apt install $packages" >&2
  echo "(make test needs none of them.)" >&2
  exit 1
fi

if [ "$(id -u)" = 0 ] && [ ! -e /dev/fuse ]; then
  mknod -m 666 /dev/fuse c 10 229 2>/dev/null
fi
if ! (: <>/dev/fuse) 2>/dev/null; then
  echo "The tests over sshfs need FUSE, and /dev/fuse cannot be opened here." >&2
  echo "The others run with: make e2e ARGS=--ignore=tests/e2e/test_sshfs.py" >&2
  case " $*" in
    *test_sshfs.py*) ;; # they were left out on purpose
    *) exit 2 ;;
  esac
fi
