import type { Command } from 'commander';
import { strToU8, zipSync } from 'fflate';
import { tailOf } from '../../files/log-tail.ts';
import { openOutFile } from '../../files/out-file.ts';
import type { Operator } from '../../reach/operator.ts';
import { badInput } from './bad-input.ts';
import { between } from './bench.ts';
import { examined } from './doctor.ts';
import { type PlaceOptions, placesOf } from './places.ts';

const linesMax = 20_000;
const logBytesMax = 16 * 1024 ** 2;
const scrapeMs = 3_000;

type BundleOptions = PlaceOptions & Readonly<{ out: string; log?: string[]; lines: number }>;

/** What copies show at /metrics. One that does not answer is a finding already. */
const scraped = (urls: readonly string[]): Promise<string[]> =>
  Promise.all(
    urls.map((url) =>
      fetch(new URL('/metrics', url), { signal: AbortSignal.timeout(scrapeMs), redirect: 'error' }).then(
        (answer) => answer.text(),
        () => '',
      ),
    ),
  );

/** `vox support bundle` */
export function supportCommands(vox: Command, { note }: Operator): void {
  const support = vox.command('support').description('Gathers what somebody who helps needs to know.');
  const command = support
    .command('bundle')
    .description(
      'Writes a ZIP with the findings of doctor, versions, streams, settings, metrics and ends of logs. Secrets and what leads to a person are cut.',
    )
    .requiredOption('--out <file>', 'where the ZIP is written; never over a file')
    .option('--log <file...>', 'log files of services, of which the last lines are taken')
    .option('--lines <count>', `how many lines of each, ${linesMax} at most`, between(1, linesMax), 2_000);
  placesOf(command).action(async ({ out, log = [], lines, ...places }: BundleOptions) => {
    const logs = log.map((file) => tailOf(file, logBytesMax, badInput));
    const file = await openOutFile(out);
    try {
      const { bundleOf } = await import('@vox/ops/support');
      const [read, metrics] = await Promise.all([examined(places), scraped(places.service ?? [])]);
      const { version: node, platform, arch, env } = process;
      const files = bundleOf({ ...read, env, metrics, logs, linesMax: lines, node, platform: `${platform} ${arch}` });
      await file.write(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
      await file.keep();
      note(`written: ${out} (${Object.keys(files).join(', ')})`);
    } finally {
      await file.drop();
    }
  });
}
