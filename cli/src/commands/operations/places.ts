import { statSync } from 'node:fs';
import { httpUrl } from '@vox/platform/config';
import { type Command, InvalidArgumentError } from 'commander';

/** Where the parts of an installation are, by the names of the command line. */
export type PlaceOptions = Readonly<{
  monitor?: string;
  service?: string[];
  door?: string;
  natsConfig?: string;
  secrets?: string;
}>;

export function address(text: string): string {
  const read = httpUrl().safeParse(text);
  if (read.success) return text;
  throw new InvalidArgumentError(`${read.error.issues[0]?.message ?? 'must be an address'}.`);
}
const addresses = (text: string, before: string[] = []): string[] => [...before, address(text)];

const there =
  (kind: 'file' | 'folder') =>
  (path: string): string => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (kind === 'file' ? found?.isFile() : found?.isDirectory()) return path;
    throw new InvalidArgumentError(`must name a ${kind} that is there.`);
  };

/** The options that name places. What is left out is skipped. */
export const placesOf = (command: Command): Command =>
  command
    .option('--monitor <url>', 'the monitoring endpoint of NATS, in place of NATS_MONITOR_URL', address)
    .option('--service <url>', 'the private port of a copy, such as http://10.0.0.5:9090; once for each', addresses)
    .option('--door <url>', 'the address under which browsers reach edge-guard', address)
    .option('--nats-config <file>', 'the configuration of the NATS server, whose rights are compared', there('file'))
    .option(
      '--secrets <folder>',
      'the folder of seeds, keys and passwords; their ages are read, not what is in them',
      there('folder'),
    );
