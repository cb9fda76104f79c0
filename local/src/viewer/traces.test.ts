import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeenSpan } from './span.ts';
import { keepTraces, waterfall } from './traces.ts';

const span = (over: Partial<SeenSpan>): SeenSpan => ({
  ...{ traceId: 't', spanId: 's', parentId: undefined, name: 'n', process: 'quota', isServer: false },
  ...{ startMs: 0, endMs: 10, failed: false, attributes: {}, ...over },
});

describe('a waterfall', () => {
  it('shows each span below its parent, in the order of their starts, at its share of the whole', () => {
    const rows = waterfall([
      span({ spanId: 'c', parentId: 'a', startMs: 5, endMs: 10 }),
      span({ spanId: 'b', parentId: 'a', startMs: 1, endMs: 3 }),
      span({ spanId: 'a', parentId: 'elsewhere' }),
      span({ spanId: 'd', parentId: 'b', startMs: 2, endMs: 3 }),
    ]);
    expect(rows.map(({ span: { spanId }, depth }) => `${spanId}${depth}`)).toEqual(['a0', 'b1', 'd2', 'c1']);
    expect(rows.at(-1)).toMatchObject({ offset: 0.5, width: 0.5 });
  });
  it('gives a span without a service the one of its parent, where all run in one process', () => {
    const rows = waterfall([
      span({ spanId: 'a', process: 'all-in-one', attributes: { 'messaging.consumer.group.name': 'quota-requests' } }),
      span({ spanId: 'b', process: 'all-in-one', parentId: 'a', startMs: 1 }),
    ]);
    expect(rows.map(({ service }) => service)).toEqual(['quota', 'quota']);
  });
  it('shows every span once, whoever is said to be whose parent', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const spans = fc.uniqueArray(fc.record({ spanId: id, parentId: fc.option(id, { nil: undefined }) }), {
      selector: ({ spanId }) => spanId,
      minLength: 1,
    });
    fc.assert(
      fc.property(spans, (given) => {
        const rows = waterfall(given.map(span));
        expect(rows.map((row) => row.span.spanId).sort()).toEqual(given.map(({ spanId }) => spanId).sort());
      }),
    );
  });
});

describe('the traces that are kept', () => {
  it('are the newest, with so many spans each, and none of whoever looks', () => {
    const traces = keepTraces(({ name }) => name === 'own', 2, 2);
    traces.take(['t1', 't2', 't3', 't3', 't3'].map((traceId) => span({ traceId })));
    traces.take([span({ traceId: 't4', name: 'own' })]);
    expect(traces.all().map(({ traceId, spans, spansLost }) => [traceId, spans.length, spansLost])).toEqual([
      ['t3', 2, 1],
      ['t2', 1, 0],
    ]);
    expect(traces.named('t1')).toBeUndefined();
  });
});
