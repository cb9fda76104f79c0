import type { SecretView } from '@vox/contracts';
import { type KeptSecret, versionInForce } from './book.ts';

const dayMs = 86_400_000;
const moment = (ms: number): string => new Date(ms).toISOString();

/** A secret as its tenant sees it: nothing of its value, and not its length either. */
export function secretView(tenantId: string, secret: KeptSecret, nowMs: number): SecretView {
  const { name, createdAtMs, lastUsedAtMs, versions } = secret;
  const inForce = versionInForce(secret, nowMs);
  const newest = versions[0] ?? inForce;
  return {
    ...{ tenantId, name, hosts: [...newest.hosts], version: newest.version, createdAt: moment(createdAtMs) },
    inForce: { version: inForce.version, hosts: [...inForce.hosts], createdAt: moment(inForce.createdAtMs) },
    inForceFrom: newest === inForce ? null : moment(newest.inForceFromMs),
    ageDays: Math.max(0, Math.floor((nowMs - inForce.createdAtMs) / dayMs)),
    lastUsedAt: lastUsedAtMs === null ? null : moment(lastUsedAtMs),
  };
}
