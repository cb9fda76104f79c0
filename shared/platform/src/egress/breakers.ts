type Breaker = { failures: number; closedUntilMs: number };

/** So many failures in a row, and a host is left alone; then one request at a time asks whether it is back. */
const failuresToRest = 5;
const restMs = 10_000;
/** So many hosts are remembered. The one that failed longest ago is forgotten first. */
const hostsMax = 10_000;

export type Breakers = Readonly<{
  /** Whether a host may be asked now. Where it rested, whoever hears yes asks for all, until that is answered. */
  mayAsk: (host: string, nowMs: number) => boolean;
  answered: (host: string) => void;
  failed: (host: string, nowMs: number) => void;
}>;

/** Remembers the hosts that fail. A host that answers, whatever it says, is well. */
export function breakers(): Breakers {
  const known = new Map<string, Breaker>();
  return {
    mayAsk(host, nowMs) {
      const breaker = known.get(host);
      if (breaker === undefined || breaker.failures < failuresToRest) return true;
      if (nowMs < breaker.closedUntilMs) return false;
      breaker.closedUntilMs = nowMs + restMs;
      return true;
    },
    answered: (host) => void known.delete(host),
    failed(host, nowMs) {
      const failures = (known.get(host)?.failures ?? 0) + 1;
      known.delete(host);
      known.set(host, { failures, closedUntilMs: nowMs + restMs });
      const [oldest] = known.keys();
      if (known.size > hostsMax && oldest !== undefined) known.delete(oldest);
    },
  };
}
