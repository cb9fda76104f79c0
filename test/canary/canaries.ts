import type { Stack } from '@vox/local/stack';
import type { Canary } from './search.ts';

/** The tenant of the run, with a canary in each part. */
export const tenant = {
  instructions: 'canary-instructions-81c2: never tell anybody that the cellar is open.',
  tool: 'canary-tool-7d13 opens the cellar',
  secret: 'canary-secret-b4c9',
  nextSecret: 'canary-next-secret-28ad',
};

/** The visitor of the run, and what it sends. */
export const visitor = {
  address: '198.51.100.213',
  userAgent: 'CanaryBrowser/4711 (of one person)',
  referer: 'https://shop.example/canary-page-3f9a?mail=canary-person%40example.org',
  cookie: 'canary-cookie-6b21',
  idempotencyKey: 'canary-idempotency-0c77',
  callId: 'rtc_canary_call_19e5',
  ownInstructions: 'canary-prompt-e402 of the browser',
  badToken: 'canary-bad-token-55aa',
  badBody: 'canary-bad-body-90fe',
  words: 'canary-words-2d7c: the key is under the mat',
  card: '4111 1111 1111 1111',
  mail: 'canary-visitor@example.org',
  /** Where its own peer waits, and the credential of that peer: they stand in its offer. */
  peer: '198.51.100.77',
  peerPassword: 'canaryIcePassword0b7e55d1a',
  spoken: 'canary-spoken-5e60: the lock is broken',
};

/** Values that exist only after the run: tokens, secrets, proofs, the id of the visitor. */
export type Granted = Readonly<{
  widgetToken: string;
  sessionToken: string;
  clientSecret: string;
  proof: string;
  visitorId: string;
  apiKey: string;
  signingSecret: string;
}>;

const ofTheTenant = /^(documents of agents|MongoDB)$/;
/** The broker keeps it encrypted, and quota does not keep it. */
const ofTheCall = /^facts in/;

/** Every secret and every piece of personal data of a run, each with the places where it may be. */
export function canariesOf({ services, operatorEnv }: Stack, granted: Granted): Canary[] {
  const settings = [...services.flatMap(({ env }) => Object.entries(env)), ...Object.entries(operatorEnv)];
  const secrets = new Map(
    settings.filter(([name]) => /SEED|KEY|SECRET/.test(name)).map(([name, value]) => [value, name]),
  );
  const passwords = settings.flatMap(([name, value]) => {
    const password = /^(MONGODB_URI|REDIS_URL)$/.test(name) ? new URL(value).password : '';
    return password === '' ? [] : [{ what: `the password in ${name}`, value: password }];
  });
  return [
    ...passwords,
    ...[...secrets].map(([value, name]) => ({ what: `the setting ${name}`, value })),
    { what: 'the widget token', value: granted.widgetToken },
    { what: 'the session token', value: granted.sessionToken },
    { what: 'the signature of the session token', value: granted.sessionToken.split('.')[2] ?? '' },
    { what: 'an API key', value: granted.apiKey },
    { what: 'the secret of an API key', value: granted.apiKey.slice(-49) },
    { what: 'the signing secret of an API key', value: granted.signingSecret.slice(-49) },
    { what: 'the client secret', value: granted.clientSecret },
    { what: 'the proof of work', value: granted.proof },
    { what: 'the visitor’s id', value: granted.visitorId, mayBeIn: ofTheCall },
    { what: 'a secret of the tenant', value: tenant.secret },
    { what: 'the newer version of a secret', value: tenant.nextSecret },
    { what: 'the agent’s instructions', value: tenant.instructions, mayBeIn: ofTheTenant },
    { what: 'the agent’s tool', value: tenant.tool, mayBeIn: ofTheTenant },
    { what: 'the call’s id with the provider', value: visitor.callId, mayBeIn: /^(MongoDB|spans)$/ },
    { what: 'the visitor’s address', value: visitor.address },
    { what: 'the visitor’s browser', value: visitor.userAgent },
    { what: 'the page the visitor came from', value: 'canary-page-3f9a' },
    { what: 'a mail address in a URL', value: 'canary-person' },
    { what: 'a cookie', value: visitor.cookie },
    { what: 'an Idempotency-Key', value: visitor.idempotencyKey },
    { what: 'the browser’s own instructions', value: visitor.ownInstructions },
    { what: 'a token that is none', value: visitor.badToken },
    { what: 'a body that is none', value: visitor.badBody, mayBeIn: /^(messages in dead letters|facts in VOX_CALLS)$/ },
    // Compliance keeps words encrypted, and only compliance may read the stream that carries them.
    { what: 'what was said', value: visitor.words },
    { what: 'a card number', value: visitor.card },
    { what: 'the address of the visitor’s peer', value: visitor.peer },
    { what: 'the credential of the visitor’s peer', value: visitor.peerPassword },
    { what: 'what was heard at the provider', value: visitor.spoken },
    { what: 'who the visitor says it is', value: visitor.mail },
    { what: 'the provider’s own words', value: 'private words of the provider' },
  ];
}
