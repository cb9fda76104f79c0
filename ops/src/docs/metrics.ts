import { instruments, prometheusNameOf, type Registered } from '@vox/platform/telemetry';

const labelsOf = ({ labels }: Registered): string =>
  Object.entries(labels)
    .map(([name, { about }]) => `\`${name}\`: ${about}`)
    .join('; ') || '–';

const units: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes', '1': 'a share, 0 to 1' };
const unitOf = ({ unit }: Registered): string => units[unit] ?? unit.replace(/^\{(.*)\}$/, 'count of $1');

/** Writes the page on metrics. */
export function metricsPage(): string {
  const rows = instruments().map((each) => {
    const cells = [each.kind, unitOf(each), each.about, labelsOf(each), each.in.join(', ')];
    return `| \`${prometheusNameOf(each)}\` | ${cells.join(' | ')} |`;
  });
  return `# Metrics

Generated from the instruments in the code (\`shared/platform/src/telemetry/instruments.ts\` and its neighbours). Each copy of a service
shows its own metrics at \`/metrics\` on its private port (\`PRIVATE_HOST\`, \`PRIVATE_PORT\`) as Prometheus text. No
label names a tenant, a person, a call or an address: labels hold the class of a tenant, and logs and traces hold the
rest. Each label takes its values from a closed list; whatever stands in none of them is recorded as \`other\`.
\`NaN\` stands for a value that could not be read within a second.

| metric | kind | unit | what it shows | labels | seen on |
|---|---|---|---|---|---|
${rows.join('\n')}

Libraries add their own metrics: \`http_server_request_duration_seconds\` by route and status,
\`http_client_request_duration_seconds\` by the host that was asked (the provider), and
\`db_client_connection_count\`.

Histograms have no exemplars: neither the metrics SDK of OpenTelemetry for JavaScript (3.1) nor its Prometheus exporter
(0.301) records or writes any. From a slow minute to its traces: ask the traces for the same time, service and
\`vox.reason\`, or for spans longer than the bucket.

Dashboards, alert rules with their tests, and the configuration of Prometheus, Alertmanager, Grafana and an
OpenTelemetry Collector stand in \`ops/observability\`; each alert has a page in \`docs/runbooks\`. \`make test-ops\` tries each
rule by itself, and fires sixteen of the 28 alerts in a real Prometheus by their causes on a stack: a Redis that hangs,
a provider that fails, a tenant that has used most of its day.

## Traces

Spans go where the \`OTEL_*\` variables say and are named by OpenTelemetry's semantic conventions: \`http.*\`, \`db.*\`
and \`messaging.*\` where something is asked, stored and published, and \`gen_ai.*\` on the span in which quota counts
what a response used. A call is one trace, from the browser's request to the settlement. A fact that a later request
brings about belongs to the trace of its call, and its span links to that request; each handling of a fact links to
the span that published it. No baggage travels: what a browser sends as such goes nowhere.

With \`OTEL_TRACES_SAMPLER=traceidratio\` (or \`parentbased_traceidratio\`) and \`OTEL_TRACES_SAMPLER_ARG=0.1\`, a tenth
of the traces is sent, the same in all services. Besides, a service sends its own part of a trace in which a span
failed, which was denied because something broke, or took \`TRACES_SLOW_MS\` or longer, and what it has of that trace
later. It cannot send what another service has let go by then. A collector can: \`ops/observability/collector.yml\` gets
everything (leave the sampler unset) and decides about whole traces. With \`parentbased_traceidratio\` the page that sends
a \`traceparent\` decides for itself; \`traceidratio\` does not ask it. \`make test-ops\` runs OpenTelemetry's own collector with
that file beside a stack: the whole trace of a call and of a denial for breakage pass, a tenth of what is quick, and
nothing that names a person.
`;
}
