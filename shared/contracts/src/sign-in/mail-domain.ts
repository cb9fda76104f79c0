import { z } from 'zod';
import { fieldSentences } from '../values/field-mistakes.ts';

/** A mail domain in ASCII and lower case. An address of a machine is none. */
export const MailDomain = z
  .string()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/,
    fieldSentences['mail-domain'],
  );
