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

Generated from the instruments in the code (\`shared/platform/src/telemetry/instruments.ts\`). Each copy of a service
shows its own metrics at \`/metrics\` on its private port (\`PRIVATE_HOST\`, \`PRIVATE_PORT\`) as Prometheus text. No
label names a tenant, a person, a call or an address: labels hold the class of a tenant, and logs and traces hold the
rest.
\`NaN\` stands for a value that could not be read within a second.

| metric | kind | unit | what it shows | labels | seen on |
|---|---|---|---|---|---|
${rows.join('\n')}

Libraries add their own metrics: \`http_server_request_duration_seconds\` by route and status,
\`http_client_request_duration_seconds\` by the host that was asked (the provider, bot verifiers), and
\`db_client_connection_count\`.
`;
}
