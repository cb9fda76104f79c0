import { CreateSecret, LendSecrets, ListSecrets, RotateSecret, subjectNameOfQuestion } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';
import { newBoxKey } from '@vox/platform/crypto';
import { expect } from 'vitest';
import { type Browser, bearer } from './browser.ts';
import { tenant } from './canaries.ts';
import { linkAs } from './places.ts';

/** A tool that sends the secret to a host that nobody has (RFC 2606 §3): a header holds it all the same. */
export const secretTool = {
  ...{ kind: 'http_tool' as const, name: 'canary_order', description: 'Finds an order.' },
  parameters: { type: 'object', properties: {} },
  http: {
    method: 'GET' as const,
    urlTemplate: 'https://api.shop.example/orders',
    headers: { Authorization: 'Bearer {{secrets.CANARY_KEY}}' },
    timeoutMs: 3_000,
  },
};

/** A secret of the tenant is kept, rotated, listed, lent and used, and sent by somebody who may not. */
export async function tenantSecret(stack: Stack, browser: Browser, sessionToken: string): Promise<void> {
  const of = { tenantId: 'canary-shop', actor: 'test' };
  const [name, host] = ['CANARY_KEY', 'api.shop.example'];
  await stack.operator.ask(CreateSecret, { ...of, name, value: tenant.secret, hosts: [host] });
  await stack.operator.ask(RotateSecret, { ...of, name, value: tenant.nextSecret });
  expect((await stack.operator.ask(ListSecrets, { tenantId: of.tenantId })).secrets).toHaveLength(1);
  const used = await browser('/api/tools/execute', { name: secretTool.name, args: {} }, bearer(sessionToken));
  expect(used).toMatchObject({ status: 502, body: { reason: 'unresolved' } });
  const stranger = await browser('/api/v1/secrets', { name, value: tenant.secret, hosts: [host] }, bearer('none'));
  expect(stranger.status).toBe(401);
  const broker = await linkAs(stack, 'session-broker');
  try {
    const asked = { tenantId: of.tenantId, names: [name], host, publicKey: newBoxKey().publicKey };
    const lent = await broker.request(subjectNameOfQuestion(LendSecrets), JSON.stringify(asked), { timeout: 5_000 });
    expect(lent.string()).toContain('"kind":"lent"');
  } finally {
    await broker.close();
  }
}
