import { randomBytes } from 'node:crypto';
import { CreateApiKey, CreateWebhook } from '@vox/contracts';
import { seal } from '@vox/platform/crypto';
import { derivedHashKeys } from '@vox/platform/hash-keys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyingKeyOf } from './api-keys/command/new-secrets.ts';
import { type AuthOnTwins, authOnTwins } from './auth.fixture.ts';
import { resealAll } from './reseal.ts';
import { proveTotpCode } from './second-factors/command/prove-code.ts';
import { factorsOnTwins, owner, pending } from './second-factors/factors.fixture.ts';
import { secretContext } from './single-sign-on/command/put-connection.ts';
import { clientOf } from './single-sign-on/command/start-sign-in.ts';
import { openedSecret } from './webhooks/publish/secret.ts';

const former = Buffer.alloc(32, 1);
const next = randomBytes(32);
const by = { tenantId: 'acme', actor: 'operator:test' };

describe('sealing anew under the newest seal key', () => {
  let auth: AuthOnTwins;
  beforeEach(async () => {
    auth = await authOnTwins();
    await auth.putTenant();
  });
  afterEach(() => auth.close());

  it('takes secrets of API keys, of webhooks, of apps and of single sign-on with it, and finds nothing twice', async () => {
    const factors = factorsOnTwins();
    const { secret } = await factors.enrolApp();
    const { signingSecret } = await auth.bus.ask(CreateApiKey, {
      ...{ ...by, label: 'ci', env: 'dev', scopes: ['checklist:read'] },
    });
    const url = 'https://127.0.0.1/hook';
    const { endpoint, secret: webhookSecret } = await auth.bus.ask(CreateWebhook, {
      ...{ ...by, url, types: ['session.ended'] },
    });
    const client = { tenantId: 'acme', issuer: 'https://issuer.example', clientId: 'vox' };
    const sealed = seal(former, secretContext('acme', client.issuer, client.clientId), 'client-secret');
    const connection = {
      ...client,
      sealed,
      isRequired: false,
      secondFactor: 'asked',
      domains: [],
      untold: [],
    } as const;
    await auth.connections.update('acme', () => ({ result: 0, state: { ...connection, isRemoved: false } }));

    const kept = { ...auth, secondFactors: factors.secondFactors };
    expect(await resealAll({ ...kept, sealKey: [next, former] })).toBeGreaterThan(4);
    expect(await resealAll({ ...kept, sealKey: [next, former] })).toBe(0);

    const [key] = (await auth.apiKeyRings.read('acme'))?.keys ?? [];
    expect(key && verifyingKeyOf(next, key.keyId, key.signing)).toMatchObject({
      secret: Buffer.from(signingSecret ?? ''),
    });
    const [hook] = (await auth.endpoints.read('acme'))?.endpoints ?? [];
    const whose = { tenantId: 'acme', endpointId: endpoint.endpointId };
    expect(openedSecret(next, whose, hook?.secrets[0]?.sealed ?? '')).toBe(webhookSecret);
    const stored = await auth.connections.read('acme');
    expect(stored && clientOf(next, stored).clientSecret).toBe('client-secret');
    const proving = { ...factors, sealKey: next, hashKeys: derivedHashKeys(former, ['recovery-codes']) };
    await proveTotpCode(proving, owner, pending(), factors.codeOf(secret));
  });
});
