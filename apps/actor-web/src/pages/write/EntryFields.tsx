import { type Choice, DateTimeField, NumberField, RadioField, SelectField, TextArea, TextField } from '@anw/web-ui';
import { useEffect, useRef } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { EntryField, EntryKind } from '../../entry-forms/entry-kinds.js';
import { askedFields } from '../../entry-forms/entry-values.js';
import { useVisit } from '../dossier/Visit.js';
import { fromInputs, inputName } from './input-names.js';
import { knownMedication, knownRoutes } from './known-medication.js';

/** A choice of a few is tapped at once; of more it is a list. */
const MOST_BUTTONS = 4;

/** The fields of an entry, those that her answers ask for. */
export function EntryFields({ kind }: { readonly kind: EntryKind }) {
  const values = useWatch() as Readonly<Record<string, unknown>>;
  return <>{askedFields(kind, fromInputs(kind, values)).map((field) => <Field key={field.name} field={field} />)}</>;
}

function Field({ field }: { readonly field: EntryField }) {
  const common = { name: inputName(field.name), label: field.label, ...(field.hint !== undefined && { hint: field.hint }), ...(field.required === true && { required: true }) };
  switch (field.type) {
    case 'number':
      return <NumberField {...common} {...(field.unit !== undefined && { unit: field.unit })} decimal={field.decimal === true} />;
    case 'choice':
      return field.choices.length <= MOST_BUTTONS ? <RadioField {...common} choices={field.choices} /> : <SelectField {...common} choices={field.choices} />;
    case 'flag':
      return <RadioField {...common} choices={yesOrNo} />;
    case 'text':
      return <TextArea {...common} rows={field.rows} />;
    case 'line':
      return <TextField {...common} />;
    case 'moment':
      return <DateTimeField {...common} />;
    case 'day':
      return <TextField {...common} type="date" />;
    case 'product':
      return <ProductField {...common} />;
    case 'route':
      return <RouteField {...common} />;
    default:
      return field satisfies never;
  }
}

const yesOrNo: readonly Choice[] = [
  { value: 'yes', label: 'Ja' },
  { value: 'no', label: 'Nee' },
];

type FieldProps = { readonly name: string; readonly label: string; readonly required?: boolean; readonly hint?: string };

/** The medication of the dossier, or another product by its number. Choosing fills in what was agreed. */
function ProductField(common: FieldProps) {
  const { visit, dossier, wantDossier } = useVisit();
  useEffect(wantDossier, [wantDossier]);
  const known = knownMedication(dossier, visit);
  const { setValue, getValues } = useFormContext<Record<string, string>>();
  const chosen = useWatch({ name: common.name }) as string | undefined;
  const before = useRef(chosen);
  useEffect(() => {
    if (chosen === before.current) return;
    before.current = chosen;
    const medication = known.find(({ value }) => value === chosen)?.medication;
    setValue('agreement', medication?.agreement ?? '');
    if (medication?.dose !== undefined && `${getValues('dose__amount') ?? ''}` === '') {
      setValue('dose__amount', String(medication.dose.amount).replace('.', ','));
      setValue('dose__unit', medication.dose.unit);
    }
    if (medication?.route !== undefined) setValue('route', JSON.stringify(medication.route));
  }, [chosen, known, setValue, getValues]);
  // What was chosen before the dossier was there keeps its place in the list.
  const missing = chosen !== undefined && chosen !== '' && chosen !== 'other' && !known.some(({ value }) => value === chosen);
  const choices = [...known, ...(missing ? [{ value: chosen, label: nameIn(chosen) }] : []), { value: 'other', label: 'Een ander middel…' }];
  const isOnTheWay = dossier.dossiers === undefined;
  return <SelectField {...common} choices={choices} hint={isOnTheWay ? 'De medicatie uit het dossier wordt opgehaald…' : 'Uit het dossier, of een ander middel.'} />;
}

function RouteField(common: FieldProps) {
  const { visit, dossier } = useVisit();
  const chosen = useWatch({ name: common.name }) as string | undefined;
  const routes = knownRoutes(dossier, visit);
  const missing = chosen !== undefined && chosen !== '' && !routes.some(({ value }) => value === chosen);
  return <SelectField {...common} choices={[...routes, ...(missing ? [{ value: chosen, label: nameIn(chosen) }] : [])]} />;
}

function nameIn(json: string): string {
  try {
    return String((JSON.parse(json) as { readonly name?: unknown }).name ?? 'Eerder gekozen');
  } catch {
    return 'Eerder gekozen';
  }
}
