import { invalidField } from '@vox/platform/fault';
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
      throw invalidField('Authorization', 'must be the word Bearer, a space and one token');
    },
});
