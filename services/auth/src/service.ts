import { TokenUse } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { webhooksWaiting, webhookTries } from '@vox/platform/telemetry';
import { consumeAll } from './consumers.ts';
import type { AuthDependencies } from './dependencies.ts';
import { answerAll } from './responders.ts';
import { publishNewestKey } from './signing-keys/command/ensure-key-ring.ts';
import { publishPolicies } from './tenants/command/publish-policies.ts';
import { startTimers } from './timers.ts';

export type AuthOptions = Omit<AuthDependencies, 'publishedSets'> & Readonly<{ sweepMs: number }>;

/** Wires the domains of auth. It opens nothing itself. */
export async function startAuth(options: AuthOptions): Promise<{ stop: () => Promise<void> }> {
  const dependencies: AuthDependencies = { ...options, publishedSets: new Map() };
  for (const use of TokenUse.options) await publishNewestKey(dependencies, use);
  await publishPolicies(dependencies);
  const guard = await accessGuard('auth', options.bus, options.clock);
  const answering = await answerAll({ ...dependencies, bus: guard.bus });
  const running = [...(await consumeAll(dependencies)), ...answering];
  const timers = startTimers(dependencies, options.sweepMs);
  const unwatch = measure(dependencies);
  return {
    async stop() {
      unwatch();
      await timers.stop();
      for (const each of running.reverse()) await each.stop();
      await guard.stop();
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
