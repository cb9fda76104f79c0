import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  body,
  digestOf,
  keyId,
  keyOf,
  type MachinesAtEdge,
  machinesAtEdge,
  plain,
  rightKey,
  sensitive,
} from '../machines.fixture.ts';

let edge: MachinesAtEdge;
beforeEach(async () => {
  edge = await machinesAtEdge();
});
afterEach(() => edge.close());

const signature = { 'signature-input': 'vox=("@method");created=1', signature: 'vox=:AAAA:' };
const signed = { ...signature, 'content-digest': digestOf(body) };

describe('a machine at the edge', () => {
  it('shows its key as a bearer and gets the proof of its tenant', async () => {
    expect(await edge.ask()).toMatchObject({ tenantId: 'acme', keyId, proof: 'proof-1' });
    expect(edge.asked).toMatchObject([{ apiKey: rightKey, address: '192.0.2.7', action: plain }]);
    expect(edge.asked[0]?.signed).toBeUndefined();
  });
  it.each([
    ['no credential', { authorization: undefined }],
    ['another scheme', { authorization: `Basic ${rightKey}` }],
    ['two tokens', { authorization: `Bearer ${rightKey} ${rightKey}` }],
    ['another kind of token', { authorization: 'Bearer eyJhbGciOiJFZERTQSJ9.e30.c2ln' }],
    [
      'a key with a typing mistake',
      { authorization: `Bearer ${rightKey.slice(0, -1)}${rightKey.endsWith('x') ? 'y' : 'x'}` },
    ],
    ['a signing secret', { authorization: `Bearer ${rightKey.replace('vk_', 'vks_')}` }],
  ])('with %s is refused, and nobody is asked', async (_what, headers) => {
    await expect(edge.ask({ headers })).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
    expect(edge.asked).toEqual([]);
  });
  it('is refused whatever else stands in its header, and nobody is asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (authorization) => {
        await expect(edge.ask({ headers: { authorization } })).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
      }),
    );
    expect(edge.asked).toEqual([]);
  });
  it('with a key in the address is refused, whatever else it shows', async () => {
    for (const query of [{ api_key: rightKey }, { key: `x${rightKey}` }, { [rightKey]: '' }])
      await expect(edge.ask({ query })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        answer: { issues: [{ path: '(url)' }] },
      });
    expect(edge.asked).toEqual([]);
  });
});

describe('a signed request at the edge', () => {
  it('is sent to auth with its method, its target under our public origin, and the fields that it may cover', async () => {
    const headers = { ...signed, host: 'API.vox.example', 'content-type': 'application/json', cookie: 'secret=1' };
    await edge.ask({ action: sensitive, headers: { ...headers, 'idempotency-key': 'one' } });
    expect(edge.asked[0]?.signed).toEqual({
      method: 'POST',
      targetUri: 'https://api.vox.example/api/v1/widget-keys?dry=1',
      signatureInput: signature['signature-input'],
      signature: signature.signature,
      fields: {
        'content-digest': signed['content-digest'],
        'content-type': 'application/json',
        'idempotency-key': 'one',
      },
    });
  });
  it('is of our first public origin when its Host header names none of them', async () => {
    await edge.ask({ action: sensitive, headers: { ...signed, host: 'evil.example' } });
    expect(edge.asked[0]?.signed?.targetUri).toMatch(/^https:\/\/vox\.example\//);
  });
  it.each([
    ['whose body is another', { ...signed, 'content-digest': digestOf(Buffer.from('{}')) }, 'body-differs'],
    ['without a digest', signature, 'signature-missing'],
    ['with a broken digest', { ...signed, 'content-digest': '((' }, 'digest-unknown'],
    ['without Signature-Input', { ...signed, 'signature-input': undefined }, 'signature-malformed'],
    ['without Signature', { ...signed, signature: undefined }, 'signature-malformed'],
    ['whose signature is too long', { ...signed, signature: 'x'.repeat(513) }, 'signature-malformed'],
    ['with a field of two lines', { ...signed, date: 'a\nb' }, 'signature-malformed'],
  ])('%s is refused, and nobody is asked', async (_what, headers, reason) => {
    const refused = edge.ask({ action: sensitive, headers });
    await expect(refused).rejects.toMatchObject({ code: 'SIGNATURE_REQUIRED', answer: { reason } });
    expect(edge.asked).toEqual([]);
  });
  it('for a target that is no path of ours is refused', async () => {
    const refused = edge.ask({ action: sensitive, headers: signed, originalUrl: 'https://evil.example/' });
    await expect(refused).rejects.toMatchObject({ answer: { reason: 'signature-malformed' } });
  });
  it('is refused with a reason, whatever stands in its fields', async () => {
    const text = fc.string({ maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (input, sign, digest) => {
        const headers = { 'signature-input': input, signature: sign, 'content-digest': digest };
        const reason = await edge.ask({ action: sensitive, headers }).then(
          () => 'asked',
          ({ code, answer }) => `${code} ${answer.reason}`,
        );
        expect(reason).toMatch(/^SIGNATURE_REQUIRED [a-z-]+$/);
      }),
    );
  });
  it('is not read where nothing sensitive is asked for', async () => {
    await edge.ask({ headers: { ...signed, 'content-digest': 'broken' } });
    expect(edge.asked[0]?.signed).toBeUndefined();
  });
});

describe('a guesser of secrets', () => {
  it('is slowed after ten wrong ones a minute, and the rightful holder elsewhere is not', async () => {
    const codes: string[] = [];
    const guess = (secret: number, ip = '198.51.100.1') =>
      edge.ask({ key: keyOf(secret), ip }).catch(({ code }) => void codes.push(code));
    for (let n = 0; n < 14; n += 1) await guess(100 + n);
    expect(codes).toEqual([...Array(10).fill('AUTH_REQUIRED'), ...Array(4).fill('RATE_LIMIT_EXCEEDED')]);
    expect(edge.asked.length).toBe(11);
    // Also with the right secret: whoever has guessed so often waits.
    await expect(edge.ask({ ip: '198.51.100.1' })).rejects.toMatchObject({
      ...{ code: 'RATE_LIMIT_EXCEEDED', answer: { scope: 'key' } },
    });
    expect((await edge.ask()).keyId).toBe(keyId);
    await expect(edge.ask({ key: keyOf(1, '0'.repeat(16)), ip: '198.51.100.1' })).rejects.toMatchObject({
      code: 'AUTH_REQUIRED',
    });
    edge.clock.advanceMs(60_001);
    expect((await edge.ask({ ip: '198.51.100.1' })).keyId).toBe(keyId);
  });
  it('counts as one over all addresses of an IPv6 /64', async () => {
    const codes = new Set<string>();
    for (let n = 0; n < 12; n += 1)
      await edge.ask({ key: keyOf(100 + n), ip: `2001:db8::${n + 1}` }).catch(({ code }) => codes.add(code));
    expect([...codes]).toEqual(['AUTH_REQUIRED', 'RATE_LIMIT_EXCEEDED']);
  });
});
