import { EnrolReport, type Party } from '@anw/api-contracts';
import { Form, TextArea, TextField, useAnwForm, useSend } from '@anw/web-ui';
import { PartyField } from '../../entries/PartyField.js';
import { PeriodFields, toPeriod } from '../../entries/PeriodFields.js';
import { useChoosePatient } from '../../patients/use-choose-patient.js';
import { addPatient, emptyEnrolment, type EnrolValues, leftToDo, readPatients } from './enrol-values.js';
import { EnrolledReport } from './EnrolledReport.js';
import { ENROLMENTS } from './EnrolmentsPage.js';

export function EnrolForm({ known, fourEyes }: { readonly known: readonly Party[]; readonly fourEyes: boolean }) {
  const form = useAnwForm<EnrolValues>({ defaultValues: emptyEnrolment, draft: 'enrolment' });
  const find = useChoosePatient({ onChosen: ({ id }) => form.form.setValue('patients', addPatient(form.form.getValues('patients'), id), { shouldDirty: true }) });
  const { send, answer } = useSend<EnrolValues, EnrolReport>({
    path: ENROLMENTS,
    body: ({ patients, regisseur, reason, ...period }) => ({ patients: readPatients(patients), regisseur, reason, ...toPeriod(period) }),
    answer: EnrolReport,
    refreshes: [[ENROLMENTS], ['changes']],
  });
  return (
    <>
      <Form form={form} submitLabel={fourEyes ? 'Voorstellen' : 'Aanmelden'} afterwards={leftToDo} onSubmit={send}>
        <TextArea name="patients" label="Cliëntnummers" hint="Eén of meer nummers uit uw eigen dossier, elk op een eigen regel. Nooit een BSN." required rows={4} />
        <div className="anw-actions">{find.button}</div>
        <PartyField name="regisseur" label="Regisseur" known={known} />
        <PeriodFields />
        <TextField name="reason" label="Waarom" hint="Bijvoorbeeld “nieuw in zorg” of “route uitgebreid”." required maxLength={500} />
      </Form>
      {find.dialog}
      {answer !== undefined && <EnrolledReport report={answer} />}
    </>
  );
}
