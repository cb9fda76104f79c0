export { atMostOnceIn } from './at-most-once-in.ts';
export { countDecision } from './decisions.ts';
export { bindInstruments, instruments, prometheusNameOf, type Registered } from './instrument.ts';
export {
  answeringTime,
  breakerOpen,
  budgetUse,
  clockOffset,
  codesTried,
  deadLetters,
  degradations,
  deliveries,
  dependencyUp,
  handling,
  lag,
  loopDelay,
  mailsTried,
  mailsWaiting,
  oldestOverdue,
  redeliveries,
  requestDuration,
  revocationDelay,
  slotUse,
  webhooksWaiting,
  webhookTries,
} from './instruments.ts';
export { type Log, type LogOptions, logger, silentLog } from './log.ts';
export { factorChecks, singleSignOns } from './sign-in-instruments.ts';
export { type WhatBroke, whatBroke } from './what-broke.ts';
