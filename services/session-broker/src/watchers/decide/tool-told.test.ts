import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, ShownResult, ToolRefusalCode } from '../../tools/mod.ts';
import { viewOf } from './tool-shown.ts';
import { outputOf } from './tool-told.ts';

describe('what an agent is told of a use', () => {
  it('is its result, and whether the tool did what it was asked', () => {
    const done = { kind: 'done', ok: false, result: { order: { found: false } } } as const;
    expect(JSON.parse(outputOf(done))).toEqual({ ok: false, result: { order: { found: false } } });
  });
  it.each<[ToolRefusalCode, object]>([
    ['TOOL_REFUSED', { reason: 'private words: 10.0.0.7' }],
    ['UNAVAILABLE', { reason: 'private words' }],
    ['RATE_LIMITED', { retryAfterSeconds: 12 }],
    ['INVALID_PARAMETERS', { field: 'number' }],
    ['IN_FLIGHT', {}],
  ])('is a sentence that it can speak about, where %s refused it, and nothing of what broke', (code, over) => {
    const { ok, reason } = JSON.parse(outputOf({ kind: 'refused', code, ...over }));
    expect([ok, typeof reason]).toEqual([false, 'string']);
    expect(reason).toMatch(/^[A-Z].*\.$/);
    expect(reason).not.toContain('private');
  });
  it('names an argument that does not fit, and when a tool can be used again', () => {
    const reasonOf = (over: object) => JSON.parse(outputOf({ kind: 'refused', ...over } as never)).reason;
    expect(reasonOf({ code: 'INVALID_PARAMETERS', field: 'number' })).toContain('number');
    expect(reasonOf({ code: 'RATE_LIMITED', retryAfterSeconds: 12 })).toContain('12 seconds');
  });
});

describe('what a page is shown of a result', () => {
  const shown = (value: Json): unknown =>
    viewOf({ kind: 'card', fields: [{ path: 'order.status', value }] } satisfies ShownResult).fields[0]?.value;
  it.each<[Json, unknown]>([
    ['sent', 'sent'],
    [7, '7'],
    [true, 'true'],
    [null, ''],
    [
      ['Tea', 2],
      ['Tea', '2'],
    ],
    [[{ name: 'Tea', count: 2, price: { cents: 5 } }], ['Tea, 2']],
    ['a\u0000b\ud800', 'ab\ufffd'],
  ])('is text: %j', (value, expected) => {
    expect(shown(value)).toEqual(expected);
  });
  it('is short enough for one event, whatever long texts an answer has', () => {
    const value = Array.from({ length: 50 }, () => 'x'.repeat(900));
    const { fields } = viewOf({ kind: 'list', fields: Array.from({ length: 16 }, () => ({ path: 'p', value })) });
    expect(fields.flatMap((field) => field.value).join('')).toHaveLength(12_000);
  });
  it('is bounded, whatever the answer holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ maxLength: 2_000 }), (value, text) => {
        const { fields } = viewOf({
          kind: 'list',
          fields: Array.from({ length: 20 }, (_, n) => ({ path: `p${n}`, value: n % 2 ? (value as Json) : text })),
        });
        expect(fields).toHaveLength(16);
        const texts = fields.flatMap((field) => field.value);
        for (const each of texts) expect(each.length).toBeLessThanOrEqual(500);
        expect(texts.join('').length).toBeLessThanOrEqual(12_000);
      }),
    );
  });
});
