export { atMostOnceIn } from './at-most-once-in.ts';
export { countDecision } from './decisions.ts';
export {
  codesTried,
  factorChecks,
  mailsTried,
  mailsWaiting,
  singleSignOns,
  webhooksWaiting,
  webhookTries,
} from './identity-instruments.ts';
export { bindInstruments, instruments, prometheusNameOf, type Registered } from './instrument.ts';
export {
  answeringTime,
  breakerOpen,
  budgetUse,
  clockOffset,
  deadLetters,
  degradations,
  deliveries,
  dependencyUp,
  handling,
  lag,
  loopDelay,
  modelsEnding,
  oldestOverdue,
  redeliveries,
  requestDuration,
  revocationDelay,
  slotUse,
} from './instruments.ts';
export { type Log, type LogOptions, logger, silentLog } from './log.ts';
export { type WhatBroke, whatBroke } from './what-broke.ts';
