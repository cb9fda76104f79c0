import { batcher } from '@vox/platform/time';
import { atOnce, type RedisLink } from '../../store/mod.ts';
import { type Dimension, type DimensionCount, windowMs } from '../decide/window.ts';
import { bucketNameOf, bucketsCount, type Part, partsOf } from './buckets.ts';
import { type ForgettingLimits, keyOf, type LimitAnswer, type LimitRefusal } from './limits.ts';
import { answersOf, argumentsOf, takeScript } from './take-script.ts';

/** One part of a request. It only looks when another part was refused already. */
type Asked = Readonly<{ part: Part; looks: boolean }>;
/** `atMs` is the moment that stands for it in the store, by the clock of that server. */
type Told = Readonly<{ part: Part; answer: LimitAnswer; atMs: number }>;
type Script = (...given: (string | number)[]) => Promise<number[]>;

/** Takes away one moment of each key. */
const giveBackScript = `
for place, key in ipairs(KEYS) do
  redis.call('LREM', key, -1, ARGV[place])
end
`;

const namesOf = ({ dimensions }: Part): string[] => dimensions.map((dimension) => bucketNameOf(keyOf(dimension)));

/**
 * Limits in a cluster of Redis, where the keys of one request stand on several servers. A request asks one bucket after
 * the other, the last dimension first, which is the narrowest. Where one refuses, it only looks at the others, to know
 * the longest wait, and gives back what it took. So a refused request consumes nothing, and what it holds for the
 * milliseconds in between is room of its own person and not of an address that others share. What cannot be given back,
 * because that server is gone meanwhile, leaves with its window.
 */
export function clusterLimits({ redis, answered, gathered }: RedisLink, spanMs = windowMs): ForgettingLimits {
  redis.defineCommand('voxTake', { lua: takeScript });
  redis.defineCommand('voxGiveBack', { lua: giveBackScript });
  const { voxTake, voxGiveBack } = redis as unknown as Record<'voxTake' | 'voxGiveBack', Script>;
  /** What is asked of one bucket at one moment leaves in one command. */
  const buckets = Array.from({ length: bucketsCount }, () =>
    batcher<Asked, Told>(atOnce, async (asked) => {
      const keys = asked.flatMap(({ part }) => namesOf(part));
      const requests = asked.map(({ part }) => part.dimensions);
      const looks = asked.map((each) => each.looks);
      const given = [keys.length, ...keys, ...argumentsOf(requests, spanMs, looks)];
      const numbers = await gathered(() => voxTake.apply(redis, given));
      const answers = answersOf(requests, numbers);
      return asked.map(({ part }, place) => ({
        part,
        answer: answers[place] as LimitAnswer,
        atMs: numbers.at(-1) ?? 0,
      }));
    }),
  );

  const giveBack = async (held: readonly Told[]): Promise<void> => {
    await Promise.allSettled(
      held.map(({ part, atMs }) =>
        gathered(() => voxGiveBack.call(redis, part.places.length, ...namesOf(part), ...part.places.map(() => atMs))),
      ),
    );
  };

  async function take(dimensions: readonly Dimension[]): Promise<LimitAnswer> {
    const held: Told[] = [];
    let refusal: LimitRefusal | undefined;
    try {
      for (const part of partsOf(dimensions).reverse()) {
        const told = await (buckets[part.bucket] as (asked: Asked) => Promise<Told>)({
          part,
          looks: refusal !== undefined,
        });
        if (told.answer.kind === 'refused') refusal = longer(dimensions, told.answer, refusal);
        else if (refusal === undefined) held.push(told);
      }
    } catch (error) {
      await giveBack(held);
      throw error;
    }
    if (refusal === undefined) return { kind: 'taken', taken: countsOf(dimensions, held) };
    await giveBack(held);
    return refusal;
  }

  return {
    take: (dimensions) => answered(() => take(dimensions)),
    async forget(scope, keys) {
      const removed = keys.map((key) => answered(() => redis.del(bucketNameOf(`${scope}:${key}`))));
      return (await Promise.all(removed)).reduce((sum, count) => sum + count, 0);
    },
  };
}

/** Whoever waits for the longest has waited for all; of equal waits the one that was asked for first. */
function longer(dimensions: readonly Dimension[], one: LimitRefusal, other: LimitRefusal | undefined): LimitRefusal {
  if (other === undefined || one.retryMs > other.retryMs) return one;
  if (one.retryMs < other.retryMs) return other;
  return dimensions.indexOf(one.dimension) < dimensions.indexOf(other.dimension) ? one : other;
}

/** What is left of each dimension, in the order of the request. */
function countsOf(dimensions: readonly Dimension[], held: readonly Told[]): DimensionCount[] {
  const counts = new Map(
    held.flatMap(({ part, answer }) =>
      answer.kind === 'taken' ? part.places.map((place, at) => [place, answer.taken[at] as DimensionCount]) : [],
    ),
  );
  return dimensions.map((_dimension, place) => counts.get(place) as DimensionCount);
}
