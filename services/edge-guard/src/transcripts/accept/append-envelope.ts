import { batchMessagesMax } from '@vox/contracts';
import { type Issue, issuesOf } from '@vox/platform/fault';
import { shownIssues } from '@vox/platform/http';
import { z } from 'zod';
import { AppendBody, MessageBody } from './bodies.ts';

type RefusedMessage = Readonly<{ index: number; id?: string | undefined; issues: Issue[] }>;
type ReadMessages = Readonly<{ accepted: z.infer<typeof MessageBody>[]; refused: RefusedMessage[] }>;

const issuesOfOne = 4;
const Id = MessageBody.pick({ id: true });

/**
 * The messages of a batch that can be kept, in their order, and by name those that cannot: a page would send a batch
 * again or throw it away, and with it what is good. Only where none is good are they mistakes of the whole, each with
 * its place.
 */
const messages = z
  .array(z.unknown())
  .min(1)
  .max(batchMessagesMax)
  .transform((given, context): ReadMessages => {
    const accepted: ReadMessages['accepted'] = [];
    const refused: RefusedMessage[] = [];
    for (const [index, each] of given.entries()) {
      const read = MessageBody.safeParse(each);
      if (read.success) accepted.push(read.data);
      else {
        const found = shownIssues(issuesOf(read.error), issuesOfOne);
        const issues = found.map(({ path, message }) => ({ path, message }));
        refused.push({ index, id: Id.safeParse(each).data?.id, issues });
      }
    }
    if (accepted.length === 0) addMistakes(refused, context);
    return { accepted, refused };
  });

function addMistakes(refused: readonly RefusedMessage[], context: z.RefinementCtx): void {
  for (const { index, issues } of refused)
    for (const { path, message } of issues)
      context.addIssue({ code: 'custom', path: path === '(whole)' ? [index] : [index, ...path.split('.')], message });
}

/** A batch in which each message is looked at by itself. */
export const AppendEnvelope = AppendBody.extend({ messages });
