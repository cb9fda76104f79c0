import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { route } from './route.ts';

const finds = check({ name: 'finds', whenDown: 'no store', run: () => () => ({ person: 'ann' }) });
const counts = check({
  name: 'counts',
  whenDown: 'degrade',
  run:
    ({ limit }: { limit: number }) =>
    ({ person }: { person: string }) => ({ left: limit - person.length }),
});
const said = { method: 'post', paths: ['/x'], summary: '', credential: 'none' } as const;

// What the compiler takes and refuses: `npm run check` reads this file, and a directive that meets no mistake is one.
describe('the checks of a row', () => {
  it('stand behind what they need, and a command gets what they add', () => {
    const row = route({
      ...said,
      checks: [finds, counts],
      command:
        () =>
        ({ left }: { left: number }) =>
          left,
    });
    expect(row.checks.map(({ name }) => name)).toEqual(['finds', 'counts']);
  });
  it('are refused by the compiler where one comes before what it needs', () => {
    // @ts-expect-error counts needs a person, and nothing before it finds one.
    route({ ...said, checks: [counts, finds], command: () => () => undefined });
    // @ts-expect-error nothing finds a person at all.
    route({ ...said, checks: [counts], command: () => () => undefined });
  });
  it('are refused by the compiler where they do not add what the command needs', () => {
    const needsLeft = () => (context: { left: number }) => context;
    const needsRequest = () => (context: { request: object }) => context;
    // @ts-expect-error only counts adds what is left.
    route({ ...said, checks: [finds], command: needsLeft });
    // @ts-expect-error a command gets nothing of HTTP.
    route({ ...said, checks: [finds], command: needsRequest });
  });
  it('say what they are to be given', () => {
    const row = route({ ...said, checks: [finds, counts], command: (_: { bus: string }) => () => undefined });
    const given: Parameters<typeof row.handle>[0] = { limit: 1, bus: '' };
    // @ts-expect-error the limit is missing.
    const wanting: Parameters<typeof row.handle>[0] = { bus: '' };
    expect([given, wanting]).toHaveLength(2);
  });
});
