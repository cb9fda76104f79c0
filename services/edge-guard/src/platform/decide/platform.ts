import {
  type ConsumerProgress,
  type CopyStatus,
  isBehind,
  nextToUpgrade,
  type PlatformStatus,
  type ServiceName,
  serviceNames,
  sortedVersions,
} from '@vox/contracts';

/** What every service said of itself; a service that did not answer said nothing. */
export type Said = Readonly<{
  copies: Readonly<Partial<Record<ServiceName, readonly CopyStatus[]>>>;
  deadLetters: PlatformStatus['deadLetters'];
  findings: PlatformStatus['findings'];
}>;

type Service = Readonly<{ service: ServiceName; copies: readonly CopyStatus[] }>;

/** How the installation is, of what every service said. */
export function platformOf({ copies, deadLetters, findings }: Said, at: string): PlatformStatus {
  const services = serviceNames.map((service) => ({ service, copies: onceEach(copies[service] ?? []) }));
  const running = services.flatMap(({ service, copies }) => copies.map(({ version }) => ({ service, version })));
  const versions = sortedVersions(running.map(({ version }) => version));
  return {
    at,
    services: services.map(({ service, copies }) => ({
      service,
      copies: copies.map(({ consumers: _, ...copy }) => copy),
    })),
    versions,
    upgradeNext: nextToUpgrade(running, versions.at(-1) ?? '') ?? null,
    consumers: services.flatMap(consumersOf).toSorted(mostToDoFirst),
    deadLetters,
    findings,
  };
}

/** Copies that share a process answer under one name. */
const onceEach = (copies: readonly CopyStatus[]): CopyStatus[] =>
  [...Map.groupBy(copies, ({ copy }) => copy).values()]
    .flatMap(([first]) => first ?? [])
    .toSorted((a, b) => a.copy.localeCompare(b.copy));

/** Each consumer once: the copies that share it count the same, and each knows an age of its own. */
function consumersOf({ service, copies }: Service): PlatformStatus['consumers'] {
  const byName = Map.groupBy(
    copies.flatMap(({ consumers }) => consumers),
    ({ consumer }) => consumer,
  );
  return [...byName].map(([consumer, known]) => {
    const most = (field: keyof Omit<ConsumerProgress, 'consumer'>): number | null =>
      known.reduce<number | null>((max, each) => higher(max, each[field]), null);
    const counts = { waiting: most('waiting'), inWork: most('inWork'), redelivered: most('redelivered') };
    const unfinished = (counts.waiting ?? 0) + (counts.inWork ?? 0);
    return { consumer, service, ...counts, oldestSeconds: most('oldestSeconds'), isBehind: isBehind(unfinished) };
  });
}

const higher = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

type Row = PlatformStatus['consumers'][number];
const toDo = ({ waiting, inWork }: Row): number => (waiting ?? 0) + (inWork ?? 0);
const mostToDoFirst = (a: Row, b: Row): number => toDo(b) - toDo(a) || a.consumer.localeCompare(b.consumer);
