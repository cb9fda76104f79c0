import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components, keyId, keys, message, nowSeconds, signed, verify } from './signed.fixture.ts';

const reasonOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    const { code, answer } = error as { code: string; answer: { reason: string } };
    return code === 'SIGNATURE_REQUIRED' ? answer.reason : `fault ${code}`;
  }
};
const given = (text: string, from: RegExp, to: string): string => {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error('nothing was changed');
  return changed;
};
const inputWith = (from: RegExp, to: string) => {
  const fields = signed();
  return { ...fields, signatureInput: given(fields.signatureInput, from, to) };
};

describe.each([0, 1] as const)('a signed request (key %i)', (key) => {
  it('is accepted with what it covers, its nonce and its end', () => {
    const tag = 'widget-keys.create';
    expect(verify(signed({ key, over: { tag } }), { key })).toEqual({
      ...{ nonce: 'a-nonce-of-one-request', tag },
      expiresAtMs: (nowSeconds + 60) * 1_000,
    });
    const alg = keys[key]?.signing.algorithm ?? '';
    expect(verify(signed({ key, over: { alg } }), { key }).nonce).toBe('a-nonce-of-one-request');
    const covered = ['@query', 'content-digest', '@path', 'content-type', '@authority', '@method'];
    expect(verify(signed({ key, covered }), { key }).nonce).toBe('a-nonce-of-one-request');
  });
  it('is refused when one character of the method, the target or a covered field is another', () => {
    const fields = signed({ key, covered: [...components, 'content-type'] });
    const parts = ['method', 'target', 'content-digest', 'content-type'] as const;
    const change = fc.record({ part: fc.constantFrom(...parts), at: fc.nat(), to: fc.integer({ min: 33, max: 126 }) });
    fc.assert(
      fc.property(change, ({ part, at, to }) => {
        const altered = (text: string): string => {
          const place = at % text.length;
          return text.slice(0, place) + String.fromCharCode(to) + text.slice(place + 1);
        };
        const of = {
          method: part === 'method' ? altered(message.method) : message.method,
          targetUri: part === 'target' ? altered(message.targetUri) : message.targetUri,
          fields: Object.fromEntries(
            Object.entries(message.fields).map(([name, value]) => [name, name === part ? altered(value ?? '') : value]),
          ),
        };
        const isSame = JSON.stringify(of) === JSON.stringify(message);
        const reason = reasonOf(() => verify(fields, { key, of }));
        expect(isSame ? ['accepted'] : ['signature-wrong', 'component-unknown']).toContain(reason);
      }),
      { numRuns: 500 },
    );
  });
  it('is refused when one byte of its signature or of its parameters is another', () => {
    const fields = signed({ key });
    fc.assert(
      fc.property(fc.constantFrom('signature', 'signatureInput'), fc.nat(), fc.nat({ max: 127 }), (which, at, to) => {
        const text = fields[which as 'signature'];
        const place = at % text.length;
        const altered = text.slice(0, place) + String.fromCharCode(to) + text.slice(place + 1);
        const reason = reasonOf(() => verify({ ...fields, [which]: altered }, { key }));
        // The unused bits of the last character of base64, and spaces between components, change no byte that is signed.
        const isSame = JSON.stringify(meant({ ...fields, [which]: altered })) === JSON.stringify(meant(fields));
        expect(isSame || reason !== 'accepted').toBe(true);
        expect(reason).not.toMatch(/^fault/);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** What two texts of a field must differ in to mean another thing. */
const meant = ({ signatureInput, signature }: Readonly<{ signatureInput: string; signature: string }>) => ({
  input: signatureInput
    .replace(/\s+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(/\( | \)| ;|; /g, (m) => m.trim()),
  signature: Buffer.from(/:([^:]*):/.exec(signature)?.[1] ?? signature, 'base64').toString('hex'),
});

describe('a signature', () => {
  it.each([
    ['without the method', ['@target-uri', 'content-digest'], 'component-missing'],
    ['without the target', ['@method', 'content-digest'], 'component-missing'],
    ['with a target without its query', ['@method', '@authority', '@path', 'content-digest'], 'component-missing'],
    ['without the digest of the body', ['@method', '@target-uri'], 'component-missing'],
  ])('%s is refused', (_what, covered, reason) => {
    expect(reasonOf(() => verify(signed({ covered })))).toBe(reason);
  });
  it.each([
    ['a component that was not sent', /"@method"/, '"@method" "date"', 'component-unknown'],
    ['a component twice', /"@method"/, '"@method" "@method"', 'component-unknown'],
    ['a component with a parameter', /"@method"/, '"@method";req', 'component-unknown'],
    ['a component of responses', /"@method"/, '"@method" "@status"', 'component-unknown'],
    ['a component named like a property of every object', /"@method"/, '"@method" "constructor"', 'component-unknown'],
    ['a component that is no string', /"@method"/, '"@method" 1', 'signature-malformed'],
    ['no list', /\([^)]*\)/, '1', 'signature-malformed'],
    ['another label', /^vox/, 'other', 'signature-malformed'],
    ['two labels', /^/, 'other=("@method"), ', 'signature-malformed'],
    ['an algorithm of another kind', /$/, ';alg="rsa-pss-sha512"', 'algorithm-unknown'],
    ['the algorithm of the other kind of key', /$/, ';alg="ed25519"', 'algorithm-unknown'],
    ['no algorithm by name', /$/, ';alg="none"', 'algorithm-unknown'],
    ['an algorithm as a token', /$/, ';alg=hmac-sha256', 'algorithm-unknown'],
    ['another key', /keyid="[^"]*"/, 'keyid="fedcba9876543210"', 'key-unknown'],
    ['no key', /;keyid="[^"]*"/, '', 'key-unknown'],
    ['no moment of creation', /;created=\d+/, '', 'signature-malformed'],
    ['no end', /;expires=\d+/, '', 'signature-malformed'],
    ['an end that is no whole number', /expires=\d+/, 'expires=1780000060.5', 'signature-malformed'],
    ['no nonce', /;nonce="[^"]*"/, '', 'nonce-missing'],
    ['a short nonce', /nonce="[^"]*"/, 'nonce="short"', 'nonce-missing'],
    ['a long nonce', /nonce="[^"]*"/, `nonce="${'n'.repeat(129)}"`, 'nonce-missing'],
    ['a nonce that is a number', /nonce="[^"]*"/, 'nonce=123456789012345', 'nonce-missing'],
    ['a tag that is a number', /$/, ';tag=1', 'signature-malformed'],
    ['a parameter that was not signed', /$/, ';more', 'signature-wrong'],
  ])('that names %s is refused', (_what, from, to, reason) => {
    expect(reasonOf(() => verify(inputWith(from, to)))).toBe(reason);
  });
  it('is refused when the clock of its maker is more than 60 seconds ahead or behind', () => {
    const at = (aheadSeconds: number) => reasonOf(() => verify(signed(), { at: nowSeconds - aheadSeconds }));
    expect([at(60), at(61), at(-59), at(-60)]).toEqual(['accepted', 'created-ahead', 'accepted', 'expired']);
  });
  it('is refused when it lives for more than five minutes, or for none', () => {
    const living = (seconds: number) => reasonOf(() => verify(signed({ over: { expires: nowSeconds + seconds } })));
    expect([living(300), living(301), living(0), living(-1)]).toEqual([
      ...['accepted', 'life-too-long', 'life-too-long', 'life-too-long'],
    ]);
  });
  it('of one key proves nothing of another', () => {
    expect(reasonOf(() => verify(signed({ key: 1 }), { key: 0 }))).toBe('signature-wrong');
    expect(reasonOf(() => verify(signed({ key: 0 }), { key: 1 }))).toBe('signature-wrong');
    expect(reasonOf(() => verify(signed(), { as: `${keyId}0` }))).toBe('key-unknown');
  });
  it('is refused with a reason, whatever bytes stand in its fields', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'vox=("@method");:,1a?\\ \t'), maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, text, (signatureInput, signature) => {
        for (const fields of [
          { signatureInput, signature },
          { ...signed(), signature },
          { ...signed(), signatureInput },
        ])
          expect(reasonOf(() => verify(fields))).toMatch(/^[a-z]+(-[a-z]+)*$/);
      }),
      { numRuns: 1_000 },
    );
  });
});
