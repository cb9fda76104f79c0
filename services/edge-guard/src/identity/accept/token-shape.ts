import { z } from 'zod';

/** A token as it is written in a body or a query. */
export const writtenToken = z.string().min(1).max(4_096);

export const authToken = writtenToken.optional().describe('the session token, where no header can be set (sendBeacon)');
