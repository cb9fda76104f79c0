/**
 * What was measured of one copy, on a core of the machine of docs/performance.json; a test compares the two. Processor
 * time in milliseconds, memory in MiB.
 */
export const measured = {
  /** A decision at the edge by a widget token: what each request of a browser costs. */
  edgeCpuMs: 0.283,
  /** A refusal at the edge. */
  refusedCpuMs: 0.04167,
  /** A fact that is heard, or a question that is answered: half of what a grant on the twins costs beyond the edge. */
  messageCpuMs: (0.6638 - 0.1126) / 2,
  /** What a grant costs more on MongoDB than on the twins, for each of its writes. */
  writeCpuMs: (3.69 - 0.6638) / 4.119,
  /** An entry of the audit log, which is appended with others. */
  entryCpuMs: 1_497 / 20_000,
  /** Entries that one chain of the audit log took in a second. */
  entriesPerSecond: 2_969,
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
 * What a call costs the bus: facts of its start and its end, and one for each heartbeat and each answer of the
 * provider. A test makes a call and compares. The size is that of the body and of what a stream keeps beside it.
 */
export const perCall = { facts: 6, factsOfHeartbeat: 1, factsOfAnswer: 1, bytesOfFact: 1_024 } as const;

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
