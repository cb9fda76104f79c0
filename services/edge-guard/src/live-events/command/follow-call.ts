import { type CallEvent, CallSignal } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { SessionClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { type Clock, repeat } from '@vox/platform/time';
import type { CallOfTenant } from '../../call-access/mod.ts';
import { callNow } from '../../calls/mod.ts';
import { firstState, isToldIn, type LiveEvent } from '../decide/live-event.ts';
import type { OpenStreams } from '../keep/open-streams.ts';
import { type Line, newLine } from './line.ts';
import { type CaptionDependencies, mayReadCaptions } from './may-read-captions.ts';
import { refusalOf } from './refusal-of.ts';

type FollowCallDependencies = CaptionDependencies &
  Readonly<{
    bus: Pick<Bus, 'ask' | 'listen'>;
    clock: Pick<Clock, 'now'>;
    liveStreams: OpenStreams;
    /** How long between two words on what is left. Only a test is less patient. */
    remainingEveryMs?: number;
  }>;

type Asked = CallOfTenant &
  Readonly<{
    claims: SessionClaims;
    tokenEndsAt: Date;
    /** When the stream began that this page has lost, if it has. */
    lostBeganMs: number | undefined;
  }>;

const standardEveryMs = 15_000;
/** The longest that a timer takes. */
const timerMsMax = 2 ** 31 - 1;
const quietly = { active: false };

/**
 * Opens a line on which a page hears what happens in its call: first what is left and the state, then each signal, and
 * what is left again and again. Signals may be missed, so that question also tells of an end. Throws Fault
 * RATE_LIMIT_EXCEEDED where the call has its share of lines, UNAVAILABLE where this copy has, and NOT_FOUND.
 */
export const followCall =
  (dependencies: FollowCallDependencies) =>
  async (asked: Asked): Promise<Line> => {
    const { liveStreams, clock } = dependencies;
    const { sessionId, lostBeganMs, tokenEndsAt } = asked;
    if (lostBeganMs !== undefined) liveStreams.endLost(sessionId, lostBeganMs);
    const line = newLine();
    const now = clock.now().getTime();
    const stream = liveStreams.enter(sessionId, now, line.end);
    if (typeof stream === 'string') throw refusalOf(stream);
    line.whenOver(stream.leave);
    try {
      line.begin(stream.beganMs, await listen(dependencies, asked, line));
    } catch (error) {
      line.end();
      throw error;
    }
    const leftMs = Math.min(Math.max(tokenEndsAt.getTime() - now, 0), timerMsMax);
    const timer = setTimeout(line.end, leftMs);
    line.whenOver(() => clearTimeout(timer));
    return line;
  };

/** Lets a line hear the signals of its call, and what is left from time to time. Answers what comes first. */
async function listen(dependencies: FollowCallDependencies, asked: Asked, line: Line): Promise<readonly LiveEvent[]> {
  const { bus, remainingEveryMs = standardEveryMs } = dependencies;
  const { claims, tenantId, sessionId } = asked;
  const { mode = 'direct' } = claims;
  const call = { tenantId, sessionId };
  const isTold = (event: CallEvent): boolean =>
    isToldIn(mode, event) && (event.kind !== 'caption' || mayReadCaptions(dependencies, claims));
  const listening = bus.listen(CallSignal, call, (event) => {
    if (isTold(event)) line.say(event);
  });
  // Whoever cannot be asked in time is refused, and a subscription that comes later is ended.
  line.whenOver(() => void listening.then(({ stop }) => stop()).catch(() => undefined));
  // Both go out on one link in this order: what is signalled behind the answer is heard.
  const [known] = await Promise.all([leftOf(bus, call), listening]);
  if (known === undefined) throw new Fault('NOT_FOUND');
  const again = repeat(remainingEveryMs, () => tellWhatIsLeft(bus, call, line), line.silence);
  line.whenOver(() => void again.stop());
  return known.event.kind === 'ended' ? [known.event] : [known.event, firstState(mode, known.durationSeconds)];
}

/** How a call stands, as an event; `undefined` where there is no such call. */
async function leftOf(bus: Pick<Bus, 'ask'>, call: CallOfTenant) {
  const now = await callNow(bus, call, quietly);
  if (now.kind === 'unknown') return undefined;
  const event: LiveEvent =
    now.kind === 'ended'
      ? { kind: 'ended', reason: now.reason }
      : { kind: 'remaining', ...now.remaining, endsAt: now.endsAt };
  return { event, durationSeconds: now.kind === 'live' ? now.durationSeconds : 0 };
}

async function tellWhatIsLeft(bus: Pick<Bus, 'ask'>, call: CallOfTenant, line: Line): Promise<void> {
  const known = await leftOf(bus, call);
  if (known === undefined) line.end();
  else line.say(known.event);
}
