import { Fault, invalidField } from '@vox/platform/fault';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { ageOf, sizeOf } from './ages.ts';
import { progressOf } from './counted.ts';
import { exitCodeOf } from './exit-code.ts';
import { paintFor } from './paint.ts';
import { Mistake } from './sentences.ts';

describe('the exit code', () => {
  it('is 2 for what was typed wrong, and 1 for what was refused, failed or cannot be reached', () => {
    expect(exitCodeOf(new CommanderError(1, 'commander.unknownOption', 'x'))).toBe(2);
    expect(exitCodeOf(invalidField('tenantId', 'must be a tenant'))).toBe(2);
    for (const error of [new Fault('NOT_FOUND'), new Fault('UNAVAILABLE'), new Mistake(['x']), new Error('x')])
      expect(exitCodeOf(error)).toBe(1);
  });
});

describe('what is shown', () => {
  it('has colours in a terminal alone, and none for NO_COLOR or for a terminal without any', () => {
    const [on, off] = [paintFor(true, { TERM: 'xterm' })('bad', 'x'), 'x'];
    expect(on).toContain('\u001b[');
    expect(paintFor(false, { TERM: 'xterm' })('bad', 'x')).toBe(off);
    expect(paintFor(true, { NO_COLOR: '1' })('bad', 'x')).toBe(off);
    expect(paintFor(true, { TERM: 'dumb' })('bad', 'x')).toBe(off);
    expect(paintFor(true, { NO_COLOR: '' })('bad', 'x')).toBe(on);
  });
  it('says ages and sizes in units that a reader takes in', () => {
    const at = '2026-05-05T12:00:00.000Z';
    const after = (seconds: number): string => ageOf(at, Date.parse(at) + seconds * 1_000);
    expect([after(-5), after(119), after(300), after(10_000), after(400_000)]).toEqual([
      ...['0 s', '119 s', '5 min', '3 h', '5 d'],
    ]);
    expect([0, 1_023, 1_024, 5_000_000, 8 * 1024 ** 3, 2 ** 60].map(sizeOf)).toEqual([
      ...['0 B', '1023 B', '1.0 KiB', '4.8 MiB', '8.0 GiB', '1048576 TiB'],
    ]);
  });
  it('has no progress beside it for a script', () => {
    const notes: string[] = [];
    const progress = progressOf({ note: (text) => void notes.push(text), isTerminal: false }, 10, 'things');
    for (let n = 0; n < 10; n += 1) progress(1);
    expect(notes).toEqual([]);
  });
});
