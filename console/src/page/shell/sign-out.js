import { operations } from '../operations.js';
import { problemText } from '../parts/asked.js';
import { say } from '../parts/text.js';
import { ask, isRefusedAs } from '../request.js';
import { go } from '../router.js';
import { me } from '../state.js';
import { t } from '../words.js';
import { tellTabs } from './tabs.js';

/** Ends the login. As long as the server has not said that it is over, the page says so and shows who is signed in. */
export async function signOut() {
  const answer = await ask(operations.signOut);
  if (answer.kind === 'offline') return say(t('shell.stillSignedIn', { why: t('state.offline') }));
  if (answer.kind === 'refused' && !isRefusedAs(answer, 'AUTH_REQUIRED'))
    return say(t('shell.stillSignedIn', { why: problemText(answer.problem) }));
  // The next person shall not be led to where this one was.
  go('/console/sign-in');
  me.value = null;
  // Where the login was over, or is of another member by now, this ended nothing.
  if (answer.kind === 'answered') tellTabs('out');
}
