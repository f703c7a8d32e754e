import type { Party } from '@anw/api-contracts';
import { announce, Form, nothing, TextField, useAnwForm, useSend } from '@anw/web-ui';
import { PartyField } from '../../entries/PartyField.js';
import { emptyPeriod, PeriodFields, type PeriodValues, toPeriod } from '../../entries/PeriodFields.js';
import { ALLOWLIST } from './AllowlistPage.js';

interface RowValues extends PeriodValues {
  readonly regisseur: string;
  readonly actor: string;
  readonly reason: string;
}

export function AddRowForm({ known, fourEyes }: { readonly known: readonly Party[]; readonly fourEyes: boolean }) {
  const form = useAnwForm<RowValues>({ defaultValues: { regisseur: '', actor: '', reason: '', ...emptyPeriod }, draft: 'allowlist-row' });
  const { send } = useSend<RowValues, undefined>({
    path: ALLOWLIST,
    body: ({ regisseur, actor, reason, ...period }) => ({ regisseur, actor, reason, ...toPeriod(period) }),
    answer: nothing,
    refreshes: [[ALLOWLIST], ['changes']],
    onSent: () => announce(fourEyes ? 'Voorgesteld. Een tweede persoon moet dit goedkeuren.' : 'Toegevoegd.'),
  });
  return (
    <Form form={form} submitLabel={fourEyes ? 'Voorstellen' : 'Toevoegen'} afterwards="reset" onSubmit={send}>
      <PartyField name="regisseur" label="Regisseur" known={known} />
      <PartyField name="actor" label="Organisatie die mag komen" hint="Organisaties die uw beheerder eerder toevoegde of die zich al eens bij u meldden." known={known} />
      <PeriodFields />
      <TextField name="reason" label="Waarom" hint="Bijvoorbeeld het contract of de afspraak. Noem geen cliënten." required maxLength={500} />
    </Form>
  );
}
