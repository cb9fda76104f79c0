import { memoryBus } from '@vox/shared/bus';
import { consumers, LeaseSigningKey, SessionVerdict } from '@vox/shared/contracts';
import type { Servers } from '../servers.ts';
import { edgeOn } from './edge-on.ts';
import type { Path, Paths } from './path.ts';
import { many, withTenants } from './tenants.ts';

const refusedAfter = 10;

export const edgePaths: Paths = {
  'edge refuses': (servers) => edgeAlone(servers, refusedAfter),
  'edge passes': (servers) => edgeAlone(servers, many),
};

/** edge-guard alone, on the in-memory bus, behind which every request is granted at once. */
async function edgeAlone({ redis }: Servers, perMinute: number): Promise<Path> {
  const bus = memoryBus();
  const widgetKeys = await withTenants(bus);
  await bus.ask(LeaseSigningKey, { use: 'session' });
  await bus.consume(
    { ...consumers.quotaRequests, concurrency: 10_000 },
    async ({ data: { sessionId } }, { replyTo }) => {
      const soon = new Date(Date.now() + 60_000).toISOString();
      await bus.reply(replyTo ?? '', SessionVerdict, {
        kind: 'granted',
        sessionId,
        clientSecret: { value: 'ek_bench', expiresAt: soon },
        sessionToken: 'bench',
        maxSeconds: 60,
        idleSeconds: 60,
        endsAt: soon,
      });
      return 'done';
    },
  );
  return { app: await edgeOn(bus, redis, perMinute), widgetKeys };
}
