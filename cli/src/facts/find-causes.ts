import { factKinds } from '@vox/contracts';
import type { BusView, Told } from '@vox/platform/bus';
import { causesOfTenant, chainOf, shortName } from './causes.ts';

/** A call lasts no longer than a day; what led to a fact of it is no older. */
const backMs = 86_400_000;
/** An act on a tenant ends its calls within moments, or when a copy that was down is back. */
const actMs = 600_000;
const callsMax = 1_000;

/** Finds the causes of facts. What is known of a call is read once, and added to as its facts come. */
export function causeFinder(view: BusView): (told: Told) => Promise<readonly Told[]> {
  const calls = new Map<string, Told[]>();
  async function read(wanted: Parameters<BusView['told']>[0], told: Told, ms: number): Promise<Told[]> {
    const to = new Date(told.at);
    const found: Told[] = [];
    for await (const each of view.told(wanted, { from: new Date(to.getTime() - ms), to })) found.push(each);
    return found;
  }
  async function callOf(told: Told): Promise<readonly Told[]> {
    const { tenantId, sessionId } = told;
    if (sessionId === null) return [];
    const known = calls.get(sessionId) ?? (await read({ tenantId, sessionId }, told, backMs));
    if (!known.some(({ stream, place }) => stream === told.stream && place === told.place)) known.push(told);
    // The call that was heard of longest ago is forgotten first.
    calls.delete(sessionId);
    calls.set(sessionId, known);
    for (const [oldest] of calls) if (calls.size > callsMax) calls.delete(oldest);
    return known;
  }
  return async (told) => {
    const names = causesOfTenant(told);
    const kinds = factKinds.filter(({ name }) => names.includes(shortName(name)));
    const acts = kinds.length === 0 ? [] : await read({ kinds, tenantId: told.tenantId }, told, actMs);
    return chainOf(told, await callOf(told), acts);
  };
}
