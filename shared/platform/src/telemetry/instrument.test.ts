import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counter, instruments, prometheusNameOf } from './instrument.ts';
import './instruments.ts';
import { bounded, oneOf, otherValue, seriesMax } from './labels.ts';

describe('every instrument of ours', () => {
  it.each(instruments().map((each) => [prometheusNameOf(each), each] as const))(
    '%s has a name, a unit and a meaning as Prometheus wants them',
    (name, { kind, unit, about: meaning, labels }) => {
      expect(name).toMatch(/^vox_[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      if (unit === 's') expect(name).toMatch(/_seconds$/);
      if (unit === 'By') expect(name).toMatch(/_bytes$/);
      expect(name).not.toMatch(/_(count|sum|bucket|ms|millis)$/);
      expect(meaning).toMatch(/^[A-Z0-9].*\.$/);
      for (const label of Object.keys(labels)) expect(label).toMatch(/^(?!quantile$|le$)[a-z_]+$/);
      // Whose it is may be asked of the log and the traces, and never multiplies what is stored of a metric.
      for (const label of Object.keys(labels))
        expect(label).not.toMatch(/^(tenant|session|visitor|key|ip|address)(_id)?$/);
    },
  );
});

/** A copy shows few of these: a service decides some things for some reasons. */
const seriesOfAMetric = 8_000;
const seriesOfAll = 20_000;

describe('the labels of every instrument', () => {
  it.each(instruments().map((each) => [prometheusNameOf(each), each.labels] as const))(
    '%s takes its labels from closed lists without repeats, so that it has a bounded number of series',
    (_name, labels) => {
      for (const { values, configured = 0 } of Object.values(labels)) {
        expect(values.length + configured).toBeGreaterThan(0);
        expect(new Set(values).size).toBe(values.length);
        for (const value of values) expect(value).toMatch(/^[a-zA-Z0-9_. -]{0,64}$/);
      }
      expect(seriesMax(labels)).toBeLessThanOrEqual(seriesOfAMetric);
    },
  );
  it('make a bounded number of series of all metrics together', () => {
    expect(instruments().reduce((sum, { labels }) => sum + seriesMax(labels), 0)).toBeLessThanOrEqual(seriesOfAll);
  });
  it('show a value that stands in no list as `other`, and no label that is not declared', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('how', 'what', 'tenant'), fc.string()), (given) => {
        const labels = { how: oneOf(['well', 'badly']), what: oneOf(['a', '']) };
        for (const [name, value] of Object.entries(bounded(labels)(given))) {
          expect(Object.keys(labels)).toContain(name);
          expect([...labels[name as keyof typeof labels].values, otherValue]).toContain(value);
        }
      }),
    );
    expect(bounded({ how: oneOf(['well']) })({ how: 'acme', tenant: 'acme' })).toEqual({ how: 'other' });
    expect(bounded({ how: oneOf(['well']) })({ how: 'well' })).toEqual({ how: 'well' });
  });
});

describe('an instrument', () => {
  it('is named once', () => {
    const about = { name: 'vox.test.once', unit: '{thing}', about: 'A test.', labels: {}, in: [] } as const;
    counter(about);
    expect(() => counter(about)).toThrow(RangeError);
  });
});
