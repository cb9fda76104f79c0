import type { RuledPolicy } from '@vox/contracts';

/** Why a part was not read. `silent` did not answer, `refused` did not let us look. */
export type Unread = Readonly<{ unread: 'not given' | 'silent' | 'refused'; says: string; mend: string }>;
export type Reading<T> = Readonly<{ read: T }> | Unread;

export const readOf = <T>(reading: Reading<T>): T | undefined => ('read' in reading ? reading.read : undefined);

/** What a clock showed beside ours: how far it is ahead, and by how much that may be wrong, in milliseconds. */
export type ClockFacts = Readonly<{ of: string; aheadMs: number; uncertaintyMs: number }>;

/** A server as its address shows it. */
export type Reached = Readonly<{ tls: boolean; isLoopback: boolean }>;

export type StreamFacts = Readonly<{
  name: string;
  replicas: number;
  discard: string;
  storage: string;
  messages: number;
  bytes: number;
  /** Below one: without a limit. */
  bytesMax: number;
  /** 0: without a limit. */
  ageMaxSeconds: number;
  /** Copies that do not answer. */
  replicasDown: readonly string[];
}>;

export type ConsumerFacts = Readonly<{ name: string; stream: string; waiting: number; underWay: number }>;

export type NatsFacts = Reached &
  Readonly<{
    version: string;
    isCluster: boolean;
    streams: readonly StreamFacts[];
    /** Streams that are not there. */
    missing: readonly string[];
    consumers: readonly ConsumerFacts[];
    consumersMissing: readonly string[];
    /** What this nkey was let do though no contract gives it to the operator. */
    tooMuch: readonly string[];
    clock: ClockFacts | undefined;
  }>;

export type MonitorFacts = Readonly<{
  version: string;
  demandsAuthentication: boolean;
  demandsTls: boolean;
  clusterSize: number;
  syncAlways: boolean;
  syncSeconds: number;
  storageBytes: number;
  storageBytesMax: number;
  connections: number;
  connectionsMax: number;
  slowConsumers: number;
  configReadAtMs: number;
  streams: readonly StreamFacts[];
}>;

export type RedisFacts = Reached &
  Readonly<{
    version: string;
    user: string | undefined;
    hasPassword: boolean;
    policy: string | undefined;
    bytes: number;
    /** 0: without a limit. */
    bytesMax: number;
    appends: boolean;
    /** Whether a snapshot was written since the server started, or is due. */
    savesSnapshots: boolean;
    /** Commands that a user named `edge-guard` was let send though no contract gives them to it. */
    tooMuch: readonly string[];
    clock: ClockFacts | undefined;
  }>;

export type MongoFacts = Reached &
  Readonly<{
    version: string;
    user: string | undefined;
    setName: string | undefined;
    members: number;
    membersDown: readonly string[];
    /** What is asked for by whoever asks for nothing: `majority`, or a number of members. */
    defaultWrite: string | undefined;
    uriWrite: string | undefined;
    /** Roles of users as `role@database`; none where this user may not see them. */
    roles: ReadonlyMap<string, readonly string[]>;
    /** Names of our users for which the server has none; unknown where this user may not see them. */
    usersMissing: readonly string[] | undefined;
    connections: number | undefined;
    connectionsFree: number | undefined;
    clock: ClockFacts | undefined;
    /** Questions that the server or its rights left without an answer. */
    unanswered: readonly string[];
  }>;

export type ServiceFacts = Readonly<{
  url: string;
  /** `undefined`: nothing answered. */
  version: string | undefined;
  name: string | undefined;
  notReady: readonly string[];
}>;

export type DoorFacts = Reached & Readonly<{ url: string; version: string | undefined; clock: ClockFacts | undefined }>;

export type CertificateFacts = Readonly<{
  of: string;
  isAuthority: boolean;
  fromMs: number;
  untilMs: number;
  /** Why it is not believed; `undefined` when it is. */
  disbelief: string | undefined;
}>;

export type SecretFacts = Readonly<{ name: string; writtenAtMs: number; othersMayRead: boolean }>;

export type RightsFacts = Readonly<{
  file: string;
  writtenAtMs: number;
  /** Subject names that an account's user may use though no contract says so, as `<account>: publish <name>`. */
  tooMuch: readonly string[];
  tooLittle: readonly string[];
  /** Accounts in the file that no contract knows. */
  strangers: readonly string[];
}>;

/** The last time that a backup was restored to try it. */
export type DrillFacts = Readonly<{ atMs: number; succeeded: boolean }>;

/** When models end, by name. */
export type ModelEnds = ReadonlyMap<string, number>;

/** Everything that was read of an installation, or why it was not. */
export type Facts = Readonly<{
  nowMs: number;
  /** Of this `vox`. */
  version: string;
  modelEnds: ModelEnds;
  nats: Reading<NatsFacts>;
  monitor: Reading<MonitorFacts>;
  redis: Reading<RedisFacts>;
  mongo: Reading<MongoFacts>;
  services: Reading<readonly ServiceFacts[]>;
  door: Reading<DoorFacts>;
  tenants: Reading<readonly RuledPolicy[]>;
  /** `silent` names servers that showed none. */
  certificates: Reading<Readonly<{ known: readonly CertificateFacts[]; silent: readonly string[] }>>;
  secrets: Reading<readonly SecretFacts[]>;
  rights: Reading<RightsFacts>;
  /** Read and `undefined`: no drill is noted. */
  drill: Reading<DrillFacts | undefined>;
}>;

/** The parts that may be left unread, by what a person calls them. */
export const parts = {
  nats: 'NATS',
  monitor: 'the monitoring endpoint of NATS',
  redis: 'Redis',
  mongo: 'MongoDB',
  services: 'the services’ private ports',
  door: 'the public door',
  tenants: 'the policies of tenants',
  certificates: 'certificates',
  secrets: 'the files of secrets',
  rights: 'the configuration of the NATS server',
  drill: 'the last backup drill',
} as const satisfies Partial<Record<keyof Facts, string>>;
