import {
  type ConsentChoice,
  consentWords,
  type Identity,
  type Policy,
  RecordConsent,
  VisitorSignal,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { SessionClaims, Verifier } from '@vox/platform/crypto';
import { Fault, invalidField } from '@vox/platform/fault';
import { readSubject } from '@vox/platform/identifiers';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { soon } from '../../checks/mod.ts';
import { hashOf } from './words.ts';

type Asked = Readonly<{
  policy: Policy;
  identity: Extract<Identity, { kind: 'widget' }>;
  body: z.infer<typeof ConsentChoice> &
    Pick<z.infer<(typeof RecordConsent)['request']>, 'subject'> &
    Readonly<{ sessionToken?: string | undefined }>;
}>;

type RecordConsentDependencies = Readonly<{
  bus: Pick<Bus, 'ask' | 'signal'>;
  verifySession: Verifier<SessionClaims>;
  clock: Pick<Clock, 'now'>;
}>;

/**
 * Records what a visitor was shown and answered. What it says yes to must be the words in force; it may say no to any.
 * Where the agent of a call asked, only a click is an answer, and that call is told once it is recorded.
 */
export const recordConsent =
  (dependencies: RecordConsentDependencies) =>
  async ({ policy, identity, body }: Asked) => {
    const { bus } = dependencies;
    const call = await callOf(dependencies, { policy, identity, body });
    const { purpose, version, textHash, locale, method, given, subject } = body;
    const words = consentWords(policy, purpose);
    if (given && version !== words.version) throw invalidField('version', 'is not the version in force');
    if (given && textHash !== hashOf(words.text))
      throw invalidField('textHash', 'is not the hash of the words in force');
    const { named, issues } = readSubject(subject ?? {}, policy.country);
    if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
    // Read once, by the policy in force here: behind the door it needs no country any more.
    const who = named.length === 0 ? undefined : Object.fromEntries(named.map(({ kind, form }) => [kind, form]));
    const { widgetKey, visitorId } = identity;
    const choice = { purpose, version, textHash, locale, method, given };
    const answer = await bus.ask(
      RecordConsent,
      { tenantId: policy.tenantId, widgetKey, visitorId, choice, subject: who },
      soon,
    );
    if (call !== undefined) bus.signal(VisitorSignal, call, { kind: 'consent', purpose, given });
    return { ok: true, ...answer };
  };

/** The call in which the visitor was asked, if it says so. It must be its own. */
async function callOf(
  { verifySession, clock }: RecordConsentDependencies,
  { policy: { tenantId }, identity: { visitorId }, body: { sessionToken, method } }: Asked,
) {
  if (sessionToken === undefined) return undefined;
  if (method !== 'click') throw invalidField('method', 'must be `click` where the agent of a call asked');
  const proved = await verifySession(sessionToken, clock.now()).catch(() => undefined);
  const { claims, subject: sessionId = '' } = proved ?? {};
  const isOwn =
    claims?.tenantId === tenantId && claims.identity.kind === 'widget' && claims.identity.visitorId === visitorId;
  if (!isOwn) throw invalidField('sessionToken', 'is not the token of a call of this visitor');
  return { tenantId, sessionId };
}
