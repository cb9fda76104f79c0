import { instruments, prometheusNameOf, type Registered } from '@vox/platform/telemetry';

const labelsOf = ({ labels }: Registered): string =>
  Object.entries(labels)
    .map(([name, values]) => `\`${name}\`: ${values}`)
    .join('; ') || '–';

const units: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes', '1': 'a share, 0 to 1' };
const unitOf = ({ unit }: Registered): string => units[unit] ?? unit.replace(/^\{(.*)\}$/, 'count of $1');

/** The page on metrics. */
export function metricsPage(): string {
  const rows = instruments().map(
    (each) =>
      `| \`${prometheusNameOf(each)}\` | ${each.kind} | ${unitOf(each)} | ${each.about} | ${labelsOf(each)} | ${each.in.join(', ')} |`,
  );
  return `# Metrics

Made from the instruments that the code names (\`shared/platform/src/telemetry/instruments.ts\`). Each service shows its own at \`/metrics\` on its private port
(\`PRIVATE_HOST\`, \`PRIVATE_PORT\`) as Prometheus text, those of a service with several copies one by one. No label tells a tenant, a person, a call or an address: a
tenant is told by its class, the rest is asked of the log and the traces. \`NaN\` is what could not be asked within a second.

| metric | kind | unit | what it shows | labels | seen on |
|---|---|---|---|---|---|
${rows.join('\n')}

Besides, libraries show theirs: \`http_server_request_duration_seconds\` by route and status, \`http_client_request_duration_seconds\` by who was asked (the
provider, verifiers of bots), \`db_client_connection_count\`.
`;
}
