import type { ShowChecklist } from '@vox/contracts';
import type { z } from 'zod';
import { withoutControls } from './without-controls.ts';

type Row = z.infer<(typeof ShowChecklist)['reply']>['rows'][number];

const marks: Readonly<Record<Row['state'], string>> = { done: '[x]', advised: '[~]', missing: '[ ]' };

/** A checklist as people read it: what is done in a line each, and below the rest why and how. */
export const checklistText = (rows: readonly Row[]): string =>
  rows
    .map(({ state, what, found, why, how }) => {
      const head = `${marks[state]} ${withoutControls(what)} ${withoutControls(found)}\n`;
      return state === 'done'
        ? head
        : `${head}      Why: ${withoutControls(why)}\n      How: ${withoutControls(how)}\n`;
    })
    .join('');
