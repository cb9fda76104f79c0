import './instruments.ts';

export { atMostOnceIn } from './at-most-once-in.ts';
export {
  answeringTime,
  deadLetters,
  deliveries,
  handling,
  lag,
  oldestAge,
  redeliveries,
  streamLimit,
  streamSize,
} from './bus-instruments.ts';
export {
  breakerOpen,
  budgetUse,
  type GrantLeg,
  modelsEnding,
  type ProviderOperation,
  providerDuration,
  providerOperations,
  requestDuration,
  sidebandsOpen,
  slotUse,
  toolUses,
} from './call-instruments.ts';
export { countDecision } from './decisions.ts';
export {
  botVerdicts,
  degradations,
  limitChecks,
  revocationDelay,
  storeBreakerOpen,
} from './edge-instruments.ts';
export { inLeg, overLegs } from './grant-legs.ts';
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
  clockOffset,
  dependencyUp,
  type EgressPurpose,
  egressDuration,
  egressRequests,
  loopDelay,
} from './instruments.ts';
export { type Label, oneOf, otherValue, seriesMax } from './labels.ts';
export { type Log, type LogOptions, logger, silentLog } from './log.ts';
export { oldestOverdue, privacyOpen, privacyOverdue } from './privacy-instruments.ts';
export { inToolSpan, showToolOnSpan, showUsageOnSpan, staysOpen, staysOpenAttribute } from './spans.ts';
export { type WhatBroke, whatBroke } from './what-broke.ts';
