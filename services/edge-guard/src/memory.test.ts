import { systemClock } from '@vox/platform/time';
import { promisesOfLimits } from './limits/keep/limits.promises.ts';
import { memoryStores } from './memory.ts';
import { promisesOfClaims } from './store/keep/claims.promises.ts';
import { promisesOfRedactionStates } from './transcripts/keep/redaction-states.promises.ts';

const spanMs = 400;
const open = async () => {
  const stores = memoryStores(systemClock, spanMs);
  return [stores, stores] as const;
};

promisesOfLimits('memory', spanMs, open);
promisesOfClaims('memory', open);
promisesOfRedactionStates('memory', open);
