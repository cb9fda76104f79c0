import { changeSignals, type Principal } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type Clock, repeat } from '@vox/platform/time';
import { type Line, newLine, type OpenStreams, refusalOf } from '../../live-events/mod.ts';
import { begun, type ChangeEvent, mayHear } from '../decide/change-event.ts';
import type { Followers } from '../keep/followers.ts';
import { gather } from './gather.ts';

/** Who follows a tenant, and whether they still may: `confirm` throws the fault of whoever may not any more. */
export type Follower = Readonly<{
  who: Principal;
  tenantId: string;
  /** Whose share of the streams this one is of. */
  holder: string;
  /** The login or API key, as its revocation would name it. */
  credential: string;
  confirm: () => Promise<unknown>;
}>;

/** How often a stream is proved again, how long it lives, and which moment is gathered. Milliseconds. */
export type StreamTimes = Readonly<{ confirmMs: number; lifeMs: number; momentMs: number }>;

type FollowChangesDependencies = Readonly<{
  bus: Pick<Bus, 'listen'>;
  clock: Pick<Clock, 'now'>;
  changeStreams: OpenStreams;
  followers: Followers;
  /** Only a test is less patient. */
  streamTimes?: StreamTimes;
}>;

type Asked = Readonly<{
  follower: Follower;
  /** When the stream began that this one comes in the place of, if it does. */
  lostBeganMs: number | undefined;
}>;

const standardTimes: StreamTimes = { confirmMs: 15_000, lifeMs: 1_800_000, momentMs: 500 };
/** When whoever has used up the life of a stream is to come back, in milliseconds. */
const comeBackMs = 250;

/**
 * Opens a line on which somebody hears what changes in their tenant, as far as they may know of it: first that all is
 * to be asked anew, for nobody keeps what was said before. It ends when its login or key is over, is revoked, or could
 * have been; and after its life, so that whoever comes back shows a credential anew. Throws Fault RATE_LIMIT_EXCEEDED
 * where somebody has their share of streams, UNAVAILABLE where this copy has, and the fault of whoever may not follow.
 */
export const followChanges =
  (dependencies: FollowChangesDependencies) =>
  async ({ follower, lostBeganMs }: Asked): Promise<Line<ChangeEvent>> => {
    const { changeStreams, followers, clock, streamTimes = standardTimes } = dependencies;
    const { holder, credential, confirm } = follower;
    if (lostBeganMs !== undefined) changeStreams.endLost(holder, lostBeganMs);
    const line = newLine<ChangeEvent>();
    const stream = changeStreams.enter(holder, clock.now().getTime(), line.end);
    if (typeof stream === 'string') throw refusalOf(stream);
    line.whenOver(stream.leave);
    line.whenOver(followers.add(credential, line.end));
    try {
      await listen(dependencies, follower, line, streamTimes.momentMs);
      // What was revoked before this line could be ended by it.
      await confirm();
    } catch (error) {
      line.end();
      throw error;
    }
    line.begin(stream.beganMs, [begun]);
    keepUp(line, confirm, streamTimes);
    return line;
  };

/** Lets a line hear the signals of its tenant, whichever service tells of the change. */
async function listen(
  { bus, clock }: FollowChangesDependencies,
  { who, tenantId }: Follower,
  line: Line<ChangeEvent>,
  momentMs: number,
): Promise<void> {
  const gathered = gather(momentMs, line.say);
  line.whenOver(gathered.stop);
  const listening = Object.values(changeSignals).map((kind) =>
    bus.listen(kind, { tenantId }, (notice) => {
      if (mayHear(who, tenantId, notice, clock.now().getTime())) gathered.hear(notice);
    }),
  );
  line.whenOver(() => {
    for (const each of listening) void each.then(({ stop }) => stop()).catch(() => undefined);
  });
  await Promise.all(listening);
}

/** Says now and then that a line is there, as long as whoever follows still may, and ends it after its life. */
function keepUp(line: Line<ChangeEvent>, confirm: () => Promise<unknown>, { confirmMs, lifeMs }: StreamTimes): void {
  const proving = repeat(
    confirmMs,
    async () => {
      await confirm();
      line.silence();
    },
    () => line.end(),
  );
  line.whenOver(() => void proving.stop());
  const timer = setTimeout(() => line.end(comeBackMs), lifeMs);
  line.whenOver(() => clearTimeout(timer));
}
