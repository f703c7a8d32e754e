import type { ProposedPractitioner } from '@anw/api-contracts';
import { Button, QueryFaces } from '@anw/web-ui';
import { ProposalList } from '../../proposal/ProposalList.js';
import { useProposal } from '../../proposal/use-proposal.js';
import type { CallFlow, ChosenPractitioner, TypedOrder } from './call-flow.js';
import type { Call } from './use-call.js';
import { firstWindow } from './visit-window.js';

/** Who goes: the nurses on duty, each with her light for this patient. */
export function PractitionerStep({ flow, act }: Pick<Call, 'flow' | 'act'>) {
  const { patient } = flow;
  if (patient === undefined) return null;
  return <Proposals flow={flow} patient={patient} act={act} />;
}

function Proposals({ flow, patient, act }: Pick<Call, 'flow' | 'act'> & { readonly patient: NonNullable<CallFlow['patient']> }) {
  const query = useProposal({ patient, address: flow.search.address, urgency: urgencyOf(flow) });
  const choose = (practitioner: ProposedPractitioner) => {
    const chosen = chosenOf(practitioner);
    act({ type: 'practitioner-chosen', practitioner: chosen, order: firstOrder(flow, chosen) });
  };
  return (
    <>
      <QueryFaces query={query} what="de zorgverleners in dienst">
        {(proposal) => <ProposalList proposal={proposal} onChoose={choose} />}
      </QueryFaces>
      <div className="call-form__actions">
        <Button kind="subtle" busy={query.isFetching} onClick={() => void query.refetch()}>
          Opnieuw controleren
        </Button>
      </div>
    </>
  );
}

function chosenOf({ shift, name, actor, period, light }: ProposedPractitioner): ChosenPractitioner {
  return { shift, name, actor: actor.name, until: period.until, ...(light?.light === 'green' && light.homeAccess && { homeAccess: light.homeAccess }) };
}

function firstOrder(flow: CallFlow, { until, homeAccess }: ChosenPractitioner): TypedOrder {
  const urgency = urgencyOf(flow);
  return { note: flow.request.description, urgency, ...firstWindow(new Date(), urgency, new Date(until)), homeAccess: homeAccess?.proposed ?? false };
}

function urgencyOf({ conclusion, request }: CallFlow) {
  return conclusion?.urgency ?? request.urgency;
}
