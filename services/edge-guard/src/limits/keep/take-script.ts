import { type Dimension, type DimensionCount, most, secondsOf } from '../decide/window.ts';
import { keyOf, type LimitAnswer } from './limits.ts';

/**
 * Requests one after the other, each against every dimension of its own: either all of them have room and count it, or
 * none does. Each key holds the moments (milliseconds of the server's clock) of what was admitted, the oldest first,
 * never more than the limit allows. ARGV is the span, then for each request the number of its keys and their limits. A
 * number below zero only looks and counts nothing. Answers for each request the number of the key that has no room for
 * longest and its wait, or 0; then for each key what is left and the milliseconds until it is empty again. At the end
 * it answers the moment at which it counted.
 */
export const takeScript = `
local span = tonumber(ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local answer = {}
local argument, first = 2, 1
while argument <= #ARGV do
  local given = tonumber(ARGV[argument])
  local keys = math.abs(given)
  local head = #answer
  local refused, wait = 0, 0
  answer[head + 1], answer[head + 2] = 0, 0
  for place = 1, keys do
    local key, allowed = KEYS[first + place - 1], tonumber(ARGV[argument + place])
    local count = redis.call('LLEN', key)
    while count > 0 and tonumber(redis.call('LINDEX', key, 0)) <= now - span do
      redis.call('LPOP', key)
      count = count - 1
    end
    if count >= allowed then
      answer[head + 2 * place + 1] = 0
      answer[head + 2 * place + 2] = count > 0 and redis.call('LINDEX', key, -1) + span - now or 0
      local oldest = redis.call('LINDEX', key, count - allowed)
      local own = oldest and math.max(1, tonumber(oldest) + span - now) or span
      if own > wait then
        refused, wait = place, own
      end
    else
      answer[head + 2 * place + 1] = allowed - count - 1
      answer[head + 2 * place + 2] = span
    end
  end
  answer[head + 1], answer[head + 2] = refused, wait
  if refused == 0 and given > 0 then
    for place = 1, keys do
      local key = KEYS[first + place - 1]
      redis.call('RPUSH', key, now)
      redis.call('PEXPIRE', key, span)
    end
  end
  argument = argument + keys + 1
  first = first + keys
end
answer[#answer + 1] = now
return answer
`;

type Asked = readonly Dimension[];

/** The name of a key in Redis. */
export const nameOf = (key: string): string => `vox:limit:${key}`;

export const keysOf = (requests: readonly Asked[]): string[] =>
  requests.flatMap((dimensions) => dimensions.map((dimension) => nameOf(keyOf(dimension))));

/** `looks` says of each request whether it only looks; none does when it is left out. */
export const argumentsOf = (requests: readonly Asked[], spanMs: number, looks: readonly boolean[] = []): number[] => [
  spanMs,
  ...requests.flatMap((dimensions, place) => [
    looks[place] ? -dimensions.length : dimensions.length,
    ...dimensions.map(({ limit }) => most(limit)),
  ]),
];

/** What the script's numbers say to each request, in the order in which they were asked. */
export function answersOf(requests: readonly Asked[], numbers: readonly number[]): LimitAnswer[] {
  let at = 0;
  return requests.map((dimensions) => {
    const own = numbers.slice(at, at + 2 + 2 * dimensions.length);
    at += own.length;
    return answerOf(dimensions, own);
  });
}

function answerOf(dimensions: Asked, [place = 0, retryMs = 0, ...rest]: readonly number[]): LimitAnswer {
  const takenOf = ({ scope, limit }: Dimension, index: number): DimensionCount => ({
    scope,
    limit: most(limit),
    remaining: rest[2 * index] ?? 0,
    resetSeconds: secondsOf(rest[2 * index + 1] ?? 0),
  });
  const dimension = dimensions[place - 1];
  return dimension === undefined
    ? { kind: 'taken', taken: dimensions.map(takenOf) }
    : { kind: 'refused', by: takenOf(dimension, place - 1), dimension, retryMs };
}
