/** How codes are given out and tried. */
export type CodeRules = Readonly<{ lifeSeconds: number; sendsPerHour: number; triesMax: number }>;

export type CodePurpose = 'login' | 'step-up';

/** A code as it is kept: only hashes of the code and of the challenge token of the browser that asked. */
export type KeptCode = Readonly<{
  codeId: string;
  challenge: string;
  salt: string;
  hash: string;
  expiresAtMs: number;
}>;

/**
 * What is counted together. An address has one open lane, in which everybody is who cannot show that they were here
 * before. A browser that gave a right code gets a lane of its own (a “device cookie”), so that strangers who ask and
 * guess for the address do not hinder it.
 */
export type Lane = Readonly<{
  /** The hash of the challenge token under which the browser gave its last right code; null for the open lane. */
  browser: string | null;
  /** The newest code. Those before it are dead. */
  code: KeptCode | null;
  /** Tries since the lane last had no living code. A resend does not bring them back. */
  tries: number;
  sentAtMs: readonly number[];
  failedAtMs: readonly number[];
  usedAtMs: number;
}>;

/** What is kept of one address for one purpose. The open lane comes first, then the browsers last used. */
export type AddressCodes = Readonly<{ open: Lane; browsers: readonly Lane[] }>;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
const browsersMax = 5;
/** For so long a browser is known after its last right code. */
const knownForMs = 90 * dayMs;

export const emptyLane: Lane = { browser: null, code: null, tries: 0, sentAtMs: [], failedAtMs: [], usedAtMs: 0 };
const nothing: AddressCodes = { open: emptyLane, browsers: [] };

const since = (moments: readonly number[], ms: number, nowMs: number): readonly number[] =>
  moments.filter((at) => at > nowMs - ms);

/** A lane without what counts no longer. */
const pruned = (lane: Lane, nowMs: number): Lane => ({
  ...lane,
  sentAtMs: since(lane.sentAtMs, hourMs, nowMs),
  failedAtMs: since(lane.failedAtMs, dayMs, nowMs),
});

/** The codes of an address as they stand now. */
export const codesNow = (known: AddressCodes | undefined, nowMs: number): AddressCodes => {
  const { open, browsers } = known ?? nothing;
  const living = browsers.filter(({ usedAtMs }) => usedAtMs + knownForMs > nowMs).slice(0, browsersMax);
  return { open: pruned(open, nowMs), browsers: living.map((lane) => pruned(lane, nowMs)) };
};

export const lanesOf = ({ open, browsers }: AddressCodes): readonly Lane[] => [open, ...browsers];

/** The codes with one lane in the place of the one that it was made from. */
export const withLane = ({ open, browsers }: AddressCodes, from: Lane, to: Lane): AddressCodes =>
  from === open ? { open: to, browsers } : { open, browsers: browsers.map((lane) => (lane === from ? to : lane)) };

/** From when on nothing of an address is worth keeping. */
export function forgottenAtMs(codes: AddressCodes): number {
  const ends = lanesOf(codes).flatMap(({ browser, code, sentAtMs, failedAtMs, usedAtMs }) => [
    code?.expiresAtMs ?? 0,
    ...sentAtMs.map((at) => at + hourMs),
    ...failedAtMs.map((at) => at + dayMs),
    browser === null ? 0 : usedAtMs + knownForMs,
  ]);
  return Math.max(0, ...ends);
}
