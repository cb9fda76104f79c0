import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressCodes, type CodeRules, dayMs, forgottenAtMs, hourMs, minuteMs } from './address-codes.ts';
import { sendNew } from './send.ts';
import { countTry, useUp } from './try.ts';

const rules: CodeRules = { lifeSeconds: 600, sendsPerHour: 3, triesMax: 5 };
const startMs = Date.parse('2026-05-05T12:00:00.000Z');

/** An address, and browsers that ask and try. The moments of what was let through are kept. */
class Address {
  state: AddressCodes | undefined;
  nowMs = startMs;
  readonly sends: number[] = [];
  readonly compared: number[] = [];
  readonly #tokens = new Map<string, string>();
  #count = 0;

  /** Whether a code was sent. A browser with a name shows the token that it has. */
  send(browser: string): boolean {
    this.#count += 1;
    const challenge = `token-${this.#count}`;
    const code = { codeId: `c${this.#count}`, challenge, salt: '', hash: '', expiresAtMs: this.nowMs + 600_000 };
    const decision = sendNew(this.state, { browser: this.#tokens.get(browser), code }, rules, this.nowMs);
    if (decision.kind === 'limited') {
      expect(decision.retryAtMs).toBeGreaterThan(this.nowMs);
      expect(decision.retryAtMs).toBeLessThanOrEqual(this.nowMs + hourMs);
      return false;
    }
    this.state = decision.state;
    this.#tokens.set(browser, challenge);
    this.sends.push(this.nowMs);
    return true;
  }

  /** Whether the code was compared, and if it was right, accepted. */
  guess(browser: string, isRight: boolean): boolean {
    const challenge = this.#tokens.get(browser) ?? 'none';
    const decision = countTry(this.state, challenge, rules, this.nowMs);
    if (decision.kind === 'refused') return false;
    this.state = decision.state;
    if (!isRight) {
      this.compared.push(this.nowMs);
      return true;
    }
    const used = useUp(this.state, { codeId: decision.code.codeId, triedAtMs: this.nowMs }, this.nowMs);
    this.state = used ?? this.state;
    return used !== undefined;
  }
}

const most = (moments: readonly number[], ms: number): number =>
  Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + ms).length));

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const) }),
  fc.record({ kind: fc.constant('guess' as const), times: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 5, 11, 31, 61, 600) }),
);
const days = fc.array(step, { minLength: 1, maxLength: 200 });
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function act(address: Address, browser: string, each: Step): void {
  if (each.kind === 'wait') address.nowMs += each.minutes * minuteMs;
  else if (each.kind === 'send') address.send(browser);
  else for (let time = 0; time < each.times; time += 1) address.guess(browser, false);
}

describe('whoever guesses codes of an address', () => {
  it('has three sends and ten comparisons in any hour, and never more than 43 in any day', () => {
    fc.assert(
      fc.property(days, (steps) => {
        const address = new Address();
        for (const each of steps) act(address, 'stranger', each);
        expect(most(address.sends, hourMs)).toBeLessThanOrEqual(rules.sendsPerHour);
        expect(most(address.compared, hourMs)).toBeLessThanOrEqual(10);
        expect(most(address.compared, dayMs)).toBeLessThanOrEqual(43);
      }),
      { numRuns: 300 },
    );
  });

  it('has no more when it asks and guesses every minute for three days', () => {
    const address = new Address();
    for (let minute = 0; minute < 3 * 24 * 60; minute += 1) {
      address.nowMs += minuteMs;
      address.send('stranger');
      for (let time = 0; time < 10; time += 1) address.guess('stranger', false);
    }
    expect(most(address.compared, hourMs)).toBe(10);
    expect(most(address.compared, dayMs)).toBeGreaterThan(20);
    expect(most(address.compared, dayMs)).toBeLessThanOrEqual(43);
  });

  it('has five comparisons while one code lives, however often it is sent again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 6 }), (rounds) => {
        const address = new Address();
        for (const times of rounds) {
          address.send('stranger');
          for (let time = 0; time < times; time += 1) address.guess('stranger', false);
        }
        expect(address.compared.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('locks nobody out for more than an hour: then a code is sent, and accepted', () => {
    fc.assert(
      fc.property(days, (steps) => {
        const address = new Address();
        for (const each of steps) act(address, 'stranger', each);
        address.nowMs += hourMs;
        expect(address.send('owner')).toBe(true);
        expect(address.guess('owner', true)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('hinders no browser that has given a right code before', () => {
    fc.assert(
      fc.property(days, (steps) => {
        const address = new Address();
        address.send('owner');
        address.guess('owner', true);
        for (const each of steps) act(address, 'stranger', each);
        address.nowMs += hourMs;
        for (let time = 0; time < 3; time += 1) act(address, 'stranger', { kind: 'guess', times: 8 });
        expect(address.send('owner')).toBe(true);
        for (let time = 0; time < 4; time += 1) address.guess('owner', false);
        expect(address.guess('owner', true)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is kept of an address', () => {
  it('is worth nothing a day after the last code, when no browser became known', () => {
    fc.assert(
      fc.property(days, (steps) => {
        const address = new Address();
        for (const each of steps) act(address, 'stranger', each);
        if (address.state === undefined) return;
        expect(forgottenAtMs(address.state)).toBeLessThanOrEqual(address.nowMs + dayMs);
      }),
    );
  });
  it('holds five browsers at most, each for ninety days', () => {
    const address = new Address();
    for (let n = 0; n < 9; n += 1) {
      address.nowMs += hourMs;
      address.send(`browser ${n}`);
      expect(address.guess(`browser ${n}`, true)).toBe(true);
    }
    address.nowMs += hourMs;
    address.send('another');
    expect(address.state?.browsers).toHaveLength(5);
    expect(forgottenAtMs(address.state ?? { open: undefined as never, browsers: [] })).toBe(
      address.nowMs - hourMs + 90 * dayMs,
    );
  });
});
