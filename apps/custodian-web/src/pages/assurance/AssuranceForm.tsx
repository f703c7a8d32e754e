import { AssuranceView } from '@anw/api-contracts';
import { Alert, announce, ApiProblem, Form, RadioField, SelectField, useAnwForm, useSend } from '@anw/web-ui';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ASSURANCE } from './AssurancePage.js';
import { levels, tellAssurance } from './assurance-words.js';

interface AssuranceValues {
  readonly minimum: string;
  readonly homeAccess: string;
}

/**
 * What she chose stays, whatever a colleague saves meanwhile: the page says what holds now, and asks for another press before
 * hers replaces it.
 */
export function AssuranceForm({ assurance }: { readonly assurance: AssuranceView }) {
  const client = useQueryClient();
  const [seen, setSeen] = useState(assurance.version);
  const form = useAnwForm<AssuranceValues>({ defaultValues: { minimum: assurance.minimum, homeAccess: assurance.homeAccess ?? '' }, draft: 'assurance' });
  const show = (current: AssuranceView) => {
    client.setQueryData([ASSURANCE], current);
    setSeen(current.version);
  };
  const { send } = useSend<AssuranceValues, AssuranceView>({
    method: 'PUT',
    path: ASSURANCE,
    body: ({ minimum, homeAccess }) => ({ version: seen, minimum, ...(homeAccess !== '' && { homeAccess }) }),
    answer: AssuranceView,
    onSent: (current) => {
      show(current);
      announce('De instelling is bewaard en geldt meteen.');
    },
  });
  const save = (values: AssuranceValues) =>
    send(values).catch((problem: unknown) => {
      const current = problem instanceof ApiProblem && problem.status === 409 ? AssuranceView.safeParse(problem.body['current']) : undefined;
      if (current?.success) show(current.data);
      throw problem;
    });
  return (
    <>
      {assurance.version === seen
        ? <p className="nl-paragraph" aria-live="polite"><strong>Nu geldt:</strong> {tellAssurance(assurance)}</p>
        : <Alert kind="warning" title="Een ander heeft dit zojuist gewijzigd">Nu geldt: {tellAssurance(assurance)}</Alert>}
      <Form form={form} submitLabel="Bewaren" onSubmit={save}>
        <RadioField name="minimum" label="Hoe zeker moet zijn wie de medewerker is?" hint="Geldt meteen, voor iedereen van buiten die een dossier opent. De wijziging komt in het logboek." required choices={levels} />
        <SelectField name="homeAccess" label="Voor toegang tot de woning" placeholder="Hetzelfde als voor het dossier" choices={levels.map(({ value, label }) => ({ value, label }))} />
      </Form>
    </>
  );
}
