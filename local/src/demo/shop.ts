import { randomBytes } from 'node:crypto';
import { CreateSecret } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { listen } from '@vox/platform/http';
import { shopHost, shopServer } from '../shop/shop.ts';
import { shopSecret } from './tools.ts';

/** Opens the pretended shop on this machine, with a key of its own that a tenant's tools are lent. */
export async function openDemoShop() {
  const key = randomBytes(24).toString('base64url');
  const door = await listen(shopServer(key), { host: '127.0.0.1', port: 0 });
  return {
    url: door.url,
    lendKey: async (bus: Bus, tenantId: string): Promise<void> => {
      const secret = { tenantId, name: shopSecret, value: key, hosts: [shopHost] };
      await bus.ask(CreateSecret, { ...secret, actor: 'all-in-one' });
    },
    close: () => door.close(0),
  };
}
