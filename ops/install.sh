#!/usr/bin/env bash
# Installs the Debian packages that Shogo builds with, when any is missing. Sourced or run; needs root or sudo to install.
set -euo pipefail
packages=(libopenblas-dev libtiff-dev libjpeg-dev libpng-dev libxml2-dev libicu-dev libsqlite3-dev
  libtesseract-dev tesseract-ocr-jpn tesseract-ocr-jpn-vert tesseract-ocr-eng pkg-config)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "installing: ${missing[*]}"
  as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
