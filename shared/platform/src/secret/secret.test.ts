import { format, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { logger } from '../telemetry/mod.ts';
import { Secret } from './mod.ts';

const text = 'canary-secret-4f7a';
const secret = Secret.of(text);
const within = { name: 'SHOP_KEY', deep: [{ secret }], map: new Map([['key', secret]]), set: new Set([secret]) };

/** What a log writes of fields. */
function logged(write: (destination: { write: (line: string) => void }) => void): string {
  let lines = '';
  write({ write: (line) => void (lines += line) });
  return lines;
}

describe('a secret', () => {
  it.each<[string, () => string]>([
    ['String', () => String(secret)],
    ['a template string', () => `Bearer ${secret}`],
    ['a concatenation', () => 'Bearer '.concat(secret as unknown as string)],
    ['join', () => [secret, secret].join()],
    ['JSON', () => JSON.stringify(secret)],
    ['JSON of what holds it', () => JSON.stringify({ ...within, map: [...within.map] })],
    ['util.inspect', () => inspect(secret)],
    ['util.inspect of what holds it', () => inspect(within, { depth: 9, showHidden: true, getters: true })],
    ['console.log', () => format('%s %o %O %j', secret, secret, within, secret)],
    ['the message of an error', () => new Error(secret as unknown as string).message],
    ['an error that it caused', () => inspect(new Error('no', { cause: secret }))],
    ['pino', () => logged((to) => pino({}, to).info({ secret, value: secret, within }, 'a line'))],
    ['pino as its message', () => logged((to) => pino({}, to).info(secret, 'value %s', secret as unknown as string))],
    [
      'the log of a service',
      () =>
        logged((destination) => {
          const log = logger({ service: 'test', destination });
          log.info({ value: secret, within }, 'a line');
          log.warn({ error: secret }, 'a line');
          log.error({ error: new Error('no', { cause: secret }) }, 'a line');
        }),
    ],
  ])('does not show in %s', (_, written) => {
    expect(written()).not.toContain(text);
    expect(written().length).toBeGreaterThan(3);
  });
  it('shows as [secret] where a value stands', () => {
    expect([`${secret}`, JSON.stringify({ secret }), inspect(secret)]).toEqual([
      '[secret]',
      '{"secret":"[secret]"}',
      '[secret]',
    ]);
  });
  it('is not in a structured clone, in bytes of V8, in its properties, or in a copy of them', () => {
    expect(inspect(structuredClone(within), { depth: 9 })).not.toContain(text);
    expect(serialize(secret).includes(text)).toBe(false);
    expect(deserialize(serialize(secret))).toEqual({});
    expect(Reflect.ownKeys(secret)).toEqual([]);
    expect({ ...secret }).toEqual({});
  });
  it('is read by whoever asks for it by name', () => {
    expect(secret.reveal()).toBe(text);
  });
});
