import { CareRequestView, FoundPatientView, PatientSearchResult, PractitionersOnDuty, PrecheckResult } from '@anw/api-contracts';
import { randomUUID } from 'node:crypto';
import { ask, eventually, expectThat } from '../ask.js';
import { castOf } from '../story-cast.js';
import type { StoryContext } from '../story-context.js';
import type { StoryStep } from '../play-story.js';

/** Design §2 steps 1 and 2: from the telephone to the green light. */
export const triageSteps: readonly StoryStep<StoryContext>[] = [
  {
    name: 'care-request',
    title: 'A care request reaches the desk',
    run: async (context) => {
      const body = { id: randomUUID(), kind: 'unplanned', reportedBy: 'Mantelzorger', description: 'Is gevallen, kan niet opstaan. Sleutel bij de buren op nummer 12.', urgency: 'urgent' };
      const careRequest = await ask(await desk(context), { method: 'POST', path: '/api/care-requests', body, answer: CareRequestView });
      context.keep('care-request', careRequest);
    },
  },
  {
    name: 'triage',
    title: 'Triage ends in out-of-hours care',
    run: async (context) => {
      const { id } = context.kept<CareRequestView>('care-request');
      const { triage } = await ask(await desk(context), { method: 'POST', path: `/api/care-requests/${id}/triage`, body: { outcome: 'out-of-hours-care' }, answer: CareRequestView });
      expectThat(triage?.outcome === 'out-of-hours-care', 'the outcome of triage was not recorded');
    },
  },
  {
    name: 'patient-found',
    title: 'The client is found at the custodian, with minimal fields',
    run: async (context) => {
      const { familyName, birthDate, handle } = context.patient;
      // A custodian that did not answer in time is told as such, and asked again.
      const patient = await eventually('every custodian answers whether it knows the client', async () => {
        const { patients, unanswered } = await ask(await desk(context), { method: 'POST', path: '/api/patients/search', body: { familyName, birthDate }, answer: PatientSearchResult });
        const found = patients.find((candidate) => candidate.handle === handle);
        if (found === undefined && unanswered.length === 0) throw new Error('the client was not found by family name and birth date');
        return found;
      });
      context.keep('patient', patient);
      return { custodian: patient.custodian.name };
    },
  },
  {
    name: 'nurse-on-duty',
    title: 'A nurse is on duty',
    run: async (context) => {
      const { nurse } = castOf(context);
      const { practitioners } = await ask(await desk(context), { method: 'GET', path: '/api/practitioners/on-duty', answer: PractitionersOnDuty });
      const practitioner = practitioners.find(({ identifier }) => identifier === nurse.employeeNumber);
      if (practitioner === undefined) throw new Error(`${nurse.name} is not on duty`);
      context.keep('practitioner', practitioner);
      return { actor: practitioner.actor.name };
    },
  },
  {
    name: 'precheck-green',
    title: 'The pre-check is green: the custodian would grant a token',
    run: async (context) => {
      const { custodian, handle } = context.kept<FoundPatientView>('patient');
      const { actor } = context.kept<PractitionersOnDuty['practitioners'][number]>('practitioner');
      const result = await ask(await desk(context), { method: 'POST', path: '/api/precheck', body: { custodian: custodian.did, handle, actor: actor.did }, answer: PrecheckResult });
      if (result.light === 'red') throw new Error(`the light is red: ${result.reason}`);
      context.keep('home-access', result.homeAccess !== undefined);
    },
  },
];

export function desk(context: StoryContext) {
  return context.sessionOf(castOf(context).triagist.username);
}
