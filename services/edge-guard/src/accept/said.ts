import { Fault, type Issue, issuesOf } from '@vox/shared/fault';
import { shownIssues } from '@vox/shared/http';
import { SaidId, SaidMessage } from './shapes.ts';

export type RefusedMessage = Readonly<{ index: number; id?: string | undefined; issues: Issue[] }>;

const issuesOfOne = 4;

/**
 * The messages of a batch that can be kept, in their order, and by name those that cannot: a page would send a batch again or throw it away, and with it
 * what is good. Throws Fault INVALID_REQUEST where none is good.
 */
export function readSaid(given: readonly unknown[]): { said: SaidMessage[]; refused: RefusedMessage[] } {
  const said: SaidMessage[] = [];
  const refused: RefusedMessage[] = [];
  for (const [index, each] of given.entries()) {
    const read = SaidMessage.safeParse(each);
    if (read.success) said.push(read.data);
    else
      refused.push({
        index,
        id: SaidId.safeParse(each).data?.id,
        issues: shownIssues(issuesOf(read.error), issuesOfOne),
      });
  }
  if (said.length > 0) return { said, refused };
  const issues = refused.flatMap(({ index, issues: found }) =>
    found.map(({ path, message }) => ({
      path: path === '(whole)' ? `messages.${index}` : `messages.${index}.${path}`,
      message,
    })),
  );
  throw new Fault('INVALID_REQUEST', { issues });
}
