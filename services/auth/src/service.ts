import { TokenUse } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { ProofToken } from '@vox/platform/crypto';
import { codesTried, mailsTried } from '@vox/platform/telemetry';
import { repeat } from '@vox/platform/time';
import { keyUses } from './api-keys/command/key-uses.ts';
import { openCourier } from './courier/mod.ts';
import type { AuthDependencies } from './dependencies.ts';
import { onMemberChange } from './logins/mod.ts';
import { membershipOf } from './members/mod.ts';
import { answerAll } from './responders.ts';
import { forgetFactors } from './second-factors/mod.ts';
import { type SignInGate, signInGate } from './sign-in-gate.ts';
import { publishNewestKey } from './signing-keys/command/ensure-key-ring.ts';
import { ownSigner } from './signing-keys/command/own-signer.ts';
import { forgetLink } from './single-sign-on/mod.ts';
import { publishPolicies } from './tenants/command/publish-policies.ts';
import { sweepOf } from './timers.ts';

type Made = 'publishedSets' | 'keyUses' | 'signProof' | 'isMember' | 'wakeCourier' | 'endLoginsOf' | keyof SignInGate;
export type AuthOptions = Omit<AuthDependencies, Made> & Readonly<{ sweepMs: number }>;

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
export async function startAuth(options: AuthOptions): Promise<{ stop: () => Promise<void> }> {
  showCounters();
  const isMember = membershipOf(options);
  const endLoginsOf = onChange(options);
  const courier = openCourier({ ...options, isMember });
  const dependencies: AuthDependencies = {
    ...options,
    isMember,
    ...signInGate({ ...options, endLoginsOf }),
    endLoginsOf,
    wakeCourier: courier.wake,
    publishedSets: new Map(),
    keyUses: keyUses(options),
    signProof: ownSigner(options, ProofToken),
  };
  for (const use of TokenUse.options) await publishNewestKey(dependencies, use);
  await publishPolicies(dependencies);
  const guard = await accessGuard('auth', options.bus, options.clock);
  const running = [...(await answerAll({ ...dependencies, bus: guard.bus }))];
  const { sweep, stop: stopListening } = sweepOf(dependencies);
  const sweeping = repeat(options.sweepMs, sweep, (error) =>
    options.log.warn({ error }, 'a sweep failed and will be tried again'),
  );
  return {
    async stop() {
      stopListening();
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
      await courier.stop();
      await guard.stop();
      await dependencies.keyUses.flush({ isLast: true }).catch(() => undefined);
    },
  };
}
