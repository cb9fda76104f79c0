import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyEnvironments, machineKeyHash, newKeyId, newMachineKey, readMachineKey } from './machine-key.ts';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const kinds = ['vk', 'vks'] as const;
const keyId = '0123456789abcdeF';
const filled = (byte: number) => (size: number) => new Uint8Array(size).fill(byte);
const made = fc
  .record({
    kind: fc.constantFrom(...kinds),
    env: fc.constantFrom(...keyEnvironments),
    bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  })
  .map(({ kind, env, bytes }) => newMachineKey({ kind, env, keyId }, () => bytes));

describe('the key of a machine', () => {
  it('has one form, which the documented expression finds in any text', () => {
    const documented = /\bvks?_(dev|staging|production)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}\b/;
    fc.assert(fc.property(made, (key) => documented.exec(`a ${key}, b`)?.[0] === key));
    expect(newMachineKey({ kind: 'vk', env: 'dev', keyId }, filled(0))).toMatch(
      /^vk_dev_0123456789abcdeF_0{43}[0-9A-Za-z]{6}$/,
    );
    expect(newMachineKey({ kind: 'vk', env: 'dev', keyId }, filled(255))).toHaveLength(73);
  });
  it('says its kind, its environment and its id', () => {
    for (const kind of kinds)
      for (const env of keyEnvironments)
        expect(readMachineKey(newMachineKey({ kind, env, keyId }, randomBytes))).toEqual({ kind, env, keyId });
  });
  it('is no key any more when one character is another, is missing or is added', () => {
    const change = fc.record({ key: made, at: fc.nat(), to: fc.constantFrom(...digits, '_', '.', ' ') });
    fc.assert(
      fc.property(change, ({ key, at, to }) => {
        const place = at % key.length;
        const around = [key.slice(0, place), key.slice(place + 1)] as const;
        for (const other of [
          `${around[0]}${to}${around[1]}`,
          around.join(''),
          `${key.slice(0, place)}${to}${key.slice(place)}`,
        ])
          expect(other === key ? undefined : readMachineKey(other)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
  it('is never found in another text', () => {
    fc.assert(fc.property(fc.string(), (text) => readMachineKey(text) === undefined));
    const key = newMachineKey({ kind: 'vk', env: 'production', keyId }, filled(7));
    for (const text of [`${key}\n`, ` ${key}`, key.replace('production', 'live'), key.replace('vk_', 'vkx_')])
      expect(readMachineKey(text)).toBeUndefined();
  });
  it('has an id of 16 digits of base 62, another each time', () => {
    const ids = Array.from({ length: 1_000 }, () => newKeyId(randomBytes));
    for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{16}$/);
    expect(new Set(ids).size).toBe(1_000);
    expect([newKeyId(filled(0)), newKeyId(filled(255)).length]).toEqual(['0'.repeat(16), 16]);
  });
  it('is kept as a hash that does not show it', () => {
    const key = newMachineKey({ kind: 'vk', env: 'dev', keyId }, filled(1));
    expect(machineKeyHash(key)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(machineKeyHash(key)).not.toBe(machineKeyHash(newMachineKey({ kind: 'vk', env: 'dev', keyId }, filled(2))));
  });
});
