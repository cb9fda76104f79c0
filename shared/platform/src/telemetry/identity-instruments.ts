import { FactorMethod, SingleSignOnRefusal } from '@vox/contracts';
import { counter, gauge } from './instrument.ts';
import { oneOf } from './labels.ts';

/** What is measured of signing in, and of what tenants are told. */
export const factorChecks = counter({
  name: 'vox.second_factor.checks',
  unit: '{check}',
  about: 'Second factors that were shown, and what was decided of them.',
  labels: {
    method: oneOf(FactorMethod.options),
    outcome: oneOf(
      ['accepted', 'refused', 'blocked', 'completed before'],
      'accepted, refused, blocked (too many wrong codes), completed before',
    ),
  },
  in: ['auth'],
});

export const singleSignOns = counter({
  name: 'vox.single_sign_on.logins',
  unit: '{login}',
  about: 'Returns from tenants’ own providers, and what was decided of them.',
  labels: {
    outcome: oneOf(
      ['accepted', ...SingleSignOnRefusal.options],
      'accepted, or why not: one of the reasons of the fact',
    ),
  },
  in: ['auth'],
});

export const codesTried = counter({
  name: 'vox.codes.tried',
  unit: '{code}',
  about: 'One-time codes that were given back.',
  labels: {
    purpose: oneOf(['login', 'step-up']),
    outcome: oneOf(
      ['accepted', 'no-code', 'other-browser', 'expired', 'tries', 'locked', 'wrong', 'used'],
      'accepted; or why not: no-code (no six digits, or no address), other-browser (or another code has replaced it), expired, tries, locked, wrong, used',
    ),
  },
  in: ['auth'],
});

export const mailsTried = counter({
  name: 'vox.mails.tried',
  unit: '{mail}',
  about: 'What became of a mail when it was its turn.',
  labels: {
    template: oneOf(['code', 'invitation', 'new-device', 'digest']),
    outcome: oneOf(
      ['sent', 'failed', 'refused', 'expired', 'unknown', 'unreadable'],
      'sent, failed (it is tried again), refused (the server never takes it), expired, unknown (no member has the address), unreadable (sealed under another key)',
    ),
  },
  in: ['auth'],
});

export const mailsWaiting = gauge({
  name: 'vox.mails.waiting',
  unit: '{mail}',
  about: 'Mails in the queue, over all copies, counted up to 1000.',
  labels: {},
  in: ['auth'],
});

export const webhookTries = counter({
  name: 'vox.webhook.tries',
  unit: '{try}',
  about: 'Webhooks that were tried, or given up.',
  labels: {
    outcome: oneOf(['delivered', 'failed', 'dead'], 'delivered, failed (it will be tried again), dead (given up)'),
  },
  in: ['auth'],
});

export const webhooksWaiting = gauge({
  name: 'vox.webhook.waiting',
  unit: '{delivery}',
  about: 'Webhooks that are due and not sent yet, over all copies; 1,000 stands for as many or more.',
  labels: {},
  in: ['auth'],
});
