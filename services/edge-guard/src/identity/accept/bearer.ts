import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import { bearerOf } from '../decide/bearer.ts';

/** Reads the token of an Authorization header. One that holds no token is a mistake; none at all is not. */
export const bearer = check({
  name: 'bearer',
  whenDown: 'no store',
  run:
    () =>
    ({ request }: Asked): { token: string | undefined } => {
      const given = bearerOf(request.get('authorization'));
      if (given !== 'malformed') return { token: given?.token };
      throw new Fault('INVALID_REQUEST', {
        issues: [{ path: 'Authorization', message: 'must be the word Bearer, a space and one token' }],
      });
    },
});

/** Refuses whoever shows no token. */
export const tokenRequired = check({
  name: 'token required',
  whenDown: 'no store',
  run:
    () =>
    ({ token }: Readonly<{ token: string | undefined }>): { token: string } => {
      if (token === undefined) throw new Fault('AUTH_REQUIRED');
      return { token };
    },
});

/** Takes the token of the body, where no header can be set, and refuses whoever shows none there either. */
export const tokenOfBody = check({
  name: 'token of the body',
  whenDown: 'no store',
  run:
    () =>
    ({ body }: Readonly<{ body: Readonly<{ authToken?: string | undefined }> }>): { token: string } => {
      if (body.authToken === undefined) throw new Fault('AUTH_REQUIRED');
      return { token: body.authToken };
    },
});
