#!/bin/sh
# Gets what `make test-ops` uses, once, into a folder of the cache: programs into bin, and the schemas of Kubernetes
# objects. It changes nothing else on this machine. What cannot be had is named and left out; the tests that need it are
# then skipped and counted. VOX_OPS_TOOLS names another folder.
set -eu

helm=v3.22.0
kubeconform=v0.8.0
kubernetes=v1.37.2
prometheus_operator=v0.85.0
gateway_api=v1.4.1
# The version that Compose runs: older ones, such as Debian's, do not know every field of our file.
alertmanager=v0.28.1
# The version that Compose runs, with the parts that collector.yml names alone. Providers have numbers of their own.
collector=v0.139.0
providers=v1.45.0

root=$(cd "$(dirname "$0")/../../.." && pwd)
folder=${VOX_OPS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/vox-ops-tools}
bin=$folder/bin
mkdir -p "$bin"

say() { echo "get-tools: $*" >&2; }
there() { command -v "$1" >/dev/null 2>&1 || [ -x "$bin/$1" ]; }
has_go() { command -v go >/dev/null 2>&1 || { say "$1 is left out: there is no go on the PATH"; return 1; }; }

# NAME PACKAGE@VERSION: built from the Go module proxy. A program built so does not know its version; its file does.
from_go() {
  if ! there "$1" && has_go "$1"; then
    say "builds $1 (some minutes, once)"
    GOBIN=$bin GOFLAGS=-buildvcs=false go install "$2" || say "$1 is left out: $2 does not build here"
  fi
  if [ -x "$bin/$1" ] && command -v go >/dev/null 2>&1; then
    go version -m "$bin/$1" | awk '$1 == "mod" { print $3 }' >"$bin/$1.version"
  fi
}

# NAME PACKAGE: of Debian, unpacked beside the system and not installed.
from_debian() {
  if there "$1"; then return; fi
  if ! command -v apt-get >/dev/null 2>&1; then say "$1 is left out: there is no apt-get"; return; fi
  work=$(mktemp -d)
  if (cd "$work" && { apt-get -qq download "$2" || { apt-get -qq update && apt-get -qq download "$2"; }; } >/dev/null 2>&1); then
    dpkg -x "$work"/"$2"_*.deb "$work/files"
    install -m 755 "$work/files/usr/bin/$1" "$bin/$1"
  else
    say "$1 is left out: the package $2 cannot be had"
  fi
  rm -rf "$work"
}

# MODULE@VERSION: its folder in the cache of Go modules.
module() { go mod download -json "$1" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)".*/\1/p'; }

schemas() {
  made=$folder/schemas/$kubernetes-$prometheus_operator-$gateway_api
  if [ ! -e "$made/.complete" ] && has_go "the schemas of Kubernetes"; then
    say "makes the schemas of Kubernetes $kubernetes (a minute, once)"
    swagger=$(module "k8s.io/kubernetes@$kubernetes")/api/openapi-spec/swagger.json
    monitors=$(module "github.com/prometheus-operator/prometheus-operator@$prometheus_operator")/example/prometheus-operator-crd
    routes=$(module "sigs.k8s.io/gateway-api@$gateway_api")/config/crd/standard
    rm -rf "$folder/schemas"
    node "$root/test/kubernetes/make-schemas.ts" "$made" "$swagger" \
      "$monitors/monitoring.coreos.com_servicemonitors.yaml" "$monitors/monitoring.coreos.com_prometheusrules.yaml" \
      "$routes/gateway.networking.k8s.io_httproutes.yaml" ||
      { say "the schemas of Kubernetes are left out"; return; }
    touch "$made/.complete"
  fi
  ln -sfn "$made" "$folder/schemas-now"
}

# OpenTelemetry's collector, made by its own builder.
collector() {
  if there otelcol || ! has_go otelcol; then return; fi
  say "builds otelcol (ten minutes and more, once)"
  work=$(mktemp -d)
  core=go.opentelemetry.io/collector
  contrib=github.com/open-telemetry/opentelemetry-collector-contrib
  cat >"$work/builder.yml" <<EOF
dist: { name: otelcol, output_path: "$work/made", version: "${collector#v}" }
receivers: [{ gomod: $core/receiver/otlpreceiver $collector }]
processors:
  - { gomod: $core/processor/memorylimiterprocessor $collector }
  - { gomod: $core/processor/batchprocessor $collector }
  - { gomod: $contrib/processor/attributesprocessor $collector }
  - { gomod: $contrib/processor/tailsamplingprocessor $collector }
exporters:
  - { gomod: $core/exporter/otlpexporter $collector }
  - { gomod: $core/exporter/otlphttpexporter $collector }
extensions: [{ gomod: $contrib/extension/healthcheckextension $collector }]
providers:
  - { gomod: $core/confmap/provider/envprovider $providers }
  - { gomod: $core/confmap/provider/fileprovider $providers }
  - { gomod: $core/confmap/provider/yamlprovider $providers }
EOF
  if (GOBIN=$work go install "$core/cmd/builder@$collector" && "$work/builder" --config "$work/builder.yml") >"$work/log" 2>&1; then
    install -m 755 "$work/made/otelcol" "$bin/otelcol"
    echo "$collector" >"$bin/otelcol.version"
  else
    say "otelcol is left out: it does not build here"
    tail -n 3 "$work/log" >&2
  fi
  rm -rf "$work"
}

from_go helm "helm.sh/helm/v3/cmd/helm@$helm"
from_go kubeconform "github.com/yannh/kubeconform/cmd/kubeconform@$kubeconform"
from_debian promtool prometheus
from_debian prometheus prometheus
if [ -x "$bin/amtool" ] && ! "$bin/amtool" check-config "$root/ops/observability/alertmanager.yml" >/dev/null 2>&1; then
  say "amtool is got again: the one that was got before does not take alertmanager.yml"
  rm "$bin/amtool"
fi
from_go amtool "github.com/prometheus/alertmanager/cmd/amtool@$alertmanager"
schemas
collector
