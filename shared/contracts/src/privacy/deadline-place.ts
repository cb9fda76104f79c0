import { z } from 'zod';

/** A position in the order of deadlines. */
export const DeadlinePlace = z
  .string()
  .regex(/^\d{1,15}_[0-9a-f-]{36}$/, 'must be what an earlier list ended with as next');
