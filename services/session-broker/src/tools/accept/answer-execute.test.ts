import type { Fault } from '@vox/platform/fault';
import { describe, expect, it } from 'vitest';
import type { ToolRefusal } from '../decide/outcome.ts';
import { answerExecute } from './answer-execute.ts';

const told = async (refusal: Omit<ToolRefusal, 'kind'>): Promise<unknown> => {
  const runTool = async () => ({ kind: 'refused' as const, ...refusal });
  const asked = { tenantId: 'acme', sessionId: '00000000-0000-4000-8000-000000000001', name: 'find_order', args: {} };
  return answerExecute({ runTool })(asked).catch((error: unknown) => error);
};

describe('the page that asked for a tool', () => {
  it('hears the name of its own argument that does not fit', async () => {
    expect(await told({ code: 'INVALID_PARAMETERS', reason: 'schema', field: 'args.number' })).toMatchObject({
      ...{ code: 'INVALID_PARAMETERS', answer: { issues: [{ path: 'args.number' }] } },
    });
  });
  it.each([
    ['secret', { reason: 'secret-unknown', field: 'secrets.CANARY_KEY' }],
    ['header', { reason: 'template', field: 'headers.CANARY_KEY' }],
    ['member of a body', { reason: 'template', field: 'jsonBodyTemplate.CANARY_KEY' }],
  ] as const)('hears no name of a %s of the descriptor', async (_what, refusal) => {
    const heard = await told({ code: 'TOOL_REFUSED', ...refusal });
    expect(heard).toMatchObject({ code: 'TOOL_REFUSED' });
    expect((heard as Fault).answer).toEqual({ reason: refusal.reason });
  });
});
