import { contentPolicy } from './page.ts';

const turnstileHost = 'https://challenges.cloudflare.com';
const self = "'self'";
const none = "'none'";
const shut = { 'default-src': [none], 'style-src': [self] };
const inert = { 'base-uri': [none], 'form-action': [none] };

/** A refusal knows of no origin, and says nothing but why. */
export const refusalPolicy = contentPolicy({
  ...shut,
  'script-src': [self],
  'frame-ancestors': ['http:', 'https:'],
  ...inert,
});

/** The rules of the page of a call: what it may load, whom it may ask, and who may frame it. */
export function pagePolicy(origin: string, provider: string, needsTurnstile: boolean): string {
  const turnstile = needsTurnstile ? [turnstileHost] : [];
  return contentPolicy({
    ...shut,
    'script-src': [self, ...turnstile],
    'frame-src': needsTurnstile ? turnstile : [none],
    'style-src-attr': ["'unsafe-inline'"],
    // A picture of the tenant's own. It is asked for without a Referer.
    'img-src': ['https:'],
    'worker-src': [self],
    'connect-src': [self, provider],
    'media-src': ['blob:', 'mediastream:'],
    'frame-ancestors': [origin],
    ...inert,
  });
}
