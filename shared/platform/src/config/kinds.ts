import { X509Certificate } from 'node:crypto';
import { z } from 'zod';

const digits = /^\d{1,15}$/;

/** A whole number, zero included: where it limits something, `0` means none allowed. */
export const count = (max = Number.MAX_SAFE_INTEGER) =>
  z.string().regex(digits, 'must be a whole number, 0 or more').transform(Number).pipe(z.number().max(max));

/** A whole number of at least one. */
export const positive = (max = Number.MAX_SAFE_INTEGER) =>
  z.string().regex(digits, 'must be a whole number, 1 or more').transform(Number).pipe(z.number().min(1).max(max));

/** Dollars with at most six decimals, read as integer micro-dollars. */
export const dollars = () =>
  z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be dollars with at most six decimals, such as 20 or 0.5')
    .transform((text) => {
      const [whole = '0', part = ''] = text.split('.');
      return Number(whole) * 1_000_000 + Number(part.padEnd(6, '0'));
    })
    .meta({ unit: 'dollars' });

export const flag = () =>
  z.enum(['true', 'false', '1', '0'], 'must be true or false').transform((text) => text === 'true' || text === '1');

/** Items parted by commas, white space ignored. */
export const list = () =>
  z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** 32 secret bytes as base64 or base64url. */
export const secretBytes = () =>
  z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64 (openssl rand -base64 32)');

const oneCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function holdsCertificates(text: string): boolean {
  const found = text.match(oneCertificate) ?? [];
  try {
    return found.map((pem) => new X509Certificate(pem)).length > 0;
  } catch {
    return false;
  }
}

/** One or more certificates in PEM. What stands around them is ignored, as OpenSSL does. */
export const certificates = () =>
  z.string().refine(holdsCertificates, 'must hold certificates in PEM (-----BEGIN CERTIFICATE-----)');

export const environment = () =>
  z
    .enum(['production', 'development', 'test'])
    .default('production')
    .describe('production refuses every convenience of development');
