import { readConfig } from '@vox/platform/config';
import { describe, expect, it } from 'vitest';
import { config } from './config.ts';
import { offerOf, priceOf, type TokenPrice } from './decide/price.ts';
import { listPricesIn } from './decide/prices.ts';

const price = { textIn: 1, textOut: 2, audioIn: 3, audioOut: 4, cachedTextIn: 0, cachedAudioIn: 0 };
const read = (table: unknown) =>
  readConfig(config.schema, {
    NATS_URL: 'nats://127.0.0.1:4222',
    MONGODB_URI: 'mongodb://127.0.0.1:27017',
    PRICE_TABLE: typeof table === 'string' ? table : JSON.stringify(table),
  });

describe('a deployment’s own price table', () => {
  it('replaces the built-in one, each list from its moment on', () => {
    const { PRICE_TABLE: lists = [] } = read([
      { effectiveFrom: '2026-01-01T00:00:00Z', models: { m: price } },
      { effectiveFrom: '2026-06-01T00:00:00Z', models: { m: { ...price, textIn: 9 } } },
    ]);
    const at = (time: string) => (priceOf(lists, 'm', Date.parse(time)) as TokenPrice | undefined)?.textIn;
    expect([at('2025-12-31T23:59:59Z'), at('2026-05-31T23:59:59Z'), at('2026-06-01T00:00:00Z')]).toEqual([
      undefined,
      1,
      9,
    ]);
    expect(priceOf(lists, 'gpt-realtime', Date.parse('2026-07-01T00:00:00Z'))).toBeUndefined();
  });
  it('can price by the minute, and name when a model ends', () => {
    const { PRICE_TABLE: lists = [] } = read([
      {
        effectiveFrom: '2026-01-01T00:00:00Z',
        models: { live: { perMinute: 50_000, leastSeconds: 15 }, m: { ...price, imageIn: 5, cachedImageIn: 1 } },
        ends: { m: '2027-01-20T00:00:00Z' },
      },
    ]);
    expect(priceOf(lists, 'live', Date.parse('2026-07-01T00:00:00Z'))).toEqual({ perMinute: 50_000, leastSeconds: 15 });
    expect(priceOf(lists, 'm', Date.parse('2027-01-19T23:59:59Z'))).toMatchObject({ imageIn: 5 });
    expect(offerOf(lists, 'm', Date.parse('2027-01-20T00:00:00Z'))).toEqual({ kind: 'ended' });
  });
  it('is built in for the European host, a tenth dearer for models since March 2026 and the same for others', () => {
    const [list] = listPricesIn('eu');
    expect(list?.models['gpt-realtime-2.1-mini']).toMatchObject({ textIn: 660_000, audioOut: 22_000_000 });
    expect(list?.models['gpt-live-1']).toEqual({ perMinute: 55_000, leastSeconds: 15 });
    expect(list?.models['gpt-realtime-1.5']).toMatchObject({ textIn: 4_000_000 });
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
  ])('with mistakes stops the service, which lists all of them: %s', (_what, table, wanted) => {
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
