import { randomUUID } from 'node:crypto';
import { LeaseSigningKey } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { tokenSigner, WidgetToken } from '@vox/platform/crypto';
import type { Servers } from '../servers.ts';
import { edgeOn } from './edge-on.ts';
import { instantBus } from './instant-bus.ts';
import type { Path, Paths } from './path.ts';
import { many, origin, refusedAfter, withTenants } from './tenants.ts';

export const edgePaths: Paths = {
  'edge refuses': (servers) => edgeAlone(servers, refusedAfter),
  'edge passes': (servers) => edgeAlone(servers, many),
  'edge passes by token': (servers) => edgeByToken(servers),
};

const visitors = 2_000;
const tokenSeconds = 300;

/** The same for visitors with a token of a page that showed the widget. */
async function edgeByToken(servers: Servers): Promise<Path> {
  const { app, credentials: widgetKeys, bus } = await edgeAlone(servers, many);
  const sign = await tokenSigner(WidgetToken, await bus.ask(LeaseSigningKey.widget, {}));
  const credentials = await Promise.all(
    Array.from({ length: visitors }, (_, n) => {
      const widgetKey = widgetKeys[n % widgetKeys.length] ?? '';
      const [, tenantId = ''] = widgetKey.split('_');
      const stamp = { id: randomUUID(), subject: `v_${n}`, now: new Date(), lifeSeconds: tokenSeconds };
      return sign({ tenantId, widgetKey, origin }, stamp);
    }),
  );
  return { app, credentials };
}

/** edge-guard alone, on the real Redis and a bus behind which every request is granted at once. */
async function edgeAlone({ redis }: Servers, perMinute: number): Promise<Path & { bus: Bus }> {
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const bus = instantBus({
    clientSecret: { value: 'ek_bench', expiresAt: later },
    sessionToken: 'bench',
    maxSeconds: 60,
    idleSeconds: 60,
    endsAt: later,
  });
  const credentials = await withTenants(bus);
  await bus.ask(LeaseSigningKey.session, {});
  return { app: await edgeOn(bus, redis, perMinute), credentials, bus };
}
