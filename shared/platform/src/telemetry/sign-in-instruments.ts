import { counter } from './instrument.ts';

export const factorChecks = counter({
  name: 'vox.second_factor.checks',
  unit: '{check}',
  about: 'Second factors that were shown, and what was decided of them.',
  labels: {
    method: 'totp, passkey, recovery',
    outcome: 'accepted, refused, blocked (too many wrong codes), completed before',
  },
  in: ['auth'],
});

export const singleSignOns = counter({
  name: 'vox.single_sign_on.logins',
  unit: '{login}',
  about: 'Returns from tenants’ own providers, and what was decided of them.',
  labels: { outcome: 'accepted, or why not: one of the reasons of the fact' },
  in: ['auth'],
});
