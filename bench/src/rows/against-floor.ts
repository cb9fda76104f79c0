import { type Measured, measure, type Path } from '../measure.ts';
import type { Servers } from '../servers.ts';
import type { Row } from '../table.ts';

/** A path of ours and the floor that it is compared with, in the same run. */
export type Against = Readonly<{ path: string; floor: string; aim: number; ours: Measured; bare: Measured }>;

export const againstFloor = ({ path, floor, aim, ours, bare }: Against): Row => ({
  path,
  floor,
  ratio: ours.perSecond / bare.perSecond,
  aim,
  perSecond: ours.perSecond,
  floorPerSecond: bare.perSecond,
  cpuMs: ours.cpuMs,
  floorCpuMs: bare.cpuMs,
  p50Ms: ours.p50Ms,
  p99Ms: ours.p99Ms,
  openP99Ms: ours.openP99Ms,
  floorOpenP99Ms: bare.openP99Ms,
  writesPerRequest: ours.writesPerRequest,
  failed: ours.failed + bare.failed,
  residentMib: ours.residentMib,
});

export async function pair(
  servers: Servers,
  { path, floor, aim }: Readonly<{ path: string; floor: string; aim: number }>,
  sides: Readonly<{ ours: Path; bare: Path }>,
): Promise<Row> {
  const ours = await measure(servers, sides.ours);
  const bare = await measure(servers, sides.bare);
  return againstFloor({ path, floor, aim, ours, bare });
}
