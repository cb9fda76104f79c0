import { BotMode } from '@vox/contracts';
import { counter, gauge, histogram } from './instrument.ts';
import { oneOf } from './labels.ts';

/** What is measured at the public door alone. */
export const limitChecks = counter({
  name: 'vox.edge.limit_checks',
  unit: '{check}',
  about: 'Requests that were counted against the limits of the edge, and what came of it.',
  labels: {
    outcome: oneOf(['passed', 'refused']),
    scope: oneOf(['', 'ip', 'user', 'key'], 'which limit was reached: ip, user, key (wrong secrets), or nothing'),
    by: oneOf(['store', 'deny-cache'], 'store; deny-cache: whoever was refused already, without asking Redis'),
  },
  in: ['edge-guard'],
});

export const botVerdicts = counter({
  name: 'vox.bot.verdicts',
  unit: '{verdict}',
  about: 'What was decided of proofs that a person asks.',
  labels: {
    verifier: oneOf(BotMode.options.filter((mode) => mode !== 'off')),
    verdict: oneOf(
      ['person', 'blocked', 'unverified-blocked', 'unverified-passed', 'no-verifier'],
      'person; blocked; unverified-blocked, unverified-passed: the verifier gave no answer, and the tenant’s policy said so; no-verifier: this installation does not have it, so it is blocked',
    ),
  },
  in: ['edge-guard'],
});

export const degradations = counter({
  name: 'vox.edge.degraded',
  unit: '{request}',
  about: 'What this copy counted or marked alone because Redis did not do it.',
  labels: {},
  in: ['edge-guard'],
});

export const storeBreakerOpen = gauge({
  name: 'vox.edge.store_breaker_open',
  unit: '{breaker}',
  about: '1 while this copy asks Redis only now and then, because it failed three times in a row.',
  labels: {},
  in: ['edge-guard'],
});

export const revocationDelay = histogram({
  name: 'vox.revocation.delay',
  unit: 's',
  about: 'From the moment at which something was revoked to the one at which this copy knew.',
  labels: { what: oneOf(['widget-key', 'login', 'session', 'api-key']) },
  in: ['edge-guard'],
});
