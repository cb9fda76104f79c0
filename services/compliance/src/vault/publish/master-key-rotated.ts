import { type Fact, MasterKeyRotated, makeFact, platform } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

type Rotation = Omit<Fact<typeof MasterKeyRotated>['data'], 'tenantId'>;
type Moment = Readonly<{ id: string; at: Date }>;

/** It concerns every tenant, so it stands in the log of the platform. */
export async function publishMasterKeyRotated(
  bus: Pick<Bus, 'publish'>,
  { id, at }: Moment,
  rotation: Rotation,
): Promise<void> {
  const head = { id: `master-key:${id}`, source: 'compliance', at };
  await bus.publish(MasterKeyRotated, makeFact(MasterKeyRotated, head, { tenantId: platform, ...rotation }));
}
