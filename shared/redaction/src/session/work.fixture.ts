import { Session } from 'node:inspector';

/** Methods that go through what they are called on. */
const through: readonly (readonly [object, string])[] = [
  [
    Array.prototype,
    'concat every filter find findIndex findLast findLastIndex flat flatMap includes indexOf join map reduce some sort toReversed',
  ],
  [String.prototype, 'includes indexOf match normalize replace split startsWith toLowerCase trim'],
];
type Method = (this: unknown, ...given: unknown[]) => unknown;
const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? Math.max(1, value.length) : 1;

/** What built-in methods go through while something is done: so many elements and characters. */
function lookedAt(done: () => void): number {
  let looks = 0;
  const undo: (() => void)[] = [];
  const watch = (of: object, name: string, watched: (method: Method) => Method): void => {
    const known = Object.getOwnPropertyDescriptor(of, name) as PropertyDescriptor;
    undo.push(() => Object.defineProperty(of, name, known));
    Object.defineProperty(of, name, { ...known, value: watched(known.value) });
  };
  for (const [of, names] of through)
    for (const name of names.split(' '))
      watch(of, name, (method) => {
        return function (...given) {
          looks += lengthOf(this);
          return method.apply(this, given);
        };
      });
  for (const kind of [Array.prototype, String.prototype])
    watch(kind, 'slice', (method) => {
      return function (...given) {
        const part = method.apply(this, given);
        looks += lengthOf(part);
        return part;
      };
    });
  watch(RegExp.prototype, 'exec', (method) => {
    return function (text) {
      const { lastIndex: from, global } = this as RegExp;
      const found = method.call(this, text);
      const to = global && found !== null ? (this as RegExp).lastIndex : lengthOf(text);
      looks += Math.max(1, to - (global ? from : 0));
      return found;
    };
  });
  try {
    done();
  } finally {
    for (const each of undo) each();
  }
  return looks;
}

type Covered = { result: { url: string; functions: { ranges: { count: number }[] }[] }[] };

/**
 * The work of a function as a count, nearly the same on any machine: how often each block of the redactor is entered,
 * and what built-in methods go through.
 */
export function workOf(done: () => void): number {
  const session = new Session();
  session.connect();
  const ask = (method: string, given?: object): unknown => {
    let answer: unknown;
    session.post(method, given, (error: Error | null, result?: object) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer;
  };
  ask('Profiler.enable');
  ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const looks = lookedAt(done);
  const { result } = ask('Profiler.takePreciseCoverage') as Covered;
  ask('Profiler.stopPreciseCoverage');
  session.disconnect();
  const blocks = result
    .filter(({ url }) => url.includes('/redaction/'))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)));
  return looks + blocks.reduce((sum, count) => sum + count, 0);
}
