import { TokenUse } from '@vox/contracts';
import { repeat } from '@vox/platform/time';
import { openCourier } from './courier/mod.ts';
import type { AuthDependencies } from './dependencies.ts';
import { onMemberChange } from './logins/mod.ts';
import { membershipOf } from './members/mod.ts';
import { answerAll } from './responders.ts';
import { publishNewestKey } from './signing-keys/command/ensure-key-ring.ts';
import { publishPolicies } from './tenants/command/publish-policies.ts';
import { sweepOf } from './timers.ts';

export type AuthOptions = Omit<AuthDependencies, 'publishedSets' | 'isMember' | 'wakeCourier' | 'endLoginsOf'> &
  Readonly<{ sweepMs: number }>;

/** Wires the domains of auth. It opens nothing itself. */
export async function startAuth(options: AuthOptions): Promise<{ stop: () => Promise<void> }> {
  const isMember = membershipOf(options);
  const courier = openCourier({ ...options, isMember });
  const dependencies: AuthDependencies = {
    ...options,
    isMember,
    endLoginsOf: onMemberChange(options),
    wakeCourier: courier.wake,
    publishedSets: new Map(),
  };
  for (const use of TokenUse.options) await publishNewestKey(dependencies, use);
  await publishPolicies(dependencies);
  const running = [...(await answerAll(dependencies))];
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
    },
  };
}
