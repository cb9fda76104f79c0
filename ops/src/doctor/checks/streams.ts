import { bucketStreamOf, DeadLetterStream, documentKinds, isBehind, streams } from '@vox/contracts';
import { type Facts, readOf, type StreamFacts } from '../facts.ts';
import { type Finding, finding, fullness, percent, sizeOf, someOf } from '../finding.ts';

/** How long each stream of facts keeps them, in seconds. */
export const ages: ReadonlyMap<string, number> = new Map(
  [...streams, DeadLetterStream].map(({ name, maxAgeSeconds }): [string, number] => [name, maxAgeSeconds]),
);
/** Every stream that the contracts ask for, buckets too. */
export const wantedStreams: readonly string[] = [...ages.keys(), ...documentKinds.map(bucketStreamOf)];

const replicasWanted = 3;
const apply = 'Run `vox bus diff`, then `vox bus apply`, with the seed of the bootstrap identity.';

/** The streams that anybody showed: the monitoring endpoint shows all, the operator’s nkey most. */
export function streamsOf(facts: Facts): readonly StreamFacts[] {
  const known = new Map<string, StreamFacts>();
  for (const source of [readOf(facts.nats), readOf(facts.monitor)])
    for (const each of source?.streams ?? []) known.set(each.name, each);
  return wantedStreams.flatMap((name) => known.get(name) ?? []);
}

export const isCluster = (facts: Facts): boolean =>
  Boolean(readOf(facts.nats)?.isCluster) || (readOf(facts.monitor)?.clusterSize ?? 1) > 1;

/** Streams, buckets, consumers and dead letters. */
export function streamFindings(facts: Facts): Finding[] {
  const [nats, monitor] = [readOf(facts.nats), readOf(facts.monitor)];
  if (nats === undefined && monitor === undefined) return [];
  const seen = streamsOf(facts);
  return [
    ...lackingFindings(facts, seen),
    ...replicaFindings(facts, seen),
    ...seen.flatMap(settingFindings),
    ...consumerFindings(facts),
  ];
}

function lackingFindings(facts: Facts, seen: readonly StreamFacts[]): Finding[] {
  const known = seen.map(({ name }) => name);
  const unseen = wantedStreams.filter((name) => !known.includes(name));
  // The monitoring endpoint shows all that there are; the operator is told of those that are not there.
  const gone = readOf(facts.monitor) === undefined ? (readOf(facts.nats)?.missing ?? []) : unseen;
  const hidden = unseen.filter((name) => !gone.includes(name));
  const lost = 'What should stand there is refused: calls do not begin, or nobody knows who may.';
  const blind = 'The operator’s nkey may not look at streams that hold words, nor at keys.';
  return [
    ...(gone.length > 0 ? [finding('high', 'nats.missing', `NATS has no ${gone.join(', ')}.`, lost, apply)] : []),
    ...(hidden.length > 0
      ? [
          finding(
            'skipped',
            'nats.hidden',
            `Nothing is known of ${hidden.join(', ')}.`,
            blind,
            'Give --monitor, the monitoring endpoint of NATS (NATS_MONITOR_URL).',
          ),
        ]
      : []),
  ];
}

function replicaFindings(facts: Facts, seen: readonly StreamFacts[]): Finding[] {
  const few = seen.filter(({ replicas }) => replicas < replicasWanted).map(({ name }) => name);
  const down = seen.filter(({ replicasDown }) => replicasDown.length > 0);
  const why = isCluster(facts)
    ? 'The cluster could keep three copies. When the server that holds the only one is lost, so is what it acknowledged.'
    : 'One server keeps the only copy. While it is down no call begins, and what its disk loses is lost.';
  const mend = isCluster(facts)
    ? 'Run `vox bus apply` with NATS_REPLICAS=3.'
    : 'Run a cluster of three servers, then `vox bus apply` with NATS_REPLICAS=3.';
  const what = `Fewer than ${replicasWanted} copies are kept of ${someOf(few)}.`;
  return [
    ...(few.length > 0 ? [finding(isCluster(facts) ? 'high' : 'medium', 'nats.replicas', what, why, mend)] : []),
    ...down.map(({ name, replicasDown }) =>
      finding(
        'high',
        `nats.replica-down ${name}`,
        `Copies of ${name} do not answer: ${someOf(replicasDown)}.`,
        'One more that fails may stop the stream, and with it every call.',
        'Start the server again, or take it out of the cluster and add another one.',
      ),
    ),
  ];
}

function settingFindings({ name, discard, storage, ageMaxSeconds, bytes, bytesMax, messages }: StreamFacts): Finding[] {
  const found: Finding[] = [];
  const add = (...[severity, id, what, why, mend]: Parameters<typeof finding>): void =>
    void found.push(finding(severity, `${id} ${name}`, what, why, mend));
  if (discard !== 'new')
    add('high', 'nats.discard', `${name} throws its oldest away when it is full.`, 'Facts are lost in silence.', apply);
  if (storage !== 'file')
    add('high', 'nats.storage', `${name} is kept in memory.`, 'A restart loses all that it acknowledged.', apply);
  const wanted = ages.get(name);
  if (wanted !== undefined && ageMaxSeconds > 0 && ageMaxSeconds < wanted) {
    const what = `${name} keeps ${ageMaxSeconds} seconds; the contracts say ${wanted}.`;
    add('medium', 'nats.age', what, 'A service that was down for longer misses facts.', apply);
  }
  const full = fullness(bytes, bytesMax);
  if (full !== undefined) {
    const what = `${name} holds ${sizeOf(bytes)}, ${percent(bytes, bytesMax)} of what it may.`;
    const mend = 'Give it more room (max_bytes), as `vox scale-check` computes it, and see who does not consume.';
    add(full, 'nats.full', what, 'A full stream refuses every fact: no call begins.', mend);
  }
  if (name === DeadLetterStream.name && messages > 0)
    add(
      'medium',
      'nats.dead-letters',
      `There are ${messages} dead letters.`,
      'Each is a fact that had no effect.',
      'Look at them with `vox dead list`; replay them once their cause is gone.',
    );
  return found;
}

function consumerFindings(facts: Facts): Finding[] {
  const nats = readOf(facts.nats);
  if (nats === undefined) return [];
  const behind = nats.consumers.filter(({ waiting, underWay }) => isBehind(waiting + underWay));
  const lost = nats.consumersMissing;
  return [
    ...(lost.length > 0
      ? [finding('high', 'nats.consumers', `There is no consumer ${someOf(lost)}.`, 'Its facts have no effect.', apply)]
      : []),
    ...behind.map(({ name, waiting, underWay }) =>
      finding(
        'medium',
        `nats.lag ${name}`,
        `${name} has ${waiting + underWay} facts before it.`,
        'What they tell takes effect late: budgets, revocations and audit entries lag behind.',
        'See whether its service runs and reaches its store, then add a copy.',
      ),
    ),
  ];
}
