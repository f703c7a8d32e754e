import { z } from 'zod';
import { ENTERED_IN_ERROR, type StatusWords } from '../elements/print-status.js';
import { readable } from '../elements/readable.js';

const Repeat = z.looseObject({ boundsPeriod: readable.period, frequency: readable.number, period: readable.number, periodUnit: readable.text, timeOfDay: readable.texts }).optional().catch(undefined);

const Detail = z
  .looseObject({
    code: readable.concept,
    status: readable.text,
    description: readable.text,
    doNotPerform: readable.flag,
    performer: readable.references,
    scheduledTiming: z.looseObject({ repeat: Repeat, code: readable.concept }).optional().catch(undefined),
    scheduledString: readable.text,
  })
  .optional()
  .catch(undefined);
export type ActivityDetail = NonNullable<z.infer<typeof Detail>>;

/** What the two zibs that are a CarePlan read of it. */
export const ReadCarePlan = z.looseObject({
  status: readable.text,
  period: readable.period,
  created: readable.text,
  title: readable.text,
  description: readable.text,
  author: readable.reference,
  contributor: readable.references,
  addresses: readable.references,
  activity: z.array(z.looseObject({ detail: Detail }).catch({})).catch([]),
  extension: readable.extensions,
  note: readable.notes,
});
export type ReadCarePlan = z.infer<typeof ReadCarePlan>;

export const carePlanStatuses: StatusWords = {
  active: { label: 'lopend' },
  draft: { label: 'concept', warning: 'Concept, nog niet van kracht.' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  revoked: { label: 'ingetrokken', warning: 'Ingetrokken; niet meer van kracht.' },
  completed: { label: 'afgerond', warning: 'Afgerond.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

export const activityStatuses: StatusWords = {
  'not-started': { label: 'nog niet begonnen' },
  scheduled: { label: 'gepland' },
  'in-progress': { label: 'lopend' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  completed: { label: 'afgerond', warning: 'Afgerond.' },
  cancelled: { label: 'geannuleerd', warning: 'Geannuleerd.' },
  stopped: { label: 'gestopt', warning: 'Gestopt.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
  'entered-in-error': ENTERED_IN_ERROR,
};
