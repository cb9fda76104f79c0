import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateWidgetKey } from '@vox/contracts';
import { openStack, type Stack } from '@vox/local/stack';
import { type Counter, type Counts, counterOf, type Deciding, deciding } from '../call-costs/counts.ts';
import { grownBy, storedIn } from '../call-costs/stored.ts';
import { visitsAt } from '../call-costs/visits.ts';
import { openShops } from '../soak/visitors.ts';
import type { Row, Table } from '../table.ts';

const calls = Number(process.env.BENCH_COUNTED_CALLS ?? '100');
const restMs = 15_000;
/** A transcript becomes final two minutes and a quarter after its call, and a sweep finds it then. */
const finalMs = 150_000;
const changes = 20;
const counting = `--import=${fileURLToPath(new URL('../call-costs/count-here.ts', import.meta.url))}`;

type Taken = Readonly<{ costs: readonly Row[]; documents: readonly Row[] }>;

const entries = 'audit';
const columns = { auth: 'auth', quota: 'quota', 'session-broker': 'broker', compliance: 'compliance' } as const;

/** What one event of a kind leads to, less what the services write at rest in that time. */
function costOf(event: string, events: number, before: Counts, after: Counts, rest?: Row): Row {
  const seconds = (after.atMs - before.atMs) / 1_000;
  const written = (service: Deciding, wanted: (collection: string) => boolean): number =>
    Object.entries(after.documents[service])
      .filter(([collection]) => wanted(collection))
      .reduce((sum, [collection, count]) => sum + count - (before.documents[service][collection] ?? 0), 0);
  const per = (column: string, amount: number): Row => ({
    [column]: Math.max(0, amount - Number(rest?.[column] ?? 0) * seconds) / events,
  });
  const facts = after.facts - before.facts;
  return {
    ...{ event, events },
    ...Object.assign({}, ...deciding.map((service) => per(`${columns[service]}Writes`, written(service, isCounted)))),
    ...Object.assign(
      {},
      ...deciding.map((service) =>
        per(`${columns[service]}Deliveries`, after.deliveries[service] - before.deliveries[service]),
      ),
    ),
    ...per(
      'auditEntries',
      written('compliance', (name) => name === entries),
    ),
    ...per(
      'budgetWrites',
      written('quota', (name) => name === 'budgets'),
    ),
    ...per(
      'slotWrites',
      written('session-broker', (name) => name === 'slots'),
    ),
    facts: facts / events,
    bytesOfFact: facts === 0 ? 0 : (after.factBytes - before.factBytes) / facts,
    words: (after.words - before.words) / events,
  };
}
const isCounted = (collection: string): boolean => collection !== entries;

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
  const { again, ...steps } = visitsAt(stack.url, keys, calls);
  const stored = await storedIn(stack.servers.mongo.url);
  let before = await counter.settled();
  await pause(restMs);
  let after = await counter.settled();
  const rest = costOf('a second at rest', (after.atMs - before.atMs) / 1_000, before, after);
  const costs: Row[] = [{ ...rest, again: 0 }];
  const take = async (event: string, events: number, work: () => Promise<unknown>): Promise<void> => {
    const askedAgain = again();
    before = after;
    await work();
    after = await counter.settled();
    costs.push({ ...costOf(event, events, before, after, rest), again: again() - askedAgain });
  };
  for (const [event, step] of Object.entries(steps)) await take(event, calls, step);
  await take('transcript final', calls, () => pause(finalMs));
  const documents = grownBy(stored, await storedIn(stack.servers.mongo.url), calls);
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
  title: 'What one event of a call leads to: documents written, facts published and heard',
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
