import {
  CreateSecret,
  LendSecrets,
  LentSecrets,
  ListSecrets,
  lentContext,
  RotateSecret,
  type SecretView,
} from '@vox/contracts';
import { newBoxKey } from '@vox/platform/crypto';
import { afterEach } from 'vitest';
import { type AuthOnTwins, authOnTwins } from '../auth.fixture.ts';
import { memoryMasterKeys } from './master-keys.fixture.ts';

export const tenantId = 'acme';
export const host = 'api.example';
export const by = { tenantId, actor: 'test' };
export const minuteMs = 60_000;

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Auth with a tenant, and master keys that a test turns. */
export async function secretsOnTwins(over: Parameters<typeof authOnTwins>[0] = {}) {
  const masterKeys = memoryMasterKeys();
  const fixture = await authOnTwins({ masterKeys, ...over });
  open.push(fixture);
  await fixture.putTenant();
  return { ...fixture, masterKeys };
}
export type SecretsOnTwins = Awaited<ReturnType<typeof secretsOnTwins>>;

type Asking = Pick<AuthOnTwins, 'bus'>;

export const create = (
  { bus }: Asking,
  value: string,
  over: Partial<typeof by & { name: string; hosts: string[] }> = {},
) => bus.ask(CreateSecret, { ...by, name: 'SHOP_KEY', value, hosts: [host], ...over });
export const rotate = (
  { bus }: Asking,
  value: string,
  over: Partial<{ name: string; hosts: string[]; inForceFrom: string; ifVersion: number }> = {},
) => bus.ask(RotateSecret, { ...by, name: 'SHOP_KEY', value, ...over });

export async function viewOf({ bus }: Asking, name = 'SHOP_KEY'): Promise<SecretView | undefined> {
  return (await bus.ask(ListSecrets, { tenantId })).secrets.find((each) => each.name === name);
}

/** What session-broker reads of an answer: the values, or why there are none. */
export async function lent({ bus }: Asking, over: Partial<{ tenantId: string; names: string[]; host: string }> = {}) {
  const asked = { tenantId, names: ['SHOP_KEY'], host, ...over };
  const key = newBoxKey();
  const answer = await bus.ask(LendSecrets, { ...asked, publicKey: key.publicKey }, { as: 'session-broker' });
  if (answer.kind === 'refused') return answer;
  return LentSecrets.parse(JSON.parse(key.open(lentContext(asked), answer.box) ?? 'null'));
}
