import { Fault } from '@vox/platform/fault';
import { z } from 'zod';
import type { Person } from '../reach/person.ts';
import { askCode } from './ask-code.ts';
import type { Post } from './own-page.ts';

const Factors = z.object({ factors: z.array(z.object({ kind: z.string() })) });

/** The kinds of second factors in the answer of the list of one's own. */
export const factorKindsIn = (answer: unknown): readonly string[] =>
  (Factors.safeParse(answer).data?.factors ?? []).map(({ kind }) => kind);

/**
 * Makes a login fresh for a few minutes: with a code by mail, or for a member who has a second factor with that, for a
 * mailbox alone is not enough then.
 */
export async function stepUp(post: Post, person: Person, factors: readonly string[]): Promise<void> {
  if (factors.length > 0) return byFactor(post, person, factors);
  try {
    await post('/api/auth/step-up/send');
    person.note('This needs a fresh code, which is on its way to your mailbox.');
    await askCode(person, 'The code in the mail: ', (code) => post('/api/auth/step-up/verify', { code }));
  } catch (error) {
    // The factor was added meanwhile.
    if (!(error instanceof Fault) || error.answer.reason !== 'second-factor') throw error;
    await byFactor(post, person, ['totp']);
  }
}

async function byFactor(post: Post, person: Person, factors: readonly string[]): Promise<void> {
  const isApp = factors.includes('totp');
  const text = isApp ? 'This needs a fresh code of your app: ' : 'vox cannot use a passkey. A recovery code: ';
  await askCode(person, text, (code) => post(`/api/auth/step-up/${isApp ? 'totp' : 'recovery'}`, { code }));
}
