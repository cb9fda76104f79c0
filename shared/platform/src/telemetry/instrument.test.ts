import { describe, expect, it } from 'vitest';
import { counter, instruments, prometheusNameOf } from './instrument.ts';
import './instruments.ts';

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

describe('an instrument', () => {
  it('is named once', () => {
    const about = { name: 'vox.test.once', unit: '{thing}', about: 'A test.', labels: {}, in: [] } as const;
    counter(about);
    expect(() => counter(about)).toThrow(RangeError);
  });
});
