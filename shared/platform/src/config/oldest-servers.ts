/** The oldest servers that VOX is made for. What is older is named in the log when a service meets it. */
export const oldestServers = { nats: '2.12', mongodb: '7.0', redis: '7.0' } as const;

const titles: Readonly<Record<keyof typeof oldestServers, string>> = {
  nats: 'the NATS server',
  mongodb: 'MongoDB',
  redis: 'Redis',
};

const numbersOf = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/** Whether a version comes before another, number by number. */
export function isOlder(version: string, than: string): boolean {
  const [numbers, least] = [numbersOf(version), numbersOf(than)];
  const place = least.findIndex((number, index) => numbers[index] !== number);
  return place >= 0 && (numbers[place] ?? 0) < (least[place] ?? 0);
}

/** A sentence about a server that is too old; `undefined` for one that is not, or does not say how old it is. */
export function oldServer(server: keyof typeof oldestServers, version: string | undefined): string | undefined {
  const oldest = oldestServers[server];
  if (version === undefined || !/^\d+\./.test(version) || !isOlder(version, oldest)) return undefined;
  return `${titles[server]} is of version ${version}, and VOX needs ${oldest} or newer: upgrade the server`;
}
