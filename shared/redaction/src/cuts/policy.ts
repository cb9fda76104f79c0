import { z } from 'zod';

/** The tenant's choices. Card numbers, their codes and expiry are always cut. */
export const RedactionPolicy = z.object({
  keepLastFour: z.boolean().describe('a cut card shows its last four digits'),
  iban: z.boolean().describe('bank accounts by IBAN are cut'),
  ssn: z
    .boolean()
    .describe(
      'numbers that a state gives a person are cut: those of the United States, CPF and codice fiscale by their form, others where they are named or asked for',
    ),
});
export type RedactionPolicy = z.infer<typeof RedactionPolicy>;
export const strictestPolicy: RedactionPolicy = { keepLastFour: false, iban: true, ssn: true };

/**
 * The kinds of cuts. `card-part` is shown as `card`: it begins or continues like one, and nothing more was known when
 * it had to leave. `depth` is JSON that is nested deeper or longer than anyone reads.
 */
export const RedactionKind = z.enum(['card', 'card-part', 'cvc', 'expiry', 'iban', 'ssn', 'depth']);
export type RedactionKind = z.infer<typeof RedactionKind>;

/** How many of each kind were cut, and never what. */
export const CutCounts = z.array(z.object({ kind: RedactionKind, count: z.number().int().positive() }));
export type CutCounts = z.infer<typeof CutCounts>;

export const counted = (kinds: readonly RedactionKind[]): CutCounts =>
  totalled(kinds.map((kind) => [{ kind, count: 1 }]));

/** Several counts as one, in the order of the kinds. */
export const totalled = (counts: readonly CutCounts[]): CutCounts =>
  RedactionKind.options.flatMap((kind) => {
    const count = counts.flat().reduce((sum, each) => sum + (each.kind === kind ? each.count : 0), 0);
    return count === 0 ? [] : [{ kind, count }];
  });
