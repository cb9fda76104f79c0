import { type ForgetUsesDependencies, forgetUses } from '../command/forget-uses.ts';
import { type SurveyKeysDependencies, surveyKeys } from '../command/survey-keys.ts';

export type OnSurveyDueDependencies = Omit<SurveyKeysDependencies, 'keyAges'> &
  Omit<ForgetUsesDependencies, 'keyAges'> &
  Readonly<{ keyAges: SurveyKeysDependencies['keyAges'] & ForgetUsesDependencies['keyAges'] }>;

const everyMs = 3_600_000;

/** Looks at the ages of all keys, at the start and then once an hour. */
export function onSurveyDue(dependencies: OnSurveyDueDependencies): () => Promise<void> {
  let nextMs = 0;
  return async () => {
    const nowMs = dependencies.clock.now().getTime();
    if (nowMs < nextMs) return;
    await surveyKeys(dependencies);
    await forgetUses(dependencies);
    nextMs = nowMs + everyMs;
  };
}
