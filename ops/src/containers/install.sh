#!/bin/sh
# Installs the production dependencies of workspaces in an image, and writes what they are into sbom.cdx.json
# (CycloneDX). The build secret `ca` holds certificates of authorities that npm shall believe besides the public ones.
set -eu
authority=/run/secrets/ca
if [ -s "$authority" ]; then export NODE_EXTRA_CA_CERTS="$authority"; fi

named=''
for workspace; do named="$named --workspace=$workspace"; done
# The names of workspaces hold no spaces.
# shellcheck disable=SC2086
npm ci --omit=dev --ignore-scripts --no-audit --no-fund $named || {
  cat >&2 <<'HELP'

VOX: npm could not install the dependencies.
  - "self-signed certificate in certificate chain", "unable to get local issuer certificate": the registry shows a
    certificate of an authority of your company. Give its certificates, in PEM, as a secret of the build:
      docker build --secret id=ca,src=company.crt .        or  BUILD_CA=company.crt docker compose build
  - no route to the registry: pass HTTPS_PROXY as a build argument, or BUILD_NETWORK=host for Compose.
  - another registry: --build-arg NPM_CONFIG_REGISTRY=https://registry.example
  docs/containers.md says more.
HELP
  exit 1
}
node ops/src/containers/prune.ts "$@"
npm sbom --package-lock-only --sbom-format cyclonedx | node ops/src/containers/sbom.ts >sbom.cdx.json

# What only a compiler or a debugger reads.
find node_modules services cli ops -type f \
  \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
# What is not run in this image.
for each in bench local shared/testing; do
  case " $* " in *" local "*) [ "$each" = bench ] || continue ;; esac
  rm -rf "$each"
done
rm -rf package-lock.json .npmrc node_modules/.bin node_modules/.package-lock.json
