import {
  LeaseSigningKey,
  PolicyDocument,
  ReceiptKeyDocument,
  RevocationDocument,
  SigningKeyDocument,
  WithdrawalDocument,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { LoginToken, leasedSigner, ProofToken, SessionToken, tokenVerifier, WidgetToken } from '@vox/platform/crypto';
import { redactor } from '@vox/platform/redaction-thread';
import type { KnownCopy } from '@vox/platform/status';
import type { Log } from '@vox/platform/telemetry';
import { type Clock, repeat } from '@vox/platform/time';
import type { Express } from 'express';
import { proveMachine } from './api-keys/mod.ts';
import { type AppDependencies, edgeApp } from './app.ts';
import { showVerdicts } from './bot/command/check-bot.ts';
import { proofOfWork } from './bot/command/proof-of-work.ts';
import type { BotVerifiers } from './bot/decide/verifier.ts';
import { spentNonces } from './bot/keep/spent-nonces.ts';
import { flagBot } from './bot/publish/flag-bot.ts';
import { onLostLink, onRevocation } from './changes/accept/on-revocation.ts';
import { followers } from './changes/keep/followers.ts';
import { soon } from './checks/mod.ts';
import { refusals } from './door/publish/refusals.ts';
import { denyCache } from './limits/keep/deny-cache.ts';
import { retryMsOf } from './live-events/decide/live-event.ts';
import { followingStreams, openStreams, standardStreams } from './live-events/keep/open-streams.ts';
import { seenLogins } from './logins/command/keep-login.ts';
import { cookieNames } from './logins/decide/cookies.ts';
import { memoryStores } from './memory.ts';
import { knownOrigins } from './origin/keep/known-origins.ts';
import { startResponders } from './responders.ts';
import { edgeSecrets } from './secrets.ts';
import { alarm } from './store/keep/alarm.ts';
import { degrading, type Stores } from './stores.ts';
import { showsDelay } from './tenant/accept/on-revocation.ts';

export type EdgeSettings = Pick<
  AppDependencies,
  | 'proxies'
  | 'addressHeader'
  | 'ipLimit'
  | 'bodyBytes'
  | 'ceiling'
  | 'requestDeadlineMs'
  | 'requireHttps'
  | 'publicOrigins'
  | 'botProtection'
  | 'providerUrl'
>;

/** What is opened elsewhere; the rest is made here from the bus. */
export type EdgeOptions = Readonly<{
  bus: Bus;
  settings: EdgeSettings;
  /** Limits, claims and redaction states that all copies share. */
  store: Stores;
  /**
   * How many copies of this service there are thought to be: what each counts alone, while the store is down, is that
   * share.
   */
  expectedCopies: number;
  /** 32 secret bytes, the same in every copy. */
  secret: Uint8Array;
  /** Others that are believed too while they are rotated. */
  previousSecret?: Uint8Array | undefined;
  /** Mean number of tries of a proof of work. */
  proofTries: number;
  /** Verifiers beside the proof of work, as far as this installation has them. */
  verifiers: BotVerifiers;
  /** The cookie of a login. */
  loginCookieName: string;
  clock: Clock;
  uuid: () => string;
  random: (size: number) => Uint8Array;
  log: Log;
  copy?: KnownCopy;
}>;

const flushMs = 10_000;

/** One call must not keep the others waiting, and whoever appends is answered while it waits. */
const readingBounds = { perCallMax: 2, waitingMax: 64, patienceMs: 10_000 };

/** `drain` ends what would go on for long, before the caller waits for what is under way. */
export type Edge = Readonly<{ app: Express; drain: () => void; stop: () => Promise<void> }>;

/** Wires the domains of edge-guard. It opens nothing itself: the caller listens with the app. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { bus, clock, log, uuid, random, store, settings } = options;
  const secrets = edgeSecrets(options.secret, options.previousSecret);
  const origins = knownOrigins();
  const policies = await bus.documents(PolicyDocument).follow(origins.follow);
  const following = followers();
  const [showDelay, endFollower] = [showsDelay(clock), onRevocation(following)];
  const revoked = await bus.documents(RevocationDocument).follow((key, value) => {
    showDelay(key, value);
    endFollower(key, value);
  });
  const keys = await bus.documents(SigningKeyDocument).follow();
  const receiptKeys = await bus.documents(ReceiptKeyDocument).follow();
  const withdrawn = await bus.documents(WithdrawalDocument).follow();
  const failed = (error: unknown): void => log.warn({ error }, 'a refusal could not be published');
  const noted = refusals(bus, clock, uuid, failed);
  const stores = degrading(store, memoryStores(clock), options.expectedCopies, clock, alarm(log));
  const limits = denyCache(stores.limits, clock);
  const reading = redactor(readingBounds);
  const retryMs = () => retryMsOf(random(1)[0] ?? 0);
  const liveStreams = openStreams(standardStreams, retryMs);
  const changeStreams = openStreams(followingStreams, retryMs);
  const verifiers: BotVerifiers = {
    'proof-of-work': proofOfWork({
      ...secrets.proof,
      nonces: spentNonces(stores.claims),
      clock,
      tries: options.proofTries,
    }),
    ...options.verifiers,
  };
  showVerdicts(verifiers);
  const verifyLogin = tokenVerifier(LoginToken, keys.get);
  const app = edgeApp({
    ...settings,
    ...{ bus, clock, log, uuid, random, policies, revoked, receiptKeys, withdrawn },
    limits,
    idempotencyKeys: stores.claims,
    redactionStates: stores.redactionStates,
    redact: reading.redact,
    ...{ liveStreams, changeStreams, followers: following },
    isKnownOrigin: origins.has,
    refusals: noted,
    sealKey: secrets.sealKey,
    addressKey: secrets.addressKey,
    verifiers,
    flagBot: flagBot(bus, clock, uuid),
    signWidget: leasedSigner(WidgetToken, () => bus.ask(LeaseSigningKey.widget, {}, soon), clock),
    verifyWidget: tokenVerifier(WidgetToken, keys.get),
    verifySession: tokenVerifier(SessionToken, keys.get),
    verifyLogin,
    cookies: cookieNames(options.loginCookieName),
    seenLogins: seenLogins(),
    proveMachine: proveMachine({ bus, revoked, limits, clock, publicOrigins: settings.publicOrigins }),
  });
  const proofs = { verifyLogin, verifyProof: tokenVerifier(ProofToken, keys.get) };
  const responding = await startResponders({ bus, clock, revoked, copy: options.copy, ...proofs }, store);
  const watchingLink = onLostLink(following, revoked, bus);
  const flushing = repeat(flushMs, noted.flush, failed);
  const drain = (): void => {
    for (const streams of [liveStreams, changeStreams]) streams.close();
  };
  return {
    app,
    drain,
    async stop() {
      drain();
      for (const each of responding) await each.stop();
      await reading.stop();
      await watchingLink.stop();
      await flushing.stop();
      await noted.flush();
      for (const replica of [policies, revoked, keys, receiptKeys, withdrawn]) await replica.stop();
    },
  };
}
