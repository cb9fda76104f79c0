import {
  LeaseSigningKey,
  PolicyDocument,
  ReceiptKeyDocument,
  RevocationDocument,
  SigningKeyDocument,
  WithdrawalDocument,
} from '@vox/contracts';
import {
  derivedKey,
  LoginToken,
  leasedSigner,
  readySealKey,
  SessionToken,
  tokenVerifier,
  WidgetToken,
} from '@vox/platform/crypto';
import { redactor } from '@vox/platform/redaction-thread';
import { repeat } from '@vox/platform/time';
import type { Express } from 'express';
import { edgeApp } from './app.ts';
import { proofOfWork } from './bot/command/proof-of-work.ts';
import type { BotVerifiers } from './bot/decide/verifier.ts';
import { flagBot } from './bot/publish/flag-bot.ts';
import type { Needs } from './dependencies.ts';
import { refusals } from './door/publish/refusals.ts';
import { denyCache } from './limits/keep/deny-cache.ts';
import type { ForgettingLimits } from './limits/keep/limits.ts';
import { memoryLimits, memoryMarks } from './memory.ts';
import { knownOrigins } from './origin/keep/known-origins.ts';
import { answerSubjectSteps } from './privacy/command/erase-person.ts';
import { alarm } from './store/keep/alarm.ts';
import type { Marks } from './store/keep/claims.ts';
import { degrading } from './stores.ts';
import { showsDelay } from './tenant/accept/on-revocation.ts';
import type { Carries } from './transcripts/keep/redaction-states.ts';

/** What is opened elsewhere; the rest is made here from the bus. */
export type EdgeOptions = Pick<Needs, 'bus' | 'settings' | 'clock' | 'uuid' | 'random' | 'log'> &
  Readonly<{
    /** Counters, marks and carries that all copies share. */
    store: Readonly<{ limits: ForgettingLimits; marks: Marks; carries: Carries }>;
    /** How many copies of this service there are thought to be: what each counts alone, while the store is down, is that share. */
    expectedCopies: number;
    /** 32 secret bytes, the same in every copy. */
    secret: Uint8Array;
    /** Mean number of tries of a proof of work. */
    proofTries: number;
    /** Verifiers beside the proof of work, as far as this installation has them. */
    verifiers: BotVerifiers;
  }>;

const flushMs = 10_000;
/** Whoever waits over HTTP is refused within a second while nobody answers. */
const soon = { timeoutMs: 900 };

/** One call must not keep the others waiting, and whoever appends is answered while it waits. */
const readingBounds = { perCallMax: 2, waitingMax: 64, patienceMs: 10_000 };

/** Wires the rooms of edge-guard. It opens nothing itself: the caller listens with the app. */
export async function startEdge(options: EdgeOptions): Promise<{ app: Express; stop: () => Promise<void> }> {
  const { bus, clock, log, uuid, store, secret } = options;
  const origins = knownOrigins();
  const policies = await bus.documents(PolicyDocument).follow(origins.follow);
  const revoked = await bus.documents(RevocationDocument).follow(showsDelay(clock));
  const keys = await bus.documents(SigningKeyDocument).follow();
  const receiptKeys = await bus.documents(ReceiptKeyDocument).follow();
  const withdrawn = await bus.documents(WithdrawalDocument).follow();
  const failed = (error: unknown): void => log.warn({ error }, 'a refusal could not be told');
  const told = refusals(bus, clock, uuid, failed);
  const degraded = alarm(log);
  const own = { limits: memoryLimits(clock), marks: memoryMarks(clock) };
  const { limits, marks, carries } = degrading(store, own, options.expectedCopies, clock, degraded);
  const reading = redactor(readingBounds);
  const app = edgeApp({
    ...options,
    redact: reading.redact,
    limits: denyCache(limits, clock),
    marks,
    carries,
    policies,
    revoked,
    receiptKeys,
    withdrawn,
    isKnownOrigin: origins.has,
    refusals: told,
    sealKey: readySealKey(derivedKey(secret, 'answers')),
    addressKey: derivedKey(secret, 'address'),
    verifiers: {
      'proof-of-work': proofOfWork({
        secret: derivedKey(secret, 'proof-of-work').toString('base64url'),
        spend: async (name, lifeMs) => (await marks.claim(`spent:${name}`, '1', lifeMs)) === undefined,
        clock,
        tries: options.proofTries,
      }),
      ...options.verifiers,
    },
    flagBot: flagBot(bus, clock, uuid),
    signWidget: leasedSigner(WidgetToken, () => bus.ask(LeaseSigningKey, { use: 'widget' }, soon), clock),
    verifyWidget: tokenVerifier(WidgetToken, keys.get),
    verifySession: tokenVerifier(SessionToken, keys.get),
    verifyLogin: tokenVerifier(LoginToken, keys.get),
  });
  const answering = await answerSubjectSteps(bus, store);
  const flushing = repeat(flushMs, told.flush, failed);
  return {
    app,
    async stop() {
      for (const each of answering) await each.stop();
      await reading.stop();
      await flushing.stop();
      await told.flush();
      for (const replica of [policies, revoked, keys, receiptKeys, withdrawn]) await replica.stop();
    },
  };
}
