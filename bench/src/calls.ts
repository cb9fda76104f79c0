import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFact, SessionGranted, TranscriptAppended } from '@vox/contracts';
import type { MemoryBus } from '@vox/platform/bus';
import { someWidgetKey } from '@vox/testing';

const at = new Date();
const time = at.toISOString();
const head = () => ({ id: randomUUID(), source: 'bench', at });

type Called = Readonly<{ sessionId: string; visitorId: string }>;

/** A call of a visitor of its own, told as the broker tells of it. */
export async function called(bus: MemoryBus, tenantId: string): Promise<Called> {
  const [sessionId, visitorId] = [randomUUID(), `v_${randomBytes(16).toString('base64url')}`];
  const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId };
  const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 60, idleSeconds: 60 };
  const granted = { tenantId, sessionId, identity, ...call, grantedAt: time, endsAt: time };
  await bus.publish(SessionGranted, makeFact(SessionGranted, head(), granted));
  return { sessionId, visitorId };
}

/** The visitor's words number `sequence` in a call, told as edge-guard tells of them. */
export async function spoke(
  bus: MemoryBus,
  whose: Readonly<{ tenantId: string; sessionId: string }>,
  sequence: number,
  text: string,
): Promise<void> {
  const said = { messageId: `m${sequence}`, role: 'user' as const, text, at: time, sequence };
  await bus.publish(TranscriptAppended, makeFact(TranscriptAppended, head(), { ...whose, ...said }));
}

/** Resolves as soon as nothing is under way on the bus; a test's `settled` waits longer, and would be measured too. */
export async function whenIdle(bus: MemoryBus): Promise<void> {
  do await pause(1);
  while (bus.busy());
}
