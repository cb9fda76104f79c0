import { resealed } from '@vox/platform/crypto';
import { changeEvery, withChanged } from '@vox/platform/store';
import type { SecondFactors } from '../keep.ts';
import { type ProveCodeDependencies, totpContext } from './prove-code.ts';

type ResealFactorsDependencies = Pick<ProveCodeDependencies, 'sealKey'> &
  Readonly<{ secondFactors: Pick<SecondFactors, 'all' | 'update'> }>;

/** Puts the secrets of members' apps under the newest key, and answers of how many members. */
export const resealFactors = ({ secondFactors, sealKey }: ResealFactorsDependencies): Promise<number> =>
  changeEvery(secondFactors, (state) => {
    const factors = withChanged(state.factors, (factor) => {
      if (factor.kind !== 'totp') return undefined;
      const sealed = resealed(sealKey, totpContext(state, factor.factorId), factor.sealed);
      return sealed === undefined ? undefined : { ...factor, sealed };
    });
    return factors && { ...state, factors };
  });
