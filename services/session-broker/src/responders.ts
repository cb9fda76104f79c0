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
import { answerSay } from './typing/accept.ts';

/** Runs tools as pages of direct calls ask for them. */
export const answerTools = (bus: Bus, { tools }: Pick<Dependencies, 'tools'>): Promise<Consumption> =>
  bus.answer(ExecuteTool, answerExecute(tools));

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
