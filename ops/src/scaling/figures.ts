/**
 * What was measured of one copy, on a core of the machine of docs/performance.json; a test compares the two. Processor
 * time in milliseconds, memory in MiB.
 */
export const measured = {
  /** A decision at the edge by a widget token: what each request of a browser costs. */
  edgeCpuMs: 0.283,
  /** A whole grant on MongoDB, over edge, quota and broker together. */
  grantCpuMs: 3.69,
  /** Documents that a grant writes. */
  grantWrites: 4.119,
  /** Grants of one MongoDB server a second, where it was the bound. */
  grantsPerSecond: 133.5,
  /** Hops through JetStream a second: three of each grant of the bare chain. */
  hopsPerSecond: 3 * 4_171,
  /** Memory of the processes of a grant without open calls, and with 100,000. */
  restMib: 484.1,
  openMib: 746.3,
  openCalls: 100_000,
  /** Memory of one copy at rest. */
  copyMib: 191.8,
} as const;

/**
 * What a call costs the bus, counted over one from its request to its settlement; a test makes one and compares. Each
 * answer of the provider adds a fact. The size is that of the body and of what a stream keeps beside it.
 */
export const perCall = { facts: 7, factsOfAnswer: 1, bytesOfFact: 1_024 } as const;

/** Chosen, not measured. */
export const chosen = {
  /** A copy is full at this share of its core: the rest is for peaks, restarts and one copy that fails. */
  load: 0.5,
  /** One more than are needed, and two at least, so that one may fail. */
  spare: 1,
  copiesMin: 2,
  heartbeatSeconds: 45,
  /** The provider answers so often in a conversation. */
  answerSeconds: 15,
  natsServers: 3,
  mongoMembers: 3,
  redisServers: 2,
} as const;
