import { type Facts, type MonitorFacts, readOf } from '../facts.ts';
import { type Finding, fullness, percent, sizeOf, when } from '../finding.ts';
import { streamsOf } from './streams.ts';

const replicasWanted = 3;

/** What the NATS server says of itself at its monitoring endpoint, and how it is reached. */
export function monitorFindings(facts: Facts): Finding[] {
  const [nats, monitor] = [readOf(facts.nats), readOf(facts.monitor)];
  const link = when(
    nats !== undefined && !nats.tls && !nats.isLoopback,
    'high',
    'nats.tls',
    'NATS is reached without TLS over a network.',
    'Whoever listens there reads every fact, words of calls and what answers hold.',
    'Give the server a certificate, and the services tls:// and NATS_CA (docs/stores.md).',
  );
  if (monitor === undefined) return link;
  return [...link, ...accessFindings(monitor), ...syncFindings(facts, monitor), ...roomFindings(monitor)];
}

const accessFindings = ({ demandsAuthentication, slowConsumers }: MonitorFacts): Finding[] => [
  ...when(
    !demandsAuthentication,
    'high',
    'nats.open',
    'The NATS server lets anybody in.',
    'Whoever reaches it may grant calls, read what was said and empty streams.',
    'Run it with the configuration that `natsServerConfig` writes (docs/stores.md).',
  ),
  ...when(
    slowConsumers > 0,
    'low',
    'nats.slow-consumers',
    `The NATS server has cut off ${slowConsumers} connections that read too slowly.`,
    'A service that is cut off connects again and may miss changes of policies meanwhile.',
    'See which service was short of processor time then, and give it a copy more.',
  ),
];

function syncFindings(facts: Facts, { syncAlways, syncSeconds }: MonitorFacts): Finding[] {
  const seen = streamsOf(facts);
  const isAlone = seen.length === 0 || seen.some(({ replicas }) => replicas < replicasWanted);
  return when(
    !syncAlways,
    isAlone ? 'high' : 'low',
    'nats.sync',
    `The NATS server writes to its disk every ${syncSeconds} seconds, not before it acknowledges.`,
    `What it acknowledged since is lost when the power ${isAlone ? '' : 'of all servers '}fails${isAlone ? ': a grant, a revocation or an entry of the audit log' : ' at once'}.`,
    'Set `sync_interval: always` in its jetstream block; measure what that costs on its disk.',
  );
}

function roomFindings({ storageBytes, storageBytesMax, connections, connectionsMax }: MonitorFacts): Finding[] {
  return [
    ...when(
      true,
      fullness(storageBytes, storageBytesMax),
      'nats.disk',
      `JetStream holds ${sizeOf(storageBytes)}, ${percent(storageBytes, storageBytesMax)} of what it may.`,
      'When it is full every stream refuses: no call begins.',
      'Give it a larger disk and raise max_file_store.',
    ),
    ...when(
      true,
      fullness(connections, connectionsMax),
      'nats.connections',
      `NATS has ${connections} connections, ${percent(connections, connectionsMax)} of what it allows.`,
      'A copy that starts is not let in.',
      'Raise max_connections, and see who holds so many.',
    ),
  ];
}
