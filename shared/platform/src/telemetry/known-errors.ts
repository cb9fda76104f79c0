/** What we know of an error by its class or code: the dependency, what happened, and what to check. */
export type Broken = Readonly<{
  dependency?: string;
  says?: string;
  check?: string;
  /** The class belongs to an HTTP client, where the status says what happened. */
  statuses?: boolean;
}>;

const settings: Readonly<Record<string, string>> = {
  nats: 'NATS_URL',
  mongodb: 'MONGODB_URI',
  redis: 'REDIS_URL',
  smtp: 'SMTP_URL',
  provider: 'OPENAI_BASE_URL',
  'provider:openai-live': 'OPENAI_BASE_URL',
  kms: 'AWS_KMS_URL or VAULT_URL',
};
export const settingOf = (dependency = ''): string =>
  settings[dependency] ?? (dependency.startsWith('provider:') ? 'PROVIDERS' : 'its URL');

export const broken = (says: string, check: string, dependency?: string): Broken => ({
  says,
  check,
  ...(dependency !== undefined && { dependency }),
});
const cut = broken(
  'the connection was cut',
  'whether it was restarted, whether it wants TLS (the scheme or the options in {setting}), and what stands in between',
);
const late = broken(
  'it did not answer in time',
  'its load, whether it speaks TLS if {setting} asks for it, and whether a firewall drops what is sent there',
);
const noWay = broken('there is no way to the host', 'the network, and the host in {setting}');
const untrusted = broken(
  'its certificate is not believed',
  'the certificate: its names, its dates and who signed it (an authority of your own goes into NATS_CA, MONGODB_CA, REDIS_CA or VAULT_CA)',
);
const noTls = broken('it does not speak TLS there', 'the scheme and the port in {setting}');
const unknownHost = broken('nobody knows the name of the host', 'the host in {setting}, and the DNS');

/** Codes of the system, of Node’s TLS and of its HTTP client. */
export const byCode: Readonly<Record<string, Broken>> = {
  ECONNREFUSED: broken('nothing listens at the address', 'whether it runs, and host and port in {setting}'),
  ECONNRESET: cut,
  EPIPE: cut,
  UND_ERR_SOCKET: cut,
  ETIMEDOUT: late,
  UND_ERR_CONNECT_TIMEOUT: late,
  UND_ERR_HEADERS_TIMEOUT: late,
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EADDRINUSE: broken('somebody else listens at the address', 'PORT and PRIVATE_PORT'),
  EADDRNOTAVAIL: broken('this machine has no such address', 'HOST and PRIVATE_HOST'),
  EACCES: broken('the system does not allow it', 'the user that it runs as, and ports below 1024'),
  CERT_HAS_EXPIRED: untrusted,
  CERT_NOT_YET_VALID: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  INVALID_PURPOSE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
};

/** Codes of the library that speaks SMTP. */
const smtp = { dependency: 'smtp' };
const unmet = broken('there is no connection', 'whether it runs, and host and port in {setting}', 'smtp');
export const byMailCode: Readonly<Record<string, Broken>> = {
  EAUTH: broken('the server lets nobody in with this user', 'user and password in {setting}', 'smtp'),
  ENOAUTH: broken('the server wants a user and a password', '{setting}', 'smtp'),
  ECONNECTION: unmet,
  ESOCKET: unmet,
  EDNS: { ...smtp, ...unknownHost },
  ETLS: broken('it offers no TLS, or none that is believed', '{setting}, its certificate, and SMTP_PLAIN', 'smtp'),
  EABORT: { ...smtp, ...late },
  EENVELOPE: broken('it refuses the sender or the recipient', 'MAIL_FROM, and whether it may send for it', 'smtp'),
  EMESSAGE: broken('it does not take the message now', 'its own log', 'smtp'),
};

const nats = { dependency: 'nats' };
const mongodb = { dependency: 'mongodb' };
const redis = { dependency: 'redis' };
const nkey = 'NATS_NKEY_SEED, and the list of nkeys in the configuration of the server';

/** Classes of the drivers that are used here. */
export const byClass: Readonly<Record<string, Broken>> = {
  AuthorizationError: broken('the server lets nobody in with this nkey', nkey, 'nats'),
  UserAuthenticationExpiredError: broken('the right to be let in has ended', nkey, 'nats'),
  PermissionViolationError: broken(
    'this nkey has no right',
    'that the rights in the configuration of the server are of this version',
    'nats',
  ),
  ConnectionError: broken('there is no connection', 'whether it runs, and {setting}', 'nats'),
  ClosedConnectionError: broken('the connection is closed', 'whether it runs, and {setting}', 'nats'),
  DrainingConnectionError: { ...nats, says: 'the connection is being closed' },
  ProtocolError: broken('it does not speak the protocol', '{setting}: host and port of clients', 'nats'),
  NoResponders: broken('nobody answers the question', 'whether the service that is asked runs', 'nats'),
  JetStreamNotEnabled: broken('it runs without JetStream', 'that the server is started with -js', 'nats'),
  StreamNotFoundError: broken('a stream is not there', 'that streams were made for this version', 'nats'),
  ConsumerNotFoundError: broken('a consumer is not there', 'that consumers were made for this version', 'nats'),
  JetStreamApiError: nats,
  JetStreamError: nats,
  MongoServerSelectionError: broken(
    'no server takes writes',
    'that it runs and has a primary, and {setting}',
    'mongodb',
  ),
  MongoNetworkError: { ...mongodb, ...cut },
  MongoNetworkTimeoutError: { ...mongodb, ...late },
  MongoOperationTimeoutError: { ...mongodb, ...late },
  MongoWaitQueueTimeoutError: broken('every connection is in use', 'its load', 'mongodb'),
  MongoPoolClearedError: { ...mongodb, ...cut },
  MongoPoolClosedError: { ...mongodb, ...cut },
  MongoTopologyClosedError: { ...mongodb, ...cut },
  MongoNotConnectedError: { ...mongodb, ...cut },
  MongoParseError: broken('the URI cannot be read', '{setting}', 'mongodb'),
  MongoInvalidArgumentError: broken('the URI has an option that is none', '{setting}', 'mongodb'),
  MongoMissingCredentialsError: broken('the URI lacks who is to be let in', '{setting}', 'mongodb'),
  ParserError: broken('it does not speak the protocol', '{setting}: host and port', 'redis'),
  MaxRetriesPerRequestError: { ...redis, ...cut },
  ClusterAllFailedError: broken('no node of the cluster answers', 'that it runs, and {setting}', 'redis'),
  ProviderFailure: { dependency: 'provider' },
  KmsFailure: { dependency: 'kms' },
  AuthenticationError: { statuses: true },
  PermissionDeniedError: { statuses: true },
  NotFoundError: { statuses: true },
  RateLimitError: { statuses: true },
  BadRequestError: { statuses: true },
  InternalServerError: { statuses: true },
  APIConnectionTimeoutError: late,
  APIUserAbortError: late,
  APIConnectionError: { says: 'there is no connection', check: '{setting}' },
  TimeoutError: late,
};

/** Errors of the drivers that have no class of their own. */
export const byMessage: Readonly<Record<string, Broken>> = {
  'Connection is closed.': { ...redis, ...cut },
  'Too many Cluster redirections. Last error: Error: Connection is closed.': { ...redis, ...cut },
  'Command timed out': { ...redis, ...late },
  "server does not support 'tls'": { ...nats, ...noTls },
  'None of startup nodes is available': broken(
    'no node of the cluster answers',
    'that it runs, and {setting}',
    'redis',
  ),
  "Cluster isn't ready and enableOfflineQueue options is false": broken(
    'there is no connection',
    'whether the cluster runs, and {setting}',
    'redis',
  ),
  "Stream isn't writeable and enableOfflineQueue options is false": broken(
    'there is no connection',
    'whether it runs, and {setting}',
    'redis',
  ),
};

/** The meaning of an HTTP status of a dependency. */
export function byStatus(status: number): Broken {
  if (status === 401) return broken('it does not know the key (401)', 'the API key');
  if (status === 403) return broken('the key has no right (403)', 'the rights of the API key');
  if (status === 429) return broken('it is asked too much (429)', 'the limits and the balance of the account');
  if (status >= 500) return broken(`it failed (${status})`, 'the status page of the other side');
  return broken(`it refused (${status})`, '{setting}, and whether it is of a version that is known here');
}
