import { z } from 'zod';
import { fieldSentences } from '../values/field-mistakes.ts';
import { originOf } from '../values/origin.ts';
import { plainText } from '../values/plain-text.ts';

/** The name of a secret, as `{{secrets.NAME}}` in the descriptor of a tool writes it. */
export const SecretName = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/, fieldSentences['secret-name']);

/** A text that nobody hears again once it was given. It is in no answer. */
export const SecretValue = plainText(4_096).min(1).describe('kept encrypted; nothing shows it again');

const onHttps = (host: string): string | undefined => originOf(`https://${host}`)?.slice('https://'.length);

/** A host as `URL.host` of an https URL writes it: lower case, Punycode, the port unless it is 443. */
export const SecretHost = z
  .string()
  .overwrite((text) => onHttps(text) ?? text)
  .refine((text) => onHttps(text) === text, fieldSentences['exact-host']);

export const secretsMax = 64;
export const secretHostsMax = 16;

export const secretHosts = z
  .array(SecretHost)
  .min(1)
  .max(secretHostsMax)
  .refine((all) => new Set(all).size === all.length, fieldSentences['hosts-once'])
  .describe('the hosts that the secret may be sent to, and no other');
