/** The five services, by the names under which they speak on the bus. */
export const serviceNames = ['edge-guard', 'auth', 'quota', 'session-broker', 'compliance'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** The streams that hold facts. Each fact names its own; `bus/streams.ts` says how long each is kept. */
export type StreamName = 'VOX_CALLS' | 'VOX_TRUST' | 'VOX_PRIVACY' | 'VOX_TRANSCRIPTS' | 'VOX_LEDGER';
