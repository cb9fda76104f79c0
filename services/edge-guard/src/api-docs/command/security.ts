import { accessTable } from '@vox/contracts';
import type { Described } from './described.ts';

const securities: Readonly<Record<Described['credential'], readonly object[]>> = {
  none: [],
  'widget key': [{ widgetKey: [] }],
  'widget token': [{ widgetToken: [] }],
  'widget token or key': [{ widgetToken: [] }, {}],
  'session token': [{ sessionToken: [] }],
  'login or API key': [{ login: [] }, { apiKey: [] }],
  login: [{ login: [] }],
};

/** With what a route may be asked. No machine may do what has no scope. */
export const securityOf = ({ credential, api }: Described): readonly object[] =>
  api !== undefined && accessTable[api.question.action].scope === null ? securities.login : securities[credential];

/** What the access table says of an operation. */
export function accessOf({ api }: Described): object {
  if (api === undefined) return {};
  const { action } = api.question;
  const { roles, scope, isSensitive } = accessTable[action];
  return { 'x-vox-action': action, 'x-vox-roles': roles, 'x-vox-scope': scope, 'x-vox-sensitive': isSensitive };
}

const bearer = (bearerFormat: string, description: string) => ({
  ...{ type: 'http', scheme: 'bearer', bearerFormat, description },
});

export const securitySchemes = {
  widgetKey: { type: 'apiKey', in: 'query', name: 'key', description: 'Public; bound to exact origins.' },
  widgetToken: bearer('JWT', 'From the answer of bootstrap; valid for five minutes.'),
  sessionToken: bearer('JWT', 'From the answer of a session request; also allowed as `authToken` in the body.'),
  login: {
    ...{ type: 'apiKey', in: 'cookie', name: '__Host-tenant_session' },
    description:
      'Set by `otp/verify`. What changes something also needs `X-Vox-Request: 1` and an own `Origin`. What is ' +
      'sensitive (`x-vox-sensitive`) also needs a fresh code (`step-up`). Whoever sends `X-Vox-Member` with the id of ' +
      'a member is refused with `AUTH_REQUIRED` where the login is of another one.',
  },
  apiKey: bearer(
    'vk_…',
    'An API key with the scope that `x-vox-scope` names. What is sensitive (`x-vox-sensitive`) also needs a signature: ' +
      '`Signature-Input` and `Signature` (RFC 9421), and `Content-Digest` (RFC 9530) where there is a body.',
  ),
};
