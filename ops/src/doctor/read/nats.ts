import { JetStreamApiError, type JetStreamManager, jetstreamManager, type StreamInfo } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { bucketStreamOf, consumers, operatorIdentity, PolicyDocument } from '@vox/contracts';
import { type NatsReach, natsReach, natsRightsOf } from '@vox/platform/bus';
import { wantedStreams } from '../checks/streams.ts';
import type { NatsFacts, StreamFacts } from '../facts.ts';
import { clockOf, isLoopbackHost } from './attempt.ts';

const timeoutMs = 3_000;
const nanosPerSecond = 1_000_000_000;

export type NatsLink = Readonly<{ link: NatsConnection; manager: JetStreamManager }>;

/** Connects as the operator, who may look at most and change nothing. */
export async function natsLink(reach: NatsReach): Promise<NatsLink> {
  const link = await connect({
    ...natsReach(reach),
    name: operatorIdentity,
    inboxPrefix: `_INBOX.${operatorIdentity}`,
    timeout: timeoutMs,
    reconnect: false,
  });
  return { link, manager: await jetstreamManager(link, { checkAPI: false, timeout: timeoutMs }) };
}

const isGone = (error: unknown): boolean => error instanceof JetStreamApiError && [10_059, 10_014].includes(error.code);

/** What a server tells of a stream, as `/jsz` writes it too. */
export const streamFactsOf = ({
  config,
  state,
  cluster,
}: Pick<StreamInfo, 'config' | 'state' | 'cluster'>): StreamFacts => ({
  name: config.name,
  replicas: config.num_replicas,
  discard: config.discard,
  storage: config.storage,
  messages: state.messages,
  bytes: state.bytes,
  bytesMax: config.max_bytes ?? -1,
  ageMaxSeconds: (config.max_age ?? 0) / nanosPerSecond,
  replicasDown: (cluster?.replicas ?? []).filter(({ offline }) => offline).map(({ name }) => name),
});

/** Names of streams that this nkey may ask for. A server without nkeys lets everybody ask for all. */
function askable(hasSeed: boolean): readonly string[] {
  if (!hasSeed) return wantedStreams;
  const { publish } = natsRightsOf(operatorIdentity);
  return wantedStreams.filter((name) => publish.includes(`$JS.API.STREAM.INFO.${name}`));
}

/** Names that no contract has: whoever is let use them has more rights than the contracts give. */
const probe = 'vox.doctor.probe';

async function tooMuchOf(link: NatsConnection): Promise<string[]> {
  let refused = false;
  const subscription = link.subscribe(probe, { callback: (error) => void (refused ||= error !== null) });
  const said = await link.request(probe, '', { timeout: 500 }).then(
    () => true,
    (error: unknown) => !/Permissions Violation/i.test(String(error)) && !isViolation(error),
  );
  await link.flush();
  if (!refused) subscription.unsubscribe();
  return [...(refused ? [] : [`to hear ${probe}`]), ...(said ? [`to say ${probe}`] : [])];
}
const isViolation = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'PermissionViolationError' || isViolation(error.cause));

/** The server tells its time beside what it says of a stream; not a number where the stream is not there. */
async function serverTimeMs(manager: JetStreamManager): Promise<number> {
  try {
    const { ts } = (await manager.streams.info(bucketStreamOf(PolicyDocument))) as { ts?: string };
    return Date.parse(ts ?? '');
  } catch (error) {
    if (isGone(error)) return Number.NaN;
    throw error;
  }
}

/** Everything that the operator's nkey may see of streams and consumers. */
export async function readNats({ link, manager }: NatsLink, reach: NatsReach): Promise<NatsFacts> {
  const timed = await clockOf(
    'the NATS server',
    () => serverTimeMs(manager),
    (atMs) => atMs,
  );
  const missing: string[] = [];
  const consumersMissing: string[] = [];
  const ifThere = async <T>(name: string, list: string[], asked: Promise<T>): Promise<T[]> => {
    try {
      return [await asked];
    } catch (error) {
      if (!isGone(error)) throw error;
      list.push(name);
      return [];
    }
  };
  const streams = await Promise.all(
    askable(reach.nkeySeed !== undefined).map((name) => ifThere(name, missing, manager.streams.info(name))),
  );
  const progress = await Promise.all(
    Object.values(consumers).map(({ stream, name }) =>
      ifThere(name, consumersMissing, manager.consumers.info(stream, name)),
    ),
  );
  const { version = '0', cluster } = (link.info ?? {}) as { version?: string; cluster?: string };
  return {
    ...shownBy(reach),
    ...{ version, isCluster: cluster !== undefined, missing, consumersMissing },
    clock: Number.isNaN(timed.answer) ? undefined : timed.clock,
    streams: streams.flat().map(streamFactsOf),
    consumers: progress.flat().map(({ name, stream_name, num_pending, num_ack_pending }) => ({
      ...{ name, stream: stream_name, waiting: num_pending, underWay: num_ack_pending },
    })),
    tooMuch: reach.nkeySeed === undefined ? [] : await tooMuchOf(link),
  };
}

const shownBy = ({ servers, ca }: NatsReach) => ({
  tls: ca !== undefined || servers.some((each) => each.startsWith('tls:')),
  isLoopback: servers.every((each) => URL.canParse(each) && isLoopbackHost(new URL(each).hostname)),
});
