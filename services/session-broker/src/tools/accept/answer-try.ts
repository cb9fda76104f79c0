import type { TriedTool, TryTool } from '@vox/contracts';
import { type ActPublisher, publishingRefusals } from '@vox/platform/bus';
import type { z } from 'zod';
import type { Tools } from '../command/tools-of.ts';
import { actOfTry, type TriedOutcome } from '../decide/tool-try.ts';
import { faultOf } from './refusal-fault.ts';

type Asked = z.infer<(typeof TryTool)['request']>;

/**
 * Somebody who may write the policy tries a tool. What was sent is answered, whatever came of it. A refusal says that
 * nothing was sent, and enters the audit log too.
 */
export const answerTry = ({ tryTool }: Pick<Tools, 'tryTool'>, audit: ActPublisher) =>
  publishingRefusals(
    audit,
    (asked: Asked) => ({ ...actOfTry(asked), by: asked }),
    async ({ tenantId, agentId, name, args, ...by }: Asked) =>
      told(await tryTool({ tenantId, agentId, name, args }, by)),
  );

/** What came of a try, as it travels. Throws the fault of a refusal. */
function told({ tryId, outcome, figures }: TriedOutcome): TriedTool {
  if (figures === undefined || figures.outcome === 'refused' || figures.outcome === 'interrupted')
    throw faultOf(outcome.kind === 'refused' ? outcome : { kind: 'refused', code: 'UNAVAILABLE' }, { knowsTool: true });
  const { host, method, status, ms, bytesOut, bytesIn, reason, ok, outcome: came } = figures;
  return {
    ...{ tryId, outcome: came, reason, ok, host, method, status, ms, bytesOut, bytesIn },
    ...(outcome.kind === 'done' && {
      result: outcome.result,
      ui: outcome.ui && { ...outcome.ui, fields: [...outcome.ui.fields] },
    }),
  };
}
