import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Simulator, simulator } from '@vox/local/simulator';
import { listen } from '@vox/platform/http';
import { someOffer } from '@vox/testing';
import { measure } from '../measure.ts';
import type { Servers } from '../servers.ts';
import type { Row, Table } from '../table.ts';
import type { WatchOrder } from '../watch/order.ts';
import { againstFloor } from './against-floor.ts';

const calls = Number(process.env.BENCH_WATCHED_CALLS ?? '2000');
const rounds = Number(process.env.BENCH_WATCHED_ROUNDS ?? '5');
const apiKey = 'sk-bench';
const run = fileURLToPath(new URL('../watch/run.ts', import.meta.url));

type Opened = Readonly<{ heapBytes: number; residentBytes: number }>;
type Counts = Readonly<{ cpuMicros: number; counted: number }>;
type Side = Opened & Readonly<{ microsPerEvent: number }>;

const usage = { total_tokens: 30, input_tokens: 10, output_tokens: 20 };
/** What one turn of a conversation tells a watch. */
const turn = (n: number): readonly { type: string }[] => [
  { type: 'input_audio_buffer.speech_started', item_id: `item_${n}` } as never,
  { type: 'response.created', response: { id: `resp_${n}` } } as never,
  {
    type: 'response.output_audio_transcript.delta',
    item_id: `said_${n}`,
    response_id: `resp_${n}`,
    delta: 'Good',
  } as never,
  {
    type: 'response.output_audio_transcript.done',
    item_id: `said_${n}`,
    response_id: `resp_${n}`,
    transcript: 'Good day.',
  } as never,
  { type: 'response.done', response: { id: `resp_${n}`, status: 'completed', usage } } as never,
];

async function answerOf<T>(child: ChildProcess, ask?: string): Promise<T> {
  const answer = once(child, 'message');
  if (ask !== undefined) child.send(ask);
  const [message] = await Promise.race([
    answer,
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process that watches ended with ${code}`))),
  ]);
  return message as T;
}

async function makeCalls(url: string): Promise<string[]> {
  const made: string[] = [];
  while (made.length < calls) {
    const form = new FormData();
    form.set('sdp', someOffer);
    form.set('session', JSON.stringify({ type: 'realtime', model: 'gpt-realtime-2.1' }));
    const headers = { authorization: `Bearer ${apiKey}` };
    const answer = await fetch(`${url}/v1/realtime/calls`, { method: 'POST', headers, body: form });
    made.push(answer.headers.get('location')?.split('/').at(-1) ?? '');
    await answer.text();
  }
  return made;
}

/** Every call has turns, all at once, and the process that watches says what that cost. */
async function watched(provider: Simulator, url: string, side: WatchOrder['side']): Promise<Side> {
  const callIds = await makeCalls(url);
  const child = fork(run, [JSON.stringify({ side, url, apiKey, callIds })], { execArgv: ['--expose-gc'] });
  const opened = await answerOf<Opened>(child);
  const before = await answerOf<Counts>(child, 'counts');
  for (let n = 0; n < rounds; n += 1) for (const callId of callIds) provider.calls.emit(callId, turn(n) as never);
  const wanted = callIds.length * rounds;
  let after = before;
  while (after.counted < wanted) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    after = await answerOf<Counts>(child, 'counts');
  }
  child.kill();
  await Promise.all(callIds.map((callId) => provider.calls.hangUp(callId)));
  return { ...opened, microsPerEvent: (after.cpuMicros - before.cpuMicros) / (wanted * turn(0).length) };
}

async function watchers(): Promise<Row> {
  const settings = { media: 'none' as const, connectMs: 3_600_000 };
  const provider = simulator({ apiKey, now: () => new Date(), turnMs: 0, settings });
  const door = await listen(provider.app, { host: '127.0.0.1', port: 0, upgrade: provider.upgrade });
  const ours = await watched(provider, door.url, 'broker');
  const bare = await watched(provider, door.url, 'bare');
  await provider.close();
  await door.close(1_000);
  const kib = (bytes: number): number => bytes / 1_024 / calls;
  return {
    path: `${calls} watched calls`,
    floor: 'sockets that parse each event',
    ratio: bare.microsPerEvent / ours.microsPerEvent,
    microsPerEvent: ours.microsPerEvent,
    floorMicrosPerEvent: bare.microsPerEvent,
    heapKibPerCall: kib(ours.heapBytes),
    floorHeapKibPerCall: kib(bare.heapBytes),
    residentKibPerCall: kib(ours.residentBytes),
  };
}

/**
 * A brokered grant beside a direct one; and how much later an SDP answer comes than from the provider itself, which
 * answers at once on both sides.
 */
async function grants(servers: Servers): Promise<Row[]> {
  const ours = await measure(servers, { name: 'brokered grant on twins' });
  const direct = await measure(servers, { name: 'grant on twins' });
  const provider = await measure(servers, { name: 'bare json' });
  const names = { path: 'brokered grant, stores on the twins', floor: 'direct grant, stores on the twins', aim: 0.5 };
  const relay = {
    path: 'SDP relay at 200 a second',
    floor: 'Express that answers at once',
    ...{ p50Ms: ours.openP50Ms, floorP50Ms: provider.openP50Ms, addedP50Ms: ours.openP50Ms - provider.openP50Ms },
    ...{ p99Ms: ours.openP99Ms, floorP99Ms: provider.openP99Ms, addedP99Ms: ours.openP99Ms - provider.openP99Ms },
  };
  return [againstFloor({ ...names, ours, bare: direct }), relay];
}

/** Grants that are calls already, beside those that are a client secret; and what it costs to watch them. */
export const brokered: Table = {
  name: 'brokered',
  title: 'Brokered calls',
  measure: async (servers, report) => {
    for (const row of await grants(servers)) report(row);
    report(await watchers());
  },
};
