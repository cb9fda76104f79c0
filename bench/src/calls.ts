import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFact, SessionGranted, TranscriptAppended } from '@vox/contracts';
import type { MemoryBus } from '@vox/platform/bus';
import { someWidgetKey } from '@vox/testing';

const at = new Date();
const time = at.toISOString();
const head = () => ({ id: randomUUID(), source: 'bench', at });

type GrantedCall = Readonly<{ sessionId: string; visitorId: string }>;

/** Publishes, as the broker does, that a new visitor's call was granted. */
export async function publishGranted(bus: MemoryBus, tenantId: string): Promise<GrantedCall> {
  const [sessionId, visitorId] = [randomUUID(), `v_${randomBytes(16).toString('base64url')}`];
  const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId };
  const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 60, idleSeconds: 60 };
  const granted = { tenantId, sessionId, identity, ...call, grantedAt: time, endsAt: time };
  await bus.publish(SessionGranted, makeFact(SessionGranted, head(), granted));
  return { sessionId, visitorId };
}

/** Publishes, as edge-guard does, words of a call's visitor. `sequence` is their number in the call. */
export async function publishWords(
  bus: MemoryBus,
  call: Readonly<{ tenantId: string; sessionId: string }>,
  sequence: number,
  text: string,
): Promise<void> {
  const words = { messageId: `m${sequence}`, role: 'user' as const, text, at: time, sequence };
  await bus.publish(TranscriptAppended, makeFact(TranscriptAppended, head(), { ...call, ...words }));
}

/** Resolves as soon as the bus is idle. A test's `settled` waits longer, and that wait would be measured too. */
export async function whenIdle(bus: MemoryBus): Promise<void> {
  do await pause(1);
  while (bus.busy());
}
