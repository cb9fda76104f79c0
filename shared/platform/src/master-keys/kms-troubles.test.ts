import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { logger, whatBroke } from '../telemetry/mod.ts';
import { awsUser } from './aws-kms.fixture.ts';
import { onAws, onVault } from './holders.fixture.ts';
import { troubles } from './kms-server.fixture.ts';
import { vaultToken } from './vault.fixture.ts';

const context = 'tenant:acme:secrets';
/** What a log says of an error. */
function logged(error: unknown): string {
  const lines: string[] = [];
  const destination = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line));
      done();
    },
  });
  logger({ service: 'test', destination }).error({ error }, 'failed');
  return lines.join('');
}
const failure = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

describe.each([
  ['AWS KMS', onAws],
  ['Vault', onVault],
] as const)('while %s is in trouble', (name, open) => {
  it.each(troubles)(
    '(%s) wrapping and opening are UNAVAILABLE, and the log names it and shows no key',
    async (what) => {
      const { holder, server } = await open();
      const key = randomBytes(32);
      const wrapped = await holder.wrap(key, context);
      server.be(what);
      const asked = [holder.wrap(key, context), holder.open(wrapped, context), holder.newest()];
      for (const error of await Promise.all(asked.map(failure))) {
        expect(error).toMatchObject({ code: 'UNAVAILABLE', cause: { message: expect.stringMatching(name) } });
        expect(whatBroke(error)).toMatchObject({ dependency: 'kms' });
        const shown = `${inspect(error, { depth: 9 })}${logged(error)}`;
        for (const secret of [key.toString('base64'), wrapped.sealed, awsUser.secretAccessKey, vaultToken, context])
          expect(shown).not.toContain(secret);
        expect(shown).not.toContain('canary');
      }
      server.be(undefined);
      expect(await holder.open(wrapped, context)).toEqual(key);
    },
  );
  it('nobody waits for it after five failures in a row, and one asks again after ten seconds', async () => {
    const { holder, server, clock } = await open();
    const wrapped = await holder.wrap(randomBytes(32), context);
    server.be('broken');
    for (let n = 0; n < 5; n += 1) await failure(holder.open(wrapped, context));
    const heard = server.heard.length;
    server.be(undefined);
    expect(await failure(holder.open(wrapped, context))).toMatchObject({
      ...{ code: 'UNAVAILABLE', answer: { retryAfterSeconds: 10 } },
      cause: { message: expect.stringMatching(/left alone/) },
    });
    expect(server.heard).toHaveLength(heard);
    clock.advanceMs(10_000);
    expect(await holder.open(wrapped, context)).toHaveLength(32);
  });
  it('what does not open is no trouble: the breaker stays closed', async () => {
    const { holder } = await open();
    const wrapped = await holder.wrap(randomBytes(32), context);
    for (let n = 0; n < 8; n += 1) expect(await holder.open(wrapped, `${context}${n}`)).toBeUndefined();
    expect(await holder.open(wrapped, context)).toHaveLength(32);
  });
});

describe('whoever is not let in', () => {
  it('by AWS KMS with a wrong secret key hears UNAVAILABLE, and is let in with the right one at once', async () => {
    let credentials = { ...awsUser, secretAccessKey: 'another' };
    const { holder } = await onAws({ credentials: () => credentials });
    expect(await failure(holder.wrap(randomBytes(32), context))).toMatchObject({
      ...{ code: 'UNAVAILABLE', cause: { message: 'AWS KMS answered 400 InvalidSignatureException to Encrypt' } },
    });
    credentials = awsUser;
    expect(await holder.wrap(randomBytes(32), context)).toMatchObject({ sealed: expect.any(String) });
  });
  it('by AWS KMS for a request of another time hears UNAVAILABLE', async () => {
    const { holder, server, clock } = await onAws();
    await holder.wrap(randomBytes(32), context);
    const [{ headers, body } = { headers: {}, body: '' }] = server.heard;
    clock.advanceMs(600_000);
    const again = await fetch(server.url, {
      ...{ method: 'POST', body },
      headers: Object.entries(headers)
        .filter(([named]) => /^(authorization|content-type|x-amz-)/.test(named))
        .map(([named, value]) => [named, String(value)]),
    });
    expect([again.status, await again.json()]).toMatchObject([400, { __type: 'InvalidSignatureException' }]);
  });
  it('by AWS KMS to a key that is disabled hears UNAVAILABLE', async () => {
    const { holder, server } = await onAws();
    server.disable('old');
    expect(await failure(holder.wrap(randomBytes(32), context))).toMatchObject({
      cause: { message: 'AWS KMS answered 400 DisabledException to Encrypt' },
    });
    expect(await failure(holder.newest())).toMatchObject({ cause: { message: expect.stringMatching(/not enabled/) } });
  });
  it('by Vault with an old token hears UNAVAILABLE, and is let in with the new one at once', async () => {
    let token = 'hvs.canary-of-before';
    const { holder } = await onVault({ token: () => token });
    const error = await failure(holder.wrap(randomBytes(32), context));
    expect(error).toMatchObject({ cause: { message: expect.stringMatching(/^Vault answered 403/) } });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
    token = vaultToken;
    expect(await holder.wrap(randomBytes(32), context)).toMatchObject({ keyId: 'transit/vox/v1' });
  });
});
