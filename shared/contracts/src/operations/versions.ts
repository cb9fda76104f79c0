import type { ServiceName } from '../kinds/names.ts';

/** Who hears a fact must know it before anybody publishes it. */
export const upgradeOrder = ['compliance', 'auth', 'quota', 'session-broker', 'edge-guard'] as const;

const numbersOf = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/** Negative when a version comes before another, number by number. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  const place = left.findIndex((number, at) => number !== (right[at] ?? 0));
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}

/** Each version once, the oldest first. */
export const sortedVersions = (versions: readonly string[]): string[] => [...new Set(versions)].sort(compareVersions);

/** A copy whose service or version nobody told is passed over. */
type Running = Readonly<{ service: string | undefined; version: string | undefined }>;

/** The service to upgrade next, while a copy of it is of another version than the newest. */
export const nextToUpgrade = (copies: readonly Running[], newest: string): ServiceName | undefined =>
  upgradeOrder.find((name) =>
    copies.some(({ service, version }) => service === name && version !== undefined && version !== newest),
  );
