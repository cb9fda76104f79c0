import { setTimeout as pause } from 'node:timers/promises';
import type { Acting } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Log } from '@vox/platform/telemetry';
import type { CallScope } from '../decide/call-scope.ts';
import type { Session } from '../decide/session.ts';
import { type EndScopeDependencies, endScope } from './end-scope.ts';
import { endSessionOf } from './end-session.ts';
import { recordAct } from './record-act.ts';

// The facts of the ends name no one, so who ordered them is published before they happen.
const action = 'session.order-end';

/** Ends one session by an operator's order. */
export async function orderEnd(
  dependencies: EndScopeDependencies,
  { tenantId, sessionId }: Readonly<{ tenantId: string; sessionId: string }>,
  by: Acting,
): Promise<Session | undefined> {
  await recordAct(dependencies, { tenantId, action, target: `session:${sessionId}` }, by);
  return endSessionOf(dependencies, { tenantId, sessionId }, 'admin');
}

export type OrderEndDependencies = EndScopeDependencies & Readonly<{ log: Pick<Log, 'warn'> }>;

/** How many calls have ended, and whether those are all. */
export type OrderedEnds = Readonly<{ ended: number; isDone: boolean }>;

/** No message of the bus brings an order again, so what fails is tried so often here. */
const triesMost = 6;

type Pauses = Readonly<{ patience: () => Promise<unknown>; pauseBefore: (retry: number) => Promise<unknown> }>;
const realPauses: Pauses = {
  // Whoever asks waits for two seconds. A provider or a store that is slow must not turn an order into a refusal.
  patience: () => pause(1_000, undefined, { ref: false }),
  pauseBefore: (retry) => pause(100 * 2 ** retry, undefined, { ref: false }),
};

/**
 * Ends every session of a scope by an operator's order. Answers once all have ended, or patience has, and goes on then.
 * Throws Fault NOT_FOUND for another's key.
 */
export async function orderEndOfScope(
  dependencies: OrderEndDependencies,
  scope: CallScope,
  by: Acting,
  { patience, pauseBefore }: Pauses = realPauses,
): Promise<OrderedEnds> {
  const { tenantId, widgetKey } = scope;
  const isOwn = ({ key }: Readonly<{ key: string }>): boolean => key === widgetKey;
  const policy = dependencies.policies.get(tenantId);
  if (widgetKey !== undefined && policy !== undefined && !policy.keys.some(isOwn)) throw new Fault('NOT_FOUND');
  const target = widgetKey === undefined ? `tenant:${tenantId}` : `key:${widgetKey}`;
  await recordAct(dependencies, { tenantId, action, target }, by);
  let ended = 0;
  const ending = endAll(dependencies, scope, pauseBefore, () => {
    ended += 1;
  });
  const isDone = await Promise.race([ending.then(() => true), patience().then(() => false)]);
  if (!isDone) ending.catch((error) => dependencies.log.warn({ error }, 'an order to end calls was not finished'));
  return { ended, isDone };
}

async function endAll(
  dependencies: EndScopeDependencies,
  scope: CallScope,
  pauseBefore: Pauses['pauseBefore'],
  onEnded: () => void,
): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      return await endScope(dependencies, scope, 'admin', onEnded);
    } catch (error) {
      if (tries >= triesMost) throw error;
      await pauseBefore(tries);
    }
}
