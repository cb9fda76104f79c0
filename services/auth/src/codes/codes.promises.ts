import { describe, expect, it } from 'vitest';
import type { Mails } from '../courier/keep.ts';
import { codesOnTwins, countingPeppers, wrong } from './codes.fixture.ts';
import type { Codes } from './keep.ts';

type Stores = Readonly<{ codes: Codes; mails: Mails }>;

/** What one-time codes promise while many try at once, on every store. Each call opens an empty store, in two copies. */
export function codesPromises(name: string, open: () => Promise<readonly [Stores, Stores]>): void {
  describe(`a one-time code on ${name}`, () => {
    /** Two copies of auth on one store. */
    const copies = async () => {
      const { codePeppers, compared } = countingPeppers();
      const stores = await open();
      const [one, other] = stores.map((each) => codesOnTwins({ ...each, codePeppers }));
      if (one === undefined || other === undefined) throw new RangeError('there are two copies');
      return { one, other, both: [one, other], compared };
    };
    /** A try that the store was too busy for is no try. */
    const outcome = (trying: Promise<string>): Promise<string> => trying.catch(() => 'busy');

    it('is compared with five of five hundred guesses that come at once', async () => {
      const { one, both, compared } = await copies();
      const { code, challengeToken } = await one.send();
      const guesses = Array.from({ length: 500 }, (_, n) => wrong(code, n + 1));
      const outcomes = await Promise.all(
        guesses.map((guess, n) => outcome(both[n % 2]?.verify({ code: guess, challengeToken }) ?? Promise.reject())),
      );
      expect(new Set(outcomes)).not.toContain('accepted');
      expect(compared()).toBe(5);
      expect(await one.verify({ code, challengeToken })).toBe('refused');
      expect(compared()).toBe(5);
    });

    it('is accepted once when many give the right one at once', async () => {
      const { one, both } = await copies();
      const { code, challengeToken } = await one.send();
      const outcomes = await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          outcome(both[n % 2]?.verify({ code, challengeToken }) ?? Promise.reject()),
        ),
      );
      expect(outcomes.filter((each) => each === 'accepted')).toHaveLength(1);
      expect(await one.verify({ code, challengeToken })).toBe('refused');
    });

    it('is sent three times to an address that asks many times at once', async () => {
      const { one, both } = await copies();
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          (both[n % 2] ?? one).send().then(
            () => 'sent',
            ({ code }) => code,
          ),
        ),
      );
      expect(outcomes.filter((each) => each === 'sent')).toHaveLength(3);
      expect(outcomes).toContain('RATE_LIMIT_EXCEEDED');
      expect(await one.queued()).toHaveLength(1);
    });
  });
}
