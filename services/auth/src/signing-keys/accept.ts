import { LeaseSigningKey, RotateSigningKey } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import type { KeyRingDependencies } from './command/ensure-key-ring.ts';
import { leaseSigningKey } from './command/lease-signing-key.ts';
import { rotateSigningKey } from './command/rotate-signing-key.ts';

export type SigningKeyResponderDependencies = KeyRingDependencies & Readonly<{ bus: Pick<Bus, 'answer'> }>;

export const signingKeyResponders = async (dependencies: SigningKeyResponderDependencies): Promise<Consumption[]> => [
  await dependencies.bus.answer(LeaseSigningKey.widget, () => leaseSigningKey(dependencies, 'widget')),
  await dependencies.bus.answer(LeaseSigningKey.session, () => leaseSigningKey(dependencies, 'session')),
  await dependencies.bus.answer(RotateSigningKey, async ({ use, ...by }) => ({
    kid: await rotateSigningKey(dependencies, use, by),
  })),
];
