import { Acted, BotFlagged, type Fact, platform, type ReportDoubted, RequestRefused, typeOf } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type CountSign, countSign } from '../command/count-sign.ts';
import { actSign, doubtSign, flagSign, refusalSign, type Sign } from '../decide/signal.ts';

type Alarm = typeof RequestRefused | typeof BotFlagged | typeof Acted;

function signOf({ type, data }: Fact<Alarm>): Sign | undefined {
  switch (type) {
    case typeOf(RequestRefused):
      return refusalSign(data as Fact<typeof RequestRefused>['data']);
    case typeOf(BotFlagged):
      return flagSign();
    case typeOf(Acted):
      return actSign(data as Fact<typeof Acted>['data']);
  }
}

async function count(
  dependencies: CountSign,
  fact: Fact<Alarm | typeof ReportDoubted>,
  sign: Sign | undefined,
): Promise<Outcome> {
  const { tenantId } = fact.data;
  // What concerns no tenant is an incident of the installation, and its operator hears of it by the alerts.
  if (sign === undefined || tenantId === platform) return 'ack';
  await countSign(dependencies, { ...sign, tenantId, factId: fact.id, atMs: Date.parse(fact.time) });
  return 'ack';
}

/** Counts what the doors refused or flagged, and what was refused to whoever is signed in. */
export const onAlarm =
  (dependencies: CountSign) =>
  (fact: Fact<Alarm>): Promise<Outcome> =>
    count(dependencies, fact, signOf(fact));

/** Counts reports of use that cannot be. */
export const onDoubt =
  (dependencies: CountSign) =>
  (fact: Fact<typeof ReportDoubted>): Promise<Outcome> =>
    count(dependencies, fact, doubtSign(fact.data));
