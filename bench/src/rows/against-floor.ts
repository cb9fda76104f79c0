import { type Measured, measure, type Path } from '../measure.ts';
import type { Servers } from '../servers.ts';
import type { Row } from '../table.ts';

/** A path of ours beside the floor it is held against, in the same run. */
export type Against = Readonly<{ path: string; floor: string; aim: number; is: Measured; of: Measured }>;

export const against = ({ path, floor, aim, is, of }: Against): Row => ({
  path,
  floor,
  ratio: is.perSecond / of.perSecond,
  aim,
  perSecond: is.perSecond,
  floorPerSecond: of.perSecond,
  cpuMs: is.cpuMs,
  floorCpuMs: of.cpuMs,
  p50Ms: is.p50Ms,
  p99Ms: is.p99Ms,
  openP99Ms: is.openP99Ms,
  floorOpenP99Ms: of.openP99Ms,
  writesPerRequest: is.writesPerRequest,
  failed: is.failed + of.failed,
  residentMib: is.residentMib,
});

export async function pair(
  servers: Servers,
  { path, floor, aim }: Readonly<{ path: string; floor: string; aim: number }>,
  sides: Readonly<{ is: Path; of: Path }>,
): Promise<Row> {
  const is = await measure(servers, sides.is);
  const of = await measure(servers, sides.of);
  return against({ path, floor, aim, is, of });
}
