/** Errors from within, the outermost first. */
function* causesOf(error: unknown): Iterable<Error> {
  for (let each = error; each instanceof Error; each = each.cause) yield each;
}

const kinds: readonly (readonly [RegExp, (service: string) => string])[] = [
  [
    /ECONNREFUSED|CONNECTION_REFUSED|connection refused/i,
    () => 'nothing answers there: is the NATS server running, and is NATS_URL its address?',
  ],
  [/ENOTFOUND|EAI_AGAIN/i, () => 'the host in NATS_URL is not known: is it spelled right?'],
  [
    /AuthorizationError|Authorization Violation|AUTHORIZATION/i,
    () =>
      'the NATS server refuses this nkey: NATS_NKEY_SEED must be the operator’s seed, whose public half the server was given',
  ],
  [
    /PermissionViolation|Permissions Violation/i,
    () => 'this nkey may not do this: NATS_NKEY_SEED must be the operator’s seed',
  ],
  [/NoResponders|no responders|nobody answers/i, (service) => `${service} does not answer: is it running?`],
  [
    /TimeoutError|timeout/i,
    (service) =>
      `${service} did not answer in time: it may be busy or cut off; what was asked may have been done all the same`,
  ],
  [
    /fetch failed|operator\.json/i,
    () => 'the process that ran in this folder does not answer: start it again with `make up`',
  ],
];

/** Why somebody could not be reached, and what to check; nothing of an error that we do not know, for its text could hold anything. */
export function whyUnreachable(error: unknown, service: string): string | undefined {
  for (const { name, message, ...rest } of causesOf(error)) {
    const text = `${name} ${message} ${(rest as { code?: unknown }).code ?? ''}`;
    for (const [kind, say] of kinds) if (kind.test(text)) return say(service);
  }
  return undefined;
}

/** The same, with something to say in any case. */
export const unreachable = (error: unknown, service: string): string =>
  whyUnreachable(error, service) ?? `${service} could not do this just now: its log says why; try again in a moment`;
