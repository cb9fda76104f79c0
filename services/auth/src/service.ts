import { TokenUse } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { repeat } from '@vox/platform/time';
import type { AuthDependencies } from './dependencies.ts';
import { answerAll } from './responders.ts';
import { publishNewestKey } from './signing-keys/command/ensure-key-ring.ts';
import { publishPolicies } from './tenants/command/publish-policies.ts';
import { sweepOf } from './timers.ts';

export type AuthOptions = Omit<AuthDependencies, 'publishedSets'> & Readonly<{ sweepMs: number }>;

/** Wires the domains of auth. It opens nothing itself. */
export async function startAuth(options: AuthOptions): Promise<{ stop: () => Promise<void> }> {
  const dependencies: AuthDependencies = { ...options, publishedSets: new Map() };
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
      await guard.stop();
    },
  };
}
