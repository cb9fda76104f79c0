import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateWidgetKey } from '@vox/contracts';
import { openStack, type Stack } from '@vox/local/stack';
import { type Counter, type Counts, counterOf } from '../call-costs/counts.ts';
import { grownBy, storedIn } from '../call-costs/stored.ts';
import { visitsAt } from '../call-costs/visits.ts';
import { openShops } from '../soak/visitors.ts';
import type { Row, Table } from '../table.ts';

const calls = Number(process.env.BENCH_COUNTED_CALLS ?? '100');
const restMs = 15_000;
/** A transcript becomes final two minutes and a quarter after its call, and a sweep finds it then. */
const finalMs = 150_000;
/** Within this time none of the first calls has a final transcript. */
const unfinishedMs = 130_000;
const changes = 20;
const counting = `--import=${fileURLToPath(new URL('../call-costs/count-here.ts', import.meta.url))}`;

type Taken = Readonly<{ costs: readonly Row[]; documents: readonly Row[] }>;

/** What one event of a kind costs, less what the services do at rest in that time. */
function costOf(event: string, events: number, before: Counts, after: Counts, rest?: Row): Row {
  const seconds = (after.atMs - before.atMs) / 1_000;
  const per = (column: string, amount: number): number =>
    Math.max(0, amount - Number(rest?.[column] ?? 0) * seconds) / events;
  const cpu = (service: keyof Counts['cpuMs']): number => after.cpuMs[service] - before.cpuMs[service];
  const written = (wanted: (collection: string) => boolean): number =>
    Object.entries(after.documents)
      .filter(([collection]) => wanted(collection))
      .reduce((sum, [collection, count]) => sum + count - (before.documents[collection] ?? 0), 0);
  const [ofAudit, facts] = [(name: string): boolean => name.startsWith('audit'), after.facts - before.facts];
  return {
    event,
    events,
    edgeCpuMs: per('edgeCpuMs', cpu('edge-guard')),
    authCpuMs: per('authCpuMs', cpu('auth')),
    quotaCpuMs: per('quotaCpuMs', cpu('quota')),
    brokerCpuMs: per('brokerCpuMs', cpu('session-broker')),
    complianceCpuMs: per('complianceCpuMs', cpu('compliance')),
    writes: per(
      'writes',
      written((name) => !ofAudit(name)),
    ),
    auditWrites: per('auditWrites', written(ofAudit)),
    budgetWrites: per(
      'budgetWrites',
      written((name) => name === 'budgets'),
    ),
    slotWrites: per(
      'slotWrites',
      written((name) => name === 'slots'),
    ),
    facts: facts / events,
    bytesOfFact: facts === 0 ? 0 : (after.factBytes - before.factBytes) / facts,
    words: (after.words - before.words) / events,
    deliveries: per('deliveries', after.deliveries - before.deliveries),
  };
}

async function taken(): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), 'vox-costs-'));
  const counts = join(folder, 'counts');
  mkdirSync(counts);
  const env = { TRUSTED_PROXIES: '127.0.0.1/32', NODE_OPTIONS: counting, BENCH_COUNTS: counts };
  const copies = { quota: 1, 'session-broker': 1 };
  const stack = await openStack({ folder, plain: true, copies, testEnv: process.env, env });
  if (stack === undefined) throw new Error('the costs of a call need NATS, Redis and MongoDB on the PATH');
  try {
    const counter = await counterOf(stack, counts);
    const found = await costsOn(stack, counter);
    await counter.close();
    return found;
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function costsOn(stack: Stack, counter: Counter): Promise<Taken> {
  const keys = await openShops(stack);
  const { bootstrap, refused, start, heartbeat, answer, words, end } = visitsAt(stack.url, keys, calls);
  const steps = { bootstrap, refused, start, heartbeat, answer, words, end };
  const stored = await storedIn(stack.servers.mongo.url);
  // What Node compiles once is no cost of a call.
  for (const step of Object.values(steps)) await step();
  let before = await counter.settled();
  const warmAtMs = before.atMs;
  await pause(restMs);
  let after = await counter.settled();
  const rest = costOf('a second at rest', (after.atMs - before.atMs) / 1_000, before, after);
  const costs: Row[] = [rest];
  const take = async (event: string, events: number, work: () => Promise<unknown>): Promise<void> => {
    before = after;
    await work();
    after = await counter.settled();
    costs.push(costOf(event, events, before, after, rest));
  };
  for (const [event, step] of Object.entries(steps)) await take(event, calls, step);
  if (after.atMs - warmAtMs > unfinishedMs) throw new RangeError('transcripts became final among the other events');
  await take('transcript final', 2 * calls, () => pause(finalMs));
  const documents = grownBy(stored, await storedIn(stack.servers.mongo.url), 2 * calls);
  await take('policy change', changes, async () => {
    for (let n = 0; n < changes; n += 1) {
      const key = { tenantId: 'soak-0', label: `page${n}`, origins: ['https://shop.example'], actor: 'bench' };
      await stack.operator.ask(CreateWidgetKey, key);
    }
  });
  return { costs, documents };
}

let once: Promise<Taken> | undefined;
/** One run fills both tables. */
const both = (): Promise<Taken> => {
  once ??= taken();
  return once;
};

export const callCosts: Table = {
  name: 'call-costs',
  title: 'What one event of a call costs: processor time, documents written, facts',
  measure: async (_servers, report) => {
    for (const row of (await both()).costs) report(row);
  },
};

export const callDocuments: Table = {
  name: 'call-documents',
  title: 'What a call of one answer leaves in the stores: documents and bytes each',
  measure: async (_servers, report) => {
    for (const row of (await both()).documents) report(row);
  },
};
