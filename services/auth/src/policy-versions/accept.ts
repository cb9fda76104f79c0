import { DiffPolicyVersions, ListPolicyVersions, ShowPolicyVersion } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import type { FindVersionDependencies } from './command/find-version.ts';
import { listVersions } from './command/list-versions.ts';
import { diffVersions, showVersion } from './command/show-version.ts';
import type { PolicyVersions } from './keep.ts';

export type PolicyVersionResponderDependencies = FindVersionDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'>; policyVersions: Pick<PolicyVersions, 'read' | 'tagged'> }>;

export const policyVersionResponders = async (
  dependencies: PolicyVersionResponderDependencies,
): Promise<Consumption[]> => [
  await dependencies.bus.answer(ListPolicyVersions, listVersions(dependencies)),
  await dependencies.bus.answer(ShowPolicyVersion, showVersion(dependencies)),
  await dependencies.bus.answer(DiffPolicyVersions, diffVersions(dependencies)),
];
