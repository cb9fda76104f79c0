import { expect, it } from 'vitest';
import { printed } from './table.ts';

it('a printed table has each figure in its own column, where rows have different ones', () => {
  const rows = [
    { path: 'grant', ratio: 1.147, p99Ms: 196 },
    { path: 'relay', p99Ms: 524.8, addedMs: 520 },
  ];
  expect(printed('Calls', rows)).toBe(
    [
      '## Calls',
      '',
      '| path  | ratio | p99Ms | addedMs |',
      '| ----- | ----- | ----- | ------- |',
      '| grant | 1.15  | 196   |         |',
      '| relay |       | 525   | 520     |',
      '',
    ].join('\n'),
  );
});
