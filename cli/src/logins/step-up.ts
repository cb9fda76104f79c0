import { Fault } from '@vox/platform/fault';
import type { Person } from '../reach/person.ts';
import { askCode } from './ask-code.ts';
import type { Post } from './own-page.ts';

const wantsFactor = (error: unknown): boolean =>
  error instanceof Fault && error.code === 'STEP_UP_REQUIRED' && error.answer.reason === 'second-factor';

const ofApp = (post: Post, person: Person): Promise<unknown> =>
  askCode(person, 'This needs the code of your app: ', (code) => post('/api/auth/step-up/totp', { code }));

/** Makes a login fresh for a few minutes, with a code by mail, or of the app where the member has one. */
export async function stepUp(post: Post, person: Person, refused: Fault): Promise<void> {
  if (wantsFactor(refused)) return void (await ofApp(post, person));
  try {
    await post('/api/auth/step-up/send');
    person.note('This needs a fresh code, which is on its way to your mailbox.');
    await askCode(person, 'The code in the mail: ', (code) => post('/api/auth/step-up/verify', { code }));
  } catch (error) {
    if (!wantsFactor(error)) throw error;
    await ofApp(post, person);
  }
}
