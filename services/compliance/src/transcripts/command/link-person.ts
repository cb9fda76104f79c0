import type { LinkSubject } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { type LinkDependencies, linkAnew } from '../../holds/mod.ts';
import { type Countries, namedIn } from '../../vault/mod.ts';
import { type Calls, callKey } from '../keep/calls.ts';

type Asked = z.infer<(typeof LinkSubject)['request']>;
type Reply = z.input<(typeof LinkSubject)['reply']>;
export type Link = ActDependencies & LinkDependencies & Countries & Readonly<{ calls: Pick<Calls, 'read'> }>;

/** The person of a call said who it is: from then on its calls are found by that, too. */
export const linkPerson =
  (dependencies: Link) =>
  ({ sessionId, identifiers, ...acting }: Asked): Promise<Reply> => {
    const { tenantId } = acting;
    const act = { ...acting, action: 'subject.link', target: `session:${sessionId}` };
    return recorded(dependencies, act, async () => {
      const named = namedIn(dependencies, tenantId, identifiers);
      const call = await dependencies.calls.read(callKey(tenantId, sessionId));
      if (call === undefined || !(await linkAnew(dependencies, call, named)))
        throw new Fault('NOT_FOUND', {
          issues: [{ path: 'sessionId', message: 'is no call of this tenant that is kept' }],
        });
      return { subjectId: call.subjectId };
    });
  };
