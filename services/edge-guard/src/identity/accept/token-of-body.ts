import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';

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
