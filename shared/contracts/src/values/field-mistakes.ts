import { z } from 'zod';
import { sayer } from './said.ts';

/** Mistakes that any schema finds. `shared/platform/src/fault/wording.ts` says them in English. */
const general = [
  ...(['required', 'not-text', 'not-a-number', 'not-whole', 'not-true-or-false', 'not-a-list'] as const),
  ...(['not-an-object', 'not-null', 'other-type', 'other-value', 'none-of', 'empty', 'other-form'] as const),
  ...(['too-few-characters', 'too-many-characters', 'too-few-entries', 'too-many-entries'] as const),
  ...(['below', 'above', 'not-more-than', 'not-less-than', 'no-multiple', 'unknown-fields', 'unknown-name'] as const),
  ...(['no-email', 'no-url', 'no-uuid', 'no-moment', 'no-day', 'no-base64', 'unfit'] as const),
] as const;

/** What is wrong with a field, as the end of a sentence that begins with the field’s name. */
export const fieldSentences = {
  // How it is written.
  'one-address': 'must be one e-mail address and nothing else, such as ann@example.com',
  'phone-with-country':
    'must be one telephone number with its country, such as +34 600 123 987: the tenant’s policy names no country',
  'phone-of-country':
    'must be one telephone number, with its country (such as +34 600 123 987) or as it is dialled in {country}',
  'visitor-id': 'must be a visitor’s id: v_ and 22 letters, digits, - or _',
  'user-id': 'must be the id of a console user, 1–64 characters that can be seen',
  'tenant-id': 'must be 1–40 lower-case letters, digits or inner hyphens',
  'key-label': 'must be 1–32 lower-case letters, digits or inner hyphens',
  'api-key-label': 'must be 1–64 letters, digits, spaces or . _ -',
  network: 'must be an address or a network in CIDR form, such as 192.0.2.0/24',
  origin: 'must be an exact origin: scheme://host[:port], nothing else',
  'mail-domain': 'must be a domain in lower case, such as acme.example',
  'https-url': 'must be an https URL without a user',
  'secret-name': 'must be a capital letter, then up to 63 capitals, digits or _',
  'exact-host': 'must be an exact host such as api.example.com, with its port unless 443',
  'hosts-once': 'must name each host once',
  'events-once': 'must name each event once',
  'six-digits': 'must be six digits',
  'plain-line': 'must be plain text in one line, without control characters',
  'plain-text': 'must be plain text, without control characters',
  'audit-action': 'must be an action such as key.revoke, or all of a noun, such as key.*',
  'usage-days': 'must not be before from, and at most {days} days with it',
  'tool-name': 'must be 1 to 64 letters, digits, _ or -',
  'tool-kind': 'must be http_tool, built_in or mcp_tool; a tool of the type function has no kind',
  'header-name': 'must be the name of an HTTP header',
  'dotted-names': 'must be names with dots between',
  'mcp-tool-name': 'must be 1 to 128 letters, digits, _, -, . or /',
  'mcp-pin': 'must be 64 hexadecimal digits',
  // What is there.
  'no-tenant': 'there is no tenant {tenant}',
  'no-agent': 'is no agent of this tenant',
  'no-tool': 'is no tool of this agent',
  'no-member': 'is no member of this tenant',
  'no-role': 'is none that a member of this tenant can have',
  'no-key': 'is no key of this tenant',
  'no-live-key': 'is no key of this tenant that works',
  'no-live-api-key': 'is no API key of this tenant that works',
  'no-secret': 'is no secret of this tenant',
  'no-version': 'is no version of this policy that is kept',
  'no-endpoint': 'is no webhook endpoint of this tenant',
  'no-delivery': 'is no delivery of this endpoint',
  'no-request': 'is no request of this tenant',
  'other-tenant-version': 'is not the version of the tenant any more',
  'other-secret-version': 'is not the newest version of the secret any more',
  // Keys, members and factors.
  'not-ahead': 'must be in the future',
  'key-rotated': 'was rotated before; rotate its successor',
  'api-keys-full': 'there are as many API keys that work as a tenant may have ({most})',
  'member-already': 'is the address of a member already',
  'last-owner': 'is the last owner: make another one first',
  'members-full': 'would be one member more than {most}',
  'last-factor': 'is the last factor, and the tenant demands one; add another first',
  'no-first-factor': 'must wait: recovery codes come with a first factor',
  'factors-full': 'must wait: a member has at most {most} factors',
  'app-already': 'must be passkey: the member has an app, which is removed first',
  'passkey-already': 'is a passkey that the member has',
  // Secrets, tools and webhooks.
  'secret-already': 'is a secret of this tenant already; rotate it to give it a new value',
  'secrets-full': 'would be one too many: a tenant has at most {most} secrets',
  'secret-not-ahead': 'must be in the future, at most {days} days ahead',
  'host-not-of-secret': 'must be hosts of the newest version; rotate the secret to add one, with its value',
  'secret-not-to-host': 'may not be sent to the host of this tool',
  'unfit-argument': 'does not fit',
  'endpoints-full': 'would be one too many: a tenant has at most {most} endpoints',
  'endpoint-disabled': 'names a disabled endpoint; enable it first',
  'hook-url': 'must be a URL',
  'hook-scheme': 'must begin with https://',
  'hook-credentials': 'must not hold a user or a password',
  'hook-port': 'must name no port but those that this installation allows: 443, unless it says otherwise',
  'hook-host': 'must name a host of the public internet',
  'hook-address': 'must not be an address of a private or special network',
  // Single sign-on.
  'client-secret-needed': 'is required with a new issuer or client',
  'issuer-form': 'must be an https address without a question mark, as the provider writes it',
  'issuer-silent': 'does not answer as a provider of OpenID Connect',
  'no-txt-record': 'has no TXT record at _vox-challenge that is its token',
  'domain-not-ours': 'cannot be proved here; ask whoever runs this installation',
  // Limits, privacy and the audit log.
  'above-ceiling': 'must be at most {most}, the platform’s ceiling',
  'override-days': 'must be ahead, by {days} days at most',
  'in-the-future': 'must not be in the future',
  'received-in-the-future': 'is in the future',
  'nothing-noted': 'must be given, or a risk, persons, authorityToldAt or personsToldAt',
  'told-when': 'must say when the authority was told',
  'risk-noted': 'cannot be no-risk while a risk is noted: tell the authority, or note another risk',
  'closed-otherwise': 'is another one than it was closed with',
  'incident-closed': 'is closed; open another incident',
  'incident-full': 'has {most} entries; keep more elsewhere',
  'entry-removed': 'was removed meanwhile, its retention is over: begin again',
  'no-archive-of-erasure': 'is an erasure: only an export has an archive',
  'archive-in-making': 'is not done yet: its archive is still being made',
  'archive-gone': 'has no archive any more: it was kept until {until}, or until its person was erased; export anew',
  // A call.
  'agent-out-of-reach': 'is no agent that this key may reach',
  'model-not-allowed': 'is not allowed for this agent',
  'model-without-price': 'has no price and is not offered',
  'model-ended': 'has been shut down by the provider; the agent needs another model',
  'offer-refused': 'was not accepted by the provider',
} as const;
export type SaidMistake = keyof typeof fieldSentences;

/** What is wrong with a field: a closed list, whose English stands in `message` beside it. */
export const FieldMistake = z.enum([...general, ...(Object.keys(fieldSentences) as SaidMistake[])]);
export type FieldMistake = z.infer<typeof FieldMistake>;

/** A mistake of the table in English, with its code and its values. */
export const mistakeSaid = sayer(fieldSentences);

const byMessage = new Map<string, SaidMistake>(
  Object.entries(fieldSentences).map(([code, sentence]) => [sentence, code as SaidMistake]),
);
/** The mistake that a schema told in the words of the table. A schema takes a text alone. */
export const mistakeOf = (message: string): SaidMistake | undefined => byMessage.get(message);
