import { DecisionTree } from '@anw/api-contracts';
import { treeFaults, walkTree } from '@anw/triage';
import { sampleDecisionTree } from './decision-tree.js';

describe('decision tree of the sample region', () => {
  it('has the form that a regisseur reads, and no faults', () => {
    expect(DecisionTree.parse(sampleDecisionTree)).toEqual(sampleDecisionTree);
    expect(treeFaults(sampleDecisionTree)).toEqual([]);
  });

  it('sends to 112 at the first answer when life is in danger', () => {
    expect(walkTree(sampleDecisionTree, [{ question: 'life-threatening', answer: 'yes' }]).step).toMatchObject({ kind: 'end', end: { outcome: 'emergency-112' } });
  });
});
