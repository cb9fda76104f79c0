import { FactorName, PasskeyAssertion, PasskeyRegistration, RecoveryCode, TotpCode } from '@vox/contracts';
import { z } from 'zod';

export const NoBody = z.object({});
export const TotpBody = z.object({ code: TotpCode.describe('six digits, as the app shows them') });
export const RecoveryBody = z.object({ code: RecoveryCode });
export const PasskeyBody = z.object({ credential: PasskeyAssertion });
export const NewTotpBody = z.object({ name: FactorName });
export const NewPasskeyBody = z.object({ name: FactorName, credential: PasskeyRegistration });
