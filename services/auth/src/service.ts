import { type ProviderProfile, standardProfiles, TokenUse } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { ProofToken } from '@vox/platform/crypto';
import { openHashKeys } from '@vox/platform/hash-keys';
import { answerStatus, type KnownCopy } from '@vox/platform/status';
import { codesTried, mailsTried, webhooksWaiting, webhookTries } from '@vox/platform/telemetry';
import { keyUses } from './api-keys/command/key-uses.ts';
import { consumeAll } from './consumers.ts';
import { openCourier } from './courier/mod.ts';
import { type AuthDependencies, hashPurposes } from './dependencies.ts';
import { digestMailer } from './digest-mailer.ts';
import { onMemberChange } from './logins/mod.ts';
import { membershipOf } from './members/mod.ts';
import { answerAll } from './responders.ts';
import { forgetFactors } from './second-factors/mod.ts';
import { secretUses } from './secrets/command/secret-uses.ts';
import { dataKeys } from './secrets/keep/data-keys.ts';
import { type SignInGate, signInGate } from './sign-in-gate.ts';
import { publishNewestKey } from './signing-keys/command/ensure-key-ring.ts';
import { ownSigner } from './signing-keys/command/own-signer.ts';
import { forgetLink } from './single-sign-on/mod.ts';
import { publishPolicies } from './tenants/command/publish-policies.ts';
import { startTimers } from './timers.ts';

type Made =
  | 'hashKeys'
  | 'publishedSets'
  | 'keyUses'
  | 'secretUses'
  | 'dataKeys'
  | 'signProof'
  | 'isMember'
  | 'wakeCourier'
  | 'endLoginsOf'
  | keyof SignInGate;
export type AuthOptions = Omit<AuthDependencies, Made | 'providers'> &
  Readonly<{
    sweepMs: number;
    /** Left out, OpenAI alone. */
    providers?: readonly ProviderProfile[];
    copy?: KnownCopy;
  }>;

/** What a change of a member means: its logins end, and of one who is gone nothing of signing in is left. */
const onChange = (options: AuthOptions): AuthDependencies['endLoginsOf'] => {
  const endLogins = onMemberChange(options);
  return async (tenantId, memberId, isGone) => {
    await endLogins(tenantId, memberId, isGone);
    if (!isGone) return;
    await forgetFactors(options, { tenantId, memberId });
    await forgetLink(options, { tenantId, memberId });
  };
};

/** Counters are shown before the first event, so that it is seen as a rise. */
function showCounters(): void {
  codesTried.add(0, { purpose: 'login', outcome: 'accepted' });
  mailsTried.add(0, { template: 'code', outcome: 'sent' });
}

/** Wires the domains of auth. It opens nothing itself. */
export async function startAuth(given: AuthOptions): Promise<{ stop: () => Promise<void> }> {
  showCounters();
  const options = { ...given, hashKeys: await openHashKeys(given.hashKeyStore, given.sealKey, hashPurposes) };
  const isMember = membershipOf(options);
  const endLoginsOf = onChange(options);
  const courier = openCourier({ ...options, isMember });
  const dependencies: AuthDependencies = {
    ...options,
    providers: options.providers ?? standardProfiles,
    isMember,
    ...signInGate({ ...options, endLoginsOf }),
    endLoginsOf,
    wakeCourier: courier.wake,
    publishedSets: new Map(),
    keyUses: keyUses(options),
    secretUses: secretUses(options),
    dataKeys: dataKeys(options),
    signProof: ownSigner(options, ProofToken),
    queueDigest: options.queueDigest ?? digestMailer({ ...options, wakeCourier: courier.wake }),
  };
  for (const use of TokenUse.options) await publishNewestKey(dependencies, use);
  await publishPolicies(dependencies);
  const guard = await accessGuard('auth', options.bus, options.clock);
  const answering = await answerAll({ ...dependencies, bus: guard.bus });
  const status = await answerStatus(guard.bus, { service: 'auth', bus: options.bus, copy: options.copy });
  const running = [...(await consumeAll(dependencies)), ...answering, status];
  const timers = startTimers(dependencies, options.sweepMs);
  const unwatch = measure(dependencies);
  return {
    async stop() {
      unwatch();
      await timers.stop();
      for (const each of running.reverse()) await each.stop();
      await courier.stop();
      await guard.stop();
      for (const uses of [dependencies.keyUses, dependencies.secretUses])
        await uses.flush({ isLast: true }).catch(() => undefined);
    },
  };
}

const waitingMax = 1_000;

/** Shows how webhooks fare. Counters are shown before their first event, so that it is seen as a rise. */
function measure({ deliveries, clock }: AuthDependencies): () => void {
  for (const outcome of ['delivered', 'failed', 'dead']) webhookTries.add(0, { outcome });
  return webhooksWaiting.watch({}, async () => {
    const due = await deliveries.due(clock.now().getTime(), waitingMax);
    return due.filter(({ state }) => state.state === 'waiting').length;
  });
}
