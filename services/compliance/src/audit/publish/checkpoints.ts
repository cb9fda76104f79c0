import { AuditCheckpointed, makeFact, type SignedPlace } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

/** Publishes a checkpoint, signature and all: it then stands where whoever cuts the database has no rights. */
export async function publishCheckpoint(
  bus: Pick<Bus, 'publish'>,
  { id, at }: Readonly<{ id: string; at: Date }>,
  checkpoint: SignedPlace,
): Promise<void> {
  await bus.publish(AuditCheckpointed, makeFact(AuditCheckpointed, { id, source: 'compliance', at }, checkpoint));
}

/** The newest checkpoint past a place that the stream still holds. */
export async function newestPublished(
  bus: Pick<Bus, 'newest'>,
  tenantId: string,
  after: number,
): Promise<SignedPlace | undefined> {
  const newest = await bus.newest(AuditCheckpointed, tenantId);
  return newest !== undefined && newest.data.sequence > after ? newest.data : undefined;
}
