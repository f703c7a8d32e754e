import { DecisionExplanation } from '@anw/api-contracts';
import { PageTitle, QueryFaces, RequireRole, useAsk } from '@anw/web-ui';
import { useParams } from 'react-router';
import { OFFICER_OR_MANAGER } from '../../words/roles.js';
import { Explanation } from './Explanation.js';
import { ReferenceForm } from './ReferenceForm.js';

/** "Waarom is dit geweigerd?": a reference from a caller opens the decision. */
export function RefusalPage() {
  const { reference } = useParams();
  return (
    <RequireRole roles={OFFICER_OR_MANAGER}>
      <PageTitle>Waarom is dit geweigerd?</PageTitle>
      <ReferenceForm key={reference} reference={reference} />
      {reference !== undefined && <Found reference={reference} />}
    </RequireRole>
  );
}

function Found({ reference }: { readonly reference: string }) {
  // Each look is in the log: it is asked for once, and not again when the window gets the focus.
  const query = useAsk(['decision', reference], `/api/decisions/${encodeURIComponent(reference)}`, DecisionExplanation, { staleTime: Infinity, refetchOnWindowFocus: false });
  return <QueryFaces query={query} what="de beslissing">{(explanation) => <Explanation explanation={explanation} />}</QueryFaces>;
}
