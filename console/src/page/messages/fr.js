import { checklist } from './fr/answers/checklist.js';
import { fieldMistakes } from './fr/answers/field-mistakes.js';
import { reasons } from './fr/answers/reasons.js';
import { records } from './fr/answers/records.js';
import { toolMistakes } from './fr/answers/tool-mistakes.js';
import { auditFile } from './fr/audit-file.js';
import { building } from './fr/building.js';
import { entering } from './fr/entering.js';
import { evidence } from './fr/evidence.js';
import { firstCall } from './fr/first-call.js';
import { governing } from './fr/governing.js';
import { overview } from './fr/overview.js';
import { palette } from './fr/palette.js';
import { pastCalls } from './fr/past-calls.js';
import { platform } from './fr/platform.js';
import { preview } from './fr/preview.js';
import { consents } from './fr/privacy/consents.js';
import { incidents } from './fr/privacy/incidents.js';
import { retention } from './fr/privacy/retention.js';
import { transcripts } from './fr/privacy/transcripts.js';
import { running } from './fr/running.js';
import { secrets } from './fr/secrets.js';
import { singleSignOn } from './fr/single-sign-on.js';
import { tools } from './fr/tools.js';
import { usage } from './fr/usage.js';
import { webhooks } from './fr/webhooks.js';

/** Everything that the console says, in French. @type {import('../words.js').Messages} */
export const fr = {
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
