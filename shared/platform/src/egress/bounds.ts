/** How many requests may be under way at once, in one process. */
export type Bounds = Readonly<{
  /** Of one owner, such as a tenant. */
  perOwner: number;
  /** To one host and port, of all owners together: nobody shall use us to flood a stranger. */
  perHost: number;
}>;

/** Takes a place for a request, or says that there is none. The place is given back by what it answers, once. */
export type TakePlace = (owner: string, host: string) => (() => void) | undefined;

/** Counts requests under way. Nobody waits for a place: whoever gets none hears it at once. */
export function places({ perOwner, perHost }: Bounds): TakePlace {
  const owners = new Map<string, number>();
  const hosts = new Map<string, number>();
  return (owner, host) => {
    if ((owners.get(owner) ?? 0) >= perOwner || (hosts.get(host) ?? 0) >= perHost) return undefined;
    add(owners, owner, 1);
    add(hosts, host, 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      add(owners, owner, -1);
      add(hosts, host, -1);
    };
  };
}

/** What is at zero is forgotten, so that a map holds no more than what is under way. */
function add(counts: Map<string, number>, key: string, by: number): void {
  const next = (counts.get(key) ?? 0) + by;
  if (next > 0) counts.set(key, next);
  else counts.delete(key);
}
