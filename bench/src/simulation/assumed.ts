/**
 * What the simulation assumes and nobody has measured. Each line of it stands on the page by its sentence. What was
 * measured comes from docs/performance.json and is in no file of the simulation.
 */
export const assumed = {
  seed: 15,
  tenants: 1_000_000,
  openCalls: 100_000,
  /** The share of calls of the tenant of rank r is proportional to r to the power of minus this (Zipf's law). */
  tenantExponent: 1,
  callMedianSeconds: 150,
  /** Standard deviation of the logarithm of a call's length. */
  callSpread: 0.9,
  /** A call ends at its longest: the default of a policy. */
  callMaxSeconds: 900,
  heartbeatSeconds: 45,
  /** Between two answers of the provider, each with words of both sides; half as long to half as long again. */
  answerSeconds: 15,
  pagesPerCall: 5,
  refusedPerCall: 0.1,
  policyChangesPerTenantDay: 1 / 7,
  revocationsPerTenantDay: 4 / 365,
  erasuresPerCall: 1 / 10_000,
  /** Mean load of a day over that of its busiest hour. */
  meanToPeak: 1 / 3,
} as const;

export type Assumed = Readonly<Record<keyof typeof assumed, number>>;

/** What each assumption says, for the page. */
export const assumptions: Readonly<Record<keyof typeof assumed, string>> = {
  seed: 'seed of all chance',
  tenants: 'tenants',
  openCalls: 'open calls at the peak',
  tenantExponent: 'exponent of Zipf’s law: how unequal tenants are in calls',
  callMedianSeconds: 'median length of a call, in seconds (log-normal)',
  callSpread: 'spread of that length: standard deviation of its logarithm',
  callMaxSeconds: 'longest call, in seconds (default of a policy)',
  heartbeatSeconds: 'seconds between heartbeats (fixed by the widget)',
  answerSeconds: 'seconds between answers of the provider, ±50 %; each is a report of usage and a batch of words',
  pagesPerCall: 'pages with the widget that are opened for each call',
  refusedPerCall: 'starts that the edge refuses for each call',
  policyChangesPerTenantDay: 'changes of a policy for each tenant and day',
  revocationsPerTenantDay: 'revoked keys for each tenant and day; open calls of the tenant end',
  erasuresPerCall: 'persons who are erased for each call',
  meanToPeak: 'mean load over peak load, for what piles up by the day',
};
