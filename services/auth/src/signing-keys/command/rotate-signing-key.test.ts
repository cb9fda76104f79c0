import { randomUUID } from 'node:crypto';
import { LeaseSigningKey, RotateSigningKey, SigningKeyDocument, TokenUse } from '@vox/contracts';
import { leasedSigner, tokenVerifier, WidgetToken } from '@vox/platform/crypto';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins, origin } from '../../auth.fixture.ts';

const kidOf = (jwt: string): string => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid;

describe('a rotation of signing keys', () => {
  let fixture: AuthOnTwins;
  beforeEach(async () => {
    fixture = await authOnTwins();
  });
  afterEach(() => fixture.close());

  it('is published once for each key, with who asked for it or that it came by itself', async () => {
    const { kid } = await fixture.bus.ask(RotateSigningKey, { use: 'widget', actor: 'operator:ada' });
    const published = fixture.bus.published().filter(({ type }) => type.includes('signing-key-rotated'));
    expect(published.map(({ data }) => data as { use: string; actor: string })).toMatchObject([
      ...TokenUse.options.map((use) => ({ use, actor: 'service:auth' })),
      { use: 'widget', kid, actor: 'operator:ada' },
    ]);
  });
  it('refuses no token that was signed before or after it', async () => {
    const { bus, clock } = fixture;
    const replica = await bus.documents(SigningKeyDocument).follow();
    const verify = tokenVerifier(WidgetToken, replica.get);
    const sign = leasedSigner(WidgetToken, () => bus.ask(LeaseSigningKey.widget, {}), clock);
    const claims = { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', origin };
    const token = () => sign(claims, { id: randomUUID(), subject: 'v', now: clock.now(), lifeSeconds: 86_400 });
    const tokens = [await token()];
    const { kid } = await bus.ask(RotateSigningKey, { use: 'widget', actor: 'test' });
    for (let minutes = 0; minutes < 90; minutes += 10) {
      clock.advanceMs(600_000);
      tokens.push(await token());
      for (const each of tokens) await verify(each, clock.now());
      // The lease is renewed beside the token that noticed.
      await settled(bus);
    }
    expect(kidOf(tokens.at(-1) ?? '')).toBe(kid);
  });
});
