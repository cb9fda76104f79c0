import { ConsentChoice, RecordConsent } from '@vox/contracts';
import { z } from 'zod';
import { authToken, writtenToken } from '../../identity/mod.ts';

export const ConsentBody = ConsentChoice.extend({
  subject: RecordConsent.request.shape.subject,
  authToken,
  sessionToken: writtenToken
    .optional()
    .describe(
      'of the call whose agent asked: it learns of the answer once that is recorded; `method` must then be `click`',
    ),
});
export const ConsentAnswer = RecordConsent.reply.extend({ ok: z.literal(true) });
