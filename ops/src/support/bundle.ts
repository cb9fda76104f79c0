import { type Facts, readOf } from '../doctor/facts.ts';
import type { Finding } from '../doctor/finding.ts';
import { configurationIn } from './configuration.ts';
import { toldLines } from './log-lines.ts';
import { toldMetrics } from './metrics.ts';
import { withoutForms } from './without-secrets.ts';

/** What a bundle is made of, as it was read: with secrets and persons in it. */
export type BundleSource = Readonly<{
  facts: Facts;
  findings: readonly Finding[];
  env: Readonly<Record<string, string | undefined>>;
  /** Prometheus text of copies. */
  metrics: readonly string[];
  /** Ends of log files. */
  logs: readonly string[];
  linesMax: number;
  node: string;
  platform: string;
}>;

const json = (value: unknown): string => `${withoutForms(JSON.stringify(value, null, 2))}\n`;

const versionsOf = ({ facts, node, platform }: BundleSource) => ({
  ...{ vox: facts.version, node, platform },
  nats: readOf(facts.nats)?.version ?? readOf(facts.monitor)?.version ?? null,
  redis: readOf(facts.redis)?.version ?? null,
  mongo: readOf(facts.mongo)?.version ?? null,
  services: (readOf(facts.services) ?? []).map(({ name = null, version = null }) => ({ name, version })),
});

const streamsOf = ({ facts }: BundleSource) => ({
  streams: readOf(facts.monitor)?.streams ?? readOf(facts.nats)?.streams ?? [],
  consumers: readOf(facts.nats)?.consumers ?? [],
});

const aboutOf = (leftOut: number): string =>
  `A support bundle of VOX.

findings.json       what \`vox doctor\` found
versions.json       of VOX, of Node and of the servers
streams.json        how full streams are and how far consumers lag
configuration.json  settings; (set) stands for a value that is not told
metrics/, logs/     of the copies and files that were given

Values that could be a secret or lead to a person were cut, or left out with their key. ${leftOut} lines of logs were left
out because they are no log lines of VOX.
`;

/** The files of a bundle by their names, without secrets and without persons. */
export function bundleOf(source: BundleSource): Record<string, string> {
  const logs = source.logs.map((text) => toldLines(text, source.linesMax));
  const leftOut = logs.reduce((sum, each) => sum + each.leftOut, 0);
  return {
    'README.txt': aboutOf(leftOut),
    'findings.json': json(source.findings),
    'versions.json': json(versionsOf(source)),
    'streams.json': json(streamsOf(source)),
    'configuration.json': json(configurationIn(source.env)),
    ...Object.fromEntries(source.metrics.map((text, at) => [`metrics/${at + 1}.txt`, toldMetrics(text)])),
    ...Object.fromEntries(
      logs.map(({ lines }, at) => [`logs/${at + 1}.ndjson`, lines.map((line) => `${line}\n`).join('')]),
    ),
  };
}
