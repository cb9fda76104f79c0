import { agingDays as days } from '@vox/contracts';
import { advised, type Check, counted, done, isUnused, missing } from './state.ts';

const isSafe = (origin: string): boolean => origin.startsWith('https://');

/** What keeps strangers from a tenant’s calls, and its money in bounds. */
export const doorChecks: readonly Check[] = [
  {
    item: 'bot-check',
    what: 'Callers are checked for bots, and a check without an answer lets nobody in.',
    why: 'A widget key is public: without the check, a program can begin calls that you pay for.',
    how: 'Set `bot.mode` to `proof-of-work`, `turnstile` or `botid`, and `bot.whenUnavailable` to `deny`.',
    judge: ({ policy: { bot } }) => {
      if (bot.mode === 'off') return missing('check-off', 'The check is off.');
      return bot.whenUnavailable === 'deny'
        ? done('check-denies', `The check is ${bot.mode}.`, { mode: bot.mode })
        : advised(
            'check-lets-in',
            `The check is ${bot.mode}, and lets callers in with a flag while it gives no answer.`,
            { mode: bot.mode },
          );
    },
  },
  {
    item: 'https-origins',
    what: 'Every origin of a widget key for production is https.',
    why: 'Whoever sits on the line of an http page can change it, and call in its name.',
    how: 'Create a key with the https origins alone (`vox key create`), and revoke the other one.',
    judge: ({ keys }) => {
      const unsafe = keys.filter(({ environment, origins }) => environment === 'production' && !origins.every(isSafe));
      return unsafe.length === 0
        ? done('origins-https', 'They are.')
        : missing('origins-http', `${counted(unsafe.length, 'key')} of production name http.`, {
            count: unsafe.length,
          });
    },
  },
  {
    item: 'production-key',
    what: 'There is a widget key for production.',
    why: 'Keys of development are given away freely, and are revoked when a laptop is lost.',
    how: 'Create one: `vox key create … --environment production`.',
    judge: ({ keys }) => {
      const live = keys.filter(({ kind, environment }) => kind === 'widget key' && environment === 'production');
      return live.length > 0
        ? done('production-keys', `There are ${live.length}.`, { count: live.length })
        : missing('no-production-key', 'There is none that works.');
    },
  },
  {
    item: 'key-ages',
    what: `No key is older than ${days} days.`,
    why: 'The longer a key is in use, the more places it has leaked to.',
    how: 'Give it a successor with a grace: `vox key rotate`, `vox api-key rotate`.',
    judge: ({ keys }) => {
      const old = keys.filter(({ ageDays }) => ageDays >= days);
      return old.length === 0
        ? done('keys-young', 'None is.', { days })
        : advised('keys-over-age', `${counted(old.length, 'key')} should be rotated.`, { days, count: old.length });
    },
  },
  {
    item: 'unused-keys',
    what: `Every key was used within ${days} days.`,
    why: 'Nobody misses a key that nobody uses, so nobody notices who else has it.',
    how: 'Revoke it: `vox key revoke`, `vox api-key revoke`.',
    judge: ({ keys, nowMs }) => {
      const unused = keys.filter((key) => isUnused(key, nowMs));
      return unused.length === 0
        ? done('keys-in-use', 'Each was.', { days })
        : advised('keys-unused', `${counted(unused.length, 'key')} should be revoked.`, { days, count: unused.length });
    },
  },
  {
    item: 'api-key-ends',
    what: 'Every API key has an end.',
    why: 'A key without one works until somebody thinks of it.',
    how: 'Create keys with `--expires`, and rotate those without.',
    judge: ({ keys }) => {
      const endless = keys.filter(({ kind, expires }) => kind === 'API key' && !expires);
      return endless.length === 0
        ? done('api-keys-end', 'Each has.')
        : advised('api-keys-endless', `${counted(endless.length, 'API key')} without one.`, { count: endless.length });
    },
  },
  {
    item: 'brokered-calls',
    what: 'Calls are brokered: VOX makes them at the provider, watches them and ends them.',
    why: 'In a direct call the browser is believed in what it used, and ends the call itself.',
    how: 'Set `calls` to `brokered`.',
    judge: ({ policy: { calls } }) => {
      if (calls === 'brokered') return done('calls-brokered', 'They are.');
      return calls === 'both'
        ? advised('calls-both', 'The policy allows both.')
        : advised('calls-direct', 'The policy allows direct ones.');
    },
  },
  {
    item: 'spending-cap',
    what: 'What visitors may spend in a month has a cap besides that of the day.',
    why: 'Thirty bad days cost thirty times what one may.',
    how: 'Set `limits.widget.microsPerMonth`.',
    judge: ({ policy: { limits } }) =>
      limits.widget.microsPerMonth === null
        ? advised('day-capped', 'Only the day has a cap.')
        : done('month-capped', 'It has.'),
  },
];
