import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { authLedger } from '@vox/auth/ledger';
import { complianceLedger } from '@vox/compliance/ledger';
import { CallStream, consumers } from '@vox/contracts';
import { natsBus, natsReach } from '@vox/platform/bus';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { systemClock } from '@vox/platform/time';
import { quotaLedger } from '@vox/quota/ledger';
import { brokerLedger } from '@vox/session-broker/ledger';
import { policiesIn } from '../bus/policies.ts';
import { identifiersBy } from './identifiers.ts';
import type { Ledger } from './ledger.ts';
import { callFacts, deadLetters, otherFacts } from './streams.ts';

export type Databases = Readonly<Record<'auth' | 'quota' | 'broker' | 'compliance', string>>;

export type LedgerSource = Readonly<{
  natsServers: readonly string[];
  nkeySeed?: string | undefined;
  /** Authorities in PEM, where the servers have certificates of one's own. */
  natsCa?: string | undefined;
  mongoUri: string;
  mongoCa?: string | undefined;
  databases?: Databases;
}>;

const timeoutMs = 10_000;
const standardDatabases: Databases = {
  auth: 'vox_auth',
  quota: 'vox_quota',
  broker: 'vox_session_broker',
  compliance: 'vox_compliance',
};

/** Opens the ledger of an installation for `work`, and closes it afterwards. */
export async function withLedger<R>(source: LedgerSource, work: (ledger: Ledger) => Promise<R>): Promise<R> {
  const { natsServers: servers, nkeySeed, natsCa: ca, mongoUri, mongoCa, databases = standardDatabases } = source;
  const link = await connect({
    ...natsReach({ servers, nkeySeed, ca }),
    inboxPrefix: '_INBOX.operator',
    timeout: timeoutMs,
  });
  const bus = await natsBus({
    ...{ servers, nkeySeed, ca, service: 'operator' },
    ...{ clock: systemClock, onThrow: () => undefined },
  });
  const stores: MongoStore[] = [];
  const store = async (database: string): Promise<MongoStore> => {
    const opened = await connectMongo({ uri: mongoUri, ca: mongoCa, database, appName: 'reconcile', timeoutMs });
    stores.push(opened);
    return opened;
  };
  try {
    const manager = await jetstreamManager(link, { checkAPI: false });
    const behind = new Map<string, number>();
    for (const { stream, name } of Object.values(consumers)) {
      const { num_pending, num_ack_pending } = await manager.consumers.info(stream, name);
      behind.set(name, num_pending + num_ack_pending);
    }
    const { state: calls } = await manager.streams.info(CallStream.name);
    return await work({
      nowMs: Date.now(),
      policies: await policiesIn(manager),
      behind,
      auth: await authLedger(await store(databases.auth)),
      quota: await quotaLedger(await store(databases.quota)),
      broker: await brokerLedger(await store(databases.broker)),
      compliance: await complianceLedger(await store(databases.compliance)),
      identifiers: identifiersBy(bus.ask),
      calls: (range) => callFacts(manager, range),
      others: () => otherFacts(manager),
      callCount: calls.messages,
      callsFromMs: Date.parse(calls.first_ts),
      deadLetters: await deadLetters(manager),
    });
  } finally {
    await Promise.all([link.close(), bus.close(), ...stores.map((each) => each.close())]);
  }
}
