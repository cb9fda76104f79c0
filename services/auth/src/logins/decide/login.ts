import { type Acting, type LoginEnd, memberActor } from '@vox/contracts';

/** What happened to a login. */
export type LoginEvent = Readonly<{ atMs: number; by: Acting }> &
  (
    | Readonly<{ kind: 'started'; isNewDevice: boolean }>
    | Readonly<{ kind: 'stepped-up' }>
    | Readonly<{ kind: 'ended'; why: LoginEnd }>
  );

/** One login of a member. `untold` is the outbox. */
export type Login = Readonly<{
  tenantId: string;
  memberId: string;
  name: string | null;
  device: string;
  place: string;
  startedAtMs: number;
  seenAtMs: number;
  /** When the newest token of it ends. */
  expiresAtMs: number;
  /** Until when a code counts as fresh. */
  freshUntilMs: number;
  endedAtMs: number | null;
  untold: readonly LoginEvent[];
}>;

export type LoginRules = Readonly<{
  /** How long a login lasts that nobody uses. */
  lifeMs: number;
  /** How long it lasts at most, used or not. */
  longestMs: number;
}>;

/** How long a code stays fresh (step-up). */
export const freshMs = 300_000;
/** A login is written down as seen no more often than this. */
const seenEveryMs = 300_000;
/** After its last token has ended a login is kept a little, for clocks that differ. */
const keptMs = 60_000;

const minOf = (login: Pick<Login, 'startedAtMs'>, { lifeMs, longestMs }: LoginRules, nowMs: number): number =>
  Math.min(nowMs + lifeMs, login.startedAtMs + longestMs);

type Starting = Pick<Login, 'tenantId' | 'memberId' | 'device' | 'place'>;

export function started(
  { tenantId, memberId, device, place }: Starting,
  isNewDevice: boolean,
  rules: LoginRules,
  nowMs: number,
): Login {
  const by = { actor: memberActor(memberId) };
  return {
    ...{ tenantId, memberId, name: null, device, place },
    ...{ startedAtMs: nowMs, seenAtMs: nowMs, expiresAtMs: minOf({ startedAtMs: nowMs }, rules, nowMs) },
    // Whoever just gave a code has given a fresh one.
    ...{ freshUntilMs: nowMs + freshMs, endedAtMs: null },
    untold: [{ kind: 'started', isNewDevice, atMs: nowMs, by }],
  };
}

export const isLive = (login: Login | undefined, nowMs: number): login is Login =>
  login !== undefined && login.endedAtMs === null && login.expiresAtMs > nowMs;

/** The login for longer, up to the longest life of one. */
export const renewed = (login: Login, rules: LoginRules, nowMs: number): Login => ({
  ...login,
  seenAtMs: nowMs,
  expiresAtMs: Math.max(login.expiresAtMs, minOf(login, rules, nowMs)),
});

/** The login as seen now; `undefined` where that was written down lately. */
export const seen = (login: Login, nowMs: number): Login | undefined =>
  nowMs - login.seenAtMs < seenEveryMs ? undefined : { ...login, seenAtMs: nowMs };

export const steppedUp = (login: Login, nowMs: number): Login => ({
  ...login,
  seenAtMs: nowMs,
  freshUntilMs: nowMs + freshMs,
  untold: [...login.untold, { kind: 'stepped-up', atMs: nowMs, by: { actor: memberActor(login.memberId) } }],
});

/** The login after its end. Nothing of the device is kept: whoever signed out left nothing behind. */
export const ended = (login: Login, why: LoginEnd, by: Acting, nowMs: number): Login => ({
  ...login,
  ...{ name: null, device: '', place: '', endedAtMs: nowMs },
  untold: [...login.untold, { kind: 'ended', why, atMs: nowMs, by }],
});

export const withoutTold = (login: Login, told: readonly LoginEvent[]): Login => ({
  ...login,
  untold: login.untold.filter((each) => !told.some((one) => one.kind === each.kind && one.atMs === each.atMs)),
});

/** From when on no token of a login lives anywhere. */
export const goneAtMs = ({ expiresAtMs }: Pick<Login, 'expiresAtMs'>): number => expiresAtMs + keptMs;

/** When a sweep must look at a login: to publish, to end it, or to forget it. */
export function loginDueAtMs({ untold, endedAtMs, expiresAtMs }: Login): number {
  const [first] = untold;
  if (first !== undefined) return first.atMs;
  return endedAtMs === null ? expiresAtMs : goneAtMs({ expiresAtMs });
}
