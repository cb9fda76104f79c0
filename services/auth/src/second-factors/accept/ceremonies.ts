import {
  BeginPendingFactor,
  ChallengePasskey,
  CompleteSignIn,
  type FactorHolder,
  FactorMethod,
  FinishPendingFactor,
  StepUpWithFactor,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { factorChecks } from '@vox/platform/telemetry';
import { type FreshenDependencies, freshen, type StartInPlaceDependencies, startInPlace } from '../../logins/mod.ts';
import { beginFactor, type EnrolFactorDependencies, finishFactor } from '../command/enrol-factor.ts';
import { type FindHolderDependencies, findHolder, type Holder } from '../command/find-holder.ts';
import { type ProveFactorDependencies, proveFactor } from '../command/prove-factor.ts';
import { passkeyOptions } from '../command/prove-passkey.ts';

export type CeremonyDependencies = FindHolderDependencies &
  ProveFactorDependencies &
  EnrolFactorDependencies &
  StartInPlaceDependencies &
  FreshenDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

/** What edge-guard asks for whoever is in the middle of signing in, or shows a factor again. */
export async function ceremonyResponders(dependencies: CeremonyDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  // A sample of each is there before anybody has shown a factor.
  for (const method of FactorMethod.options) factorChecks.add(0, { method, outcome: 'accepted' });
  const holderOf = (kind: FactorHolder['kind'], token: string): Promise<Holder> =>
    findHolder(dependencies, { kind, token });
  return [
    await bus.answer(ChallengePasskey, async ({ holder, origin }) => {
      const { owner, ceremony } = await findHolder(dependencies, holder);
      return { options: { ...(await passkeyOptions(dependencies, owner, ceremony, origin)) } };
    }),
    await bus.answer(CompleteSignIn, async ({ pending, proof, replaces, ...from }) => {
      const holder = await holderOf('pending', pending);
      await proveFactor(dependencies, holder, proof);
      return startInPlace(dependencies, holder.membership, from, replaces);
    }),
    await bus.answer(StepUpWithFactor, async ({ login, proof }) => {
      const holder = await holderOf('login', login);
      await proveFactor(dependencies, holder, proof);
      return freshen(dependencies, holder.ceremony.ceremonyId, holder.membership);
    }),
    await bus.answer(BeginPendingFactor, async ({ pending, wanted }) => {
      const { owner, ceremony } = await holderOf('pending', pending);
      return beginFactor(dependencies, owner, ceremony, wanted);
    }),
    await bus.answer(FinishPendingFactor, async ({ pending, made, replaces, ...from }) => {
      const { owner, ceremony, membership } = await holderOf('pending', pending);
      const factor = await finishFactor(dependencies, owner, ceremony, made);
      return { ...(await startInPlace(dependencies, membership, from, replaces)), ...factor };
    }),
  ];
}
