/** Why a request may not leave for a host that a stranger names. docs/egress.md says what each means. */
export const egressRefusals = ['url', 'scheme', 'credentials', 'port', 'host', 'address', 'request'] as const;

/** Why a request that may leave came to nothing. */
export const egressFailures = [
  'unresolved',
  'busy',
  'broken',
  'connect',
  'proxy',
  'tls',
  'reset',
  'protocol',
  'encoding',
  'timeout',
] as const;
