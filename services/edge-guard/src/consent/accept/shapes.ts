import { ConsentChoice, RecordConsent } from '@vox/contracts';
import { z } from 'zod';
import { authToken } from '../../identity/mod.ts';

export const ConsentBody = ConsentChoice.extend({ subject: RecordConsent.request.shape.subject, authToken });
export const ConsentAnswer = RecordConsent.reply.extend({ ok: z.literal(true) });
