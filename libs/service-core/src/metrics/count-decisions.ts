import type { DecisionStore } from '@anw/authorization';
import type { MeasuredDecision } from '@anw/platform';

type Records = Pick<DecisionStore, 'saveDecision'>;

/**
 * Runs a transaction and counts the decision records that it kept, once they are committed: what was rolled back
 * was not decided. `work` gets a function that makes a store of records a counted one.
 */
export async function countDecisions<T>(
  { endpoint, metrics }: { readonly endpoint: MeasuredDecision['endpoint']; readonly metrics: { countDecision(decision: MeasuredDecision): void } },
  work: (counted: (store: Records) => Records) => Promise<T>,
): Promise<T> {
  const kept: MeasuredDecision[] = [];
  const result = await work((store) => ({
    saveDecision: async (record) => {
      await store.saveDecision(record);
      kept.push({ endpoint, outcome: record.outcome, firstDenial: record.firstDenial?.check });
    },
  }));
  for (const decision of kept) metrics.countDecision(decision);
  return result;
}
