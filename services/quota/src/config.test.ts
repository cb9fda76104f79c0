import { readConfig } from '@vox/shared/config';
import { describe, expect, it } from 'vitest';
import { config } from './config.ts';
import { priceOf } from './decide/price.ts';

const price = { textIn: 1, textOut: 2, audioIn: 3, audioOut: 4, cachedTextIn: 0, cachedAudioIn: 0 };
const read = (table: unknown) =>
  readConfig(config.schema, {
    NATS_URL: 'nats://127.0.0.1:4222',
    MONGODB_URI: 'mongodb://127.0.0.1:27017',
    PRICE_TABLE: typeof table === 'string' ? table : JSON.stringify(table),
  });

describe('a deployment’s own price table', () => {
  it('stands in the place of the one built in, each list from its moment on', () => {
    const { PRICE_TABLE: lists = [] } = read([
      { effectiveFrom: '2026-01-01T00:00:00Z', models: { m: price } },
      { effectiveFrom: '2026-06-01T00:00:00Z', models: { m: { ...price, textIn: 9 } } },
    ]);
    const at = (time: string) => priceOf(lists, 'm', Date.parse(time))?.textIn;
    expect([at('2025-12-31T23:59:59Z'), at('2026-05-31T23:59:59Z'), at('2026-06-01T00:00:00Z')]).toEqual([
      undefined,
      1,
      9,
    ]);
    expect(priceOf(lists, 'gpt-realtime', Date.parse('2026-07-01T00:00:00Z'))).toBeUndefined();
  });
  it.each([
    ['no JSON', 'nonsense', ['PRICE_TABLE: at its top: ']],
    ['no list', [], ['PRICE_TABLE: at its top: ']],
    [
      'a price left out, a fraction and a negative one',
      [{ effectiveFrom: 'x', models: { m: { ...price, textIn: 0.5, textOut: -1, audioIn: undefined } } }],
      ['effectiveFrom', 'models.m.textIn', 'models.m.textOut', 'models.m.audioIn'].map(
        (path) => `PRICE_TABLE: at 0.${path}: `,
      ),
    ],
  ])('with mistakes stops the service, which lists them all: %s', (_what, table, wanted) => {
    let mistakes: readonly string[] = [];
    try {
      read(table);
    } catch (error) {
      mistakes = (error as { mistakes: string[] }).mistakes;
    }
    expect(mistakes).toHaveLength(wanted.length);
    for (const start of wanted) expect(mistakes.some((mistake) => mistake.startsWith(start))).toBe(true);
  });
});
