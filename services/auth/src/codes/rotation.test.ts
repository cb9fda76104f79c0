import { describe, expect, it } from 'vitest';
import { memoryCodes, memoryMails } from '../memory.ts';
import { type CodesOnTwins, codesOnTwins } from './codes.fixture.ts';
import { sendCode } from './mod.ts';

type Peppers = readonly [Uint8Array, ...Uint8Array[]];
const [former, next] = [Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
/** The steps of docs/identity-codes.md, as the settings of one copy after another. */
const steps: readonly Peppers[] = [[former], [former, next], [next, former]];
const lanes = 12;

/** Two copies of auth on one store, whose peppers are changed one copy after the other, as by a restart. */
function twoCopies() {
  const stores = { codes: memoryCodes(), mails: memoryMails() };
  const copyWith = (codePeppers: Peppers): CodesOnTwins => codesOnTwins({ ...stores, codePeppers });
  const copies = [copyWith([former]), copyWith([former])];
  return {
    /** The code of a mail, which is taken out of the queue as if it were sent. */
    async codeTo(email: string): Promise<string> {
      const mail = (await (copies[0] as CodesOnTwins).queued()).find(({ to }) => to === email);
      await stores.mails.remove(mail?.id ?? '');
      return mail?.code ?? '';
    },
    copy: (n: number): CodesOnTwins => copies[n % copies.length] as CodesOnTwins,
    restart: (n: number, codePeppers: Peppers): void => {
      copies[n] = copyWith(codePeppers);
    },
  };
}

const yields = (count: number): Promise<void> =>
  count === 0 ? Promise.resolve() : new Promise<void>((resolve) => setImmediate(resolve)).then(() => yields(count - 1));

describe('a change of the pepper under load', () => {
  it('refuses no right code, whichever copy made it and whichever is asked, and accepts no wrong one', async () => {
    const { copy, codeTo, restart } = twoCopies();
    let isOver = false;
    let n = 0;
    const outcomes = { right: new Map<string, number>(), wrong: new Map<string, number>() };
    const count = (of: Map<string, number>, outcome: string) => of.set(outcome, (of.get(outcome) ?? 0) + 1);
    const lane = async (): Promise<void> => {
      while (!isOver) {
        n += 1;
        const [sender, verifier, email] = [n, n >> 1, `member${n}@example.com`];
        const { challengeToken } = await sendCode(copy(sender), { email, purpose: 'login' });
        const code = await codeTo(email);
        await yields(n % 7);
        const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
        count(outcomes.wrong, await copy(verifier + 1).verify({ email, code: wrong, challengeToken }));
        await yields(n % 5);
        count(outcomes.right, await copy(verifier).verify({ email, code, challengeToken }));
      }
    };
    const working = Array.from({ length: lanes }, lane);
    for (const peppers of steps)
      for (const which of [0, 1]) {
        await yields(60);
        restart(which, peppers);
      }
    await yields(60);
    isOver = true;
    await Promise.all(working);
    expect([...outcomes.right.keys()]).toEqual(['accepted']);
    expect([...outcomes.wrong.keys()]).toEqual(['refused']);
    expect(outcomes.right.get('accepted')).toBeGreaterThan(50);
  }, 30_000);
  it('ends the codes of the former pepper once that is taken out', async () => {
    const { copy, restart } = twoCopies();
    const { code, challengeToken } = await copy(0).send();
    restart(1, [next]);
    expect(await copy(1).verify({ code, challengeToken })).toBe('refused');
    restart(1, [next, former]);
    expect(await copy(1).verify({ code, challengeToken })).toBe('accepted');
  });
});
