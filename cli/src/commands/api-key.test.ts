import { type ApiKey, CreateApiKey, ListApiKeys, RevokeApiKey, RotateApiKey } from '@vox/contracts';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';

const keyId = '0123456789abcdeF';
const key: ApiKey = {
  ...{ keyId, label: 'machine', env: 'production', scopes: ['usage:read'], networks: [], signing: 'hmac-sha256' },
  ...{ createdAt: '2026-05-05T12:00:00.000Z', expiresAt: null, revokedAt: null, lastUsedAt: null, successor: null },
};
const secrets = { key, apiKey: 'vk_…', signingSecret: 'vks_…' };
const by = { tenantId: 'acme', actor: 'operator:test', requestId: 'r1' };

describe('vox api-key', () => {
  let bus: MemoryBus;
  const asked: unknown[] = [];
  const said: unknown[] = [];
  beforeEach(async () => {
    bus = memoryBus();
    asked.length = said.length = 0;
    const noting =
      <A>(answer: A) =>
      async (request: unknown): Promise<A> => {
        asked.push(request);
        return answer;
      };
    await bus.answer(CreateApiKey, noting(secrets));
    await bus.answer(RotateApiKey, noting({ ...secrets, graceEndsAt: key.createdAt }));
    await bus.answer(RevokeApiKey, noting({ revokedAt: key.createdAt }));
    await bus.answer(ListApiKeys, noting({ keys: [key] }));
  });
  afterEach(() => bus.close());
  const run = (...args: string[]) =>
    voxCommand({
      ...{ ask: bus.ask, actor: by.actor, requestId: by.requestId },
      ...{ say: (answer) => void said.push(answer), note: () => undefined, print: async () => undefined },
    }).parseAsync(['api-key', ...args], { from: 'user' });

  it('creates a key for every environment, network and moment, and shows its secrets once', async () => {
    await run('create', 'acme', '--scope', 'usage:read', 'audit:read', '--reason', 'a new deployer');
    const more = ['--env', 'dev', '--network', '192.0.2.0/24', '2001:db8::/32', '--expires', '2027-01-01'];
    await run('create', 'acme', '--scope', 'usage:read', '--label', 'ci', ...more);
    expect(asked).toMatchObject([
      { ...by, scopes: ['usage:read', 'audit:read'], env: 'production', networks: [], reason: 'a new deployer' },
      {
        ...{ ...by, label: 'ci', env: 'dev', networks: ['192.0.2.0/24', '2001:db8::/32'] },
        expiresAt: '2027-01-01T00:00:00.000Z',
      },
    ]);
    expect(said).toEqual([secrets, secrets]);
  });
  it('rotates a key with a grace of a day unless another is given, revokes it, and lists all', async () => {
    const publicKey = 'A'.repeat(43);
    await run('rotate', 'acme', keyId);
    await run('rotate', 'acme', keyId, '--grace', '0', '--public-key', publicKey);
    await run('revoke', 'acme', keyId);
    await run('list', 'acme');
    expect(asked).toMatchObject([
      { ...by, keyId, graceSeconds: 86_400 },
      { ...by, keyId, graceSeconds: 0, publicKey },
      { ...by, keyId },
      { tenantId: 'acme' },
    ]);
    expect(said.at(-1)).toEqual({ keys: [key] });
  });
  it('takes no scope that is none, and no key without one', async () => {
    for (const args of [['--scope', 'everything'], []]) await expect(run('create', 'acme', ...args)).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});
