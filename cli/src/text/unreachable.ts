/** An error and its causes, the outermost first. */
function* causesOf(error: unknown): Iterable<Error> {
  for (let each = error; each instanceof Error; each = each.cause) yield each;
}

const kinds: readonly (readonly [RegExp, (service: string) => string])[] = [
  [
    /ECONNREFUSED|CONNECTION_REFUSED|connection refused/i,
    () => 'no server answers at this address: is the NATS server running, and is NATS_URL right?',
  ],
  [
    /CERT|ERR_TLS|UNABLE_TO_(VERIFY|GET_ISSUER)/,
    () =>
      'the certificate of the NATS server is not believed: NATS_CA or NATS_CA_FILE must be the authority that signed it',
  ],
  [
    /does not support 'tls'/i,
    () => 'the NATS server does not speak TLS: NATS_URL must begin with nats://, without NATS_CA',
  ],
  [/ENOTFOUND|EAI_AGAIN/i, () => 'the host in NATS_URL is unknown: is it spelled right?'],
  [
    /AuthorizationError|Authorization Violation|AUTHORIZATION/i,
    () => 'the NATS server refuses this nkey: NATS_NKEY_SEED must be the operator’s seed that the server knows',
  ],
  [
    /PermissionViolation|Permissions Violation/i,
    () => 'this nkey may not do this: NATS_NKEY_SEED must be the operator’s seed',
  ],
  [/NoResponders|no responders|nobody answers/i, (service) => `${service} does not answer: is it running?`],
  [
    /TimeoutError|timeout/i,
    (service) => `${service} did not answer in time: it may be busy or cut off; it may have done it all the same`,
  ],
  [
    /fetch failed|operator\.json/i,
    () => 'the all-in-one of this folder does not answer: start it again with `make up`',
  ],
];

/** Why a service could not be reached, and what to check. Shows no unknown error: its text could hold anything. */
export function whyUnreachable(error: unknown, service: string): string | undefined {
  for (const { name, message, ...rest } of causesOf(error)) {
    const text = `${name} ${message} ${(rest as { code?: unknown }).code ?? ''}`;
    for (const [kind, say] of kinds) if (kind.test(text)) return say(service);
  }
  return undefined;
}

/** The same, with an answer for every error. */
export const unreachable = (error: unknown, service: string): string =>
  whyUnreachable(error, service) ?? `${service} could not do this just now: its log says why; try again in a moment`;
