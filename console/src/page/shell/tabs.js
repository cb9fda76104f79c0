import { operations } from '../operations.js';
import { ask, isRefusedAs } from '../request.js';
import { me } from '../state.js';

/** What the tabs of the console tell each other: that somebody signed in or out in this browser. */
const channelName = 'vox-console';
/** @typedef {'in' | 'out'} News */

/** @type {BroadcastChannel | undefined} */
let channel;

/** Tells the other tabs. @param {News} news */
export const tellTabs = (news) => channel?.postMessage(news);

/**
 * Loads the page again at a place: then nothing is left of what was shown, nor of what was still being asked for.
 * @param {string} to
 */
const beginAgain = (to) => location.replace(to);

/** Finds out whether the login is still of the member whom this tab shows, and forgets them if it is not. */
export async function lookAgain() {
  const before = me.peek();
  if (!before) return;
  const answer = await ask(operations.showMe, {}, { asAnybody: true });
  if (me.peek()?.memberId !== before.memberId) return;
  // Where the way back leads is for this member to know, and it is kept for whoever signs in anew.
  if (isRefusedAs(answer, 'AUTH_REQUIRED'))
    beginAgain(`/console/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (answer.kind !== 'answered') return;
  const { memberId, tenantId, role } = answer.body;
  if (memberId !== before.memberId || tenantId !== before.tenantId) beginAgain('/console');
  else if (role !== before.role) me.value = answer.body;
}

/** @param {MessageEvent<News>} message */
function hear({ data }) {
  // The next person shall not be led to where this one was.
  if (data === 'out' && me.peek()) beginAgain('/console/sign-in');
  else void lookAgain();
}

/** Looks again whenever somebody comes back to this tab, and when another tab tells of a sign-in or sign-out. */
export function listenToTabs() {
  channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', hear);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void lookAgain();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void lookAgain();
  });
}
