import {
  EndSession,
  EndSessionByAdmin,
  EndSessions,
  EraseFrom,
  ExecuteTool,
  ExportFrom,
  Heartbeat,
  ListSessions,
  Redeliver,
  SayInCall,
  TryTool,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import {
  answerEnd,
  answerEndByAdmin,
  answerEndMany,
  answerHeartbeat,
  answerList,
} from './calls/accept/answer-calls.ts';
import { answerErase, answerExport } from './calls/accept/answer-subject-steps.ts';
import type { Dependencies } from './dependencies.ts';
import { answerExecute } from './tools/accept/answer-execute.ts';
import { answerTry } from './tools/accept/answer-try.ts';
import { answerSay } from './typing/accept.ts';

/** Runs tools as pages of direct calls ask for them, and as somebody tries them. */
export async function answerTools(
  bus: Bus,
  { tools, clock, policies }: Pick<Dependencies, 'tools' | 'clock' | 'policies'>,
): Promise<Consumption> {
  const knows = (tenantId: string): boolean => policies.get(tenantId) !== undefined;
  const audit = { bus, clock, source: 'session-broker', knows };
  const all = [await bus.answer(ExecuteTool, answerExecute(tools)), await bus.answer(TryTool, answerTry(tools, audit))];
  return { stop: async () => void (await Promise.all(all.map((each) => each.stop()))) };
}

/** Answers every question about calls, none of which takes long. */
export async function answerAll(bus: Bus, dependencies: Dependencies): Promise<readonly Consumption[]> {
  const { tools } = dependencies;
  const erase = answerErase(dependencies);
  return [
    await bus.answer(Heartbeat, answerHeartbeat(dependencies)),
    await bus.answer(EndSession, answerEnd(dependencies)),
    await bus.answer(EndSessionByAdmin, answerEndByAdmin(dependencies)),
    await bus.answer(EndSessions, answerEndMany(dependencies)),
    await bus.answer(SayInCall, answerSay(dependencies)),
    await bus.answer(ListSessions, answerList(dependencies)),
    await bus.answer(ExportFrom['session-broker'], answerExport(dependencies)),
    await bus.answer(EraseFrom['session-broker'], async (person) => {
      const erased = await erase(person);
      await tools.forgetAnswers(person);
      return erased;
    }),
    await bus.answer(Redeliver['session-broker'], ({ letter }) => bus.redeliver(letter)),
  ];
}
