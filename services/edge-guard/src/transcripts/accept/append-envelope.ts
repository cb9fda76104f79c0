import { batchMessagesMax } from '@vox/contracts';
import { type Issue, issuesOf } from '@vox/platform/fault';
import { shownIssues } from '@vox/platform/http';
import { z } from 'zod';
import { AppendBody, SaidMessage } from '../../calls/accept/bodies.ts';

export type RefusedMessage = Readonly<{ index: number; id?: string | undefined; issues: Issue[] }>;
export type Said = Readonly<{ said: SaidMessage[]; refused: RefusedMessage[] }>;

const issuesOfOne = 4;
const Id = SaidMessage.pick({ id: true });

/**
 * The messages of a batch that can be kept, in their order, and by name those that cannot: a page would send a batch again or throw it away, and with it what
 * is good. Only where none is good are they mistakes of the whole, each with its place.
 */
const messages = z
  .array(z.unknown())
  .min(1)
  .max(batchMessagesMax)
  .transform((given, context): Said => {
    const said: SaidMessage[] = [];
    const refused: RefusedMessage[] = [];
    for (const [index, each] of given.entries()) {
      const read = SaidMessage.safeParse(each);
      if (read.success) said.push(read.data);
      else {
        const issues = shownIssues(issuesOf(read.error), issuesOfOne);
        refused.push({ index, id: Id.safeParse(each).data?.id, issues });
      }
    }
    if (said.length === 0) mistakes(refused, context);
    return { said, refused };
  });

function mistakes(refused: readonly RefusedMessage[], context: z.RefinementCtx): void {
  for (const { index, issues } of refused)
    for (const { path, message } of issues)
      context.addIssue({ code: 'custom', path: path === '(whole)' ? [index] : [index, ...path.split('.')], message });
}

/** A batch in which each message is looked at by itself. */
export const AppendEnvelope = AppendBody.extend({ messages });
