import { readFileSync } from 'node:fs';
import { sdpMax, WidgetKey, WrittenOrigin } from '@vox/contracts';
import { type Command, InvalidArgumentError } from 'commander';
import { type SmokeReport, smoke, smokeReport } from '../../dialogues/smoke.ts';
import type { Operator } from '../../reach/operator.ts';
import { Mistake } from '../../text/sentences.ts';
import { badInput } from './bad-input.ts';
import { address } from './places.ts';

const requestsMax = 200;
const atOnceMax = 20;

export const between =
  (least: number, most: number) =>
  (text: string): number => {
    const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
  };
const parsed =
  (schema: { safeParse: (text: string) => { success: boolean } }, what: string) =>
  (text: string): string => {
    if (schema.safeParse(text).success) return text;
    throw new InvalidArgumentError(`must be ${what}.`);
  };

type SmokeOptions = Readonly<{
  url: string;
  key: string;
  origin: string;
  requests: number;
  atOnce: number;
  offer?: string;
  json: boolean;
}>;

function offerIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    const text = readFileSync(file, 'utf8');
    if (text.startsWith('v=0') && text.length <= sdpMax) return text;
  } catch {
    // Said below: for whoever typed it the two are one mistake.
  }
  throw new Mistake([`--offer must name a file that holds an offer (SDP), which begins with v=0`], badInput);
}

function textOf({ requests, granted, refused, notEnded, p50Ms, p99Ms }: SmokeReport): string {
  const codes = Object.entries(refused).map(([code, count]) => `  ${code}: ${count}\n`);
  const times = p50Ms === null ? '' : `a granted request took ${p50Ms} ms (p50), ${p99Ms} ms (p99)\n`;
  const open =
    notEnded === 0 ? '' : `calls that could not be ended, and end by themselves when they are idle: ${notEnded}\n`;
  return `${granted} of ${requests} requests were granted\n${codes.join('')}${times}${open}`;
}

/** `vox bench smoke` */
export function benchCommands(vox: Command, { say, print }: Operator): void {
  const bench = vox.command('bench').description('Measures an installation from outside, as its visitors meet it.');
  bench
    .command('smoke')
    .description(
      'Asks for a few calls as visitors of a page would, ends each at once, and shows how long they took and what was refused. Exits with 1 when any was refused.',
    )
    .requiredOption('--url <url>', 'the address under which browsers reach edge-guard', address)
    .requiredOption('--key <key>', 'a widget key', parsed(WidgetKey, 'a widget key, w_<tenant>_<label>_<16 digits>'))
    .requiredOption(
      '--origin <origin>',
      'the page of that key',
      parsed(WrittenOrigin, 'an origin, such as https://shop.example'),
    )
    .option('--requests <count>', `how many, ${requestsMax} at most`, between(1, requestsMax), 20)
    .option('--at-once <count>', `how many at the same time, ${atOnceMax} at most`, between(1, atOnceMax), 2)
    .option('--offer <file>', 'a browser’s offer (SDP), for brokered calls: the provider then makes each of them')
    .option('--json', 'print JSON', false)
    .action(async ({ key: widgetKey, offer, json, ...others }: SmokeOptions) => {
      const report = smokeReport(await smoke({ ...others, widgetKey, offer: offerIn(offer) }));
      if (json) say(report);
      else await print(textOf(report));
      if (report.granted < report.requests) process.exitCode = 1;
    });
}
