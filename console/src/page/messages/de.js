import { checklist } from './de/answers/checklist.js';
import { fieldMistakes } from './de/answers/field-mistakes.js';
import { reasons } from './de/answers/reasons.js';
import { records } from './de/answers/records.js';
import { toolMistakes } from './de/answers/tool-mistakes.js';
import { auditFile } from './de/audit-file.js';
import { building } from './de/building.js';
import { entering } from './de/entering.js';
import { evidence } from './de/evidence.js';
import { firstCall } from './de/first-call.js';
import { governing } from './de/governing.js';
import { overview } from './de/overview.js';
import { palette } from './de/palette.js';
import { pastCalls } from './de/past-calls.js';
import { platform } from './de/platform.js';
import { preview } from './de/preview.js';
import { consents } from './de/privacy/consents.js';
import { incidents } from './de/privacy/incidents.js';
import { retention } from './de/privacy/retention.js';
import { transcripts } from './de/privacy/transcripts.js';
import { running } from './de/running.js';
import { secrets } from './de/secrets.js';
import { singleSignOn } from './de/single-sign-on.js';
import { tools } from './de/tools.js';
import { usage } from './de/usage.js';
import { webhooks } from './de/webhooks.js';

/** Everything that the console says, in German. @type {import('../words.js').Messages} */
export const de = {
  ...entering,
  ...running,
  ...building,
  ...governing,
  ...consents,
  ...retention,
  ...incidents,
  ...transcripts,
  ...usage,
  ...auditFile,
  ...evidence,
  ...palette,
  ...secrets,
  ...tools,
  ...firstCall,
  ...overview,
  ...pastCalls,
  ...webhooks,
  ...singleSignOn,
  ...preview,
  ...checklist,
  ...fieldMistakes,
  ...reasons,
  ...records,
  ...toolMistakes,
  ...platform,
};
