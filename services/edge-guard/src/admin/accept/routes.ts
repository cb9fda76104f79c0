import { type ApiRow, accessTable, apiTable, ShowPlatform } from '@vox/contracts';
import { route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { knownAddressLimit, strangerLimit } from '../../limits/mod.ts';
import { showPlatform } from '../../platform/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { askAs } from '../command/ask-as.ts';
import { manager } from './manager.ts';
import { managerLimit } from './manager-limit.ts';
import { meRoute } from './me.ts';
import { once } from './once.ts';
import { question } from './question.ts';
import { sendAnswer } from './send-answer.ts';

/** The largest draft with its agents. */
const draftBytes = 1_048_576;

/** What the services answer is asked over the bus; what this one makes of their answers is not. */
const commandOf = (row: ApiRow) => (row.question === ShowPlatform ? showPlatform : askAs(row));

const apiRoute = (row: ApiRow) =>
  route({
    method: row.method,
    paths: [row.path],
    summary: `${accessTable[row.question.action].summary}. ${row.question.summary}`,
    credential: 'login or API key',
    api: row,
    ...((row.wholeBody !== undefined || row.isLarge) && { bodyBytes: draftBytes }),
    ...(row.status !== undefined && { status: row.status }),
    checks: [
      clientIp,
      strangerLimit,
      knownAddressLimit,
      manager(row),
      tenantOfRefusals,
      managerLimit,
      question(row),
      once(row),
    ],
    command: commandOf(row),
    answer: row.question.reply,
    send: sendAnswer(row),
  });

/** `/api/v1`: one route for each row of the table, and who asks. */
export const adminRoutes = [meRoute, ...apiTable.map(apiRoute)];
