import { LeaseSigningKey } from '@vox/shared/contracts';
import type { Servers } from '../servers.ts';
import { edgeOn } from './edge-on.ts';
import { instantBus } from './instant-bus.ts';
import type { Path, Paths } from './path.ts';
import { many, refusedAfter, withTenants } from './tenants.ts';

export const edgePaths: Paths = {
  'edge refuses': (servers) => edgeAlone(servers, refusedAfter),
  'edge passes': (servers) => edgeAlone(servers, many),
};

/** edge-guard alone, on the real Redis and a bus behind which every request is granted at once. */
async function edgeAlone({ redis }: Servers, perMinute: number): Promise<Path> {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const bus = instantBus({
    clientSecret: { value: 'ek_bench', expiresAt: later },
    sessionToken: 'bench',
    maxSeconds: 60,
    idleSeconds: 60,
    endsAt: later,
  });
  const widgetKeys = await withTenants(bus);
  await bus.ask(LeaseSigningKey, { use: 'session' });
  return { app: await edgeOn(bus, redis, perMinute), widgetKeys };
}
