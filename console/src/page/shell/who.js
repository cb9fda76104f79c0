import { mayAsk } from '../access.js';
import { facts } from '../facts.js';
import { operations } from '../operations.js';
import { ask, isRefusedAs } from '../request.js';
import { me, zone } from '../state.js';
import { tellTabs } from './tabs.js';

/** @param {import('../operations.js').Operation} operation */
export const may = (operation) => me.value !== null && me.value !== undefined && mayAsk(facts, me.value, operation);

/** Finds out who is signed in, and in which zone their tenant’s day is. Answers whether the server could be asked. */
export async function meetMe() {
  zone.value = 'UTC';
  const answer = await ask(operations.showMe, {}, { asAnybody: true });
  if (answer.kind === 'offline') return false;
  if (answer.kind === 'refused' && !isRefusedAs(answer, 'AUTH_REQUIRED')) return false;
  me.value = answer.kind === 'answered' && answer.body.kind === 'member' ? answer.body : null;
  if (me.value !== null) tellTabs('in');
  if (me.value === null || !may(operations.showPolicy)) return true;
  const shown = await ask(operations.showPolicy);
  if (shown.kind === 'answered') zone.value = shown.body.policy.timeZone;
  return true;
}
