import { createHash } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { CallSignal, type ConsentPurpose, consentWords, type Policy, VisitorSignal } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { ToolOutcome, ToolRefusal } from '../decide/outcome.ts';

/** The use in which a consent is asked for. */
export type ConsentUse = Readonly<{
  session: Readonly<{ tenantId: string }>;
  sessionId: string;
  callId: string;
  signal: AbortSignal;
}>;

export type CollectConsentDependencies = Readonly<{
  bus: Pick<Bus, 'signal' | 'listen'>;
  policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
  /** How time passes while a visitor is waited for. It rejects when the signal is aborted. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}>;

/** How long a visitor may think. */
const patienceSeconds = 45;
/** A page that comes back meanwhile has missed what was asked: it is said again and again. */
const againSeconds = 5;
const inTime = (ms: number, signal: AbortSignal): Promise<unknown> => pauseFor(ms, undefined, { signal });

/**
 * Asks the visitor on its page for a consent, in the words in force, and waits for a while. What it answers is recorded
 * by the way of every consent, and only where it clicked; the agent learns of it once it is recorded.
 */
export async function collectConsent(
  { bus, policies, pause = inTime }: CollectConsentDependencies,
  purpose: ConsentPurpose,
  { session: { tenantId }, sessionId, callId, signal }: ConsentUse,
): Promise<Extract<ToolOutcome, { kind: 'done' }> | ToolRefusal> {
  const policy = policies.get(tenantId);
  if (policy === undefined) return { kind: 'refused', code: 'UNAVAILABLE' };
  const scope = { tenantId, sessionId };
  const answered = new AbortController();
  let answer: 'none' | 'granted' | 'declined' = 'none';
  const listening = await bus
    .listen(VisitorSignal, scope, (says) => {
      if (says.purpose !== purpose) return;
      answer = says.given ? 'granted' : 'declined';
      answered.abort();
    })
    .catch(() => undefined);
  if (listening === undefined) return { kind: 'refused', code: 'UNAVAILABLE' };
  const over = AbortSignal.any([answered.signal, signal]);
  const asked = { kind: 'consent-wanted', useId: callId, ...wordsFor(policy, purpose) } as const;
  for (let seconds = patienceSeconds; seconds > 0 && !over.aborted; seconds -= againSeconds) {
    bus.signal(CallSignal, scope, { ...asked, seconds });
    await pause(againSeconds * 1_000, over).catch(() => undefined);
  }
  await listening.stop();
  return { kind: 'done', ok: true, result: { answer } };
}

function wordsFor(policy: Policy, purpose: ConsentPurpose) {
  const { version, text } = consentWords(policy, purpose);
  return { purpose, version, text, textHash: createHash('sha256').update(text, 'utf8').digest('hex') };
}
