import { memoryBus } from '@vox/platform/bus';
import { redactor } from '@vox/platform/redaction-thread';
import { memoryDocuments } from '@vox/platform/store';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { openAiProviders } from '@vox/session-broker/openai';
import { watcherDocuments, watchesOf } from '@vox/session-broker/watch';
import { somePolicy } from '@vox/testing';
import { bareWatches } from './bare.ts';
import type { WatchOrder } from './order.ts';

// Watches calls in a process of its own, as a broker does or with bare sockets, on a bus that does nothing. The parent
// names the calls, and asks for the counts.
const order: WatchOrder = JSON.parse(process.argv[2] ?? '{}');
const { url, apiKey, callIds } = order;
const bus = memoryBus();
let counted = 0;

async function asABroker(): Promise<void> {
  const reached = { apiKey, baseUrl: url, secretSeconds: 30, hangUpTimeoutMs: 1_000 };
  const [provider] = openAiProviders({ ...reached, transcriptionModel: 'gpt-transcribe' });
  if (provider === undefined) throw new Error('no provider');
  const watches = watchesOf({
    ...{ copy: 'bench', watchers: memoryDocuments(watcherDocuments), clock, log: silentLog },
    bus: { publish: async () => ({ duplicate: false, counted: (counted += 1) }), signal: bus.signal },
    policies: { get: () => somePolicy() },
    withdrawn: { get: () => undefined, current: () => true },
    redactor: redactor({ perCallMax: 8, waitingMax: 10_000, patienceMs: 10_000 }),
    transcriptionModel: 'gpt-transcribe',
    providers: { of: () => provider },
    useTool: async () => undefined,
    onActive: () => undefined,
    onEnd: () => undefined,
  });
  for (const callId of callIds) {
    const identity = { kind: 'console', userId: 'bench' } as const;
    const call = { tenantId: 'acme', sessionId: callId, provider: 'openai', callId, agentId: 'guide', identity };
    await watches.open({ ...call, sinceMs: Date.now(), isWhole: true }, 10_000);
  }
}

global.gc?.();
const before = process.memoryUsage();
if (order.side === 'broker') await asABroker();
else await bareWatches(order, () => (counted += 1));
global.gc?.();
const heapBytes = process.memoryUsage().heapUsed - before.heapUsed;
process.send?.({ heapBytes, residentBytes: process.memoryUsage().rss - before.rss });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system, counted });
});
