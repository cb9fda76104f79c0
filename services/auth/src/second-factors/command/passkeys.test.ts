import { beforeEach, describe, expect, it } from 'vitest';
import { authenticator, type Lies } from '../authenticator.fixture.ts';
import { factorsOnTwins, own, owner, pending, site } from '../factors.fixture.ts';
import { addPasskeyFactor, passkeyRegistrationOptions } from './enrol-passkey.ts';
import { listFactors } from './list-factors.ts';
import { passkeyOptions, proveWithPasskey } from './prove-passkey.ts';

const refused = { code: 'INVALID_OTP' };
type Made = ReturnType<typeof factorsOnTwins>;

async function enrol(made: Made, device: ReturnType<typeof authenticator>, lies: Lies = {}, name = 'blue key') {
  const options = await passkeyRegistrationOptions(made, owner, own, site);
  return addPasskeyFactor(made, owner, own, { name, origin: site, credential: device.create(options, lies) });
}

describe('a passkey', () => {
  let made: Made;
  let device: ReturnType<typeof authenticator>;
  beforeEach(async () => {
    made = factorsOnTwins();
    device = authenticator(site);
    await enrol(made, device);
  });
  const options = (ceremony = pending()) => passkeyOptions(made, owner, ceremony, site);
  const prove = (credential: ReturnType<typeof device.get>, ceremony = pending(), origin = site) =>
    proveWithPasskey(made, owner, ceremony, { origin, credential });

  it('lets its member in, again and again', async () => {
    for (const login of ['p1', 'p2', 'p3']) await prove(device.get(await options(pending(login))), pending(login));
  });
  it('is asked for by its own id, and must make sure who uses it', async () => {
    const { allowCredentials, userVerification, rpId } = await options();
    expect(allowCredentials?.map(({ id }) => id)).toEqual([device.id]);
    expect({ userVerification, rpId }).toEqual({ userVerification: 'required', rpId: 'vox.example' });
  });
  it.each<[string, Lies]>([
    ['on a page of another origin', { origin: 'https://vox.example.evil.example' }],
    ['on an unsafe page of the same host', { origin: 'http://vox.example' }],
    ['for another host', { rpId: 'evil.example' }],
    ['for a challenge that nobody made', { challenge: Buffer.alloc(32, 9).toString('base64url') }],
    ['as if it were being made', { type: 'webauthn.create' }],
    ['without anybody there', { flags: 0x04 }],
    ['without proof of who used it', { flags: 0x01 }],
    ['under the id of another credential', { credentialId: Buffer.alloc(16, 9).toString('base64url') }],
  ])('that was used %s lets nobody in', async (_how, lies) => {
    await expect(prove(device.get(await options(), lies))).rejects.toMatchObject(refused);
  });
  it('that another authenticator stands in for lets nobody in', async () => {
    const stranger = authenticator(site);
    const given = await options();
    await expect(prove(stranger.get(given))).rejects.toMatchObject(refused);
    await expect(prove(stranger.get(await options(), { credentialId: device.id }))).rejects.toMatchObject(refused);
  });
  it('answers a challenge once, of a hundred times at once', async () => {
    const answer = device.get(await options());
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => prove(answer)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
  it('answers a challenge of its own login only, and not that of making a passkey', async () => {
    const answer = device.get(await options(pending('p1')));
    await expect(prove(answer, pending('p2'))).rejects.toMatchObject(refused);
    const making = await passkeyRegistrationOptions(made, owner, own, site);
    await expect(prove(device.get(making), own)).rejects.toMatchObject(refused);
  });
  it('answers a challenge within five minutes', async () => {
    const answer = device.get(await options());
    made.clock.advanceMs(5 * 60_000);
    await expect(prove(answer)).rejects.toMatchObject(refused);
  });
  it('whose counter stands still or goes back lets nobody in, and everybody may hear of it', async () => {
    await prove(device.get(await options(pending('p1')), { counter: 7 }), pending('p1'));
    for (const counter of [7, 6, 0]) {
      const again = prove(device.get(await options(pending('p2')), { counter }), pending('p2'));
      await expect(again).rejects.toMatchObject(refused);
    }
    expect(made.publishedTypes().filter((type) => type.startsWith('second-factor-refused'))).toHaveLength(3);
    await prove(device.get(await options(pending('p3')), { counter: 8 }), pending('p3'));
  });
  it('that never counts is let in all the same', async () => {
    for (const login of ['p1', 'p2'])
      await prove(device.get(await options(pending(login)), { counter: 0 }), pending(login));
  });
  it('of one public origin is none of another, and an origin of somebody else is refused', async () => {
    const elsewhere = 'https://other.example';
    expect((await passkeyOptions(made, owner, pending(), elsewhere)).allowCredentials).toEqual([]);
    const answer = device.get(await options(), { origin: elsewhere, rpId: 'other.example' });
    await expect(prove(answer, pending(), elsewhere)).rejects.toMatchObject(refused);
    await expect(passkeyOptions(made, owner, pending(), 'https://evil.example')).rejects.toMatchObject({
      code: 'ORIGIN_MISMATCH',
    });
  });
});

describe('a new passkey', () => {
  it('is listed by its name beside others, and comes with ten recovery codes if it is the first', async () => {
    const made = factorsOnTwins();
    expect((await enrol(made, authenticator(site))).recoveryCodes).toHaveLength(10);
    expect((await enrol(made, authenticator(site), {}, 'telephone')).recoveryCodes).toHaveLength(0);
    const { factors, recoveryCodesLeft } = await listFactors(made, owner);
    expect(factors.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['passkey blue key', 'passkey telephone']);
    expect(recoveryCodesLeft).toBe(10);
  });
  it.each<[string, Lies]>([
    ['a page of another origin', { origin: 'https://evil.example' }],
    ['another host', { rpId: 'evil.example' }],
    ['a challenge that nobody made', { challenge: Buffer.alloc(32, 9).toString('base64url') }],
    ['an authenticator that does not know who uses it', { flags: 0x41 }],
  ])('of %s is refused', async (_what, lies) => {
    const made = factorsOnTwins();
    await expect(enrol(made, authenticator(site), lies)).rejects.toMatchObject(refused);
    expect((await listFactors(made, owner)).factors).toEqual([]);
  });
  it('is made once for one challenge, and once for one authenticator', async () => {
    const made = factorsOnTwins();
    const device = authenticator(site);
    const credential = device.create(await passkeyRegistrationOptions(made, owner, own, site));
    const add = () => addPasskeyFactor(made, owner, own, { name: 'key', origin: site, credential });
    await add();
    await expect(add()).rejects.toMatchObject(refused);
    await expect(enrol(made, device)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
