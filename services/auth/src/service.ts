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
import { publishNewestKey } from './signing-keys/command/ensure-key-ring.ts';
import { ownSigner } from './signing-keys/command/own-signer.ts';
import { publishPolicies } from './tenants/command/publish-policies.ts';
import { sweepOf } from './timers.ts';

export type AuthOptions = Omit<
  AuthDependencies,
  'publishedSets' | 'keyUses' | 'signProof' | 'isMember' | 'wakeCourier' | 'endLoginsOf'
> &
  Readonly<{ sweepMs: number }>;

/** Counters are shown before the first event, so that it is seen as a rise. */
function showCounters(): void {
  codesTried.add(0, { purpose: 'login', outcome: 'accepted' });
  mailsTried.add(0, { template: 'code', outcome: 'sent' });
}

/** Wires the domains of auth. It opens nothing itself. */
export async function startAuth(options: AuthOptions): Promise<{ stop: () => Promise<void> }> {
  showCounters();
  const isMember = membershipOf(options);
  const courier = openCourier({ ...options, isMember });
  const dependencies: AuthDependencies = {
    ...options,
    isMember,
    endLoginsOf: onMemberChange(options),
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
